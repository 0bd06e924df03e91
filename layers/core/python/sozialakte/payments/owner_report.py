"""The proof of the sum for every client and every creditor: what was counted, against the invoices that are there.

Received is counted once, when an invoice is registered, in a counter of its own; the states are counted again here,
from the rows of all invoices. So an invoice whose row was lost, or that no list shows any more, is missing in one line.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from sozialakte.payments.bill_ledger import Age, ages_by_day
from sozialakte.payments.ledger_books import (
    DAYS,
    LEDGER,
    UNPAID_COUNT,
    Counts,
    Numbers,
    Owner,
    counts_in,
    owner_pk,
    wrong_numbers,
)
from sozialakte.payments.recount_ledger import PAUSE, RecountLedger, wrong_rows
from sozialakte.payments.store import PaymentsStore

Sums = dict[tuple[str, str], Counter[str]]
"""By month and owner: the numbers of all shards."""


@dataclass(frozen=True)
class OwnerCounts:
    """Of a creditor's or a client's invoices received in a month: what was counted, and what was ``found``."""

    month: str
    owner_id: str
    counted: Counts
    found: Counts
    wrong: tuple[str, ...]

    @property
    def is_proven(self) -> bool:
        """As many were received as stand in a state, and each number is the one that was counted."""
        return not self.wrong and self.counted.received == self.found.in_a_state


@dataclass(frozen=True)
class OwnerReport:
    """All lines, by month and owner. ``wrong_months``: those in which the counters of the whole service differ."""

    owner: Owner
    day: date
    lines: tuple[OwnerCounts, ...]
    ages: dict[Age, int]
    wrong_months: tuple[str, ...] = ()

    @property
    def is_proven(self) -> bool:
        """Of every line, and of the whole."""
        return not self.wrong_months and all(line.is_proven for line in self.lines)


@dataclass(frozen=True)
class ReadOwnerReport:
    """Reads the report on a day: every counter and every invoice. ``pause`` waits so many seconds."""

    store: PaymentsStore
    day: date
    pause: Callable[[float], None] = time.sleep

    def __call__(self, owner: Owner) -> OwnerReport:
        """The report. If something differs it is read again: the list of invoices lags a little behind."""
        report = self._read(owner)
        if report.is_proven:
            return report
        self.pause(PAUSE)
        return self._read(owner)

    def _read(self, owner: Owner) -> OwnerReport:
        return report_of(owner, self.day, *RecountLedger(self.store).numbers())


def report_of(owner: Owner, day: date, stored: Numbers, right: Numbers) -> OwnerReport:
    """The report from the rows of counters, and from what they must be by the invoices."""
    by_day = Counter[date]()
    for (pk, sk), told in right.items():
        if pk == DAYS:
            by_day[date.fromisoformat(sk.split("#")[0])] += told[UNPAID_COUNT]
    whole = {sk[:7] for pk, sk in wrong_rows(stored, right) if pk in {LEDGER, DAYS}}
    ages = ages_by_day(by_day, by_day.total(), day)
    return OwnerReport(owner, day, tuple(_lines(owner, stored, right)), ages, tuple(sorted(whole)))


def _lines(owner: Owner, stored: Numbers, right: Numbers) -> Iterator[OwnerCounts]:
    counted, found = _sums(owner, stored), _sums(owner, right)
    for month, owner_id in sorted({*counted, *found}):
        told, there = (some.get((month, owner_id), Counter()) for some in (counted, found))
        if any(told.values()) or any(there.values()):  # where all moved to others, zeros stay behind
            wrong = tuple(wrong_numbers(told, there))
            yield OwnerCounts(month, owner_id, counts_in(told), counts_in(there), wrong)


def _sums(owner: Owner, rows: Numbers) -> Sums:
    start, sums = owner_pk(owner, ""), Sums()
    for (pk, sk), told in rows.items():
        if pk.startswith(start):
            sums.setdefault((pk.removeprefix(start), sk.rpartition("#")[0]), Counter()).update(told)
    return sums
