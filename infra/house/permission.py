"""Exact permissions, written as literals beside the function that has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aws_cdk import Acknowledgment, Stack, Validations
from aws_cdk import aws_iam as iam
from constructs import IConstruct


@dataclass(frozen=True)
class Permission:
    """What a function may do to which resources. A resource with a wildcard needs ``because``, for the auditor."""

    actions: tuple[str, ...]
    resources: tuple[str, ...]
    because: str | None = None

    def statement(self) -> iam.PolicyStatement:
        """The statement for a policy."""
        return iam.PolicyStatement(actions=list(self.actions), resources=list(self.resources))


def acknowledge_wildcards(scope: IConstruct, permissions: Iterable[Permission]) -> None:
    """Tell cdk-nag why the wildcards of these permissions are wanted; a wildcard without a reason stays a finding."""
    for permission in permissions:
        if permission.because is not None:
            _acknowledge(scope, permission.resources, permission.because)


def _acknowledge(scope: IConstruct, resources: Iterable[str], because: str) -> None:
    for resource in resources:
        finding = f"AwsSolutions-IAM5[Resource::{_as_nag_prints(Stack.of(scope).resolve(resource))}]"
        accept(scope, finding, because)


def accept(scope: IConstruct, finding: str, because: str) -> None:
    """Accept a cdk-nag finding at ``scope``, with the reason beside it."""
    Validations.of(scope).acknowledge(Acknowledgment(id=finding, reason=because))


def _as_nag_prints(resolved: object) -> str:
    match resolved:
        case {"Fn::Join": [str(glue), list(parts)]}:
            return glue.join(_as_nag_prints(part) for part in parts)
        case {"Fn::GetAtt": [str(logical_id), str(attribute)]}:
            return f"<{logical_id}.{attribute}>"
        case {"Ref": str(name)}:
            return f"<{name}>"
        case {"Fn::ImportValue": export}:
            return _as_nag_prints(export)
    return str(resolved)
