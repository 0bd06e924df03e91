"""The ledger of bills: how many came and in which state each is, how old the unpaid ones are, and what hurries.

Of the whole service the counters tell the sum, of a dossier or a creditor their invoices. Nobody's name stands in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain

from sozialakte.payments.invoice import Invoice
from sozialakte.payments.invoice_states import UNPAID
from sozialakte.payments.ledger_counters import Counts, counts_of
from sozialakte.payments.records import due_by
from sozialakte.payments.see_doubts import DISCOUNT_AT_RISK
from sozialakte.payments.store import InvoicePage, PaymentsStore
from sozialakte.shared.clock import zurich_date

PAGE = 500
"""Invoices that one query fetches."""
_FAR = "9999-12-31"


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
        """Every invoice received is in exactly one state."""
        return all(counts.is_proven for counts in self.months.values())

    @property
    def ages(self) -> dict[Age, int]:
        """How many unpaid invoices are of each age."""
        found = [age_of(invoice, self.day) for invoice in self.unpaid]
        return {age: found.count(age) for age in Age}

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
        """Of the whole service."""
        unpaid = tuple(_every(lambda cursor: self.store.unpaid_due(_FAR, PAGE, cursor)))
        return BillLedger(self.day, self.store.ledger.by_month(), unpaid)

    def some(self, dossier_id: str | None, creditor_id: str | None) -> BillLedger:
        """Of a dossier, of a creditor, or of a creditor in a dossier; at least one is named."""
        if dossier_id:
            found = _every(lambda cursor: self.store.of_dossier(dossier_id, PAGE, cursor))
        else:
            found = _every(lambda cursor: self.store.of_creditor(creditor_id or "", PAGE, cursor))
        wanted = [invoice for invoice in found if creditor_id in {None, invoice.creditor_id}]
        months = sorted({_month(invoice) for invoice in wanted})
        counts = {month: counts_of(one for one in wanted if _month(one) == month) for month in months}
        return BillLedger(self.day, counts, tuple(one for one in wanted if one.state in UNPAID))


def age_of(invoice: Invoice, day: date) -> Age:
    """How old an invoice is on a day."""
    age = day - zurich_date(invoice.received_at)
    return next((name for name, days in LIMITS.items() if age <= timedelta(days)), Age.OLDER)


def _every(page_at: Callable[[str | None], InvoicePage]) -> Iterable[Invoice]:
    return chain.from_iterable(page.invoices for page in _pages(page_at))


def _pages(page_at: Callable[[str | None], InvoicePage]) -> Iterator[InvoicePage]:
    page = page_at(None)
    yield page
    while page.next_cursor:
        page = page_at(page.next_cursor)
        yield page


def _month(invoice: Invoice) -> str:
    return f"{zurich_date(invoice.received_at):%Y-%m}"
