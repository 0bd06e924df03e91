"""How long letters take: from the post to an inbox, and from there until somebody is done with them. Pure.

Counted are the steps of inbox entries, by the team whose inbox it is and the kind of letter, and never by person: how
long letters take is the office's business, how long a colleague takes is not. Time is as the calendar has it: weekends
and holidays count. An entry that is reopened and done again is counted once, when it was done for the first time; what
a client waits for begins when it was filed, whoever it is forwarded to. Old dossiers have no entries and count nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from sozialakte.dossiers.inbox import InboxEntry
from sozialakte.shared.clock import zurich_date

FEWEST_SHOWN = 5
"""Of fewer letters only the number is told: a share of two says nothing, and might speak of one person's work."""
EVERY_KIND = "all"


class LeadStep(StrEnum):
    """What is measured."""

    TO_INBOX = "to_inbox"
    TO_DONE = "to_done"


class Span(StrEnum):
    """How long it took at most, in the order of their lengths."""

    H4 = "four_hours"
    D1 = "one_day"
    D2 = "two_days"
    D3 = "three_days"
    D5 = "five_days"
    D10 = "ten_days"
    D20 = "twenty_days"
    MORE = "longer"


_LONGEST: Mapping[Span, timedelta] = MappingProxyType(
    {
        Span.H4: timedelta(hours=4),
        Span.D1: timedelta(days=1),
        Span.D2: timedelta(days=2),
        Span.D3: timedelta(days=3),
        Span.D5: timedelta(days=5),
        Span.D10: timedelta(days=10),
        Span.D20: timedelta(days=20),
    }
)
TARGET: Mapping[LeadStep, Span] = MappingProxyType({LeadStep.TO_INBOX: Span.D1, LeadStep.TO_DONE: Span.D10})
"""The post of a day is there the next day; ten days is the shortest usual term for an answer."""


class Cell(NamedTuple):
    """What is counted together; ``team`` is the team's inbox (``team-<team>``), or ``office``."""

    team: str
    kind: str
    step: LeadStep


@dataclass(frozen=True)
class LeadTime:
    """One letter has made one step, on a day in Zurich."""

    cell: Cell
    day: date
    waited: timedelta

    @property
    def span(self) -> Span:
        """Its class."""
        return next((span for span, longest in _LONGEST.items() if self.waited <= longest), Span.MORE)

    @property
    def minutes(self) -> int:
        """Whole minutes."""
        return self.waited // timedelta(minutes=1)


@dataclass(frozen=True)
class Spread:
    """How many letters took how long; ``minutes`` is the sum."""

    counts: Mapping[Span, int]
    minutes: int

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(self.counts.values())

    @property
    def median(self) -> Span | None:
        """The class of the middle one, of two in the middle the quicker one; None of none."""
        passed = 0
        for span in Span:
            passed += self.counts.get(span, 0)
            if passed and passed * 2 >= self.count:
                return span
        return None

    @property
    def mean_hours(self) -> float:
        """The mean, to a tenth."""
        return round(self.minutes / 60 / self.count, 1) if self.count else 0.0

    def percent_within(self, target: Span) -> int:
        """The share that took no longer, in whole per cent, never rounded up to all."""
        within = sum(self.counts.get(span, 0) for span in spans_within(target))
        return within * 100 // self.count if self.count else 0


def spans_within(target: Span) -> tuple[Span, ...]:
    """The classes up to this one."""
    spans = tuple(Span)
    return spans[: spans.index(target) + 1]


def sum_of(spreads: Iterable[Spread]) -> Spread:
    """All letters of several cells."""
    found = tuple(spreads)
    counts = {span: sum(spread.counts.get(span, 0) for spread in found) for span in Span}
    return Spread({span: count for span, count in counts.items() if count}, sum(spread.minutes for spread in found))


def with_every_kind(found: Mapping[Cell, Spread]) -> dict[Cell, Spread]:
    """The same with a line for all kinds of a team, which comes first."""
    wholes: dict[Cell, list[Spread]] = {}
    for cell, spread in sorted(found.items()):
        wholes.setdefault(cell._replace(kind=EVERY_KIND), []).append(spread)
    summed = {cell: sum_of(spreads) for cell, spreads in wholes.items()} | dict(found)
    order = tuple(LeadStep)
    places = sorted(summed, key=lambda cell: (cell.team, order.index(cell.step), cell.kind != EVERY_KIND, cell.kind))
    return {cell: summed[cell] for cell in places}


def lead_time(before: InboxEntry | None, after: InboxEntry) -> LeadTime | None:
    """What a new entry, or a step of one, adds to the lead times. Nothing without a team: filed before we counted."""
    if after.team is None:
        return None
    if before is None:
        return _took(after.team, after.kind, LeadStep.TO_INBOX, after.received_at, after.filed_at)
    if before.first_done_at is None and after.first_done_at:
        return _took(after.team, after.kind, LeadStep.TO_DONE, after.filed_at, after.first_done_at)
    return None


def _took(team: str, kind: str, step: LeadStep, begin: datetime, end: datetime) -> LeadTime:
    # clocks differ: what came later than it was filed took no time
    return LeadTime(Cell(team, kind, step), zurich_date(end), max(end - begin, timedelta(0)))
