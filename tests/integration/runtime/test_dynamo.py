"""The table wrapper on moto: plain values in and out, named errors, pages, transactions."""

from __future__ import annotations

from decimal import Decimal
from typing import TypedDict

import pytest
from botocore.stub import Stubber

from sozialakte.runtime.aws import client
from sozialakte.runtime.dynamo import (
    EXISTS,
    NEW,
    AlreadyExistsError,
    Attr,
    Change,
    Check,
    ConditionFailedError,
    Delete,
    InvalidCursorError,
    Key,
    Put,
    Query,
    Table,
    Update,
    WriteConflictError,
    transact,
)
from tests.aws import INTAKE

pytestmark = pytest.mark.usefixtures("aws")


@pytest.fixture
def table() -> Table:
    """Any table will do."""
    return Table(INTAKE)


def test_values_come_back_as_they_were_written(table: Table) -> None:
    item: dict[str, object] = {
        "pk": "letter#1",
        "sk": "current",
        "pages": 3,
        "share": Decimal("0.25"),
        "codes": ["a", {"n": 1}],
        "chunks": {1, 2},
        "sha256": b"\x00\x01",
        "sealed": True,
        "nothing": None,
    }
    table.put_new(item)
    assert table.get("letter#1", "current", consistent=True) == item
    assert isinstance((table.get("letter#1", "current") or {})["pages"], int)


def test_an_absent_item_is_none(table: Table) -> None:
    assert table.get("letter#1", "current") is None


def test_a_new_item_never_overwrites_and_hands_back_what_is_there(table: Table) -> None:
    table.put_new({"pk": "a", "sk": "b", "state": "cut"})
    with pytest.raises(AlreadyExistsError) as error:
        table.put_new({"pk": "a", "sk": "b", "state": "read"})
    assert error.value.existing == {"pk": "a", "sk": "b", "state": "cut"}


def test_an_update_changes_what_it_names(table: Table) -> None:
    table.put_new({"pk": "a", "sk": "b", "state": "cut", "old": 1, "done": {1, 2}, "map": {"x": 1}})
    change = Change(
        assign={"state": "read", "map.y": 2},
        assign_once={"since": "t1"},
        add={"count": 1, "seen": {7}},
        discard={"done": {1}},
        remove=("old",),
    )
    after = table.update("a", "b", change, when=Attr("state").eq("cut"))
    assert after == {
        "pk": "a",
        "sk": "b",
        "state": "read",
        "map": {"x": 1, "y": 2},
        "since": "t1",
        "count": 1,
        "seen": {7},
        "done": {2},
    }
    assert table.update("a", "b", Change(assign_once={"since": "t2"}))["since"] == "t1"


def test_a_refused_update_hands_back_the_item_as_it_is(table: Table) -> None:
    table.put_new({"pk": "a", "sk": "b", "state": "filed"})
    with pytest.raises(ConditionFailedError) as error:
        table.update("a", "b", Change(assign={"state": "read"}), when=Attr("state").eq("cut"))
    assert error.value.existing == {"pk": "a", "sk": "b", "state": "filed"}


def test_an_update_of_an_absent_item_can_be_forbidden(table: Table) -> None:
    with pytest.raises(ConditionFailedError) as error:
        table.update("a", "b", Change(assign={"state": "read"}), when=EXISTS)
    assert error.value.existing is None


def test_deleting_twice_is_deleting_once(table: Table) -> None:
    table.put_new({"pk": "a", "sk": "b"})
    table.delete("a", "b")
    table.delete("a", "b")
    assert table.get("a", "b") is None


def test_a_query_runs_over_all_pages(table: Table) -> None:
    for number in range(30):  # 30 items of 50 kB are more than the 1 MB of one answer
        table.put_new({"pk": "a", "sk": f"{number:03d}", "filler": "x" * 50_000})
    assert len(list(table.query(Query(Key("pk").eq("a"))))) == 30
    newest = next(table.query(Query(Key("pk").eq("a") & Key("sk").lt("020"), newest_first=True)))
    assert newest["sk"] == "019"


