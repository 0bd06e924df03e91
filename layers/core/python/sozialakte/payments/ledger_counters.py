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
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import and_

from sozialakte.payments.invoice import Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.runtime.dynamo import Attr, Change, Item, Key, Query, Table, Update
from sozialakte.runtime.items import number
from sozialakte.shared.clock import zurich_date

LEDGER = "LEDGER"
_RECEIVED = "received_count"  # `received` is the key of an index, and a text
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

    def by_row(self) -> dict[str, Counter[str]]:
        """The numbers of every row, as they are right now."""
        rows = self.table.query(Query(Key("pk").eq(LEDGER), consistent=True))
        return {str(row["sk"]): Counter(_numbers(row)) for row in rows}

    def mend(self, row: str, before: Counter[str], right: Counter[str]) -> None:
        """Set a row to what is ``right``. Raises `ConditionFailedError` if a wrong number changed meanwhile."""
        wrong = wrong_numbers(before, right)
        unchanged = [Attr(name).eq(before[name]) if name in before else Attr(name).not_exists() for name in wrong]
        change = Change(assign={name: right[name] for name in wrong})
        self.table.update(LEDGER, row, change, when=reduce(and_, unchanged))


def rows_of(invoices: Iterable[Invoice]) -> dict[str, Counter[str]]:
    """What the rows must be if these are all invoices; one that comes twice counts once."""
    rows: dict[str, Counter[str]] = {}
    seen = set()
    for invoice in invoices:
        if invoice.invoice_id not in seen:
            seen.add(invoice.invoice_id)
            rows.setdefault(_row_of(invoice), Counter()).update(counted(invoice))
    return rows


def counts_of(invoices: Iterable[Invoice]) -> Counts:
    """The counts of these invoices."""
    told: Counter[str] = Counter()
    for row in rows_of(invoices).values():
        told.update(row)
    return _counts(told)


def wrong_numbers(stored: Counter[str], right: Counter[str]) -> list[str]:
    """The names of the numbers that are not right."""
    return sorted(name for name in {*stored, *right} if stored[name] != right[name])


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
