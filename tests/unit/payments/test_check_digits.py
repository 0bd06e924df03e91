"""IBANs and references prove themselves by their check digits."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sozialakte.payments.check_digits import (
    has_swiss_form,
    is_creditor_reference,
    is_qr_iban,
    is_qr_reference,
    is_swiss_iban,
)
from tests.bills import creditor_reference, iban_of, qr_reference


def test_worked_examples_of_the_standards_hold() -> None:
    assert is_swiss_iban("CH9300762011623852957")
    assert is_swiss_iban("CH4431999123000889012")
    assert is_qr_reference("210000000003139471430009017")
    assert is_qr_reference("000008207791225857421286694")
    assert is_creditor_reference("RF18539007547034")
    assert is_creditor_reference("rf18539007547034")


def test_the_reference_printed_wrong_in_the_guidelines_is_refused() -> None:
    """Annex A, example 4: its check digits would be 24."""
    assert not is_creditor_reference("RF720191230100405JSH0438")


@pytest.mark.parametrize(
    "wrong",
    [
        "CH93 0076 2011 6238 5295 7",
        "DE89370400440532013000",
        "ch9300762011623852957",
        "CH930076201162385295",
        "CH93007620116238529570",
        "CH9300762011623852950",
        "",
    ],
)
def test_other_spellings_and_accounts_are_no_swiss_iban(wrong: str) -> None:
    assert not is_swiss_iban(wrong)


@pytest.mark.parametrize(
    ("institution", "expected"), [(29999, False), (30000, True), (31999, True), (32000, False), (762, False)]
)
def test_the_institution_tells_a_qr_iban(institution: int, expected: bool) -> None:
    assert is_qr_iban(iban_of(institution, 889012)) is expected


def test_a_qr_reference_is_not_all_zeros() -> None:
    assert not is_qr_reference("0" * 27)
    assert not is_qr_reference("21 00000 00003 13947 14300 09017")


@given(st.integers(0, 99999), st.integers(0, 10**12 - 1), st.integers(0, 20), st.characters(codec="ascii"))
def test_no_single_slip_in_an_iban_goes_unseen(institution: int, account: int, at: int, slip: str) -> None:
    iban = iban_of(institution, account)
    assume(iban[at] != slip)
    changed = iban[:at] + slip + iban[at + 1 :]

    assert is_swiss_iban(iban)
    assert not (is_swiss_iban(changed) and has_swiss_form(changed) and changed[:2] == iban[:2])


@given(st.integers(1, 10**26 - 1), st.integers(0, 26), st.sampled_from("0123456789"))
def test_no_single_slip_in_a_qr_reference_goes_unseen(number: int, at: int, slip: str) -> None:
    reference = qr_reference(number)
    assume(reference[at] != slip)

    assert is_qr_reference(reference)
    assert not is_qr_reference(reference[:at] + slip + reference[at + 1 :])


@given(st.from_regex(r"[0-9]{1,21}", fullmatch=True), st.integers(2, 24), st.sampled_from("0123456789"))
def test_no_single_slip_in_a_creditor_reference_goes_unseen(body: str, at: int, slip: str) -> None:
    reference = creditor_reference(body)
    assume(at < len(reference) and reference[at] != slip)

    assert is_creditor_reference(reference)
    assert not is_creditor_reference(reference[:at] + slip + reference[at + 1 :])
