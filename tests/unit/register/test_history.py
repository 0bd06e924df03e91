"""What holds when: edits of a timeline, against a list with one value a day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.register.edits import TooEarlyError, said_by_feed, said_by_person
from sozialakte.register.history import FEED, Edit, Origin, Timeline, Value, edited, spans, version_on
from tests.daily import Daily, said

FIRST = date(2026, 1, 1)
DAYS = 12
ORIGIN = Origin(FEED, "run-1")

FIELDS = st.fixed_dictionaries({}, optional={name: st.integers(0, 2) for name in "abc"})
SPOTS = st.integers(0, DAYS - 1)
EDITS = st.builds(lambda one, two, value: (min(one, two), max(one, two), value), SPOTS, SPOTS, FIELDS)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def of_days(*values: tuple[int, Value]) -> Timeline:
    """A timeline from days and values."""
    timeline: Timeline = ()
    for number, value in values:
        timeline = edited(timeline, Edit(day(number), day(number), value), ORIGIN)
    return timeline


def daily(timeline: Timeline) -> Daily:
    """The value of every day."""
    found = (version_on(timeline, day(number)) for number in range(DAYS))
    return [dict(version.value) if version else None for version in found]


@given(st.lists(EDITS, max_size=12))
def test_edits_are_what_they_are_day_by_day(edits: list[tuple[int, int, dict[str, object]]]) -> None:
    timeline: Timeline = ()
    model: Daily = [None] * DAYS
    for start, until, value in edits:
        timeline = edited(timeline, Edit(day(start), day(until), value), ORIGIN)
        model = said(model, start, until, value)

        assert daily(timeline) == model
        begins = [version.valid_from for version in timeline]
        assert begins == sorted(set(begins))
        assert all(one.value != other.value for one, other in pairwise(timeline))


@given(st.lists(EDITS, min_size=1, max_size=6))
def test_spans_meet_without_a_gap_and_the_last_is_open(edits: list[tuple[int, int, dict[str, object]]]) -> None:
    timeline: Timeline = ()
    for start, until, value in edits:
        timeline = edited(timeline, Edit(day(start), day(until), value), ORIGIN)

    found = list(spans(timeline))
    assert [span.valid_to for span in found[:-1]] == [span.version.valid_from for span in found[1:]]
    assert found[-1].valid_to is None


def test_a_planned_hand_over_keeps_the_successor_when_the_feed_changes_something_else() -> None:
    planned = of_days((0, {"commune": 1, "responsible": "ma-1"}), (9, {"commune": 1, "responsible": "ma-2"}))
    edit = said_by_feed(planned, {"commune": 2, "responsible": "ma-1"}, None, None, day(4))

    assert edit
    assert daily(edited(planned, edit, ORIGIN))[9] == {"commune": 2, "responsible": "ma-2"}


def test_what_the_feed_repeats_does_not_undo_what_a_person_decided() -> None:
    fed = {"commune": 1, "responsible": "ma-1"}
    decided = of_days((0, fed), (3, {"commune": 1, "responsible": "ma-2"}))

    assert said_by_feed(decided, fed, fed, None, day(5)) is None
    anew = said_by_feed(decided, {"commune": 2, "responsible": "ma-1"}, fed, None, day(5))
    assert anew
    assert anew.value == {"commune": 2, "responsible": "ma-2"}
    assert anew.fed == {"commune": 2, "responsible": "ma-1"}


def test_what_the_feed_says_anew_counts_whoever_decided_before() -> None:
    decided = of_days((0, {"responsible": "ma-2"}))
    edit = said_by_feed(decided, {"responsible": "ma-3"}, {"responsible": "ma-1"}, None, day(5))

    assert edit
    assert edit.value == {"responsible": "ma-3"}


def test_a_row_without_a_day_holds_from_today_and_changes_nothing_if_it_holds() -> None:
    known = of_days((0, {"a": 1}))

    assert said_by_feed(known, {"a": 1}, None, None, day(5)) is None
    assert said_by_feed(known, {"a": 2}, None, None, day(5)) == Edit(day(5), day(5), {"a": 2})


def test_a_row_with_a_past_day_replaces_all_from_then_until_today() -> None:
    known = of_days((0, {"a": 1}), (3, {"a": 2}))
    edit = said_by_feed(known[1:], {"a": 3}, None, day(1), day(5))

    assert edit == Edit(day(1), day(5), {"a": 3})
    assert daily(edited(known, edit, ORIGIN))[:4] == [{"a": 1}, {"a": 3}, {"a": 3}, {"a": 3}]
    assert said_by_feed(known[1:], {"a": 2}, None, day(4), day(5)) is None


def test_a_person_changes_one_field_and_may_take_it_away() -> None:
    known = of_days((0, {"status": "open", "responsible": "ma-1"}))

    closed = said_by_person(known, {"status": "closed"}, None, day(2))
    assert closed == Edit(day(2), day(2), {"status": "closed", "responsible": "ma-1"}, known[0].value)
    nobody = said_by_person(known, {"responsible": None}, None, day(2))
    assert nobody
    assert nobody.value == {"status": "open"}
    assert said_by_person(known, {"status": "open"}, None, day(2)) is None


def test_a_person_does_not_change_what_held_before_the_present_value() -> None:
    with pytest.raises(TooEarlyError):
        said_by_person(of_days((3, {"a": 1})), {"a": 2}, None, day(2))
