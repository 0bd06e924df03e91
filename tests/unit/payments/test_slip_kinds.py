"""A paper with an amount is a bill, a receipt or a credit note, in three languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.payments import SlipKind
from sozialakte.payments.slip_kinds import NOT_MEANT, WORDS, slip_kind
from sozialakte.shared.names import fold


@pytest.mark.parametrize(
    "text",
    [
        "Rechnung Nr. 4711\nTotal CHF 120.00\nZahlbar innert 30 Tagen",
        "Prämienrechnung Dezember",
        "Wir stellen Ihnen Rechnung.\nEmpfangsschein\nZahlteil\nKonto / Zahlbar an",
        "Facture n° 12\nMontant à payer CHF 80.00\nRécépissé\nSection paiement",
        "Fattura 2026-7\nTotale da pagare CHF 33.00\nRicevuta\nSezione pagamento",
        "Arztrechnung\nRückforderungsbeleg\nZahlbar bis 31.12.2026",
        "Sie können gegen Quittung bar an unserer Kasse zahlen. Rechnung Nr. 3, zahlbar innert 10 Tagen",
    ],
)
def test_bills(text: str) -> None:
    assert slip_kind(text) is SlipKind.BILL


@pytest.mark.parametrize(
    "text",
    [
        "MIGROS LUZERN\nBon-Nr. 123\nTotal CHF 43.20\nTWINT 43.20\nVielen Dank für Ihren Einkauf",
        "Quittung\nBetrag dankend erhalten: Fr. 50.-",
        "Rechnung 17\nbar bezahlt am 3.11.2026\nBetrag dankend erhalten",
        "Pharmacie du Lac\nTicket de caisse\nEspèces 20.00\nRendu 3.40",
        "Scontrino\nTotale 12.00\nContanti 20.00\nResto 8.00",
    ],
)
def test_receipts(text: str) -> None:
    assert slip_kind(text) is SlipKind.RECEIPT


@pytest.mark.parametrize(
    "text",
    [
        "Gutschrift Nr. 88 zur Rechnung 4711\nBetrag zu Ihren Gunsten CHF 20.00",
        "Stornorechnung zu Rechnung Nr. 4711",
        "Note de crédit n° 5\nMontant en votre faveur",
        "Nota di credito 12\na vostro favore",
    ],
)
def test_credit_notes(text: str) -> None:
    assert slip_kind(text) is SlipKind.CREDIT_NOTE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sehr geehrte Frau Müller, besten Dank für das Gespräch.",
        "Kontoauszug",
        "Leistungsabrechnung\nZu Ihren Lasten CHF 273.00\nDer Betrag wird der nächsten Prämienrechnung belastet.",
        "Genehmigung Rechenschaftsbericht und Rechnung\nDie Gebühr von CHF 300.00 trägt der Staat.",
    ],
)
def test_other_papers(text: str) -> None:
    assert slip_kind(text) is SlipKind.OTHER


def test_a_code_that_asks_for_money_makes_a_bill() -> None:
    assert slip_kind("", has_code=True) is SlipKind.BILL


def test_words_are_folded_as_texts_are() -> None:
    words = [word for kind in WORDS.values() for word in kind]

    assert [word for word in (*words, *NOT_MEANT) if word.strip("*") != fold(word.strip("*"))] == []


@given(st.text(max_size=300), st.booleans())
def test_any_text_has_a_kind(text: str, has_code: bool) -> None:
    assert slip_kind(text, has_code=has_code) in SlipKind
