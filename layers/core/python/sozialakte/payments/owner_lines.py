"""The proof for every client and creditor as programs read it: ids, numbers and amounts, nobody's name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sozialakte.payments.bill_ledger import Age
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.ledger_books import NOBODY, Owner
from sozialakte.payments.owner_report import OwnerCounts, OwnerReport
from sozialakte.shared.model import Model


class OwnerLine(Model):
    """The invoices of one creditor or client received in a month; ``id``: null of those that have none.

    ``received``: counted when they came. ``states`` and ``amounts``: of the invoices that are there, amounts by state
    and currency. ``wrong``: the counters that tell something else than the invoices.
    """

    month: str
    id: str | None
    received: int
    in_a_state: int
    proven: bool
    states: dict[InvoiceState, int]
    amounts: dict[InvoiceState, dict[str, str]]
    wrong: list[str]

    @classmethod
    def of(cls, line: OwnerCounts) -> OwnerLine:
        """The line."""
        amounts: dict[InvoiceState, dict[str, str]] = {}
        for (state, currency), cents in sorted(line.found.cents.items()):
            amounts.setdefault(state, {})[currency] = f"{Decimal(cents) / 100:.2f}"
        return cls(
            month=line.month,
            id=None if line.owner_id == NOBODY else line.owner_id,
            received=line.counted.received,
            in_a_state=line.found.in_a_state,
            proven=line.is_proven,
            states=dict(line.found.by_state),
            amounts=amounts,
            wrong=list(line.wrong),
        )


class OwnerLines(Model):
    """The whole report. ``wrong_months``: those in which the counters of the whole service differ from the invoices."""

    by: Owner
    day: date
    proven: bool
    received: int
    in_a_state: int
    wrong_months: list[str]
    ages: dict[Age, int]
    lines: list[OwnerLine]

    @classmethod
    def of(cls, report: OwnerReport) -> OwnerLines:
        """The lines of a report."""
        return cls(
            by=report.owner,
            day=report.day,
            proven=report.is_proven,
            received=sum(line.counted.received for line in report.lines),
            in_a_state=sum(line.found.in_a_state for line in report.lines),
            wrong_months=list(report.wrong_months),
            ages=report.ages,
            lines=[OwnerLine.of(line) for line in report.lines],
        )
