"""A log group."""

from __future__ import annotations

from typing import cast

from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.house.stack import ContextStack


def log_group(scope: Construct, stack: ContextStack) -> logs.LogGroup:
    """A log that is deleted after the service's retention. It carries ids only, so CloudWatch's own encryption does."""
    group = logs.LogGroup(scope, "Log", removal_policy=stack.site.target.removal_policy)
    # The enumeration of the construct cannot be made from a number of days.
    cast("logs.CfnLogGroup", group.node.default_child).retention_in_days = stack.site.service.retention.logs
    return group
