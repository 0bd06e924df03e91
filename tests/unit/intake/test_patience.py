"""Stuck work is tried again soon, then ever more rarely, and never given up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.patience import Patience

SINCE = datetime(2026, 11, 16, 7, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
HOUR = Patience(first=timedelta(hours=1), every=QUARTER)


def tries(patience: Patience, looks: int, offset: timedelta = timedelta(0)) -> list[float]:
    """Hours after which a look finds the work due."""
    ages = [offset + QUARTER * look for look in range(looks)]
    return [age / timedelta(hours=1) for age in ages if patience.is_over(SINCE, SINCE + age)]


def test_it_is_tried_after_one_two_four_hours_and_so_on() -> None:
    assert tries(HOUR, looks=4 * 40) == [1, 2, 4, 8, 16, 32]


def test_without_patience_it_is_tried_at_every_look() -> None:
    assert len(tries(Patience(timedelta(0), QUARTER), looks=9)) == 9


@given(st.floats(0, 899), st.integers(1, 12))
def test_whenever_the_looks_fall_each_doubling_is_tried_once(offset: float, hours: int) -> None:
    patience = Patience(timedelta(hours=hours), QUARTER)
    assert len(tries(patience, looks=4 * hours * 9, offset=timedelta(seconds=offset))) == 4
