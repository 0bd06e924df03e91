"""A DynamoDB table."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kms as kms
from constructs import Construct

from infra.house.key import key
from infra.house.permission import Permission
from infra.house.stack import ContextStack

_READS = {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"}
_READ_KEY = ("kms:Decrypt", "kms:DescribeKey")
_WRITE_KEY = ("kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey")
_STREAM_ACTIONS = ("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator")


@dataclass(frozen=True)
class Index:
    """A second way into a table; all keys are strings. ``only``: the attributes projected beside keys; else all are."""

    name: str
    partition: str
    sort: str | None = None
    only: tuple[str, ...] = ()


class Table(Construct):
    """A table with the keys ``pk`` and ``sk``, its own encryption key and point-in-time recovery."""

    def __init__(
        self, stack: ContextStack, *, indexes: tuple[Index, ...] = (), streamed: bool = False, encryption: kms.IKey
    ) -> None:
        super().__init__(stack, "Store")
        self.key = encryption
        target = stack.site.target
        self.table = dynamodb.Table(
            self,
            "Table",
            partition_key=_string("pk"),
            sort_key=_string("sk"),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.CUSTOMER_MANAGED,
            encryption_key=encryption,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            deletion_protection=target.keeps_data,
            removal_policy=target.removal_policy,
            stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES if streamed else None,
        )
        for index in indexes:
            self._add(index)
        stack.publish("TableName", self.name)

    @property
    def name(self) -> str:
        """The table's name, for the functions' environment."""
        return self.table.table_name

    @property
    def stream_arn(self) -> str:
        """The stream of changes; only a table made with ``streamed=True`` has one."""
        if self.table.table_stream_arn is None:
            raise ValueError(f"{self.node.path} has no stream")
        return self.table.table_stream_arn

    def may(self, *verbs: str) -> list[Permission]:
        """Permission for these actions (``GetItem``, ``Query`` ...) on the table itself."""
        actions = tuple(f"dynamodb:{verb}" for verb in verbs)
        key_actions = _READ_KEY if _READS.issuperset(actions) else _WRITE_KEY
        return [Permission(actions, (self.table.table_arn,)), Permission(key_actions, (self.key.key_arn,))]

    def may_query(self, *indexes: str) -> list[Permission]:
        """Permission to query these indexes."""
        arns = tuple(f"{self.table.table_arn}/index/{index}" for index in indexes)
        return [Permission(("dynamodb:Query",), arns), Permission(_READ_KEY, (self.key.key_arn,))]

    def may_follow(self) -> list[Permission]:
        """Permission to read the stream, as an event source mapping needs it."""
        return [
            Permission(_STREAM_ACTIONS, (self.stream_arn,)),
            Permission(("dynamodb:ListStreams",), ("*",), because="dynamodb:ListStreams knows no narrower resource"),
            Permission(_READ_KEY, (self.key.key_arn,)),
        ]

    def _add(self, index: Index) -> None:
        self.table.add_global_secondary_index(
            index_name=index.name,
            partition_key=_string(index.partition),
            sort_key=_string(index.sort) if index.sort else None,
            projection_type=dynamodb.ProjectionType.INCLUDE if index.only else dynamodb.ProjectionType.ALL,
            non_key_attributes=list(index.only) or None,
        )


def own_key(stack: ContextStack) -> kms.Key:
    """The key of a context's data."""
    return key(stack, "DataKey", "data at rest")


def _string(name: str) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)
