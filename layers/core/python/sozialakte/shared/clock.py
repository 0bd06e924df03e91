"""Time: aware UTC inside, dates as the calendar in Zurich has them. Only the edge asks what time it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

_ZURICH = ZoneInfo("Europe/Zurich")


def utc_now() -> datetime:
    """The present moment, aware. For handlers and commands; everything below them takes time as an argument."""
    return datetime.now(UTC)


def zurich_time(moment: datetime) -> datetime:
    """``moment`` as the clocks in Zurich show it. Raises ``ValueError`` for a time without zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(_ZURICH)


def zurich_date(moment: datetime) -> date:
    """The calendar day in Zurich at ``moment``. Raises ``ValueError`` for a time without zone."""
    return zurich_time(moment).date()


def midnight_in_zurich(day: date) -> datetime:
    """The moment (UTC) at which the day begins in Zurich."""
    return datetime.combine(day, time.min, _ZURICH).astimezone(UTC)
