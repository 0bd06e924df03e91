"""A copied stage is as good as one that was made: nothing of one test reaches another."""

from __future__ import annotations

import pytest

from sozialakte.runtime.aws import client
from sozialakte.runtime.dynamo import Change, Key, Query, Table
from tests.aws import INTAKE, SCANS, counted_calls, local_aws, queue_url, rows, send, take
from tests.fresh_stage import set_up

done: list[str] = []


@set_up
def put_a_row(key: str) -> None:
    """Written down here each time it is really done."""
    done.append(key)
    Table(INTAKE).put({"pk": key, "sk": "1", "words": ["one"]})


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    done.clear()


def what_each_stage_holds(*keys: str) -> list[list[object]]:
    """Two stages, one after the other, set up with the same steps."""
    found = []
    for _ in range(2):
        with local_aws():
            for key in keys:
                put_a_row(key)
            found.append([row["pk"] for row in rows(INTAKE)])
    return found


def test_steps_are_done_once_and_copied_in_their_order() -> None:
    assert what_each_stage_holds("a", "b") == [["a", "b"]] * 2
    assert done == ["a", "b"]


def test_other_steps_before_make_another_stage() -> None:
    what_each_stage_holds("c", "d")
    assert what_each_stage_holds("d") == [["d"]] * 2
    assert done == ["c", "d", "d"]


def test_on_a_stage_to_which_something_happened_the_step_is_done() -> None:
    for number in range(2):
        with local_aws():
            Table(INTAKE).put({"pk": f"mine {number}", "sk": "1"})
            put_a_row("e")
            assert [row["pk"] for row in rows(INTAKE)] == ["e", f"mine {number}"]
    assert done == ["e", "e"]


def test_what_a_test_changes_does_not_reach_the_next() -> None:
    for number in range(3):
        with local_aws():
            put_a_row("f")
            assert rows(INTAKE) == [{"pk": "f", "sk": "1", "words": ["one"]}]
            Table(INTAKE).update("f", "1", Change({"words": [f"number {number}"]}))
            client("s3").put_object(Bucket=SCANS, Key="scan", Body=b"scan")
            send("scans", "body")
    with local_aws():
        assert rows(INTAKE) == []
        assert "Versions" not in client("s3").list_object_versions(Bucket=SCANS)
        assert take("scans") == []


def test_a_copied_stage_counts_changes_and_knows_dead_letters_as_a_made_one() -> None:
    for _ in range(2):
        with local_aws(), counted_calls() as calls:
            put_a_row("g")
            assert list(Table(INTAKE).query(Query(Key("pk").eq("g"))))
            asked = client("sqs").get_queue_attributes(QueueUrl=queue_url("scans"), AttributeNames=["RedrivePolicy"])
            assert "test-scans-dead" in asked["Attributes"]["RedrivePolicy"]
    assert calls == ["Query"], "the second stage was copied"
