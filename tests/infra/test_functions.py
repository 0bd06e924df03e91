"""Functions: each file has its resource, each resource its file, and no function may more than its list says."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields

import pytest

from infra.services import load_services
from tests.infra.templates import ROOT, Assembly, Json, Resource, as_list, part, statements

FUNCTION, POLICY = "AWS::Lambda::Function", "AWS::IAM::Policy"
FORBIDDEN = {"dynamodb:Scan", "dynamodb:DeleteItem", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutBucketPolicy",
             "s3:BypassGovernanceRetention", "kms:ScheduleKeyDeletion", "iam:PassRole"}  # fmt: skip
WITHOUT_RESOURCES = {"xray:PutTraceSegments", "xray:PutTelemetryRecords", "dynamodb:ListStreams"}


@pytest.fixture
def functions(aws: Assembly) -> Mapping[str, Resource]:
    """Our functions by ``<context>.<verb_object>``."""
    return {str(f.properties["Handler"]).split(".", 1)[1].removesuffix(".handler"): f for f in aws.resources(FUNCTION)}


def _policy_of(aws: Assembly, function: Resource) -> Resource:
    name = function.logical_id.split("Function")[0]
    (policy,) = [
        p for p in aws.resources(POLICY) if p.context == function.context and p.logical_id.startswith(f"{name}Policy")
    ]
    return policy


def _allowed(policy: Resource) -> Iterator[tuple[str, str]]:
    for statement in statements(policy):
        for action in as_list(statement["Action"]):
            for resource in as_list(statement["Resource"]):
                yield str(action), json.dumps(resource)


def test_every_file_is_declared_and_every_declared_function_has_its_file(functions: Mapping[str, Resource]) -> None:
    files = {f"{path.parent.name}.{path.stem}" for path in (ROOT / "functions").glob("*/*.py")}
    assert files - {name for name in files if name.endswith("__init__")} == set(functions)


def test_a_function_stands_in_the_stack_of_its_context(functions: Mapping[str, Resource]) -> None:
    for name, function in functions.items():
        assert function.context == name.split(".")[0]


def test_functions_run_on_the_configured_python_and_processor(functions: Mapping[str, Resource]) -> None:
    for name, function in functions.items():
        assert function.properties["Runtime"] == "python3.13", name
        assert function.properties["Architectures"] == ["arm64"], name
        assert function.properties["TracingConfig"] == {"Mode": "Active"}, name


def test_sizes_are_those_the_work_needs(functions: Mapping[str, Resource]) -> None:
    sizes = {name: (f.properties["Timeout"], f.properties["MemorySize"]) for name, f in functions.items()}
    assert sizes == {
        "intake.split_batch": (900, 2048),
        "intake.read_pages": (600, 2048),
        "intake.identify_letter": (60, 512),
        "intake.settle_letter": (30, 256),
        "intake.serve_desk": (600, 2048),
        "intake.publish_changes": (60, 512),
        "intake.reconcile": (300, 512),
        "intake.api": (29, 512),
        "dossiers.file_document": (60, 512),
        "dossiers.publish_changes": (60, 256),
        "dossiers.index_document": (300, 512),
        "dossiers.api": (29, 512),
        "partners.export_document": (300, 512),
        "partners.take_receipt": (30, 256),
        "partners.reconcile": (300, 256),
        "partners.api": (29, 512),
        "payments.register_bills": (300, 2048),
        "payments.file_voucher": (120, 1024),
        "payments.reconcile": (300, 512),
        "payments.publish_changes": (60, 256),
        "payments.advance_run": (900, 2048),
        "payments.export_state": (900, 2048),
        "payments.take_bank_message": (900, 1024),
        "payments.reconcile_bank": (300, 512),
        "access.api": (29, 512),
        "audit.api": (29, 512),
        "audit.seal_day": (300, 512),
        "register.api": (29, 512),
        "payments.api": (29, 512),
        "entrance.show_desk": (5, 256),
    }


def test_the_disk_holds_the_largest_upload_and_what_is_made_of_it(functions: Mapping[str, Resource]) -> None:
    split = functions["intake.split_batch"].properties
    disk = part(split, "EphemeralStorage")["Size"]
    largest = part(part(split, "Environment"), "Variables")["LARGEST_UPLOAD_MB"]

    assert disk == 10_240, "Lambda has no larger one"
    assert 2 * int(str(largest)) * 10**6 <= 10_240 * 2**20


def test_what_is_expected_of_the_scanning_centre_is_told_to_the_function(functions: Mapping[str, Resource]) -> None:
    variables = part(part(functions["intake.split_batch"].properties, "Environment"), "Variables")
    manifests = load_services()[0].manifests

    assert variables["MANIFESTS_EXPECTED"] == ("yes" if manifests.expected else "no")
    assert variables["MANIFEST_WAIT_MINUTES"] == str(manifests.wait_minutes)


def test_logs_are_deleted_after_the_configured_time(aws: Assembly) -> None:
    groups = list(aws.resources("AWS::Logs::LogGroup"))
    assert len(groups) == len(list(aws.resources(FUNCTION))) + 1, "one for each function, one for the API"
    assert {group.properties["RetentionInDays"] for group in groups} == {400}


def test_every_setting_a_handler_reads_is_in_its_environment(functions: Mapping[str, Resource]) -> None:
    for name, function in functions.items():
        variables = set(part(part(function.properties, "Environment"), "Variables"))
        assert _settings_read(name) <= variables, name
        assert {"POWERTOOLS_SERVICE_NAME", "STAGE"} <= variables


def _settings_read(function: str) -> set[str]:
    """The fields without a default of every settings class the handler knows, as environment variables."""
    known = vars(importlib.import_module(f"functions.{function}")).values()
    settings = [found for found in known if isinstance(found, type) and found.__name__.endswith("Settings")]
    return {field.name.upper() for one in settings for field in fields(one) if field.default is MISSING}


def test_a_function_has_one_role_with_one_policy_and_nothing_from_aws(aws: Assembly) -> None:
    roles = list(aws.resources("AWS::IAM::Role"))
    assert len(roles) == len(list(aws.resources(POLICY))) == len(list(aws.resources(FUNCTION)))
    for role in roles:
        assert "ManagedPolicyArns" not in role.properties, role
        assert "Policies" not in role.properties, role


# A case load that is handed over leaves the list of who had it; the run's note keeps all rows as they were. An invoice
# is no longer found under the letter it lay in before.
DELETES = {"register": {"dynamodb:DeleteItem"}, "payments": {"dynamodb:DeleteItem"}}


def test_no_function_may_scan_delete_or_do_everything(aws: Assembly) -> None:
    for policy in aws.resources(POLICY):
        actions = {action for action, _ in _allowed(policy)}
        assert not actions & (FORBIDDEN - DELETES.get(policy.context, set())), policy
        assert not [action for action in actions if "*" in action], policy


def test_only_actions_without_resources_are_allowed_everywhere(aws: Assembly) -> None:
    for policy in aws.resources(POLICY):
        everywhere = {action for action, resource in _allowed(policy) if resource == '"*"'}
        assert everywhere <= WITHOUT_RESOURCES, policy


def test_functions_may_exactly_this_on_data(aws: Assembly, functions: Mapping[str, Resource]) -> None:
    found = {name: _on_data(_policy_of(aws, function)) for name, function in functions.items()}
    assert found == {
        "intake.split_batch": {"dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query",
                               "s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket", "s3:ListBucketVersions",
                               "s3:PutObject", "s3:PutObjectVersionTagging"},
        "intake.read_pages": {"dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem",
                              "s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"},
        "intake.identify_letter": {"dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query",
                                   "s3:GetObject"},
        "intake.settle_letter": {"dynamodb:GetItem", "dynamodb:PutItem"},
        "intake.publish_changes": {"dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem",
                                   "s3:ListBucket", "s3:PutObjectVersionTagging", "sqs:SendMessage"},
        "intake.reconcile": {"dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query",
                             "dynamodb:UpdateItem", "s3:ListBucket", "s3:ListBucketVersions",
                             "s3:PutObjectVersionTagging", "sqs:SendMessage"},
        "intake.serve_desk": {"dynamodb:GetItem", "dynamodb:PutItem",
                              "s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"},
        "intake.api": {"dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:GetItem", "dynamodb:PutItem",
                       "dynamodb:Query", "dynamodb:UpdateItem", "s3:GetObject", "s3:GetObjectVersion"},
        "dossiers.file_document": {"dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem",
                                   "s3:GetObjectVersion", "s3:PutObjectLegalHold"},
        "dossiers.publish_changes": {"sqs:SendMessage"},
        "dossiers.index_document": {"dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query",
                                    "s3:GetObject", "s3:ListBucket", "s3:PutObject"},
        "partners.export_document": {"dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query",
                                     "s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"},
        "partners.take_receipt": {"dynamodb:GetItem", "dynamodb:PutItem",
                                  "s3:GetObjectVersion", "s3:ListBucket", "s3:PutObjectTagging"},
        "partners.reconcile": {"dynamodb:Query", "sqs:SendMessage"},
        "partners.api": {"dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:PutItem", "dynamodb:Query"},
        "payments.register_bills": {"dynamodb:BatchGetItem", "dynamodb:DeleteItem", "dynamodb:GetItem",
                                    "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem",
                                    "s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"},
        "payments.file_voucher": {"dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem",
                                   "dynamodb:UpdateItem", "s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket",
                                   "s3:PutObject", "sqs:SendMessage"},
        "payments.reconcile": {"dynamodb:BatchGetItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem",
                               "dynamodb:Query", "dynamodb:UpdateItem", "sqs:SendMessage"},
        "payments.publish_changes": {"sqs:SendMessage"},
        "payments.advance_run": {"dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:GetItem",
                                 "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem",
                                 "s3:GetObject", "s3:ListBucket", "s3:PutObject"},
        "payments.export_state": {"dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:Query",
                                  "s3:GetObject", "s3:ListBucket", "s3:PutObject", "sqs:SendMessage"},
        "payments.take_bank_message": {"dynamodb:BatchGetItem", "dynamodb:DeleteItem", "dynamodb:GetItem",
                                       "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem",
                                       "s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket"},
        "payments.reconcile_bank": {"dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem",
                                    "dynamodb:Query", "dynamodb:UpdateItem", "s3:ListBucketVersions",
                                    "sqs:SendMessage"},
        "dossiers.api": {"dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:GetItem",
                         "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem",
                         "s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket", "sqs:SendMessage"},
        "access.api": {"dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:GetItem", "dynamodb:PutItem",
                       "dynamodb:Query", "dynamodb:UpdateItem"},
        "audit.api": {"dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:GetItem", "dynamodb:PutItem",
                      "dynamodb:Query"},
        "audit.seal_day": {"dynamodb:PutItem", "dynamodb:Query", "s3:PutObject"},
        "register.api": {"dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:DeleteItem",
                         "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"},
        "payments.api": {"dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:DeleteItem",
                         "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem",
                         "s3:GetObject", "s3:PutObject"},
        "entrance.show_desk": set(),
    }  # fmt: skip


def _on_data(policy: Resource) -> set[str]:
    """The actions on data, without those by which Lambda takes work off queues and streams."""
    takes = {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"}
    follows = {"dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"}
    actions = {action for action, _ in _allowed(policy) if action.split(":")[0] in {"dynamodb", "s3", "sqs"}}
    return actions - takes - follows


def test_functions_may_query_exactly_these_tables_and_indexes(aws: Assembly, functions: Mapping[str, Resource]) -> None:
    found = {name: _queried(function.context, _policy_of(aws, function)) for name, function in functions.items()}
    assert {name: queried for name, queried in found.items() if queried} == {
        "intake.split_batch": {"intake"},
        "intake.identify_letter": {
            "intake", "register", "register/by_ahv", "register/by_birth_date", "register/by_person"
        },
        "intake.publish_changes": {"intake"},
        "intake.reconcile": {"intake", "intake/by_state"},
        "intake.api": {"intake", "intake/by_day", "intake/by_state", "register"},
        "dossiers.file_document": {"register"},
        "dossiers.index_document": {"dossiers/by_list"},
        "partners.export_document": {"partners"},
        "partners.reconcile": {"partners/by_due"},
        "partners.api": {"partners/by_due"},
        "payments.register_bills": {"payments"},
        "payments.reconcile": {
            "intake", "intake/by_day", "payments/by_journal", "payments/by_state"
        },
        "payments.advance_run": {"payments/by_creditor", "payments/by_run", "payments/by_state"},
        "payments.export_state": {"payments/by_run", "payments/by_state"},
        "payments.take_bank_message": {"payments"},
        "payments.reconcile_bank": {"payments/by_run", "payments/by_state"},
        "access.api": {"register"},
        "audit.api": {"audit/by_subject", "register", "register/by_person"},
        "audit.seal_day": {"audit"},
        "register.api": {"register"},
        "payments.api": {
            "payments", "payments/by_work", "payments/by_state", "payments/by_due", "payments/by_discount",
            "payments/by_team_due", "payments/by_team_discount", "payments/by_dossier", "payments/by_creditor",
            "payments/by_journal",
            "payments/by_run", "register",
        },
        "dossiers.api": {
            "dossiers", "dossiers/by_list", "dossiers/by_register", "dossiers/by_urgency", "register",
            "register/by_ahv", "register/by_birth_date",
        },
    }  # fmt: skip


def _queried(context: str, policy: Resource) -> set[str]:
    """``context`` for its table, ``context/index`` for an index; another stack's table is named by its export."""
    found = set()
    for action, resource in _allowed(policy):
        if action == "dynamodb:Query":
            foreign, index = re.search(r"demo-(\w+):", resource), re.search(r"/index/(\w+)", resource)
            table = foreign[1] if foreign else context
            found.add(f"{table}/{index[1]}" if index else table)
    return found


def test_functions_may_only_add_to_the_audit_and_see_whether_a_day_is_closed(aws: Assembly) -> None:
    for policy in aws.resources(POLICY):
        on_audit = {allowed[0] for allowed in _allowed(policy) if _is_audit_table(allowed)}
        assert on_audit in (set(), {"dynamodb:PutItem", "dynamodb:ConditionCheckItem"}), policy


def test_nobody_may_change_what_stands_in_the_audit(aws: Assembly) -> None:
    for policy in aws.resources(POLICY):
        if policy.context == "audit":
            assert "dynamodb:UpdateItem" not in {action for action, _ in _allowed(policy)}, policy


def _is_audit_table(allowed: tuple[str, str]) -> bool:
    action, resource = allowed
    return action.startswith("dynamodb:") and "demo-audit" in resource


def test_keys_trust_only_the_account_and_named_services(aws: Assembly) -> None:
    for key in aws.resources("AWS::KMS::Key"):
        assert all(_names_its_principal(statement) for statement in statements(key)), key


def _names_its_principal(statement: Json) -> bool:
    principal = part(statement, "Principal")
    return "Service" in principal or ":root" in json.dumps(principal)
