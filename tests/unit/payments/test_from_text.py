"""Where there is no QR code, values are proposed from the text, each with where it was read, none of them confirmed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialakte.intake import PageText
from sozialakte.payments import Proposal, ProposedBill, SlipKind, propose_bill
from sozialakte.shared.money import Money
from tests.payloads import QRR, SCOR

TODAY = date(2026, 11, 22)
IBAN = "CH9300762011623852957"
BILL = """Zahnarztpraxis Dr. med. dent. Öhri AG
Bahnhofstrasse 1, 6003 Luzern
Frau Pia Muster
Luzern, 3. November 2026
Rechnung Nr. 2026-1188
Kontrolle und Dentalhygiene 180.00
Zwischentotal CHF 1'180.00
MWST 8.1% 15.45
Rechnungsbetrag CHF 1'195.45
Zahlbar bis 3. Dezember 2026
IBAN CH93 0076 2011 6238 5295 7"""


def proposed(*pages: str) -> ProposedBill:
    return propose_bill([PageText(number, text) for number, text in enumerate(pages, start=1)], TODAY)


def test_a_bill_without_code_lets_us_propose_everything() -> None:
    bill = proposed("Guten Tag", BILL)

    assert bill.kind is SlipKind.BILL
    assert bill.ibans == (Proposal(IBAN, 2, "IBAN CH93 0076 2011 6238 5295 7", proven=True),)
    assert bill.amounts[0] == Proposal(Money(Decimal("1195.45")), 2, "Rechnungsbetrag CHF 1'195.45")
    assert bill.due_dates[0] == Proposal(date(2026, 12, 3), 2, "Zahlbar bis 3. Dezember 2026")
    assert bill.invoice_dates[0].value == date(2026, 11, 3)
    assert bill.invoice_numbers == (Proposal("2026-1188", 2, "Rechnung Nr. 2026-1188"),)
    assert bill.creditors[0].value == "Zahnarztpraxis Dr. med. dent. Öhri AG"


def test_nothing_is_ever_confirmed() -> None:
    assert proposed(BILL).needs_confirmation
    assert proposed("").needs_confirmation


@pytest.mark.parametrize(
    "written",
    [
        "CH9300762011623852957",
        "CH93 0076 2011 6238 5295 7",
        "CH93 OO76 2O11 6238 5295 7",
        "CH93 0076 20ll 6238 S295 7",
        "CH93.0076.2011.6238.5295.7",
        "GH93 0076 2011 6238 5295 7",
        "IBAN: CH93-0076-2011-6238-5295-7 (PostFinance)",
    ],
)
def test_an_iban_proves_itself_however_it_was_scanned(written: str) -> None:
    assert [(one.value, one.proven) for one in proposed(written).ibans] == [(IBAN, True)]


def test_an_iban_of_liechtenstein_may_hold_letters() -> None:
    assert proposed("LI21 0881 0000 2324 013A A").ibans[0] == Proposal(
        "LI21088100002324013AA", 1, "LI21 0881 0000 2324 013A A", proven=True
    )


def test_an_iban_with_wrong_check_digits_comes_last_and_is_not_proven() -> None:
    found = proposed("CH94 0076 2011 6238 5295 7\nCH93 0076 2011 6238 5295 7").ibans

    assert [one.proven for one in found] == [True, False]


@pytest.mark.parametrize(
    ("written", "reference"),
    [
        ("21 00000 00003 13947 14300 09017", QRR),
        ("21 OOOOO 00003 l3947 14300 09017", QRR),
        (QRR, QRR),
        ("RF18 5390 0754 7034", SCOR),
        ("Referenz RF18539007547034 bitte angeben", SCOR),
        ("RF18 5390 0754 7034 CHF", SCOR),
    ],
)
def test_a_reference_proves_itself(written: str, reference: str) -> None:
    assert [(one.value, one.proven) for one in proposed(written).references] == [(reference, True)]


@pytest.mark.parametrize("written", ["21 00000 00003 13947 14300 09018", "RF19 5390 0754 7034", "0" * 27, "1" * 40])
def test_numbers_that_prove_nothing_are_no_references(written: str) -> None:
    assert proposed(written).references == ()


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Luzern, 3.11.2026\nZahlbar innert 30 Tagen", date(2026, 12, 3)),
        ("Luzern, 3.11.2026\nZahlungskonditionen: 30 Tage netto", date(2026, 12, 3)),
        ("Bitte überweisen Sie den Betrag bis spätestens\n15.12.2026 auf unser Konto.", date(2026, 12, 15)),
        ("Lausanne, le 3.11.2026\npayable à 30 jours", date(2026, 12, 3)),
        ("Lugano, 3.11.2026\nTermine di pagamento: 30 giorni", date(2026, 12, 3)),
    ],
)
def test_the_due_date_is_said_or_counted(text: str, due: date) -> None:
    assert proposed(text).due_dates[0].value == due


def test_a_discount_is_no_due_date() -> None:
    assert proposed("Luzern, 3.11.2026\n2% Skonto innert 10 Tagen % Skonto").due_dates == ()


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("Rechnungsnummer: 2021007834", "2021007834"),
        ("Rechnungs-Nr. RE/2026/17", "RE/2026/17"),
        ("Facture n° 26-118", "26-118"),
        ("Fattura n. 2026.118", "2026.118"),
        ("Beleg-Nr. 000123", "000123"),
    ],
)
def test_the_invoice_number_stands_beside_its_label(written: str, number: str) -> None:
    assert [one.value for one in proposed(written).invoice_numbers] == [number]


@pytest.mark.parametrize("written", ["Rechnung vom 3.11.2026", "Rechnung 03.11.2026", "Kundennummer 38712", "Rechnung"])
def test_dates_and_other_numbers_are_no_invoice_numbers(written: str) -> None:
    assert proposed(written).invoice_numbers == ()


def test_the_account_holder_comes_before_the_letterhead() -> None:
    found = proposed("Muster Treuhand AG\nZahlbar an\nCH93 0076 2011 6238 5295 7\nSpitex Rottal\n6004 Luzern").creditors

    assert [one.value for one in found] == ["Spitex Rottal", "Muster Treuhand AG"]


def test_each_value_is_proposed_once_and_not_too_many() -> None:
    lines = "\n".join(f"Position {number} CHF {number}.00" for number in range(1, 50))

    assert len(proposed(lines).amounts) == 5
    assert len(proposed(f"IBAN {IBAN}\nIBAN {IBAN}").ibans) == 1


def test_texts_of_any_length_are_searched_in_bounded_time() -> None:
    """Lines of 100'000 characters made to keep patterns busy, and more lines than any bill has."""
    for hostile in ("CH" * 50_000, "1 " * 50_000, "R" * 100_000, "RF18 " * 20_000, "1'000" * 20_000):
        assert proposed(hostile).ibans == ()
    assert len(proposed("\n".join(f"CHF {number}.00" for number in range(1, 3000))).amounts) == 5


@settings(max_examples=50)
@given(st.lists(st.text(max_size=300), max_size=4))
def test_any_text_is_read_without_failing(pages: list[str]) -> None:
    bill = proposed(*pages)

    assert all(1 <= one.page <= len(pages) for one in bill.amounts)
