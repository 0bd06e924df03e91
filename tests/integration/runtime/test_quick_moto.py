"""The quicker moto answers what moto answers."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moto.backends import get_backend
from moto.core.serialize import BaseJSONSerializer
from moto.dynamodb.models.table import Table as MotoTable
from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

from sozialakte.runtime.aws import client
from sozialakte.runtime.dynamo import NEW, ConditionFailedError, Item, Key, Put, Query, Table, transact
from tests.aws import ACCOUNT, INTAKE, REGION, local_aws, rows

PLAIN = MotoTable.query  # taken while nothing makes it quicker
PLAIN_STRUCTURE = BaseJSONSerializer._serialize_type_structure  # noqa: SLF001 (as above)
KEYS = st.sampled_from("abc")
ROWS = st.lists(
    st.fixed_dictionaries({"pk": KEYS, "sk": KEYS}, optional={"state_key": KEYS, "since": KEYS}), max_size=12
)
QUERIES = (
    Query(Key("pk").eq("a")),
    Query(Key("pk").eq("a") & Key("sk").begins_with("b"), newest_first=True),
    Query(Key("pk").eq("nobody")),
    Query(Key("state_key").eq("a"), index="by_state"),
    Query(Key("state_key").eq("b") & Key("since").lt("c"), index="by_state", newest_first=True),
)


def answers(table: Table) -> list[list[Item]]:
    return [list(table.query(query)) for query in QUERIES]


@settings(max_examples=15)
@given(ROWS)
def test_queries_find_what_they_found_before(items: list[Item]) -> None:
    with local_aws():
        table = Table(INTAKE)
        for item in items:
            table.put(item)
        quick = answers(table)
        with patch.object(MotoTable, "query", PLAIN):
            assert quick == answers(table)


@pytest.mark.usefixtures("aws")
def test_a_refused_transaction_leaves_rows_and_changes_alone() -> None:
    table = Table(INTAKE)
    table.put({"pk": "a", "sk": "1"})

    with pytest.raises(ConditionFailedError):
        transact([Put(INTAKE, {"pk": "b", "sk": "1"}), Put(INTAKE, {"pk": "a", "sk": "1"}, NEW)])

    assert rows(INTAKE) == [{"pk": "a", "sk": "1"}]
    assert changes() == [{"pk": {"S": "a"}, "sk": {"S": "1"}}]


@pytest.mark.usefixtures("aws")
def test_a_transaction_adds_to_the_changes() -> None:
    Table(INTAKE).put({"pk": "a", "sk": "1"})
    transact([Put(INTAKE, {"pk": "b", "sk": "1"}), Put(INTAKE, {"pk": "c", "sk": "1"})])

    assert [key["pk"]["S"] for key in changes()] == ["a", "b", "c"]


@pytest.mark.usefixtures("aws")
def test_a_refused_transaction_takes_back_what_it_wrote_into_a_row() -> None:
    before = {"pk": "a", "sk": "1", "words": ["one"], "count": 1}
    Table(INTAKE).put(before)
    update: TransactWriteItemTypeDef = {
        "Update": {
            "TableName": INTAKE,
            "Key": {"pk": {"S": "a"}, "sk": {"S": "1"}},
            "UpdateExpression": "SET words[0] = :word ADD #count :more",
            "ExpressionAttributeNames": {"#count": "count"},
            "ExpressionAttributeValues": {":word": {"S": "two"}, ":more": {"N": "1"}},
        }
    }
    refused: TransactWriteItemTypeDef = {
        "Put": {
            "TableName": INTAKE,
            "Item": {"pk": {"S": "b"}, "sk": {"S": "1"}},
            "ConditionExpression": "attribute_exists(pk)",
        }
    }

    with pytest.raises(client("dynamodb").exceptions.TransactionCanceledException):
        client("dynamodb").transact_write_items(TransactItems=[update, refused])
    assert rows(INTAKE) == [before]
    client("dynamodb").transact_write_items(TransactItems=[update])
    assert rows(INTAKE) == [before | {"words": ["two"], "count": 2}]


@pytest.mark.usefixtures("aws")
def test_rows_of_every_kind_come_as_they_came_before() -> None:
    item: Item = {"s": "a", "n": 1, "b": b"\x00\xff", "yes": True, "none": None, "l": ["a", {"m": [2, b"x"]}], "m": {}}
    item |= {"pk": "a", "sk": "1", "ss": {"a", "b"}, "ns": {1, 2}, "bs": {b"a"}, "empty": ""}
    Table(INTAKE).put(item)

    assert rows(INTAKE) == [item]
    assert Table(INTAKE).get("a", "1") == item
    with patch.object(BaseJSONSerializer, "_serialize_type_structure", PLAIN_STRUCTURE):
        assert Table(INTAKE).get("a", "1") == item


def changes() -> list[dict[str, dict[str, str]]]:
    """The keys of all changes of the table, in order."""
    shard = get_backend("dynamodb")[ACCOUNT][REGION].tables[INTAKE].stream_shard
    return [change.to_json()["dynamodb"]["Keys"] for change in shard.items] if shard else []
