"""The backfile as a picture: how much is done, when all will be, pages and dossiers day by day. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sozialakte.intake.backfile.progress import Progress
from sozialakte.shared.bar_chart import BLUE, Bar, Size, bars, svg, text
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

MOST_DAYS = 30
"""So many days on which something was done are shown; the numbers above them are those of all days."""
_SIZE = Size(bar=24, gap=6, height=90, letters=8)
_LEFT, _ROW = 16, 154
_WIDTH = _SIZE.width(MOST_DAYS) + 2 * _LEFT
_DONE_TOP, _BARS_TOP = 62, 106


def chart(progress: Progress, today: date) -> str:
    """The chart as SVG."""
    title = say(Reason("backfile.chart.title", {"day": f"{today:%d.%m.%Y}"}))
    days = sorted(progress.pages_by_day.keys() | progress.done_by_day.keys())[-MOST_DAYS:]
    rows = (("backfile.chart.pages", progress.pages_by_day), ("backfile.chart.done", progress.done_by_day))
    drawn = _head(progress, title, today) + _share_done(progress)
    for place, (code, counts) in enumerate(rows):
        drawn += _row(say(Reason(code)), days, counts, _BARS_TOP + place * _ROW)
    return svg(_WIDTH, _BARS_TOP + len(rows) * _ROW, title, drawn)


def _head(progress: Progress, title: str, today: date) -> str:
    paper = f'<rect width="{_WIDTH}" height="100%" fill="#ffffff"/>'
    return paper + text(title, _LEFT, 26, 18, bold=True) + text(say(progress.in_words(today)), _LEFT, 50, 13)


def _share_done(progress: Progress) -> str:
    """All dossiers as one bar, those that are done in blue."""
    whole = _WIDTH - 2 * _LEFT
    done = whole * progress.done // max(1, progress.dossiers)
    place = f'x="{_LEFT}" y="{_DONE_TOP}" height="12"'
    return f'<rect {place} width="{whole}" fill="#cccccc"/><rect {place} width="{done}" fill="{BLUE}"/>'


def _row(name: str, days: Sequence[date], counts: Mapping[date, int], top: int) -> str:
    numbers = [(day, counts.get(day, 0)) for day in days]
    drawn = [Bar(count, f"{day:%d.%m.}", f"{day:%d.%m.%Y}: {count}", str(count or "")) for day, count in numbers]
    return text(name, _LEFT, top, 13, bold=True) + bars(drawn, _SIZE, _LEFT - _SIZE.gap, top + 20)
