"""AWS and the emulator get the same app, but for what ``infra/target.py`` lists."""

from __future__ import annotations

import sys

from tests.infra.templates import Assembly, Resource

ALLOWED = {
    "AWS::Lambda::Function": {"Runtime", "Architectures", "Layers", "ReservedConcurrentExecutions"},
    "AWS::Lambda::EventSourceMapping": {"ScalingConfig"},
    "AWS::CloudWatch::Alarm": {"AlarmActions"},
    "AWS::Lambda::LayerVersion": {"CompatibleRuntimes", "CompatibleArchitectures", "Content"},
    "AWS::DynamoDB::Table": {"DeletionProtectionEnabled"},
    "AWS::Cognito::UserPool": {"DeletionProtection", "MfaConfiguration", "EnabledMfas"},
    "AWS::Cognito::UserPoolClient": {"ExplicitAuthFlows"},
}
"""Properties that may differ, by type. Deletion policies may differ everywhere."""


def _by_place(assembly: Assembly) -> dict[str, Resource]:
    return {str(resource): resource for resource in assembly.resources() if resource.context != "operations"}


def test_the_emulator_gets_every_resource_but_the_operations(aws: Assembly, emulated: Assembly) -> None:
    assert set(emulated.templates) == set(aws.templates) - {"operations"}
    assert set(_by_place(emulated)) == set(_by_place(aws))


def test_nothing_differs_but_what_target_lists(aws: Assembly, emulated: Assembly) -> None:
    local = _by_place(emulated)
    for place, resource in _by_place(aws).items():
        differing = _differing(resource, local[place])
        assert differing <= ALLOWED.get(resource.type, set()), place


def _differing(one: Resource, other: Resource) -> set[str]:
    names = set(one.properties) | set(other.properties)
    return {name for name in names if one.properties.get(name) != other.properties.get(name)}


def test_the_emulator_keeps_no_data(emulated: Assembly) -> None:
    kept = [resource for resource in emulated.resources() if resource.raw.get("DeletionPolicy") == "Retain"]
    assert kept == []


def test_the_emulator_runs_functions_with_this_python(emulated: Assembly) -> None:
    runtimes = {function.properties["Runtime"] for function in emulated.resources("AWS::Lambda::Function")}
    assert runtimes == {f"python{sys.version_info.major}.{sys.version_info.minor}"}
