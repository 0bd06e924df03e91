"""Settled invoices for tests: approved by two, released by a third, paid by the bank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from sozialakte.payments.categories import Category, CategoryList
from sozialakte.payments.category_store import CategoryStore
from sozialakte.payments.invoice import MACHINE, Act, CodingLine, Duty, Invoice
from sozialakte.payments.invoice_states import InvoiceState
from tests.aws import PAYMENTS
from tests.invoices import RECEIVED, an_invoice

DOSSIER = "SH-2026-00001"
BOOKED_ON = date(2026, 11, 18)
RENT = Category("21", "Miete", "5720.3637.21", support=True, valid_from=date(2026, 1, 1))
FUND = Category("63", "Beiträge aus Fonds", "5790.3637.63", support=False, valid_from=date(2026, 1, 1))
CATEGORIES: Mapping[str, Category] = MappingProxyType({"21": RENT, "63": FUND})
LINES = (
    CodingLine(Decimal("1400.00"), "21", "P-000123", date(2026, 12, 1), date(2026, 12, 31)),
    CodingLine(Decimal("50.00"), "63"),
)
_ACTS = (
    (Duty.ENTER, "submit", "ma-201", None),
    (Duty.APPROVE, "approve", "ma-202", None),
    (Duty.APPROVE, "approve", "ma-203", "ma-103"),
)


def known(code: str, day: date) -> Category | None:
    """The category, if it holds on the day."""
    found = CATEGORIES.get(code)
    return found if found and found.holds_on(day) else None


def furnish_categories() -> None:
    """Import the two categories."""
    CategoryStore(PAYMENTS).replace(CategoryList(), CategoryList((RENT, FUND)), "ma-1", RECEIVED)


def an_approved(number: int = 1, **what: object) -> Invoice:
    """A bill that has all its approvals."""
    lines = what.pop("lines", LINES)
    assert isinstance(lines, tuple)
    accepted = sum((line.amount for line in lines), Decimal())
    facts = {"dossier_id": DOSSIER, "accepted": accepted, "team": "nord", **what}
    invoice = replace(an_invoice(number), **facts, lines=lines, round=1)  # type: ignore[arg-type]
    for step, (duty, did, by, lead) in enumerate(_ACTS):
        at, target = RECEIVED + timedelta(days=1 + step), InvoiceState.CODED if step < 2 else InvoiceState.APPROVED
        act = Act(duty, did, by, at, 1, step - 1 if duty is Duty.APPROVE else None, lead)
        invoice = invoice.changed(act, state=target, since=at)
    return invoice


def released(invoice: Invoice, run_id: str = "R20261118-01") -> Invoice:
    """In a payment run."""
    act = Act(Duty.RELEASE, "release", "ma-204", RECEIVED + timedelta(days=5), reason=run_id)
    return invoice.step(InvoiceState.RELEASED, act, run_id=run_id, attempt=invoice.attempt + 1)


def paid(invoice: Invoice, on: date = BOOKED_ON) -> Invoice:
    """Booked by the bank."""
    act = Act(Duty.SETTLE, "booked", MACHINE, RECEIVED + timedelta(days=16), reason="entry-1")
    return invoice.step(InvoiceState.PAID, act, booked_on=on)


def came_back(invoice: Invoice, after: timedelta = timedelta(days=17)) -> Invoice:
    """The bank gives the money back."""
    act = Act(Duty.SETTLE, "return", MACHINE, RECEIVED + after, reason="Konto aufgehoben")
    return invoice.step(InvoiceState.RETURNED, act, round=invoice.round + 1)
