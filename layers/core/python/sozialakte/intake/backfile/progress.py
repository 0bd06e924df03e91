"""How far the backfile is, how fast it goes and when it will end. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from sozialakte.shared.reasons import Reason

RECENT = timedelta(days=14)
"""The speed is that of the last two weeks, days off included."""


@dataclass(frozen=True)
class Progress:
    """``dossiers`` on the list, ``done`` of them complete. ``pages_by_day``: pages scanned, by day of receipt."""

    dossiers: int
    done: int
    pages_by_day: Mapping[date, int]
    done_by_day: Mapping[date, int]

    def ends_on(self, today: date) -> date | None:
        """The day all are done if it goes on as in the last two weeks; None if nothing was done in them."""
        recent = sum(count for day, count in self.done_by_day.items() if today - RECENT < day <= today)
        if self.done >= self.dossiers:
            return today
        return today + timedelta(days=ceil((self.dossiers - self.done) * RECENT.days / recent)) if recent else None

    def in_words(self, today: date) -> Reason:
        """How far it is, in one sentence."""
        end = self.ends_on(today)
        facts = {"done": str(self.done), "dossiers": str(self.dossiers), "end": f"{end:%d.%m.%Y}" if end else "?"}
        return Reason("backfile.progress", facts | {"pages": str(sum(self.pages_by_day.values()))})