def test_a_list_is_paged_through_by_cursor(table: Table) -> None:
    for number in range(5):
        table.put_new({"pk": "a", "sk": str(number)})
    query = Query(Key("pk").eq("a"))
    first = table.query_page(query, limit=3)
    second = table.query_page(query, limit=3, cursor=first.next_cursor)
    assert [item["sk"] for item in first.items + second.items] == ["0", "1", "2", "3", "4"]
    assert second.next_cursor is None


@pytest.mark.parametrize("cursor", ["ä", "e30x", "bm8", "WzFd", "eyJhIjoxfQ", "%00"])
def test_a_foreign_cursor_is_refused(table: Table, cursor: str) -> None:
    with pytest.raises(InvalidCursorError):
        table.query_page(Query(Key("pk").eq("a")), limit=3, cursor=cursor)


def test_many_items_are_got_in_batches(table: Table) -> None:
    for number in range(120):
        table.put_new({"pk": "a", "sk": str(number)})
    found = table.get_many([("a", str(number)) for number in range(130)])
    assert len({item["sk"] for item in found}) == 120


def test_a_transaction_writes_all_parts(table: Table) -> None:
    table.put_new({"pk": "gone", "sk": "s"})
    table.put_new({"pk": "there", "sk": "s"})
    transact(
        [
            Put(table.name, {"pk": "new", "sk": "s"}, NEW),
            Update(table.name, "there", "s", Change(assign={"n": 1}), EXISTS),
            Delete(table.name, "gone", "s"),
            Check(table.name, "never", "s", NEW),
        ]
    )
    assert table.get("new", "s") is not None
    assert table.get("there", "s") == {"pk": "there", "sk": "s", "n": 1}
    assert table.get("gone", "s") is None


def test_a_refused_transaction_names_the_part_and_writes_nothing(table: Table) -> None:
    table.put_new({"pk": "there", "sk": "s", "n": 1})
    with pytest.raises(ConditionFailedError) as error:
        transact([Put(table.name, {"pk": "new", "sk": "s"}, NEW), Put(table.name, {"pk": "there", "sk": "s"}, NEW)])
    assert error.value.index == 1
    assert error.value.existing == {"pk": "there", "sk": "s", "n": 1}
    assert table.get("new", "s") is None


def test_a_passing_conflict_is_tried_again(table: Table) -> None:
    with Stubber(client("dynamodb")) as answers:
        answers.add_client_error("transact_write_items", **_cancelled("None", "TransactionConflict"))
        answers.add_response("transact_write_items", {})
        transact([Put(table.name, {"pk": "a", "sk": "s"}), Put(table.name, {"pk": "b", "sk": "s"})])
        answers.assert_no_pending_responses()


def test_a_lasting_conflict_is_named(table: Table) -> None:
    with Stubber(client("dynamodb")) as answers:
        for _ in range(5):
            answers.add_client_error("put_item", "TransactionConflictException")
        with pytest.raises(WriteConflictError):
            table.put({"pk": "a", "sk": "s"})


def test_a_refused_condition_counts_more_than_a_conflict_beside_it(table: Table) -> None:
    with Stubber(client("dynamodb")) as answers:
        answers.add_client_error("transact_write_items", **_cancelled("TransactionConflict", "ConditionalCheckFailed"))
        with pytest.raises(ConditionFailedError) as error:
            transact([Put(table.name, {"pk": "a", "sk": "s"}, NEW), Put(table.name, {"pk": "b", "sk": "s"}, NEW)])
    assert error.value.index == 1


def test_what_is_not_ours_to_handle_passes_through(table: Table) -> None:
    with Stubber(client("dynamodb")) as answers:
        answers.add_client_error("put_item", "AccessDeniedException")
        with pytest.raises(client("dynamodb").exceptions.ClientError):
            table.put({"pk": "a", "sk": "s"})


class _Cancelled(TypedDict):
    service_error_code: str
    modeled_fields: dict[str, object]


def _cancelled(*codes: str) -> _Cancelled:
    reasons: list[object] = [{"Code": code} for code in codes]
    return {"service_error_code": "TransactionCanceledException", "modeled_fields": {"CancellationReasons": reasons}}
