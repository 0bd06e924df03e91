"""The lines of a QR-bill's code are read as they stand there, and written so that they are read the same."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialakte.payments import Party, QrBill, read_bill, write_payload
from sozialakte.payments.qr_payload import bill_of, decode, is_qr_bill
from sozialakte.shared.money import Money
from tests.payloads import COMBINED, QR_IBAN, QRR, bills, payload

PAYLOADS = Path(__file__).parents[4] / "shared" / "standards" / "qr-bill" / "payloads"
BILL = QrBill(
    iban=QR_IBAN,
    creditor=Party("Stadtwerke Rottal", "Werkhofstrasse", "5", "6004", "Luzern", "CH"),
    amount=Decimal("199.95"),
    currency="CHF",
    debtor=Party("Pia Müller", "Marktgasse", "28", "9400", "Rorschach", "CH"),
    reference_type="QRR",
    reference=QRR,
    message="Rechnung 1188",
)


def read(code: bytes) -> QrBill:
    return bill_of(decode(code))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_element_is_read(end: str) -> None:
    assert read(payload(end=end)) == BILL
    assert read(payload(end=end) + end.encode()) == BILL


def test_additional_information_is_read() -> None:
    code = payload({32: "//S1/10/1188", 33: "eBill/B/pia@example.com", 34: "other"})

    bill = read(code)
    assert bill.billing_information == "//S1/10/1188"
    assert bill.alternative_schemes == ("eBill/B/pia@example.com", "other")


def test_schemes_may_stand_without_billing_information() -> None:
    assert read(payload({33: "eBill/B/1"})).alternative_schemes == ("eBill/B/1",)


def test_a_combined_address_is_split() -> None:
    creditor = read(payload(COMBINED)).creditor

    assert creditor == Party("Stadtwerke Rottal", "Werkhofstrasse 5", "", "6004", "Luzern", "CH", combined=True)


@pytest.mark.parametrize(
    ("written", "postal_code", "town"),
    [
        ("CH-6004 Luzern", "6004", "Luzern"),
        ("79100 Freiburg im Breisgau", "79100", "Freiburg im Breisgau"),
        ("Luzern", "", "Luzern"),
        ("", "", ""),
    ],
)
def test_the_second_line_of_a_combined_address_need_not_have_a_code(written: str, postal_code: str, town: str) -> None:
    creditor = read(payload({**COMBINED, 8: written})).creditor

    assert (creditor.postal_code, creditor.town) == (postal_code, town)


def test_an_open_bill_has_neither_amount_nor_debtor() -> None:
    bill = read(payload({19: "", **dict.fromkeys(range(21, 28), "")}))

    assert (bill.amount, bill.money, bill.debtor) == (None, None, None)


def test_the_sum_knows_its_currency() -> None:
    assert read(payload()).money == Money(Decimal("199.95"), "CHF")


@pytest.mark.parametrize("written", ["1'000.00", "12,50", "-5.00", "NaN", "1e5", "9" * 40, "\u0663.\u0660\u0660"])
def test_what_is_no_amount_is_none(written: str) -> None:
    assert read(payload({19: written})).amount is None


def test_bytes_are_utf8_whatever_a_decoder_guesses() -> None:
    assert read(payload()).debtor == BILL.debtor
    assert "Ã" not in decode(payload()).text


def test_other_bytes_are_taken_for_latin() -> None:
    found = decode(payload().decode().encode("latin-1"))

    assert not found.is_utf8
    assert bill_of(found) == BILL


@pytest.mark.parametrize("code", [payload(), b"\xef\xbb\xbf" + payload(), payload(end="\r\n"), b"SPC\r\n"])
def test_a_bill_says_that_it_is_one(code: bytes) -> None:
    assert is_qr_bill(code)


@pytest.mark.parametrize("code", [b"", b"SPC", b"SPCX\n0200", b"https://example.com/SPC\n", b"SZ1:S::12", b"BCD\n002"])
def test_other_codes_are_no_bills(code: bytes) -> None:
    assert not is_qr_bill(code)


@settings(max_examples=200)
@given(bills(), st.sampled_from(["\n", "\r\n"]))
def test_what_is_written_is_read_the_same(bill: QrBill, end: str) -> None:
    found = read_bill(write_payload(bill).replace("\n", end).encode())

    assert found.bill == bill
    assert found.errors == ()


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_failing(code: bytes) -> None:
    found = read_bill(b"SPC\n" + code)

    assert not found.valid


@given(st.lists(st.text(max_size=30), max_size=40))
def test_any_lines_are_read_without_failing(lines: list[str]) -> None:
    assert read_bill("\n".join(["SPC", *lines]).encode("utf-8", "surrogatepass")).errors


@given(bills())
def test_an_address_in_two_lines_is_never_written(bill: QrBill) -> None:
    combined = replace(bill, creditor=replace(bill.creditor, combined=True))

    assert write_payload(combined).split("\n")[4] == "S"


@pytest.mark.skipif(not PAYLOADS.is_dir(), reason="the real payloads are not beside the checkout")
def test_real_payloads_are_read_line_by_line() -> None:
    paths = sorted(PAYLOADS.glob("*/*.txt"))

    for path in paths:
        bill, lines = read(path.read_bytes()), path.read_bytes().decode().splitlines()
        assert bill.iban == lines[3].replace(" ", "")
        assert (bill.creditor.name, bill.creditor.street) == (lines[5], lines[6])
        assert ("" if bill.amount is None else str(bill.amount)) == lines[18]
        assert (bill.reference_type, bill.reference or "") == (lines[27], lines[28].replace(" ", ""))
        assert (bill.message or "") == lines[29]
    assert len(paths) > 25
