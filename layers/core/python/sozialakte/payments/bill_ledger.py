"""The ledger of bills: how many came and in which state each is, how old the unpaid ones are, and what hurries.

Of the whole service the counters tell the sum. Of a dossier or a creditor they tell how many were received, and their
invoices where each is. Nobody's name stands in it.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain

from sozialakte.payments.invoice import Invoice
from sozialakte.payments.invoice_states import UNPAID
from sozialakte.payments.ledger_books import Counts, Owner, counts_of, month_of
from sozialakte.payments.records import due_by
from sozialakte.payments.see_doubts import DISCOUNT_AT_RISK
from sozialakte.payments.store import InvoicePage, PaymentsStore
from sozialakte.shared.clock import zurich_date

PAGE = 500
"""Invoices that one query fetches."""
PAUSE = 2.0
"""Seconds after which an index has followed its table."""
_FAR = "9999-12-31"
_LOOKS = 3


class Age(StrEnum):
    """How long ago an unpaid invoice was received."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    TWO_MONTHS = "two_months"
    QUARTER = "quarter"
    OLDER = "older"


LIMITS = {Age.WEEK: 7, Age.FORTNIGHT: 14, Age.MONTH: 30, Age.TWO_MONTHS: 60, Age.QUARTER: 90}
"""Days up to which an invoice is of an age."""


@dataclass(frozen=True)
class BillLedger:
    """Of all invoices, or those asked for. ``overdue``: the first due first; ``at_risk``: the first to end first."""

    day: date
    months: dict[str, Counts]
    unpaid: tuple[Invoice, ...]

    @property
    def is_proven(self) -> bool:
        """Every invoice received is in exactly one state, and the unpaid ones are there."""
        return all(counts.is_proven for counts in self.months.values()) and self.counted_unpaid == len(self.unpaid)

    @property
    def counted_unpaid(self) -> int:
        """How many are unpaid by what was counted."""
        return sum(counts.unpaid for counts in self.months.values())

    @property
    def ages(self) -> dict[Age, int]:
        """How many unpaid invoices are of each age."""
        found = Counter(age_of(invoice, self.day) for invoice in self.unpaid)
        return {age: found[age] for age in Age}

    @property
    def overdue(self) -> tuple[Invoice, ...]:
        """Unpaid invoices that were due before this day."""
        late = (invoice for invoice in self.unpaid if due_by(invoice) < self.day.isoformat())
        return tuple(sorted(late, key=lambda one: (due_by(one), one.invoice_id)))

    @property
    def at_risk(self) -> tuple[Invoice, ...]:
        """Unpaid invoices whose discount ends within `DISCOUNT_AT_RISK`."""
        with_discount = (invoice for invoice in self.unpaid if invoice.terms.discounts)
        last = self.day + DISCOUNT_AT_RISK
        ending = (one for one in with_discount if self.day <= one.terms.discounts[0].until <= last)
        return tuple(sorted(ending, key=lambda one: (one.terms.discounts[0].until, one.invoice_id)))


@dataclass(frozen=True)
class ReadBillLedger:
    """Reads the ledger on a day."""

    store: PaymentsStore
    day: date

    def all(self) -> BillLedger:
        """Of the whole service; what differs is looked at again, for bills are paid meanwhile."""
        for _ in range(_LOOKS - 1):
            ledger = self._all()
            if ledger.is_proven:
                return ledger
            time.sleep(PAUSE)
        return self._all()

    def _all(self) -> BillLedger:
        unpaid = tuple(_every(lambda cursor: self.store.unpaid_due(_FAR, PAGE, cursor)))
        return BillLedger(self.day, self.store.ledger.by_month(), unpaid)

    def some(self, dossier_id: str | None, creditor_id: str | None) -> BillLedger:
        """Of a dossier, of a creditor, or of a creditor in a dossier; at least one is named."""
        owner, owner_id = (Owner.DOSSIER, dossier_id) if dossier_id else (Owner.CREDITOR, creditor_id or "")
        counted = self.store.ledger.of_owner(owner, owner_id, self.store.ledger.by_month())
        fetch = self.store.of_dossier if dossier_id else self.store.of_creditor
        found = list(_every(lambda cursor: fetch(owner_id, PAGE, cursor)))
        wanted = [invoice for invoice in found if creditor_id in {None, invoice.creditor_id}]
        unpaid = tuple(one for one in wanted if one.state in UNPAID)
        return BillLedger(self.day, _by_month(wanted, _missing(counted, found)), unpaid)


def ages_by_day(unpaid_by_day: Mapping[date, int], unpaid: int, day: date) -> dict[Age, int]:
    """How many unpaid invoices are of each age; those that no day names are the oldest."""
    ages = dict.fromkeys(Age, 0)
    for received, number in unpaid_by_day.items():
        ages[_age(received, day)] += number
    ages[Age.OLDER] += unpaid - sum(unpaid_by_day.values())
    return ages


def age_of(invoice: Invoice, day: date) -> Age:
    """How old an invoice is on a day."""
    return _age(zurich_date(invoice.received_at), day)


def _age(received: date, day: date) -> Age:
    age = day - received
    return next((name for name, days in LIMITS.items() if age <= timedelta(days)), Age.OLDER)


def _missing(counted: Mapping[str, Counts], found: Iterable[Invoice]) -> Counter[str]:
    """By month of receipt: how many of those that were counted when they came were not found."""
    missing = Counter({month: counts.received for month, counts in counted.items()})
    missing.subtract(Counter(map(month_of, found)))
    return missing


def _by_month(wanted: Iterable[Invoice], missing: Counter[str]) -> dict[str, Counts]:
    """The counts of some invoices; a missing one was received and is in no state."""
    months: dict[str, list[Invoice]] = {month: [] for month, number in missing.items() if number}
    for invoice in wanted:
        months.setdefault(month_of(invoice), []).append(invoice)
    counts = {month: counts_of(invoices) for month, invoices in sorted(months.items())}
    return {month: replace(one, received=one.received + missing[month]) for month, one in counts.items()}


def _every(page_at: Callable[[str | None], InvoicePage]) -> Iterable[Invoice]:
    return chain.from_iterable(page.invoices for page in _pages(page_at))


def _pages(page_at: Callable[[str | None], InvoicePage]) -> Iterator[InvoicePage]:
    page = page_at(None)
    yield page
    while page.next_cursor:
        page = page_at(page.next_cursor)
        yield page
