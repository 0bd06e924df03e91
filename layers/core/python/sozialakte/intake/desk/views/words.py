"""Words, days and spans of time as the page of the review desk shows them. Pure."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

_ZURICH = ZoneInfo("Europe/Zurich")
_HOUR, _DAY = 60, 24 * 60  # minutes


def words(code: str, **facts: str | int) -> str:
    """A text of the catalogue."""
    return say(Reason(code, {name: str(value) for name, value in facts.items()}))


def day(value: date) -> str:
    """``22.11.2026``."""
    return value.strftime("%d.%m.%Y")


def moment(value: datetime) -> str:
    """``22.11.2026, 14:05``, as the clock on the wall shows it."""
    return value.astimezone(_ZURICH).strftime("%d.%m.%Y, %H:%M")


def clock_time(value: datetime) -> str:
    """``14:05``, as the clock on the wall shows it."""
    return value.astimezone(_ZURICH).strftime("%H:%M")


def waited(minutes: int) -> str:
    """How long somebody has waited, in the largest unit that fits."""
    if minutes < _HOUR:
        return words("desk.waited.minutes", count=minutes)
    if minutes < 2 * _DAY:
        return words("desk.waited.hours", count=minutes // _HOUR)
    return words("desk.waited.days", count=minutes // _DAY)


def kind_name(kind: str | None) -> str:
    """What kind of letter it is."""
    return words(f"kind.{kind}") if kind else words("desk.no_kind")


def pages_count(count: int) -> str:
    """``1 Seite``, ``3 Seiten``."""
    return words("desk.one_page") if count == 1 else words("desk.pages", count=count)
