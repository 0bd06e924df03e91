"""Under what an invoice is counted: its month of receipt, its creditor and its dossier in that month, its day. Pure.

| rows | what they count |
|---|---|
| ``LEDGER`` / ``<month>#<shard>`` | all invoices of a month: received, and how many and how much in each state |
| ``LEDGER#creditor#<month>`` / ``<creditor_id>#<shard>`` | the same of a creditor; ``-`` of those without one |
| ``LEDGER#dossier#<month>`` / ``<dossier_id>#<shard>`` | the same of a dossier; ``-`` of those without one |
| ``LEDGER#day`` / ``<day>#<shard>`` | the unpaid ones received on a day |

The shard is the first digit of the invoice's id in every row. So two changes that meet in a row of a creditor, dossier
or day meet in the row of the month as well: the finer counters make no change wait that did not wait before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sozialakte.payments.invoice import Invoice
from sozialakte.payments.invoice_states import UNPAID, InvoiceState
from sozialakte.shared.clock import zurich_date

LEDGER = "LEDGER"
DAYS = f"{LEDGER}#day"
NOBODY = "-"
"""Stands for the creditor or the dossier of invoices that have none."""
SHARDS = 16
UNPAID_COUNT = "unpaid_count"
_RECEIVED = "received_count"  # `received` is the key of an index, and a text
_OPEN_AMOUNT = "without_amount"
RowKey = tuple[str, str]
Numbers = dict[RowKey, Counter[str]]
"""The numbers of rows."""


class Owner(StrEnum):
    """By whom invoices are counted."""

    CREDITOR = "creditor"
    DOSSIER = "dossier"

    def of(self, invoice: Invoice) -> str:
        """The creditor or dossier of an invoice, `NOBODY` if it has none."""
        return (invoice.creditor_id if self is Owner.CREDITOR else invoice.dossier_id) or NOBODY


@dataclass(frozen=True)
class Counts:
    """Of some invoices: how many were ``received``, how many stand in each state, and cents by state and currency.

    ``without_amount``: how many of a state name no amount, so that their money is not in the sum.
    """

    received: int
    by_state: Mapping[InvoiceState, int] = field(default_factory=dict)
    cents: Mapping[tuple[InvoiceState, str], int] = field(default_factory=dict)
    without_amount: Mapping[InvoiceState, int] = field(default_factory=dict)

    @property
    def in_a_state(self) -> int:
        """The sum over all states."""
        return sum(self.by_state.values())

    @property
    def is_proven(self) -> bool:
        """Every invoice received is in exactly one state."""
        return self.received == self.in_a_state and all(number >= 0 for number in self.by_state.values())

    @property
    def unpaid(self) -> int:
        """How many may still have to be paid."""
        return sum(number for state, number in self.by_state.items() if state in UNPAID)


def month_of(invoice: Invoice) -> str:
    """The month of receipt (``2026-11``)."""
    return f"{zurich_date(invoice.received_at):%Y-%m}"


def owner_pk(owner: Owner, month: str) -> str:
    """The partition of the counters of all creditors or dossiers in a month."""
    return f"{LEDGER}#{owner}#{month}"


def entries_of(invoice: Invoice) -> Iterator[tuple[RowKey, Counter[str]]]:
    """What one invoice adds to which rows."""
    told, month, shard = counted(invoice), month_of(invoice), invoice.invoice_id[0]
    yield (LEDGER, f"{month}#{shard}"), told
    for owner in Owner:
        yield (owner_pk(owner, month), f"{owner.of(invoice)}#{shard}"), told
    if invoice.state in UNPAID:
        yield (DAYS, f"{zurich_date(invoice.received_at)}#{shard}"), Counter({UNPAID_COUNT: 1})


def counted(invoice: Invoice) -> Counter[str]:
    """What one invoice adds to the counters, by attribute."""
    owed = invoice.owed
    told = Counter({_RECEIVED: 1, f"count/{invoice.state}": 1})
    if owed is None:
        told[f"{_OPEN_AMOUNT}/{invoice.state}"] = 1
    else:
        told[f"cents/{invoice.state}/{owed.currency}"] = int(owed.amount * 100)
    return told


def changes_of(before: Invoice | None, after: Invoice) -> Numbers:
    """What a new invoice, or a change of one, adds to which rows; rows that stay as they are left out."""
    rows: Numbers = {}
    for key, told in entries_of(after):
        rows.setdefault(key, Counter()).update(told)
    for key, told in entries_of(before) if before else ():
        rows.setdefault(key, Counter()).subtract(told)
    changed = {key: Counter({name: value for name, value in told.items() if value}) for key, told in rows.items()}
    return {key: told for key, told in changed.items() if told}


def rows_of(invoices: Iterable[Invoice]) -> Numbers:
    """What the rows must be if these are all invoices; one that comes twice counts once."""
    rows: Numbers = {}
    seen = set()
    for invoice in invoices:
        if invoice.invoice_id not in seen:
            seen.add(invoice.invoice_id)
            for key, told in entries_of(invoice):
                rows.setdefault(key, Counter()).update(told)
    return rows


def counts_of(invoices: Iterable[Invoice]) -> Counts:
    """The counts of these invoices."""
    told: Counter[str] = Counter()
    for (pk, _), row in rows_of(invoices).items():
        if pk == LEDGER:
            told.update(row)
    return counts_in(told)


def counts_in(told: Counter[str]) -> Counts:
    """The counts that the numbers of some rows, added up, tell."""
    states = {state: told[f"count/{state}"] for state in InvoiceState if told[f"count/{state}"]}
    cents: dict[tuple[InvoiceState, str], int] = {}
    for name, value in told.items():
        if name.startswith("cents/") and value:
            _, state, currency = name.split("/")
            cents[InvoiceState(state), currency] = value
    without = {state: told[f"{_OPEN_AMOUNT}/{state}"] for state in states if told[f"{_OPEN_AMOUNT}/{state}"]}
    return Counts(told[_RECEIVED], states, cents, without)


def wrong_numbers(stored: Counter[str], right: Counter[str]) -> list[str]:
    """The names of the numbers that are not right."""
    return sorted(name for name in {*stored, *right} if stored[name] != right[name])
