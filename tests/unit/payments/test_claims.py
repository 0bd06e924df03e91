"""A claim's number and its reference are the same thing; what we ask for is a bill that every bank takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.payments.bill_words import WORDS
from sozialakte.payments.check_digits import is_creditor_reference, is_qr_reference
from sozialakte.payments.claims import (
    MOST_CLAIMS,
    Claim,
    ClaimKind,
    ClaimRefusedError,
    Demand,
    ReceivingAccount,
    bill_of,
    creditor_reference_of,
    number_of,
    payload_of,
    reference_of,
)
from sozialakte.payments.qr_bill import Party
from sozialakte.payments.qr_rules import read_bill
from sozialakte.shared.money import Money
from sozialakte.shared.texts import say

ACCOUNT = ReceivingAccount(
    "CH4431999123000889012", "Soziale Dienste Beispielstadt", "Rathausplatz", "1", "6003", "Luzern"
)
DEBTOR = Party("Anna Müller-Dvořák", "Bundesstrasse", "12a", "6003", "Luzern", "CH")
DEMAND = Demand(
    ClaimKind.REPAYMENT,
    "SH-2026-00123",
    "P-000123",
    Money(Decimal("1234.50")),
    "Vorschuss ALV September 2026",
    date(2026, 11, 22),
    date(2026, 12, 22),
)


@given(st.integers(1, MOST_CLAIMS - 1))
def test_the_reference_names_the_claim(number: int) -> None:
    reference = reference_of(number)

    assert is_qr_reference(reference)
    assert number_of(reference) == number


def test_the_check_digit_is_that_of_the_standard() -> None:
    assert reference_of(17) == "000000000000000000000000173"


@pytest.mark.parametrize("number", [0, -1, MOST_CLAIMS])
def test_numbers_that_no_claim_has(number: int) -> None:
    with pytest.raises(ValueError, match="number"):
        reference_of(number)


@pytest.mark.parametrize(
    "reference",
    ["", "0" * 27, "000000000000000000000000174", "210000000003139471430009017", "RF18539007547034", "x" * 27],
)
def test_references_of_others_name_no_claim(reference: str) -> None:
    assert number_of(reference) is None


def test_the_bill_says_what_the_claim_asks_for() -> None:
    bill = bill_of(Claim(17, DEMAND, "operator"), ACCOUNT, DEBTOR)

    read = read_bill(payload_of(bill).encode())

    assert (read.valid, read.warnings, read.bill) == (True, (), bill)


@pytest.mark.parametrize(
    ("account", "debtor", "demand"),
    [
        (replace(ACCOUNT, qr_iban="CH9300762011623852957"), DEBTOR, DEMAND),  # an IBAN, no QR-IBAN
        (replace(ACCOUNT, qr_iban="CH4531999123000889012"), DEBTOR, DEMAND),
        (ACCOUNT, replace(DEBTOR, name="x" * 71), DEMAND),
        (ACCOUNT, replace(DEBTOR, name="Ann\u2603"), DEMAND),
        (ACCOUNT, replace(DEBTOR, name="Anna\nMüller"), DEMAND),
        (ACCOUNT, DEBTOR, replace(DEMAND, reason="x" * 141)),
        (ACCOUNT, DEBTOR, replace(DEMAND, money=Money(Decimal("0.00")))),
        (ACCOUNT, DEBTOR, replace(DEMAND, money=Money(Decimal("-5.00")))),
        (ACCOUNT, DEBTOR, replace(DEMAND, money=Money(Decimal("1000000000.00")))),
        (ACCOUNT, DEBTOR, replace(DEMAND, money=Money(Decimal("5.00"), "USD"))),
    ],
)
def test_what_a_bank_would_refuse_is_not_issued(account: ReceivingAccount, debtor: Party, demand: Demand) -> None:
    with pytest.raises(ClaimRefusedError) as refused:
        payload_of(bill_of(Claim(17, demand, "operator"), account, debtor))

    assert all(say(reason) for reason in refused.value.reasons)


def test_the_same_demand_of_a_day_is_one() -> None:
    assert DEMAND.digest == replace(DEMAND, due=date(2027, 1, 31)).digest
    assert DEMAND.digest != replace(DEMAND, money=Money(Decimal("1234.55"))).digest
    assert DEMAND.digest != replace(DEMAND, issued_on=date(2026, 11, 23)).digest


@pytest.mark.parametrize("language", ["de", "fr", "it", "en"])
def test_every_language_says_everything(language: str) -> None:
    words = WORDS[language]

    assert "{due}" in words.body
    assert {words.subject(kind) for kind in ClaimKind} == {words.repayment, words.cost_share}


@pytest.mark.parametrize("number", [1, 42, MOST_CLAIMS - 1])
def test_both_references_of_a_claim_name_it(number: int) -> None:
    assert number_of(reference_of(number)) == number_of(creditor_reference_of(number)) == number
    assert is_creditor_reference(creditor_reference_of(number))


@pytest.mark.parametrize("reference", ["RF18539007547034", "RF18000000000000", "", "RF", "\u0661" * 27])
def test_a_reference_of_somebody_else_names_no_claim(reference: str) -> None:
    assert number_of(reference) is None
