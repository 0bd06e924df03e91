"""The calendar day in Zurich."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from sozialakte.shared.clock import utc_now, zurich_date


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 1, 31, 22, 59, tzinfo=UTC), date(2026, 1, 31)),
        (datetime(2026, 1, 31, 23, 0, tzinfo=UTC), date(2026, 2, 1)),
        (datetime(2026, 7, 31, 21, 59, tzinfo=UTC), date(2026, 7, 31)),  # summer time: two hours ahead
        (datetime(2026, 7, 31, 22, 0, tzinfo=UTC), date(2026, 8, 1)),
    ],
)
def test_the_day_changes_at_midnight_in_zurich(moment: datetime, day: date) -> None:
    assert zurich_date(moment) == day


def test_a_time_without_zone_is_no_moment() -> None:
    with pytest.raises(ValueError, match="time zone"):
        zurich_date(datetime(2026, 1, 1))  # noqa: DTZ001 (the mistake under test)


def test_now_is_aware() -> None:
    assert utc_now().tzinfo is UTC
