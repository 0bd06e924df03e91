"""S3 tells a queue about every new object."""

from __future__ import annotations

from typing import cast

from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3

from infra.house.bucket import Bucket
from infra.house.queue import Queue


def notify(bucket: Bucket, queue: Queue, *, under: str | None = None) -> None:
    """Send a message to ``queue`` for every object created in ``bucket``, or for those ``under`` a prefix.

    Written on the bucket itself: CDK's own way adds a function that may change the notifications of every bucket.
    The bucket waits for the queue's policy, so the policy names the account instead of the bucket: no circle.
    """
    queue.queue.add_to_resource_policy(
        iam.PolicyStatement(
            principals=[iam.ServicePrincipal("s3.amazonaws.com")],
            actions=["sqs:SendMessage"],
            resources=[queue.queue.queue_arn],
            conditions={"StringEquals": {"aws:SourceAccount": bucket.bucket.stack.account}},
        )
    )
    resource = cast("s3.CfnBucket", bucket.bucket.node.default_child)
    resource.notification_configuration = s3.CfnBucket.NotificationConfigurationProperty(
        queue_configurations=[
            s3.CfnBucket.QueueConfigurationProperty(
                event="s3:ObjectCreated:*", queue=queue.queue.queue_arn, filter=_prefix(under) if under else None
            )
        ]
    )
    resource.node.add_dependency(queue.queue.node.find_child("Policy"))


def _prefix(under: str) -> s3.CfnBucket.NotificationFilterProperty:
    rule = s3.CfnBucket.FilterRuleProperty(name="prefix", value=under)
    return s3.CfnBucket.NotificationFilterProperty(s3_key=s3.CfnBucket.S3KeyFilterProperty(rules=[rule]))
