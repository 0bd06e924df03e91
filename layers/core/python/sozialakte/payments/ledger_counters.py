"""The ledger's counters in the payments table (`ledger_books` tells what their rows count).

| to find | how |
|---|---|
| all counters of months | query ``LEDGER`` |
| a month by creditor or by dossier | query ``LEDGER#creditor#<month>`` or ``LEDGER#dossier#<month>`` |
| those of one creditor or dossier in a month | the same, ``<id>#`` |
| how many of the last days' invoices are unpaid | query ``LEDGER#day`` from a day on |

They change in the transaction that changes an invoice, so the sum over all states is always the number of invoices
received. Received is counted once, when an invoice is registered: a row that gets lost later leaves it behind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_

from sozialakte.payments.invoice import Invoice
from sozialakte.payments.ledger_books import (
    DAYS,
    LEDGER,
    SHARDS,
    UNPAID_COUNT,
    Counts,
    Numbers,
    Owner,
    RowKey,
    changes_of,
    counts_in,
    owner_pk,
    wrong_numbers,
)
from sozialakte.runtime.conditions import Condition
from sozialakte.runtime.cursors import from_cursor, to_cursor
from sozialakte.runtime.dynamo import Attr, Change, Item, Key, Query, Table, Update
from sozialakte.runtime.items import number

_LAST = "~"
"""Comes after every id and every shard."""


@dataclass(frozen=True)
class OwnersPage:
    """The counts of some creditors or dossiers, in the order of their ids, and the cursor of the next page."""

    owners: dict[str, Counts]
    next_cursor: str | None


def counter_parts(table: str, before: Invoice | None, after: Invoice) -> Iterator[Update]:
    """What a new invoice, or a change of one, does to the counters, as parts of a transaction."""
    for (pk, sk), added in changes_of(before, after).items():
        yield Update(table, pk, sk, Change(add=added))


@dataclass(frozen=True)
class LedgerCounters:
    """The counters in the payments table."""

    table: Table

    def by_month(self) -> dict[str, Counts]:
        """The counts of each month of receipt (``2026-11``), oldest first."""
        return _summed(self._rows(Key("pk").eq(LEDGER)))

    def of_month(self, month: str) -> Counts:
        """The counts of one month of receipt."""
        return _summed(self._rows(Key("pk").eq(LEDGER) & _begins(month))).get(month, Counts(0))

    def of_owner(self, owner: Owner, owner_id: str, months: Iterable[str]) -> dict[str, Counts]:
        """The counts of a creditor or dossier in these months; one query a month."""
        found = {month: _summed(self._rows(_in(owner, month) & _begins(owner_id))) for month in months}
        return {month: counts[owner_id] for month, counts in found.items() if owner_id in counts}

    def page_of_owners(self, owner: Owner, month: str, limit: int, cursor: str | None = None) -> OwnersPage:
        """At most so many creditors or dossiers of a month; one query. Raises `InvalidCursorError`."""
        where, lists = _in(owner, month), {"list": owner_pk(owner, month)}
        after = from_cursor(lists, cursor).get("id", {}).get("S") if cursor else None
        narrowed = where & Key("sk").between(f"{after}#{_LAST}", _LAST) if after else where
        page = self.table.query_page(Query(narrowed, consistent=True), (limit + 1) * SHARDS)
        found = _summed(page.items)
        ids = list(found)[: limit if len(found) > limit else None]
        if page.next_cursor and len(ids) == len(found):
            ids.pop()  # the next page may hold more rows of the last one
        more = len(ids) < len(found) or page.next_cursor is not None
        shown = {one: found[one] for one in ids if _is_any(found[one])}
        return OwnersPage(shown, to_cursor(lists, {"id": {"S": ids[-1]}}) if more else None)

    def unpaid_by_day(self, since: date) -> dict[date, int]:
        """How many invoices received on each day from this one on are unpaid."""
        rows = self._rows(Key("pk").eq(DAYS) & Key("sk").between(f"{since}", _LAST))
        found: Counter[date] = Counter()
        for row in rows:
            found[date.fromisoformat(_owner_of(row))] += number(row, UNPAID_COUNT)
        return dict(found)

    def by_row(self, months: Iterable[str]) -> Numbers:
        """The numbers of every row of these months, and of all days, as they are right now."""
        partitions = [LEDGER, DAYS, *(owner_pk(owner, month) for owner in Owner for month in sorted(set(months)))]
        rows = (row for pk in partitions for row in self._rows(Key("pk").eq(pk)))
        return {(str(row["pk"]), str(row["sk"])): Counter(_numbers(row)) for row in rows}

    def mend(self, key: RowKey, before: Counter[str], right: Counter[str]) -> None:
        """Set a row to what is ``right``. Raises `ConditionFailedError` if a wrong number changed meanwhile."""
        wrong = wrong_numbers(before, right)
        unchanged = [Attr(name).eq(before[name]) if name in before else Attr(name).not_exists() for name in wrong]
        change = Change(assign={name: right[name] for name in wrong})
        self.table.update(*key, change, when=reduce(and_, unchanged))

    def _rows(self, where: Condition) -> Iterator[Item]:
        return self.table.query(Query(where, consistent=True))


def _in(owner: Owner, month: str) -> Condition:
    return Key("pk").eq(owner_pk(owner, month))


def _begins(owner_id: str) -> Condition:
    return Key("sk").begins_with(f"{owner_id}#")


def _summed(rows: Iterable[Item]) -> dict[str, Counts]:
    """The counts of each month or owner, their shards added up."""
    sums: dict[str, Counter[str]] = {}
    for row in rows:
        sums.setdefault(_owner_of(row), Counter()).update(_numbers(row))
    return {name: counts_in(told) for name, told in sorted(sums.items())}


def _owner_of(row: Item) -> str:
    return str(row["sk"]).split("#", maxsplit=1)[0]


def _is_any(counts: Counts) -> bool:
    """An owner whose invoices have all moved to others leaves zeros behind."""
    return bool(counts.received or counts.by_state)


def _numbers(row: Item) -> dict[str, int]:
    return {name: number(row, name) for name in row if name not in {"pk", "sk"}}
