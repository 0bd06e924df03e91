"""How far the backfile is, how fast it goes and when it will end; with a small chart. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

RECENT = timedelta(days=14)
"""The speed is that of the last two weeks, days off included."""
_BAR, _GAP, _HEIGHT = 14, 4, 120  # pixels


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
    days = sorted(progress.pages_by_day)
    most = max(progress.pages_by_day.values(), default=1)
    width = max(1, len(days)) * (_BAR + _GAP) + _GAP
    bars = "".join(_bar(place, day, progress.pages_by_day[day], most) for place, day in enumerate(days))
    safe = title.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT + 20}" role="img">'
        f"<title>{safe}</title>{bars}</svg>\n"
    )


def _bar(place: int, day: date, pages: int, most: int) -> str:
    height = round(_HEIGHT * pages / most)
    left = _GAP + place * (_BAR + _GAP)
    return (
        f'<rect x="{left}" y="{_HEIGHT - height}" width="{_BAR}" height="{height}" fill="#1f5a8a">'
        f"<title>{day:%d.%m.%Y}: {pages}</title></rect>"
        f'<text x="{left}" y="{_HEIGHT + 12}" font-size="6">{day:%d.%m.}</text>'
    )
