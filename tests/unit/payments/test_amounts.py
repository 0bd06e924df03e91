"""Amounts in a bill's text, and which of them is to be paid."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.payments.amounts import amounts_in
from sozialakte.shared.money import Money


def chf(amount: str) -> Money:
    return Money(Decimal(amount))


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("CHF 1'234.50", "1234.50"),
        ("Fr. 1\u2019234.50", "1234.50"),
        ("1 234 567.05", "1234567.05"),
        ("Total 120,50", "120.50"),
        ("Fr. 80.--", "80.00"),
        ("Fr. 80.\u2013", "80.00"),
        ("555. 75", "555.75"),
    ],
)
def test_amounts_are_read_as_people_write_them(written: str, amount: str) -> None:
    assert [found.money for found in amounts_in(written)] == [chf(amount)]


@pytest.mark.parametrize(
    "text",
    [
        "23.04.2021",
        "7.7%",
        "8.1 %",
        "Tel. 041 361 10 05",
        "Art. 1.20a",
        "756.9217.0769.85",
        "0.00",
        "12.345",
        "Seite 1",
    ],
)
def test_other_numbers_are_no_amounts(text: str) -> None:
    assert list(amounts_in(text)) == []


def test_the_currency_stands_beside() -> None:
    assert [found.money.currency for found in amounts_in("EUR 12.00, entspricht in der Schweiz CHF 11.50")] == [
        "EUR",
        "CHF",
    ]
    assert [found.money for found in amounts_in("12.00 €")] == [Money(Decimal(12), "EUR")]


@pytest.mark.parametrize(
    ("label", "other"),
    [
        ("Rechnungsbetrag CHF", "Zwischentotal CHF"),
        ("Total inkl. MWST", "MWST 8.1%"),
        ("Netto inkl. MWST", "Brutto"),
        ("Total à payer", "Sous-total"),
        ("Totale da pagare", "IVA"),
        ("Zu bezahlen", "Rabatt"),
    ],
)
def test_a_label_tells_what_is_to_be_paid(label: str, other: str) -> None:
    (meant,), (meanwhile,) = amounts_in(f"{label} 100.00"), amounts_in(f"{other} 100.00")

    assert meant.weight > meanwhile.weight


def test_a_label_may_stand_above() -> None:
    (alone,), (labelled,) = amounts_in("100.00"), amounts_in("100.00", above="Rechnungsbetrag")

    assert labelled.weight > alone.weight


@given(st.text(max_size=200), st.text(max_size=50))
def test_any_text_is_searched_without_failing(line: str, above: str) -> None:
    assert all(found.money.amount > 0 for found in amounts_in(line, above))
