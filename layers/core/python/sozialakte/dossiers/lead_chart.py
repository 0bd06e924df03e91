"""The lead times as a picture: a row for each team, or for each kind of one team, with what is late in orange. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sozialakte.dossiers.lead_answers import LeadTimeAnswer, LeadTimeList
from sozialakte.dossiers.lead_times import EVERY_KIND, TARGET, LeadStep, spans_within
from sozialakte.shared.bar_chart import BLUE, GREY, ORANGE, Bar, Size, bars, svg, text
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

_SIZE = Size(bar=50, gap=6, height=70, letters=10)
_LEFT, _ROW, _SHORT_ROW, _HEAD = 170, 150, 56, 90
_PANEL = _SIZE.width(8) + 40
_WIDTH = _LEFT + _PANEL * len(LeadStep)


def lead_chart(found: LeadTimeList) -> str:
    """The chart as SVG: one team by its kinds, several each with all kinds together."""
    teams = {line.team for line in found.leadtimes}
    shown = [line for line in found.leadtimes if len(teams) == 1 or line.kind == EVERY_KIND]
    rows = list(dict.fromkeys((line.team, line.kind) for line in shown))
    days = {"since": f"{found.since:%d.%m.%Y}", "until": f"{found.until:%d.%m.%Y}"}
    title = say(Reason("leadtime.title", days))
    drawn, top = _head(title), _HEAD
    for row in rows:
        lines = [line for line in shown if (line.team, line.kind) == row]
        drawn += _row(lines, top)
        top += _ROW if any(line.spans for line in lines) else _SHORT_ROW
    return svg(_WIDTH, top, title, drawn)


def _head(title: str) -> str:
    paper = f'<rect width="{_WIDTH}" height="100%" fill="#ffffff"/>'
    steps = "".join(
        text(say(Reason(f"leadtime_step.{step}")), _LEFT + place * _PANEL, 78, 14, bold=True)
        for place, step in enumerate(LeadStep)
    )
    note = text(say(Reason("leadtime.note")), 16, 46, 11, GREY)
    return paper + text(title, 16, 26, 18, bold=True) + note + steps


def _row(lines: Sequence[LeadTimeAnswer], top: int) -> str:
    names = text(lines[0].kind_name, 16, top + 24, 13, bold=True) + text(lines[0].team, 16, top + 40, 11, GREY)
    rule = f'<rect x="16" y="{top}" width="{_WIDTH - 32}" height="1" fill="#cccccc"/>'
    return rule + names + "".join(_panels(lines, top))


def _panels(lines: Sequence[LeadTimeAnswer], top: int) -> Iterator[str]:
    for place, step in enumerate(LeadStep):
        left = _LEFT + place * _PANEL
        line = next((line for line in lines if line.step is step), None)
        yield text(_summary(line), left, top + 20, 12, _colour(line))
        yield bars(_bars(line) if line else [], _SIZE, left - _SIZE.gap, top + 46)


def _summary(line: LeadTimeAnswer | None) -> str:
    if line is None:
        return say(Reason("leadtime.none"))
    if line.median_text is None:
        return say(Reason("leadtime.few", {"count": str(line.count)}))
    facts = {"count": str(line.count), "percent": str(line.percent_within_target), "target": line.target_text}
    return say(Reason("leadtime.summary", facts | {"median": line.median_text}))


def _colour(line: LeadTimeAnswer | None) -> str:
    return GREY if line is None or line.median is None else "#000000"


def _bars(line: LeadTimeAnswer) -> list[Bar]:
    in_time = spans_within(TARGET[line.step])
    return [
        Bar(
            span.count,
            say(Reason(f"leadtime_axis.{span.span}")),
            f"{span.text}: {span.count}",
            str(span.count or ""),
            BLUE if span.span in in_time else ORANGE,
        )
        for span in line.spans
    ]
