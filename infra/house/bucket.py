"""An S3 bucket, and the bucket its access log goes to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from aws_cdk import Duration
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.house.permission import Permission, accept
from infra.house.stack import ContextStack

_UPLOAD_DAYS = 7


def tidy_up() -> s3.LifecycleRule:
    """Removes what no version points to: unfinished uploads and delete markers without anything behind them."""
    return s3.LifecycleRule(
        id="tidy-up",
        abort_incomplete_multipart_upload_after=Duration.days(_UPLOAD_DAYS),
        expired_object_delete_marker=True,
    )


def expire_when_tagged(tag: str, value: str, *, days: int) -> s3.LifecycleRule:
    """Deletes objects that carry the tag after some days, and the versions behind them as many days later."""
    return s3.LifecycleRule(
        id=tag,
        tag_filters={tag: value},
        expiration=Duration.days(days),
        noncurrent_version_expiration=Duration.days(days),
    )


def access_log_bucket(stack: ContextStack) -> s3.Bucket:
    """Where S3 writes who accessed the stack's buckets."""
    bucket = s3.Bucket(
        stack,
        "AccessLogs",
        # Log delivery cannot use a key of ours.
        encryption=s3.BucketEncryption.S3_MANAGED,
        block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
        enforce_ssl=True,
        object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
        lifecycle_rules=[
            tidy_up(),
            s3.LifecycleRule(id="expire", expiration=Duration.days(stack.site.service.retention.access_logs)),
        ],
        removal_policy=stack.site.target.removal_policy,
    )
    accept(bucket, "AwsSolutions-S1", "The access log bucket does not log accesses to itself: that would never end")
    return bucket


class Bucket(Construct):
    """A versioned bucket under a key of ours: TLS only, nothing public, every access logged.

    Args:
        stack: the stack that owns the bucket.
        name: the bucket's name inside its context, for example ``Letters``.
        key: the key that encrypts the objects.
        access_logs: where accesses are logged, below the bucket's name.
        lockable: objects can be put under a legal hold (Object Lock without a default retention).
        lifecycle: rules beside the tidying up.
    """

    def __init__(
        self,
        stack: ContextStack,
        name: str,
        *,
        key: kms.IKey,
        access_logs: s3.IBucket,
        lockable: bool = False,
        lifecycle: Sequence[s3.LifecycleRule] = (),
    ) -> None:
        super().__init__(stack, name)
        self.key = key
        self.bucket = s3.Bucket(
            self,
            "Bucket",
            versioned=True,
            encryption=s3.BucketEncryption.KMS,
            encryption_key=key,
            bucket_key_enabled=True,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            enforce_ssl=True,
            minimum_tls_version=1.2,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            object_lock_enabled=True if lockable else None,
            server_access_logs_bucket=access_logs,
            server_access_logs_prefix=f"{name.lower()}/",
            lifecycle_rules=[tidy_up(), *lifecycle],
            removal_policy=stack.site.target.removal_policy,
        )
        stack.publish(f"{name}BucketName", self.name)

    @property
    def name(self) -> str:
        """The bucket's name, for the functions' environment."""
        return self.bucket.bucket_name

    def retain(self, *, days: int) -> None:
        """Let no object change or go for so long (Object Lock, governance mode); the bucket must be lockable."""
        lock = s3.CfnBucket.DefaultRetentionProperty(mode="GOVERNANCE", days=days)
        cast(
            "s3.CfnBucket", self.bucket.node.default_child
        ).object_lock_configuration = s3.CfnBucket.ObjectLockConfigurationProperty(
            object_lock_enabled="Enabled", rule=s3.CfnBucket.ObjectLockRuleProperty(default_retention=lock)
        )

    def may(self, *verbs: str, under: str = "*") -> list[Permission]:
        """Permission for these actions (``GetObject``, ``PutObject`` ...) on the objects ``under`` a key pattern."""
        actions = tuple(f"s3:{verb}" for verb in verbs)
        why = "Object keys are made at run time; the pattern names the part of the bucket the function works on"
        return [Permission(actions, (self.bucket.arn_for_objects(under),), because=why), *self._may_use_key(verbs)]

    def may_list(self, *verbs: str) -> list[Permission]:
        """Permission for actions on the bucket itself, such as ``ListBucketVersions``."""
        return [Permission(tuple(f"s3:{verb}" for verb in verbs), (self.bucket.bucket_arn,))]

    def may_see_what_is_gone(self) -> list[Permission]:
        """With it S3 answers "not found" for an object that is gone; without it, "access denied"."""
        return self.may_list("ListBucket")

    def _may_use_key(self, verbs: Sequence[str]) -> list[Permission]:
        reads = any(verb in {"GetObject", "GetObjectVersion"} for verb in verbs)
        # A multipart upload decrypts its parts when it is completed.
        actions = ("kms:Decrypt", "kms:GenerateDataKey") if "PutObject" in verbs else ("kms:Decrypt",) if reads else ()
        return [Permission(actions, (self.key.key_arn,))] if actions else []
