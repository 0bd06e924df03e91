"""The counters of the inboxes in DynamoDB, all in the partition ``INBOX#<inbox>``.

| to find | how |
|---|---|
| the counts of an inbox | query ``COUNT#<day>`` of the last 30 days to ``COUNT#new`` |
| what some dossiers have in it, by day and all new | batch get of ``OF#<dossier_id>`` |
| both at once, of all dossiers in it | query ``COUNT#<day>`` of the last 30 days to the last ``OF#`` |

They change in the transaction that changes an entry. The totals are a row each, so that people who work in one inbox
wait for each other as little as possible; the dossiers' shares are taken off for those from whom a dossier is hidden.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sozialakte.dossiers.inbox import (
    NEW_ENTRIES,
    URGENT_FOR,
    Counted,
    InboxCounts,
    InboxEntry,
    count_changes,
    counted_under,
    counts_on,
)
from sozialakte.dossiers.records import inbox_key
from sozialakte.runtime.dynamo import Attr, Change, ConditionFailedError, Item, Key, Query, Table, Update
from sozialakte.runtime.items import number

_TOTAL, _SHARE = "COUNT#", "OF#"
_KEYS = frozenset({"pk", "sk"})
Place = tuple[str, str]
"""Where a number stands in the partition of its inbox: sort key of the row, name of the attribute."""


class CountsChangedError(Exception):
    """Somebody worked in the inbox while it was counted; try again."""


@dataclass(frozen=True)
class InboxCounters:
    """The counters in the dossiers table."""

    table: Table

    def counts(self, inbox: str, day: date, hidden: Collection[str] = ()) -> InboxCounts:
        """How much waits in an inbox on a day, as it is right now, without what is of the ``hidden`` dossiers."""
        since = (day - URGENT_FOR).isoformat()
        names = Key("sk").between(f"{_TOTAL}{since}", f"{_TOTAL}{NEW_ENTRIES}")
        rows = self.table.query(Query(Key("pk").eq(inbox_key(inbox)) & names, consistent=True))
        totals = Counter({str(row["sk"]).removeprefix(_TOTAL): number(row, "entries") for row in rows})
        return counts_on(day, totals - self._shares(inbox, hidden))

    def shared(self, inbox: str, day: date) -> tuple[Counter[str], dict[str, Counter[str]]]:
        """The counters by name on a day, and the shares of the dossiers of which something new lies in the inbox."""
        first = f"{_TOTAL}{(day - URGENT_FOR).isoformat()}"
        where = Key("pk").eq(inbox_key(inbox)) & Key("sk").between(first, f"{_SHARE}~")
        totals: Counter[str] = Counter()
        shares: dict[str, Counter[str]] = {}
        for row in self.table.query(Query(where, consistent=True)):
            sk = str(row["sk"])
            if sk.startswith(_TOTAL):
                totals[sk.removeprefix(_TOTAL)] = number(row, "entries")
            elif number(row, NEW_ENTRIES) if NEW_ENTRIES in row else 0:
                shares[sk.removeprefix(_SHARE)] = Counter(_numbers(row))
        return totals, shares

    def recount(self, inbox: str, entries: Iterable[InboxEntry]) -> Mapping[Place, tuple[int, int]]:
        """Set the counters of an inbox to its entries; those that were wrong, with both numbers.

        Raises `CountsChangedError` if somebody works there meanwhile.
        """
        stored, right = self._stored(inbox), _numbers_of(entries)
        pairs = {place: (stored.get(place, 0), right.get(place, 0)) for place in sorted({*stored, *right})}
        wrong = {place: (was, counted) for place, (was, counted) in pairs.items() if was != counted}
        for place, (_, counted) in wrong.items():
            self._set(inbox, place, stored.get(place), counted)
        return wrong

    def _stored(self, inbox: str) -> dict[Place, int]:
        rows = self.table.query(Query(Key("pk").eq(inbox_key(inbox)), consistent=True))
        return {(str(row["sk"]), name): counted for row in rows for name, counted in _numbers(row).items()}

    def _shares(self, inbox: str, dossier_ids: Collection[str]) -> Counter[str]:
        keys = [(inbox_key(inbox), f"{_SHARE}{dossier_id}") for dossier_id in sorted(dossier_ids)]
        shares: Counter[str] = Counter()
        for row in self.table.get_many(keys, consistent=True):
            shares.update(_numbers(row))
        return shares

    def _set(self, inbox: str, place: Place, before: int | None, counted: int) -> None:
        sk, name = place
        unchanged = Attr(name).not_exists() if before is None else Attr(name).eq(before)
        try:
            self.table.update(inbox_key(inbox), sk, Change(assign={name: counted}), when=unchanged)
        except ConditionFailedError as error:
            raise CountsChangedError(inbox) from error


def counter_parts(table: str, before: InboxEntry | None, after: InboxEntry) -> Iterator[Update]:
    """What a new entry, or a step of one, does to the counters, as parts of a transaction."""
    changes: dict[tuple[str, str], dict[str, int]] = {}
    for (inbox, (sk, name)), change in sorted(_placed(count_changes(before, after)).items()):
        if change:
            changes.setdefault((inbox_key(inbox), sk), {})[name] = change
    for (pk, sk), added in changes.items():
        yield Update(table, pk, sk, Change(add=added))


def _numbers_of(entries: Iterable[InboxEntry]) -> dict[Place, int]:
    """What the counters of their inbox must be."""
    counts: Counter[Counted] = Counter()
    for entry in entries:
        counts.update(counted_under(entry))
    return {place: counted for (_, place), counted in _placed(counts).items()}


def _placed(counts: Mapping[Counted, int]) -> Counter[tuple[str, Place]]:
    """The same numbers by inbox and place: each is in a total and in the share of its dossier."""
    placed: Counter[tuple[str, Place]] = Counter()
    for (inbox, dossier_id, name), entries in counts.items():
        placed[inbox, (f"{_TOTAL}{name}", "entries")] += entries
        placed[inbox, (f"{_SHARE}{dossier_id}", name)] += entries
    return placed


def _numbers(row: Item) -> dict[str, int]:
    return {name: number(row, name) for name in row.keys() - _KEYS}
