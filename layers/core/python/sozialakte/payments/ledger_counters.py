"""The ledger's counters: how many invoices of a month of receipt, and how much money, stand in which state.

| to find | how |
|---|---|
| all counters | query ``LEDGER`` |
| those of a month | query ``LEDGER``, ``<month>#`` |

A row per month and shard; it changes in the transaction that changes an invoice, so the sum over all states is always
the number of invoices received. Shards, because at a month's end many people change invoices at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sozialakte.payments.invoice import Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.runtime.dynamo import Change, Item, Key, Query, Table, Update
from sozialakte.runtime.items import number
from sozialakte.shared.clock import zurich_date

LEDGER = "LEDGER"
_RECEIVED = "received"
_OPEN_AMOUNT = "without_amount"


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
    def is_proven(self) -> bool:
        """Every invoice received is in exactly one state."""
        return self.received == sum(self.by_state.values())


def counter_parts(table: str, before: Invoice | None, after: Invoice) -> Iterator[Update]:
    """What a new invoice, or a change of one, does to the counters, as parts of a transaction."""
    change = counted(after)
    change.subtract(counted(before) if before else {})
    added = {name: number for name, number in change.items() if number}
    if added:
        yield Update(table, LEDGER, _row_of(after), Change(add=added))


def counted(invoice: Invoice) -> Counter[str]:
    """What one invoice adds to the counters, by attribute."""
    owed = invoice.owed
    told = Counter({_RECEIVED: 1, f"count/{invoice.state}": 1})
    if owed is None:
        told[f"{_OPEN_AMOUNT}/{invoice.state}"] = 1
    else:
        told[f"cents/{invoice.state}/{owed.currency}"] = int(owed.amount * 100)
    return told


@dataclass(frozen=True)
class LedgerCounters:
    """The counters in the payments table."""

    table: Table

    def by_month(self) -> dict[str, Counts]:
        """The counts of each month of receipt (``2026-11``), oldest first."""
        sums: dict[str, Counter[str]] = {}
        for row in self.table.query(Query(Key("pk").eq(LEDGER), consistent=True)):
            sums.setdefault(str(row["sk"]).split("#")[0], Counter()).update(_numbers(row))
        return {month: _counts(told) for month, told in sorted(sums.items())}


def _row_of(invoice: Invoice) -> str:
    return f"{zurich_date(invoice.received_at):%Y-%m}#{invoice.invoice_id[0]}"


def _numbers(row: Item) -> dict[str, int]:
    return {name: number(row, name) for name in row if name not in {"pk", "sk"}}


def _counts(told: Counter[str]) -> Counts:
    states = {state: told[f"count/{state}"] for state in InvoiceState if told[f"count/{state}"]}
    cents: dict[tuple[InvoiceState, str], int] = {}
    for name, value in told.items():
        if name.startswith("cents/") and value:
            _, state, currency = name.split("/")
            cents[InvoiceState(state), currency] = value
    without = {state: told[f"{_OPEN_AMOUNT}/{state}"] for state in states if told[f"{_OPEN_AMOUNT}/{state}"]}
    return Counts(told[_RECEIVED], states, cents, without)
