"""Makes moto's DynamoDB find things where they lie.

moto sorts the whole table for each query, index or not, and copies all rows and all changes ever made with each
transaction: a table of some thousand rows takes seconds. Here a query gets to see only the rows of the key it asks for,
and a transaction saves the rows that it writes. What moto answers stays the same (a test compares).
"""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from copy import copy, deepcopy
from itertools import chain
from typing import Any, Self
from unittest.mock import patch

from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table

_query = Table.query
_update = DynamoDBBackend.update_item
_plain_transact = DynamoDBBackend.transact_write_items
_arguments = inspect.signature(_query).bind


@contextmanager
def quick_moto() -> Iterator[None]:
    """moto as it is, only quicker."""
    with ExitStack() as patches:
        patches.enter_context(patch.object(Table, "query", _query_of_one_key))
        patches.enter_context(patch.object(Table, "__deepcopy__", _twin, create=True))
        patches.enter_context(patch.object(DynamoDBBackend, "transact_write_items", _transact))
        patches.enter_context(patch.object(DynamoDBBackend, "update_item", _update_of_a_copy))
        yield


class Partitions(defaultdict[DynamoType, Any]):
    """moto's partitions of a table; ``seen`` are those that a query may look at, None: all.

    Behind them may lie ``still`` ones: nothing changes them, so no transaction needs to save them.
    """

    def __init__(self, changing: Mapping[DynamoType, Any], still: Mapping[DynamoType, Any]) -> None:
        super().__init__(dict, changing)
        self.still = still
        self.seen: list[Mapping[object, Item]] | None = None

    def __missing__(self, key: DynamoType) -> Any:
        return self.still[key] if key in self.still else super().__missing__(key)

    def values(self) -> Any:
        """The partitions, as moto looks through them."""
        return chain(super().values(), self.still.values()) if self.seen is None else self.seen

    def twin(self) -> Self:
        """The same rows, in partitions of its own."""
        return type(self)({key: dict(rows) for key, rows in self.items()}, self.still)


def partitions_of(table: Table) -> Partitions:
    """The partitions of a table, in place of moto's own."""
    known: object = table.items
    if not isinstance(known, Partitions):
        table.items = known = Partitions(table.items, {})
    return known


def _query_of_one_key(table: Table, *given: Any, **named: Any) -> Any:
    asked = _arguments(table, *given, **named).arguments
    partitions = partitions_of(table)
    partitions.seen = _asked_for(partitions, asked)
    try:
        return _query(table, *given, **named)
    finally:
        partitions.seen = None


def _asked_for(partitions: Partitions, asked: Mapping[str, Any]) -> list[Mapping[object, Item]]:
    """The one partition of the table; of an index the rows with its key."""
    if not asked.get("index_name"):
        return [partitions[asked["hash_key"]]] if _is_there(partitions, asked["hash_key"]) else []
    keys = [(name, value.value) for name, value in asked.get("hash_key_conditions") or ()]
    rows = (row for partition in partitions.values() for row in partition.values())
    return [dict(enumerate(row for row in rows if all(_text(row, name) == value for name, value in keys)))]


def _is_there(partitions: Partitions, key: DynamoType) -> bool:
    return key in partitions or key in partitions.still


def _text(row: Item, name: str) -> object:
    attribute = row.attrs.get(name)
    return attribute.value if attribute else None


def _twin(table: Table, memo: dict[int, Any]) -> Table:
    """A table with the same rows and changes, none of which ever changes itself: they are only replaced."""
    twin = memo[id(table)] = copy(table)
    twin.items = partitions_of(table).twin()
    if table.stream_shard:
        twin.stream_shard = copy(table.stream_shard)
        twin.stream_shard.items = list(table.stream_shard.items)
        twin.stream_shard.table = twin
    return twin


def _transact(backend: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
    """moto goes back to the tables it copied before; here nothing is copied, it goes back row by row."""
    before = [_row_of(backend, *next(iter(item.items()))) for item in transact_items]
    changes = {table.stream_shard: len(table.stream_shard.items) for table, *_ in before if table.stream_shard}
    try:
        with patch.object(Table, "__deepcopy__", lambda table, _: table, create=True):
            _plain_transact(backend, transact_items)
    except Exception:
        for table, row in before:
            _put_back(table, *row)
        for shard, count in changes.items():
            del shard.items[count:]
        raise


def _row_of(backend: DynamoDBBackend, what: str, part: Mapping[str, Any]) -> tuple[Table, tuple[Any, Any, Item | None]]:
    table = backend.get_table(part["TableName"])
    key = backend.get_keys_value(table, part["Item" if what == "Put" else "Key"])
    return table, (*key, table.get_item(*key))


def _put_back(table: Table, partition: DynamoType, sort: DynamoType, row: Item | None) -> None:
    if row:
        table.items[partition][sort] = row
    else:
        table.items[partition].pop(sort, None)


def _update_of_a_copy(backend: DynamoDBBackend, table_name: str, key: dict[str, Any], *given: Any, **named: Any) -> Any:
    """moto writes into the row itself; twins of the table, and what a transaction may put back, hold it too."""
    table = backend.get_table(table_name)
    row = table.get_item(*backend.get_keys_value(table, key))
    if row:
        table.items[row.hash_key][row.range_key] = deepcopy(row)
    return _update(backend, table_name, key, *given, **named)
