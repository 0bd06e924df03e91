"""What a deployed stack says about itself."""

from __future__ import annotations

from botocore.exceptions import ClientError

from sozialakte.runtime.aws import client


class UnknownStackError(LookupError):
    """No stack has this name."""


def stack_outputs(stack: str) -> dict[str, str]:
    """The stack's outputs by name. Raises `UnknownStackError`."""
    try:
        (found,) = client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    except ClientError as error:
        # CloudFormation has no code of its own for this.
        if "does not exist" in error.response["Error"]["Message"]:
            raise UnknownStackError(stack) from error
        raise
    return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}
