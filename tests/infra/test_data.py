"""Data at rest: all that the emulator silently drops is asserted here."""

from __future__ import annotations

import json

import pytest

from infra.services import load_services
from tests.aws import ONLY
from tests.infra.templates import Assembly, Json, Resource, as_list, part, parts, statements

BUCKET, TABLE, KEY = "AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::KMS::Key"
DATA = {BUCKET, TABLE, KEY, "AWS::Cognito::UserPool", "AWS::SQS::Queue"}


@pytest.fixture
def buckets(aws: Assembly) -> dict[str, Resource]:
    found = {_short(bucket): bucket for bucket in aws.resources(BUCKET)}  # the access logs of both stacks are alike
    assert set(found) == {"Scans", "Letters", "Seals", "Partner", "AccessLogs", "Backfile", "Fulltext", "Bank"}
    return found


@pytest.fixture
def tables(aws: Assembly) -> dict[str, Resource]:
    return {table.context: table for table in aws.resources(TABLE)}


def _short(bucket: Resource) -> str:
    names = ("Scans", "Letters", "Seals", "Partner", "AccessLogs", "Backfile", "Fulltext", "Bank")
    return next(name for name in names if bucket.logical_id.startswith(name))


def _rules(bucket: Resource) -> dict[object, Json]:
    return {rule["Id"]: rule for rule in parts(part(bucket.properties, "LifecycleConfiguration"), "Rules")}


def test_letters_can_be_put_under_legal_hold_and_never_expire(buckets: dict[str, Resource]) -> None:
    letters = buckets["Letters"].properties
    assert letters["ObjectLockEnabled"] is True
    assert "ObjectLockConfiguration" not in letters, "a default retention would forbid lawful destruction"
    assert not any("ExpirationInDays" in rule for rule in _rules(buckets["Letters"]).values())


def test_seals_of_the_audit_stay_for_ten_years_and_can_lawfully_go(buckets: dict[str, Resource]) -> None:
    seals = buckets["Seals"].properties
    lock = part(seals, "ObjectLockConfiguration")
    assert lock["ObjectLockEnabled"] == "Enabled"
    assert part(part(lock, "Rule"), "DefaultRetention") == {"Days": 3650, "Mode": "GOVERNANCE"}
    assert not any("ExpirationInDays" in rule for rule in _rules(buckets["Seals"]).values())


def test_scans_expire_only_when_settled(buckets: dict[str, Resource]) -> None:
    days = load_services()[0].retention.settled_batch
    assert _rules(buckets["Backfile"]) == _rules(buckets["Scans"])
    expiring = [rule for rule in _rules(buckets["Scans"]).values() if "ExpirationInDays" in rule]
    assert [rule["TagFilters"] for rule in expiring] == [[{"Key": "settled", "Value": "yes"}]]
    assert expiring[0]["ExpirationInDays"] == days == 90
    assert part(expiring[0], "NoncurrentVersionExpiration")["NoncurrentDays"] == days
    assert "NoncurrentVersionExpiration" not in _rules(buckets["Scans"])["tidy-up"]


def test_indexes_stay_and_what_was_written_over_goes_after_a_day(buckets: dict[str, Resource]) -> None:
    fulltext = buckets["Fulltext"]
    assert "ObjectLockEnabled" not in fulltext.properties
    assert not any("ExpirationInDays" in rule for rule in _rules(fulltext).values())
    assert part(_rules(fulltext)["written-over"], "NoncurrentVersionExpiration") == {"NoncurrentDays": 1}


def test_files_for_the_bank_stay_and_states_for_an_emergency_go(buckets: dict[str, Resource]) -> None:
    expiring = [rule for rule in _rules(buckets["Bank"]).values() if "ExpirationInDays" in rule]
    assert [(rule["Prefix"], rule["ExpirationInDays"]) for rule in expiring] == [("state/", 14)]


def test_unfinished_uploads_are_removed_after_a_week(buckets: dict[str, Resource]) -> None:
    for bucket in buckets.values():
        tidy = _rules(bucket)["tidy-up"]
        assert part(tidy, "AbortIncompleteMultipartUpload")["DaysAfterInitiation"] == 7, bucket


