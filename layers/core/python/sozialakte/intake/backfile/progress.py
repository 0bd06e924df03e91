"""How far the backfile is, how fast it goes and when it will end; with a small chart. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from sozialakte.shared.bar_chart import Bar, Size, bars, svg

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


def chart(progress: Progress, title: str) -> str:
    """Pages a day as an SVG of bars, for a report or a page; ``title`` is plain text."""
    days = sorted(progress.pages_by_day.items())
    drawn = [Bar(pages, f"{day:%d.%m.}", f"{day:%d.%m.%Y}: {pages}") for day, pages in days]
    size = Size()
    return svg(size.width(len(drawn)), size.height + 20, title, bars(drawn, size))
