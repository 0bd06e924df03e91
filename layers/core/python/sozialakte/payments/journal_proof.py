"""The proof of the journal: debit is credit is what was counted, and all that was booked is what the invoices say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sozialakte.payments.invoice_states import SETTLED
from sozialakte.payments.journal import Entry
from sozialakte.payments.journal_store import JournalStore
from sozialakte.payments.journal_sums import Sums, sums_of
from sozialakte.payments.ledger_books import Counts
from sozialakte.payments.store import PaymentsStore


@dataclass(frozen=True)
class CurrencyProof:
    """``month``: the sums of the month's entries; ``counted``: as they were counted when they were booked.

    ``booked``: what went out in all months by the journal; ``difference``: what of it settles nothing: the bank moved
    otherwise than it should; ``invoices``: the amounts of all invoices that are settled.
    """

    month: Sums
    counted: Sums
    booked: Decimal
    invoices: Decimal
    difference: Decimal = Decimal()

    @property
    def is_month_right(self) -> bool:
        """Both sides are the same, and as counted."""
        return self.month == self.counted and self.month.debit == self.month.credit

    @property
    def is_settled_right(self) -> bool:
        """The journal holds what was settled, and by name what the bank moved beside it."""
        return self.booked - self.difference == self.invoices

    @property
    def is_right(self) -> bool:
        """Month and all months are."""
        return self.is_month_right and self.is_settled_right


def prove_journal(store: PaymentsStore, journal: JournalStore, month: str) -> dict[str, CurrencyProof]:
    """The proof by currency, from the rows of a month and the counters of all."""
    return proof_of(
        journal.all_of_month(month), journal.totals(month), journal.totals(), store.ledger.by_month().values()
    )


def proof_of(
    entries: Iterable[Entry], counted: Mapping[str, Sums], ever: Mapping[str, Sums], ledger: Iterable[Counts]
) -> dict[str, CurrencyProof]:
    """The proof by currency."""
    month, invoices = sums_of(entries), _settled(ledger)
    currencies = sorted({*month, *counted, *ever, *invoices})
    none = Sums()
    return {
        currency: CurrencyProof(
            month.get(currency, none),
            counted.get(currency, none),
            ever.get(currency, none).settled,
            invoices.get(currency, Decimal()),
            ever.get(currency, none).difference,
        )
        for currency in currencies
    }


def _settled(ledger: Iterable[Counts]) -> dict[str, Decimal]:
    told: dict[str, Decimal] = {}
    for counts in ledger:
        for (state, currency), cents in counts.cents.items():
            if state in SETTLED:
                told[currency] = told.get(currency, Decimal()) + Decimal(cents) / 100
    return told
