"""The ledger of bills as programs read it: ids and amounts, nobody's name. Amounts are texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from sozialakte.payments.bill_ledger import Age, BillLedger
from sozialakte.payments.invoice import Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.records import due_by
from sozialakte.shared.model import Model


class StateLine(Model):
    """The invoices in a state: how many, their amounts by currency, and how many name no amount."""

    state: InvoiceState
    count: int
    amounts: dict[str, str]
    without_amount: int


class InvoiceLine(Model):
    """An invoice that hurries."""

    invoice_id: str
    state: InvoiceState
    dossier_id: str | None
    creditor_id: str | None
    amount: str | None
    currency: str
    due_by: date
    discount_until: date | None

    @classmethod
    def of(cls, invoice: Invoice) -> InvoiceLine:
        """The line of an invoice."""
        owed, discounts = invoice.owed, invoice.terms.discounts
        return cls(
            invoice_id=invoice.invoice_id,
            state=invoice.state,
            dossier_id=invoice.dossier_id,
            creditor_id=invoice.creditor_id,
            amount=str(owed.amount) if owed else None,
            currency=invoice.terms.currency,
            due_by=date.fromisoformat(due_by(invoice)),
            discount_until=discounts[0].until if discounts else None,
        )


class LedgerLines(Model):
    """``proven``: of every month of receipt, as many invoices were received as stand in a state, and as many unpaid
    ones are there as counted.
    """

    day: date
    proven: bool
    received: int
    states: list[StateLine]
    unpaid_counted: int
    ages: dict[Age, int]
    overdue: list[InvoiceLine]
    at_risk: list[InvoiceLine]

    @property
    def in_a_state(self) -> int:
        """The sum over all states."""
        return sum(line.count for line in self.states)

    @classmethod
    def of(cls, ledger: BillLedger) -> LedgerLines:
        """The lines of a ledger."""
        return cls(
            day=ledger.day,
            proven=ledger.is_proven,
            received=sum(counts.received for counts in ledger.months.values()),
            states=list(_state_lines(ledger)),
            unpaid_counted=ledger.counted_unpaid,
            ages=ledger.ages,
            overdue=[InvoiceLine.of(invoice) for invoice in ledger.overdue],
            at_risk=[InvoiceLine.of(invoice) for invoice in ledger.at_risk],
        )


def _state_lines(ledger: BillLedger) -> Iterable[StateLine]:
    months = ledger.months.values()
    for state in InvoiceState:
        count = sum(counts.by_state.get(state, 0) for counts in months)
        without = sum(counts.without_amount.get(state, 0) for counts in months)
        if count:
            yield StateLine(state=state, count=count, amounts=_amounts(ledger, state), without_amount=without)


def _amounts(ledger: BillLedger, state: InvoiceState) -> dict[str, str]:
    cents: Counter[str] = Counter()
    for counts in ledger.months.values():
        cents.update({currency: value for (of, currency), value in counts.cents.items() if of is state})
    return {currency: f"{Decimal(value) / 100:.2f}" for currency, value in sorted(cents.items())}
