"""The counters of the lead times in DynamoDB, in the dossiers' table.

| to find | how |
|---|---|
| a team's lead times between two days | query ``LEADTIMES#<year>Q<quarter>``, ``<team>#<day>#<share>`` |
| those of all teams | query the whole ``LEADTIMES#<year>Q<quarter>`` |

They change in the transaction that files a letter or makes a step of its entry, so each is counted once, whatever
crashes or is delivered again. A team's day is four rows, or transactions at the same moment would meet at one; its
attributes ``<step>/<kind>/<span>`` are numbers of letters, ``<step>/<kind>/minutes`` the sum of their times.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from sozialakte.dossiers.inbox import InboxEntry
from sozialakte.dossiers.lead_times import Cell, LeadStep, Span, Spread, lead_time, sum_of
from sozialakte.runtime.dynamo import Change, Item, Key, Query, Table, Update
from sozialakte.runtime.items import number, text

_SHARES = 4
_MINUTES = "minutes"
_KEYS = frozenset({"pk", "sk"})


@dataclass(frozen=True)
class LeadTimes:
    """The lead times in the dossiers table of this name."""

    table: str

    def between(self, first: date, last: date, team: str | None = None) -> dict[Cell, Spread]:
        """What was counted on these days, both included, of a team or of all: a query for each quarter."""
        found: dict[Cell, list[Spread]] = {}
        for row in self._rows(first, last, team):
            for cell, spread in _spreads(row):
                found.setdefault(cell, []).append(spread)
        return {cell: sum_of(spreads) for cell, spreads in found.items()}

    def _rows(self, first: date, last: date, team: str | None) -> Iterator[Item]:
        for quarter in _quarters(first, last):
            where = Key("pk").eq(quarter)
            if team:  # "#" comes before "$": the last day with all its shares
                where &= Key("sk").between(f"{team}#{first.isoformat()}", f"{team}#{last.isoformat()}$")
            rows = Table(self.table).query(Query(where))
            yield from (row for row in rows if first <= _place_of(row)[1] <= last)


def lead_parts(table: str, before: InboxEntry | None, after: InboxEntry) -> Iterator[Update]:
    """What a new entry, or a step of one, does to the lead times, as parts of a transaction."""
    took = lead_time(before, after)
    if took is None:
        return
    team, kind, step = took.cell
    share = crc32(after.document_id.encode()) % _SHARES
    added = {f"{step}/{kind}/{took.span}": 1, f"{step}/{kind}/{_MINUTES}": took.minutes}
    yield Update(table, _quarter(took.day), f"{team}#{took.day.isoformat()}#{share}", Change(add=added))


def _spreads(row: Item) -> Iterator[tuple[Cell, Spread]]:
    team, _ = _place_of(row)
    for name in row.keys() - _KEYS:
        step, kind, span = name.split("/")
        cell, value = Cell(team, kind, LeadStep(step)), number(row, name)
        yield cell, Spread({}, value) if span == _MINUTES else Spread({Span(span): value}, 0)


def _place_of(row: Item) -> tuple[str, date]:
    team, day, _ = text(row, "sk").split("#")
    return team, date.fromisoformat(day)


def _quarters(first: date, last: date) -> Iterator[str]:
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    yield from dict.fromkeys(_quarter(date(month // 12, month % 12 + 1, 1)) for month in months)


def _quarter(day: date) -> str:
    return f"LEADTIMES#{day.year}Q{(day.month + 2) // 3}"
