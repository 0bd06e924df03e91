"""Categories, standing rules and approved invoices for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from sozialakte.payments.categories import CategoryList
from sozialakte.payments.category_file import read_categories
from sozialakte.payments.invoice import Act, CodingLine, Duty, Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.standing_rules import RuleEdit, RuleLine, RuleState, StandingRule
from sozialakte.payments.terms import Terms
from sozialakte.shared.money import Money
from tests.builders import DOSSIER, NOW
from tests.invoices import TERMS, an_invoice

SAMPLE = Path("events/payments/categories/categories.csv")
CATEGORIES = CategoryList(read_categories(SAMPLE.read_bytes()).categories)
CREDITOR_ID = "c0ffee00c0ffee00"
RULE_ID = "a" * 32
RENT = Decimal("1450.00")


def a_rule(*, dossier_id: str = DOSSIER, lines: tuple[RuleLine, ...] = (), **what: object) -> StandingRule:
    """A rule for the rent, as it is entered."""
    rule = StandingRule(
        rule_id=RULE_ID,
        dossier_id=dossier_id,
        creditor_id=CREDITOR_ID,
        name="Miete",
        amount=Money(RENT),
        tolerance=Decimal("10.00"),
        lines=lines or (RuleLine("21", Decimal(1)),),
        months=1,
        valid_from=date(2026, 1, 1),
        valid_to=None,
        state=RuleState.PROPOSED,
        edits=(RuleEdit("ma-101", NOW, "set"),),
    )
    return replace(rule, **what)  # type: ignore[arg-type]


def coded(number: int, *lines: CodingLine, dossier_id: str = DOSSIER, terms: Terms = TERMS) -> tuple[Invoice, Invoice]:
    """An invoice that waits for its approval, and the same approved."""
    entered = an_invoice(number, terms, dossier_id=dossier_id, lines=lines, accepted=terms.amount)
    waiting = entered.step(InvoiceState.CODED, Act(Duty.ENTER, "code", "ma-201", NOW))
    return waiting, waiting.step(InvoiceState.APPROVED, Act(Duty.APPROVE, "approve", "ma-202", NOW, step=0))


def rent(month: int = 11, person_id: str | None = None, category: str = "21") -> CodingLine:
    """The rent of a month of 2026."""
    last = {9: 30, 10: 31, 11: 30, 12: 31}[month]
    return CodingLine(RENT, category, person_id, date(2026, month, 1), date(2026, month, last))
