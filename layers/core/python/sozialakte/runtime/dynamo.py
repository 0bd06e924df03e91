"""DynamoDB tables with keys ``pk`` and ``sk``, in plain Python values and named errors. There is no scan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from sozialakte.runtime.aws import client
from sozialakte.runtime.conditions import Attr, Condition, Key
from sozialakte.runtime.cursors import InvalidCursorError, from_cursor, to_cursor
from sozialakte.runtime.dynamo_errors import AlreadyExistsError, ConditionFailedError, WriteConflictError, written
from sozialakte.runtime.dynamo_requests import (
    EXISTS,
    NEW,
    Change,
    Check,
    Delete,
    Part,
    Put,
    Query,
    Request,
    Update,
    part_of_transaction,
)
from sozialakte.runtime.items import Item, from_attributes, to_attributes

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import QueryOutputTypeDef

# The words of a store, from one place.
__all__ = [
    "EXISTS",
    "NEW",
    "AlreadyExistsError",
    "Attr",
    "Change",
    "Check",
    "Condition",
    "ConditionFailedError",
    "Delete",
    "InvalidCursorError",
    "Item",
    "Key",
    "Page",
    "Part",
    "Put",
    "Query",
    "Table",
    "Update",
    "WriteConflictError",
    "transact",
]

_KEYS_PER_BATCH = 100  # BatchGetItem takes no more


@dataclass(frozen=True)
class Page:
    """A page of a list and the cursor of the next one (None at the end)."""

    items: tuple[Item, ...]
    next_cursor: str | None


@dataclass(frozen=True)
class Table:
    """One table by its name."""

    name: str

    def get(self, pk: str, sk: str, *, consistent: bool = False) -> Item | None:
        """The item, or None."""
        key = to_attributes({"pk": pk, "sk": sk})
        answer = _dynamodb().get_item(TableName=self.name, Key=key, ConsistentRead=consistent)
        return from_attributes(answer["Item"]) if "Item" in answer else None

    def get_many(self, keys: Sequence[tuple[str, str]], *, consistent: bool = False) -> Iterator[Item]:
        """The items of the distinct ``(pk, sk)`` keys that exist, in no certain order."""
        for start in range(0, len(keys), _KEYS_PER_BATCH):
            wanted = [to_attributes({"pk": pk, "sk": sk}) for pk, sk in keys[start : start + _KEYS_PER_BATCH]]
            request: dict[str, object] = {self.name: {"Keys": wanted, "ConsistentRead": consistent}}
            while request:
                answer = _dynamodb().batch_get_item(RequestItems=request)  # type: ignore[arg-type]
                yield from map(from_attributes, answer["Responses"].get(self.name, []))
                request = dict(answer["UnprocessedKeys"])

    def put(self, item: Item, *, when: Condition | None = None) -> None:
        """Write the whole item. Raises `ConditionFailedError`."""
        request = Put(self.name, item, when).request()
        written(lambda: _dynamodb().put_item(**request, ReturnValuesOnConditionCheckFailure="ALL_OLD"))  # type: ignore[arg-type]

    def put_new(self, item: Item) -> None:
        """Write an item that must not exist yet. Raises `AlreadyExistsError`, which holds the existing one."""
        try:
            self.put(item, when=NEW)
        except ConditionFailedError as error:
            raise AlreadyExistsError(error.existing) from error

    def update(self, pk: str, sk: str, change: Change, *, when: Condition | None = None) -> Item:
        """Change attributes (an absent item is created unless ``when`` forbids it); the item as it is then.

        Raises `ConditionFailedError`.
        """
        request = Update(self.name, pk, sk, change, when).request()
        answer = written(
            lambda: _dynamodb().update_item(
                **request,  # type: ignore[arg-type]
                ReturnValues="ALL_NEW",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        )
        return from_attributes(answer["Attributes"])

    def delete(self, pk: str, sk: str, *, when: Condition | None = None) -> None:
        """Remove the item; an absent one is no error. Raises `ConditionFailedError`."""
        request = Delete(self.name, pk, sk, when).request()
        written(lambda: _dynamodb().delete_item(**request, ReturnValuesOnConditionCheckFailure="ALL_OLD"))  # type: ignore[arg-type]

    def query(self, query: Query) -> Iterator[Item]:
        """All items of the query, fetched page by page as they are consumed."""
        request = query.request(self.name)
        while True:
            answer = _dynamodb().query(**request)  # type: ignore[arg-type]
            yield from map(from_attributes, answer["Items"])
            if "LastEvaluatedKey" not in answer:
                return
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def query_page(self, query: Query, limit: int, cursor: str | None = None) -> Page:
        """One page of at most ``limit`` items, for lists people page through. Raises `InvalidCursorError`."""
        request = query.request(self.name) | {"Limit": limit}
        answer = _query_from(request, cursor) if cursor else _dynamodb().query(**request)  # type: ignore[arg-type]
        last = answer.get("LastEvaluatedKey")
        return Page(tuple(map(from_attributes, answer["Items"])), to_cursor(request, last) if last else None)

    def sift_page(self, query: Query, limit: int, sifted: int, cursor: str | None = None) -> Page:
        """One page of a query with ``matching``: at most ``limit`` items out of the next ``sifted``, perhaps none.

        Raises `InvalidCursorError`.
        """
        request = query.request(self.name) | {"Limit": sifted}
        answer = _query_from(request, cursor) if cursor else _dynamodb().query(**request)  # type: ignore[arg-type]
        found, last = answer["Items"], answer.get("LastEvaluatedKey")
        if len(found) > limit:
            last = {name: found[limit - 1][name] for name in query.keys}
        return Page(tuple(map(from_attributes, found[:limit])), to_cursor(request, last) if last else None)


def transact(parts: Sequence[Part]) -> None:
    """All parts or none. Raises `ConditionFailedError` with the index of a failed part, `WriteConflictError`."""
    items = [part_of_transaction(part) for part in parts]
    written(lambda: _dynamodb().transact_write_items(TransactItems=items))  # type: ignore[arg-type]


def _dynamodb() -> DynamoDBClient:
    return client("dynamodb")


def _query_from(request: Request, cursor: str) -> QueryOutputTypeDef:
    try:
        return _dynamodb().query(**request, ExclusiveStartKey=from_cursor(request, cursor))  # type: ignore[arg-type]
    except ClientError as error:
        # The rest of the request is ours, so what DynamoDB finds invalid is the foreign key in the cursor.
        if error.response["Error"]["Code"] == "ValidationException":
            raise InvalidCursorError("the cursor belongs to another list") from error
        raise
