"""How old the unpaid bills are, as a picture. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sozialakte.payments.bill_ledger import Age
from sozialakte.shared.bar_chart import BLUE, GREY, ORANGE, Bar, Size, bars, svg, text
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

_SIZE = Size(bar=70, gap=14, height=160, letters=11)
_TOP, _LEFT = 84, 16
_WIDTH, _HEIGHT = _SIZE.width(len(Age)) + 2 * _LEFT, _TOP + _SIZE.height + 40
LATE = frozenset({Age.TWO_MONTHS, Age.QUARTER, Age.OLDER})
"""Drawn in orange."""


def age_chart(ages: Mapping[Age, int], day: date) -> str:
    """The chart as SVG: a bar for each age, older than a month in orange."""
    facts = {"day": f"{day:%d.%m.%Y}", "count": str(sum(ages.values()))}
    title = say(Reason("bill_ages.title", facts))
    drawn = [_bar(age, ages.get(age, 0)) for age in Age]
    paper = f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>'
    head = text(title, _LEFT, 28, 17, bold=True) + text(say(Reason("bill_ages.note")), _LEFT, 48, 12, GREY)
    return svg(_WIDTH, _HEIGHT, title, paper + head + bars(drawn, _SIZE, _LEFT - _SIZE.gap, _TOP))


def _bar(age: Age, count: int) -> Bar:
    name = say(Reason(f"bill_age.{age}"))
    return Bar(count, name, f"{name}: {count}", str(count), ORANGE if age in LATE else BLUE)
