"""Stuck work is tried again soon, then more rarely, and never given up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.patience import Patience

SINCE = datetime(2026, 11, 16, 7, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
HOUR = Patience(first=timedelta(hours=1), every=QUARTER)


def tries(patience: Patience, ages: list[timedelta]) -> list[float]:
    """Hours after which a look finds the work due."""
    return [age / timedelta(hours=1) for age in ages if patience.is_over(SINCE, SINCE + age)]


def test_it_is_tried_after_one_two_four_hours_and_then_every_four() -> None:
    looks = [QUARTER * look for look in range(4 * 17)]
    assert [int(hours) for hours in tries(HOUR, looks) if hours == int(hours)] == [1, 2, 4, 8, 12, 16]


def test_without_patience_it_is_tried_at_every_look() -> None:
    assert len(tries(Patience(timedelta(0), QUARTER), [QUARTER * look for look in range(9)])) == 9


@given(st.floats(0, 899), st.integers(0, 10_000))
def test_unpunctual_looks_miss_no_try_and_never_try_more_than_twice(offset: float, seed: int) -> None:
    late = Random(seed)  # noqa: S311 (a schedule's jitter)
    looks = [timedelta(seconds=offset + late.uniform(-30, 30)) + QUARTER * look for look in range(4 * 13)]
    found = [int(hours) for hours in tries(HOUR, looks)]
    assert set(found) == {1, 2, 4, 8, 12}
    assert max(map(found.count, found)) <= 2


@given(st.integers(1, 2000))
def test_after_an_outage_of_any_length_it_is_tried_within_four_hours(hours: int) -> None:
    looks = [timedelta(hours=hours) + QUARTER * look for look in range(4 * 4 + 2)]
    assert tries(HOUR, looks)
