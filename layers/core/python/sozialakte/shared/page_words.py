"""Words, days and amounts as the pages in the browser show them. Pure."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

_ZURICH = ZoneInfo("Europe/Zurich")


def words(code: str, **facts: str | int) -> str:
    """A text of the catalogue."""
    return say(Reason(code, {name: str(value) for name, value in facts.items()}))


def day(value: date) -> str:
    """``22.11.2026``."""
    return value.strftime("%d.%m.%Y")


def moment(value: datetime) -> str:
    """``22.11.2026, 14:05``, as the clock on the wall shows it."""
    return value.astimezone(_ZURICH).strftime("%d.%m.%Y, %H:%M")