def test_data_buckets_are_versioned_and_under_our_key(buckets: dict[str, Resource]) -> None:
    for name in ("Scans", "Letters", "Seals", "Partner", "Backfile", "Fulltext", "Bank"):
        properties = buckets[name].properties
        assert properties["VersioningConfiguration"] == {"Status": "Enabled"}
        (rule,) = parts(part(properties, "BucketEncryption"), "ServerSideEncryptionConfiguration")
        default = part(rule, "ServerSideEncryptionByDefault")
        assert default["SSEAlgorithm"] == "aws:kms"
        assert "KMSMasterKeyID" in default
        assert rule["BucketKeyEnabled"] is True
        assert part(properties, "LoggingConfiguration")["LogFilePrefix"] == f"{name.lower()}/"


def test_access_logs_are_encrypted_and_expire(buckets: dict[str, Resource]) -> None:
    properties = buckets["AccessLogs"].properties
    (rule,) = parts(part(properties, "BucketEncryption"), "ServerSideEncryptionConfiguration")
    assert part(rule, "ServerSideEncryptionByDefault")["SSEAlgorithm"] == "AES256"
    assert _rules(buckets["AccessLogs"])["expire"]["ExpirationInDays"] == 90


def test_nothing_is_public_and_no_browser_reaches_a_bucket(buckets: dict[str, Resource]) -> None:
    for bucket in buckets.values():
        assert set(part(bucket.properties, "PublicAccessBlockConfiguration").values()) == {True}, bucket
        assert "CorsConfiguration" not in bucket.properties, bucket


def test_buckets_and_queues_refuse_connections_without_tls(aws: Assembly) -> None:
    for kind, guarded in {"AWS::S3::BucketPolicy": BUCKET, "AWS::SQS::QueuePolicy": "AWS::SQS::Queue"}.items():
        policies = list(aws.resources(kind))
        assert len(policies) == len(list(aws.resources(guarded)))
        for policy in policies:
            assert any(_refuses_plain(statement) for statement in statements(policy)), policy


def _refuses_plain(statement: Json) -> bool:
    everybody, plain = {"AWS": "*"}, {"Bool": {"aws:SecureTransport": "false"}}
    return (statement["Effect"], statement["Principal"], statement["Condition"]) == ("Deny", everybody, plain)


def test_every_context_with_data_has_its_table(tables: dict[str, Resource]) -> None:
    assert set(tables) == {"register", "intake", "dossiers", "audit", "partners", "payments"}
    for table in tables.values():
        keys = [key["AttributeName"] for key in parts(table.properties, "KeySchema")]
        assert keys == ["pk", "sk"]
        assert table.properties["BillingMode"] == "PAY_PER_REQUEST"


def test_tables_are_encrypted_recoverable_and_protected(tables: dict[str, Resource]) -> None:
    for table in tables.values():
        properties = table.properties
        assert part(properties, "SSESpecification")["SSEType"] == "KMS", table
        assert "KMSMasterKeyId" in part(properties, "SSESpecification"), table
        assert part(properties, "PointInTimeRecoverySpecification")["PointInTimeRecoveryEnabled"] is True, table
        assert properties["DeletionProtectionEnabled"] is True, table
        assert "TimeToLiveSpecification" not in properties, f"{table}: nothing in a table may vanish by itself yet"


def test_indexes_are_those_the_stores_query(tables: dict[str, Resource]) -> None:
    found = {context: _indexes(table) for context, table in tables.items()}
    assert found == {
        "register": {"by_ahv": ["ahv_number"], "by_birth_date": ["birth_date"], "by_person": ["person_id", "pk"]},
        "intake": {
            "by_state": ["state_key", "since"],
            "by_day": ["day", "received_at"],
            "by_old_dossier": ["old_key", "old_order"],
        },
        "dossiers": {
            "by_urgency": ["urgent_key", "due"],
            "by_list": ["list_key", "list_order"],
            "by_register": ["register_key", "list_order"],
        },
        "audit": {"by_subject": ["subject", "sk"]},
        "partners": {"by_due": ["open_key", "due"]},
        "payments": {
            "by_work": ["work_key", "due_by"],
            "by_state": ["state_key", "since"],
            "by_due": ["unpaid_key", "due_by"],
            "by_discount": ["discount_key", "discount_until"],
            "by_team_due": ["team_unpaid", "due_by"],
            "by_team_discount": ["team_discount", "discount_until"],
            "by_dossier": ["dossier_id", "received"],
            "by_creditor": ["creditor_id", "received"],
            "by_run": ["run_key", "run_id"],
            "by_journal": ["journal_key", "journal_order"],
        },
    }


