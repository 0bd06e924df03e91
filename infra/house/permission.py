"""Exact permissions, written as literals beside the function that has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aws_cdk import Acknowledgment, Reference, Stack, Tokenization, Validations
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
        for resource in permission.resources:
            if permission.because is not None:
                accept(scope, _finding(resource, Stack.of(scope)), permission.because)


def accept(scope: IConstruct, finding: str, because: str) -> None:
    """Accept a cdk-nag finding at ``scope``, with the reason beside it."""
    Validations.of(scope).acknowledge(Acknowledgment(id=finding, reason=because))


def _finding(resource: str, reader: Stack) -> str:
    return f"AwsSolutions-IAM5[Resource::{_as_nag_prints(reader.resolve(_as_import(resource, reader)))}]"


def _as_import(resource: str, reader: Stack) -> str:
    """Another stack's resource by the name of its export: the template, and cdk-nag, will say it so."""
    token = Tokenization.reverse_string(resource).first_token
    if not isinstance(token, Reference) or Stack.of(token.target) is reader:
        return resource
    imported: str = Stack.of(token.target).export_value(token)
    return resource.replace(token.to_string(), imported)


def _as_nag_prints(resolved: object) -> str:
    match resolved:
        case {"Fn::Join": [str(glue), list(parts)]}:
            return glue.join(_as_nag_prints(part) for part in parts)
        case {"Fn::GetAtt": [str(logical_id), str(attribute)]}:
            return f"<{logical_id}.{attribute}>"
        case {"Fn::ImportValue": str(export)}:
            return export
    return str(resolved)
