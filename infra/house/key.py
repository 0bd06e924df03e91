"""An encryption key."""

from __future__ import annotations

from aws_cdk import aws_kms as kms

from infra.house.stack import ContextStack


def key(stack: ContextStack, name: str, purpose: str) -> kms.Key:
    """A key that rotates every year, and outlives its stack where data does.

    A bucket and the queue it notifies need two keys: one key for both is a circle CloudFormation cannot deploy.
    """
    return kms.Key(
        stack,
        name,
        description=f"{stack.stack_name}: {purpose}",
        enable_key_rotation=True,
        removal_policy=stack.site.target.removal_policy,
    )
