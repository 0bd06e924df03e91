"""Rules for the templates as a whole."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.infra.templates import Assembly

STACKS = {
    "register",
    "register-api",
    "audit",
    "access",
    "links",
    "payments",
    "intake",
    "dossiers",
    "partners",
    "entrance",
    "operations",
}
CLOUDFORMATION_LIMIT_WITH_RESERVE = 450


def test_there_is_a_stack_per_context_and_one_for_the_registers_api(aws: Assembly) -> None:
    assert set(aws.templates) == STACKS


def test_no_stack_comes_near_the_limit_of_cloudformation(aws: Assembly) -> None:
    sizes = Counter(resource.context for resource in aws.resources())
    assert max(sizes.values()) < CLOUDFORMATION_LIMIT_WITH_RESERVE


def test_cdk_nag_and_the_librarys_own_rules_find_nothing(aws: Assembly, emulated: Assembly) -> None:
    assert aws.findings == ()
    assert emulated.findings == ()


def test_cfn_lint_finds_nothing(aws: Assembly) -> None:
    command = [
        str(Path(sys.executable).with_name("cfn-lint")),
        "--regions",
        "eu-central-2",
        "--ignore-checks",
        "W3005",  # CDK writes a function's dependency on its role twice
        "--",
        *map(str, aws.files()),
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 our own templates
    assert said.returncode == 0, said.stdout + said.stderr


def test_there_are_no_custom_resources(aws: Assembly) -> None:
    kinds = {resource.type for resource in aws.resources()}
    assert not [kind for kind in kinds if kind.startswith(("Custom::", "AWS::CloudFormation::CustomResource"))]


def test_costs_can_be_told_apart_by_service_and_context(aws: Assembly) -> None:
    tables = list(aws.resources("AWS::DynamoDB::Table"))
    for table in tables:
        tags = {tag["Key"]: tag["Value"] for tag in table.properties["Tags"]}  # type: ignore[attr-defined]
        assert tags == {"service": "demo", "context": table.context}