def _indexes(table: Resource) -> dict[object, list[object]]:
    indexes = parts(table.properties, "GlobalSecondaryIndexes")
    for index in indexes:
        projection, only = part(index, "Projection"), ONLY.get(str(index["IndexName"]))
        assert projection["ProjectionType"] == ("INCLUDE" if only else "ALL")
        assert tuple(projection.get("NonKeyAttributes", ())) == (only or ())  # type: ignore[arg-type]
    return {index["IndexName"]: [key["AttributeName"] for key in parts(index, "KeySchema")] for index in indexes}


def test_tables_with_a_publisher_stream_rows_before_and_after(tables: dict[str, Resource]) -> None:
    streams = {context: table.properties.get("StreamSpecification") for context, table in tables.items()}
    both_images = {"StreamViewType": "NEW_AND_OLD_IMAGES"}
    assert streams == {
        "register": None,
        "audit": None,
        "partners": None,
        "payments": both_images,
        "intake": both_images,
        "dossiers": both_images,
    }


def test_keys_rotate(aws: Assembly) -> None:
    assert all(key.properties["EnableKeyRotation"] is True for key in aws.resources(KEY))


def test_data_outlives_its_stack(aws: Assembly) -> None:
    for resource in aws.resources():
        if resource.type in DATA:
            assert resource.raw["DeletionPolicy"] == "Retain", resource
            assert resource.raw["UpdateReplacePolicy"] == "Retain", resource


def test_the_user_pool_cannot_be_deleted_by_accident(aws: Assembly) -> None:
    (pool,) = aws.resources("AWS::Cognito::UserPool")
    assert pool.properties["DeletionProtection"] == "ACTIVE"


def test_the_case_system_may_read_bundles_and_write_receipts_and_nothing_else(aws: Assembly) -> None:
    policy = _managed(aws, "CaseSystem")
    allowed = {
        (str(action), str(resource).rpartition("/")[0].rpartition("'")[2])
        for statement in statements(policy)
        for action in as_list(statement["Action"])
        for resource in as_list(statement["Resource"])
        if not str(action).startswith("kms:")
    }
    assert allowed == {("s3:GetObject", "/out"), ("s3:PutObject", "/receipts"), ("s3:ListBucket", "")}


def test_who_carries_files_to_the_bank_reads_ours_and_writes_the_banks(aws: Assembly) -> None:
    allowed = {
        (str(action), str(resource).rpartition("/")[0].rpartition("'")[2])
        for statement in statements(_managed(aws, "BankTransfer"))
        for action in as_list(statement["Action"])
        for resource in as_list(statement["Resource"])
        if not str(action).startswith("kms:")
    }
    assert allowed == {("s3:GetObject", "/out"), ("s3:PutObject", "/in"), ("s3:ListBucket", "")}


def test_bundles_expire_only_when_accepted_and_receipts_after_the_same_time(buckets: dict[str, Resource]) -> None:
    days = load_services()[0].retention.settled_batch
    expiring = {name: rule for name, rule in _rules(buckets["Partner"]).items() if "ExpirationInDays" in rule}
    assert set(expiring) == {"settled", "receipts"}
    assert expiring["settled"]["TagFilters"] == [{"Key": "settled", "Value": "yes"}]
    assert expiring["receipts"]["Prefix"] == "receipts/"
    assert {rule["ExpirationInDays"] for rule in expiring.values()} == {days}


def test_the_scanning_centre_may_put_files_and_nothing_else(aws: Assembly) -> None:
    policy = _managed(aws, "ScanningCentre")
    allowed = {action for statement in statements(policy) for action in as_list(statement["Action"])}
    assert allowed == {"s3:PutObject", "s3:AbortMultipartUpload", "kms:Decrypt", "kms:GenerateDataKey"}


def test_who_uploads_old_dossiers_sees_them_and_nothing_else(aws: Assembly) -> None:
    policy = _managed(aws, "BackfileUploader")
    allowed = {action for statement in statements(policy) for action in as_list(statement["Action"])}
    assert allowed == {
        *("s3:PutObject", "s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts"),
        *("s3:ListBucketMultipartUploads", "s3:ListBucket", "kms:Decrypt", "kms:GenerateDataKey"),
    }
    on_buckets = [s for s in statements(policy) if not str(as_list(s["Action"])[0]).startswith("kms:")]
    assert all("BackfileBucket" in json.dumps(statement["Resource"]) for statement in on_buckets)


def _managed(aws: Assembly, name: str) -> Resource:
    (policy,) = [one for one in aws.resources("AWS::IAM::ManagedPolicy") if one.logical_id.startswith(name)]
    return policy
