"""S3 tells a queue about every new object."""

from __future__ import annotations

from typing import cast

from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3

from infra.house.bucket import Bucket
from infra.house.queue import Queue


def notify(bucket: Bucket, queue: Queue) -> None:
    """Send a message to ``queue`` for every object created in ``bucket``.

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
            s3.CfnBucket.QueueConfigurationProperty(event="s3:ObjectCreated:*", queue=queue.queue.queue_arn)
        ]
    )
    resource.node.add_dependency(queue.queue.node.find_child("Policy"))
