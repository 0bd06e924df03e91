"""The chain of a day: whatever single thing is changed afterwards is found, and named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.audit.chain import (
    GENESIS,
    DaySeal,
    Line,
    fault_of_entries,
    fault_of_seal,
    line_of,
    seal_of,
)

DAY = date(2026, 11, 21)
ENTRIES = {f"2026-11-21T08:{number:02}:00.000000+00:00#{number:032x}": f"ma-{number}" for number in range(6)}


def line(key: str, staff_id: str) -> Line:
    return line_of(key, {"entry_id": {"S": key[-32:]}, "staff_id": {"S": staff_id}, "allowed": {"BOOL": True}})


LINES = tuple(line(key, staff_id) for key, staff_id in ENTRIES.items())
KEYS = tuple(ENTRIES)
PLACES = st.integers(0, len(LINES) - 1)
TEXTS = st.text(min_size=1, max_size=20)


def found(lines: list[Line]) -> tuple[str, str | None] | None:
    """Code and bad entry when these lines are there in place of those sealed, as the table hands them out."""
    fault = fault_of_entries(DAY, LINES, sorted(lines, key=lambda one: one.key))
    return (fault.code, fault.entry) if fault else None


def test_what_nobody_touched_is_in_order() -> None:
    assert found(list(LINES)) is None
    assert fault_of_entries(DAY, (), ()) is None


@given(PLACES, TEXTS)
def test_a_changed_entry_is_found(place: int, text: str) -> None:
    lines = list(LINES)
    lines[place] = line(KEYS[place], f"changed {text}")

    assert found(lines) == ("audit.changed", KEYS[place])


@given(PLACES)
def test_a_removed_entry_is_found(place: int) -> None:
    lines = [one for one in LINES if one.key != KEYS[place]]

    assert found(lines) == ("audit.removed", KEYS[place])


@given(st.datetimes(), TEXTS)
def test_an_inserted_entry_is_found_wherever_it_stands(at: object, text: str) -> None:
    key = f"{at}#{'f' * 32}"

    assert found([*LINES, line(key, text)]) == ("audit.inserted", key)


@given(PLACES, PLACES)
def test_two_entries_that_changed_places_are_found(one: int, other: int) -> None:
    contents = list(ENTRIES.values())
    contents[one], contents[other] = contents[other], contents[one]
    ids = list(KEYS)
    ids[one], ids[other] = ids[other], ids[one]
    lines = [
        replace(line(content_key, content), key=key)
        for key, content_key, content in zip(KEYS, ids, contents, strict=True)
    ]

    assert found(lines) == (None if one == other else ("audit.reordered", KEYS[min(one, other)]))


def test_an_entry_moved_to_another_time_is_found() -> None:
    moved = replace(LINES[2], key=f"2026-11-21T23:00:00.000000+00:00#{2:032x}")

    assert found([*LINES[:2], *LINES[3:], moved]) == ("audit.reordered", KEYS[2])


@given(st.text(), st.text())
def test_every_attribute_counts_with_its_type(name: str, value: str) -> None:
    plain = line_of("k", {"a": {"S": "1"}})
    changed = [
        line_of("k", {"a": {"N": "1"}}),
        line_of("k", {"a": {"S": "1"}, f"x{name}": {"S": value}}),
        line_of("k", {"a": {"B": b"1"}}),
        line_of("k", {}),
    ]

    assert plain not in changed
    assert line_of("k", {"b": {"S": "2"}, "a": {"S": "1"}}) == line_of("k", {"a": {"S": "1"}, "b": {"S": "2"}})


def days(count: int = 3) -> list[DaySeal]:
    """Seals of days that follow one another, each with one entry more."""
    seals: list[DaySeal] = []
    for number in range(count):
        previous = seals[-1].seal if seals else GENESIS
        seals.append(seal_of(DAY + timedelta(days=number), previous, LINES[:number]))
    return seals


def test_a_chain_of_days_that_nobody_touched_is_in_order() -> None:
    first, second, third = days()

    assert fault_of_seal(first, None, LINES[:0]) is None
    assert fault_of_seal(second, first, LINES[:1]) is None
    assert fault_of_seal(third, second, LINES[:2]) is None


@pytest.mark.parametrize(
    "changed", [{"count": 9}, {"head": "0" * 64}, {"previous": "1" * 64}, {"seal": "2" * 64}, {"day": DAY}]
)
def test_a_changed_seal_is_found(changed: dict[str, object]) -> None:
    first, second, _ = days()

    fault = fault_of_seal(replace(second, **changed), first, LINES[:1])  # type: ignore[arg-type] # any of its fields

    assert fault is not None
    assert fault.code == "audit.seal_changed"


def test_a_day_sealed_anew_over_other_entries_breaks_the_chain_of_the_next() -> None:
    first, second, third = days()
    forged = seal_of(second.day, first.seal, ())

    assert fault_of_seal(forged, first, ()) is None, "in itself it is a good seal"
    fault = fault_of_seal(third, forged, LINES[:2])
    assert fault is not None
    assert fault.code == "audit.chain_broken"


def test_a_missing_day_and_a_missing_or_changed_list_are_found() -> None:
    first, second, third = days()
    faults = [
        fault_of_seal(third, first, LINES[:2]),
        fault_of_seal(second, first, None),
        fault_of_seal(second, first, LINES[:2]),
        fault_of_seal(second, first, (replace(LINES[0], digest="0" * 64),)),
    ]

    assert [fault and (fault.code, fault.day) for fault in faults] == [
        ("audit.seal_missing", second.day),
        ("audit.list_missing", second.day),
        ("audit.list_changed", second.day),
        ("audit.list_changed", second.day),
    ]


@given(st.permutations(LINES))
def test_the_same_entries_in_another_order_are_another_chain(lines: list[Line]) -> None:
    assert (seal_of(DAY, GENESIS, lines) == seal_of(DAY, GENESIS, LINES)) is (tuple(lines) == LINES)
