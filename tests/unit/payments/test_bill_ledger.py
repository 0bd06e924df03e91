"""How old bills are, which are overdue, and which lose their discount."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from sozialakte.payments.age_chart import age_chart
from sozialakte.payments.bill_ledger import Age, BillLedger, age_of
from sozialakte.payments.invoice import Invoice
from sozialakte.payments.ledger_books import counts_of, rows_of
from sozialakte.payments.terms import Discount
from tests.invoices import TERMS, an_invoice

DAY = date(2026, 11, 22)


def received(days_ago: int, number: int = 1) -> Invoice:
    at = datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC) - timedelta(days_ago)
    return replace(an_invoice(number), received_at=at)


def due(days: int, number: int, *, discount: int | None = None) -> Invoice:
    discounts = () if discount is None else (Discount(Decimal(2), DAY + timedelta(discount)),)
    return replace(an_invoice(number), terms=replace(TERMS, due=DAY + timedelta(days), discounts=discounts))


@pytest.mark.parametrize(
    ("days", "age"),
    [
        (0, Age.WEEK),
        (7, Age.WEEK),
        (8, Age.FORTNIGHT),
        (14, Age.FORTNIGHT),
        (30, Age.MONTH),
        (31, Age.TWO_MONTHS),
        (60, Age.TWO_MONTHS),
        (90, Age.QUARTER),
        (91, Age.OLDER),
        (4000, Age.OLDER),
    ],
)
def test_age(days: int, age: Age) -> None:
    assert age_of(received(days), DAY) is age


def test_every_unpaid_bill_has_one_age() -> None:
    unpaid = tuple(received(days, days) for days in range(100))

    assert sum(BillLedger(DAY, {}, unpaid).ages.values()) == 100


def test_overdue_is_what_was_due_before_this_day_the_first_first() -> None:
    late, later, today = due(-1, 1), due(-9, 2), due(0, 3)

    assert BillLedger(DAY, {}, (late, later, today)).overdue == (later, late)


def test_a_bill_without_a_date_is_due_after_thirty_days() -> None:
    undated = tuple(replace(received(days, days), terms=replace(TERMS, due=None)) for days in (30, 31))

    assert BillLedger(DAY, {}, undated).overdue == undated[1:]


def test_discounts_of_the_next_five_days_are_at_risk() -> None:
    ledger = BillLedger(DAY, {}, tuple(due(30, number, discount=days) for number, days in enumerate((-1, 5, 0, 6))))

    assert [one.terms.discounts[0].until for one in ledger.at_risk] == [DAY, DAY + timedelta(5)]


def test_credit_notes_are_taken_off() -> None:
    bills = [an_invoice(1), replace(an_invoice(2), terms=replace(TERMS, amount=Decimal("-1500.00")))]

    counts = counts_of(bills)

    assert (counts.received, list(counts.cents.values()), counts.is_proven) == (2, [-5000], True)


def test_an_invoice_that_comes_twice_counts_once() -> None:
    assert rows_of([an_invoice(1), an_invoice(1)]) == rows_of([an_invoice(1)])


def test_old_bills_are_orange_in_the_chart() -> None:
    chart = age_chart({Age.WEEK: 3, Age.OLDER: 2}, DAY)

    assert "Unbezahlte Rechnungen am 22.11.2026 nach Alter: 5" in chart
    assert chart.count('fill="#c8641b"') == 3
    assert "<title>über 90 Tage: 2</title>" in chart
