"""Money is exact and never mixes currencies."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.shared.money import CurrencyError, Money

AMOUNTS = st.integers(-(10**11), 10**11).map(lambda cents: (Decimal(cents) / 100).quantize(Decimal("0.01")))


@given(AMOUNTS, AMOUNTS)
def test_what_is_added_can_be_taken_away(one: Decimal, other: Decimal) -> None:
    assert Money(one) + Money(other) - Money(other) == Money(one)
    assert Money(one) - Money(one) == Money(Decimal(0))


def test_currencies_never_mix() -> None:
    with pytest.raises(CurrencyError):
        Money(Decimal(1), "CHF") + Money(Decimal(1), "EUR")
    with pytest.raises(CurrencyError):
        Money(Decimal(1), "CHF") - Money(Decimal(1), "EUR")


@pytest.mark.parametrize("amount", ["0.001", "NaN", "Infinity", "-0.005"])
def test_fractions_of_a_cent_are_no_money(amount: str) -> None:
    with pytest.raises(ValueError, match="whole cents"):
        Money(Decimal(amount))


def test_people_read_it_with_apostrophes() -> None:
    assert str(Money(Decimal("1234567.5"))) == "CHF 1'234'567.50"
    assert str(Money(Decimal("-0.05"), "EUR")) == "EUR -0.05"


def test_amounts_written_differently_are_the_same() -> None:
    assert Money(Decimal("12.5")) == Money(Decimal("12.50"))
    assert hash(Money(Decimal("12.5"))) == hash(Money(Decimal("12.50")))
