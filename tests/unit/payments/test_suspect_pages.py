"""Pages are looked at where money is spoken of, where a code was seen, and where hardly anything could be read."""

from __future__ import annotations

import pytest

from sozialakte.intake import KeptPage
from sozialakte.payments import write_payload
from sozialakte.payments.suspect_pages import pages_to_look_at, payment_parts
from tests.bill_letters import RENT

LETTER = "Sehr geehrte Damen und Herren\nWir bitten um einen Termin in dieser Sache.\nFreundliche Grüsse"


def test_a_letter_that_speaks_of_no_money_is_not_looked_at() -> None:
    assert pages_to_look_at([KeptPage(1, LETTER), KeptPage(2, LETTER)]) == []


@pytest.mark.parametrize(
    "page",
    [
        KeptPage(2, "Empfangsschein"),
        KeptPage(2, "Récépissé   Section paiement"),
        KeptPage(2, "Ihre Prämie ist fällig"),
        KeptPage(2, "Bitte überweisen Sie den Betrag auf unser KONTO"),
        KeptPage(2, LETTER, codes=(write_payload(RENT),)),
        KeptPage(2, LETTER, codes=("ï»¿" + write_payload(RENT).replace("\n", "\r\n"),)),
        KeptPage(2, "Sehr g", legible=False),
    ],
)
def test_a_page_that_may_be_a_bill_is(page: KeptPage) -> None:
    assert 2 in pages_to_look_at([KeptPage(1, LETTER), page])


def test_other_codes_say_nothing_of_bills() -> None:
    assert pages_to_look_at([KeptPage(1, LETTER, codes=("SH-2026-00001", "https://example.org/SPC"))]) == []


def test_all_pages_of_a_bill_are_looked_at() -> None:
    bill = KeptPage(1, "Rechnung Nr. 5\nRechnungsdatum 1.11.2026\nZahlbar bis 30.11.2026")

    assert pages_to_look_at([bill, KeptPage(2, "Beilage"), KeptPage(3, "")]) == [1, 2, 3]


def test_a_payment_part_has_two_titles() -> None:
    pages = [KeptPage(1, "Zahlteil liegt bei"), KeptPage(2, "Empfangsschein\nZahlteil"), KeptPage(3, "Ricevuta")]

    assert [page.page for page in payment_parts(pages)] == [2]
