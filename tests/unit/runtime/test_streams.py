"""Changes of a table: new images come as plain values, what fails is named."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sozialakte.runtime.items import Item
from sozialakte.runtime.streams import Change, process_changes
from tests.lambda_events import Context, failed_ids, stream_event


def test_rows_before_and_after_come_as_plain_values() -> None:
    row: Item = {"pk": "a", "version": 3, "share": Decimal("0.5"), "codes": ["x"], "open": True, "chunks": {1, 2}}
    seen: list[Change] = []

    answer = process_changes(stream_event((None, row), ({"pk": "a"}, {"pk": "b"})), Context(), seen.append)

    assert failed_ids(answer) == []
    assert seen == [Change(None, row), Change({"pk": "a"}, {"pk": "b"})]


def test_removals_are_left_out() -> None:
    seen: list[Change] = []

    process_changes(stream_event(({"pk": "a"}, None)), Context(), seen.append)

    assert seen == []


def test_only_a_step_of_the_row_is_a_new_version() -> None:
    assert Change(None, {"version": 1}).has_new_version
    assert Change({"version": 1}, {"version": 2}).has_new_version
    assert not Change({"version": 2}, {"version": 2, "chunks": {1}}).has_new_version


def test_change_that_fails_is_named_by_its_sequence_number(capsys: pytest.CaptureFixture[str]) -> None:
    def publish(change: Change) -> None:
        if change.new["pk"] == "bad":
            raise ConnectionError

    answer = process_changes(stream_event((None, {"pk": "a"}), (None, {"pk": "bad"})), Context(), publish)

    assert failed_ids(answer) == ["2"]
    assert '"message":"change_failed"' in capsys.readouterr().out


def test_end_of_the_process_is_not_mistaken_for_a_failed_change() -> None:
    def die(_: Change) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        process_changes(stream_event((None, {"pk": "a"})), Context(), die)


def test_event_that_is_no_streams_is_refused() -> None:
    with pytest.raises(ValueError, match="not an event"):
        process_changes({"hello": "world"}, Context(), lambda _: None)
