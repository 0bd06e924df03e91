"""The month of entitlement: what the bill says, the days of service, or its date and whether it is billed ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.payments.entitlement import period_of
from sozialakte.payments.terms import Terms
from sozialakte.shared.texts import say
from tests.invoices import TERMS

RECEIVED = date(2026, 11, 20)
PLAIN = replace(TERMS, invoice_date=date(2026, 11, 15), due=None)


def months(terms: Terms, *, ahead: bool = False, count: int = 1) -> str:
    period = period_of(terms, RECEIVED, ahead=ahead, months=count)
    assert say(period.reason)
    return f"{period.first:%Y-%m}..{period.last:%Y-%m}"


@pytest.mark.parametrize(
    ("due", "month"),
    [
        (date(2026, 11, 30), "2026-12..2026-12"),
        (date(2026, 12, 1), "2026-12..2026-12"),
        (date(2026, 11, 5), "2026-11..2026-11"),
        (None, "2026-12..2026-12"),
        (date(2026, 12, 31), "2027-01..2027-01"),
    ],
)
def test_rent_of_december_stands_on_a_bill_of_november(due: date | None, month: str) -> None:
    assert months(replace(PLAIN, due=due), ahead=True) == month


def test_what_is_not_billed_ahead_is_of_the_month_of_the_bill() -> None:
    assert months(PLAIN) == "2026-11..2026-11"
    assert months(replace(PLAIN, invoice_date=date(2026, 9, 30))) == "2026-09..2026-09"
    assert months(replace(PLAIN, invoice_date=None)) == "2026-11..2026-11"


def test_a_bill_for_several_months() -> None:
    assert months(PLAIN, ahead=True, count=3) == "2026-12..2027-02"


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Miete Dezember 2026", "2026-12..2026-12"),
        ("Miete Januar", "2027-01..2027-01"),
        ("loyer décembre", "2026-12..2026-12"),
        ("Loyer de\u0301cembre", "2026-12..2026-12"),
        ("Prämie 12.2026", "2026-12..2026-12"),
        ("Prämien Oktober bis Dezember 2026", "2026-10..2026-12"),
        ("1. Quartal 2027", "2027-01..2027-03"),
        ("Q4 2026", "2026-10..2026-12"),
        ("Leistungen 01.10.2026", "2026-11..2026-11"),  # a day, no month: the date of the bill counts
        ("Rechnung 12/20261", "2026-11..2026-11"),
        ("Januar 2020 und Januar 2026", "2026-11..2026-11"),  # too long to be one period
        ("Maibach Treuhand", "2026-11..2026-11"),
    ],
)
def test_what_the_bill_says_counts_first(message: str, said: str) -> None:
    assert months(replace(PLAIN, message=message)) == said


def test_the_days_of_service_count_before_its_date() -> None:
    assert months(replace(PLAIN, billing_information="//S1/11/261115/31/260901260930")) == "2026-09..2026-09"
    assert months(replace(PLAIN, billing_information="//S1/31/261001"), ahead=True) == "2026-10..2026-10"
    assert months(replace(PLAIN, billing_information="//S1/31/200101261001")) == "2026-11..2026-11"
    assert months(replace(PLAIN, billing_information="//XX/31/261001")) == "2026-11..2026-11"


@given(
    st.text(max_size=140), st.none() | st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.booleans(), st.integers(1, 12)
)
def test_every_period_is_of_whole_months_and_not_longer_than_a_year(
    message: str, due: date | None, ahead: bool, count: int
) -> None:
    period = period_of(replace(PLAIN, message=message, due=due), RECEIVED, ahead=ahead, months=count)

    assert period.first.day == 1
    assert period.last > period.first
    assert (period.last.year - period.first.year) * 12 + period.last.month - period.first.month < 12
