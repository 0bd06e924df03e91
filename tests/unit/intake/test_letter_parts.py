"""A page taken apart: letterhead, window, references, subject, text; and who writes about what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.understanding.addressee import addressee_of
from sozialakte.intake.understanding.bill_parties import BillParties
from sozialakte.intake.understanding.letter_parts import LetterParts, greets, parts_of
from sozialakte.intake.understanding.letterhead import sender_keys, sender_of, subject_of
from sozialakte.intake.understanding.offices import Office
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts_de import GERMAN

OURS = "Stadt Luzern\nSoziale Dienste\nPostfach\n6002 Luzern"


def letter(
    head: str = "Stadtwerke Rottal\nWerkhofstrasse 5, 6004 Luzern",
    window: str = OURS,
    below: str = "Luzern, 16. November 2026\n\nRechnung Strom\n\nGuten Tag\nWir bitten um Zahlung.",
) -> LetterParts:
    return parts_of(f"{head}\n\n{window}\n\n{below}")


def test_a_business_letter_comes_apart() -> None:
    parts = parts_of(
        "Stadtwerke Rottal\nEnergie und Wasser\nWerkhofstrasse 5, 6004 Luzern\nTelefon 041 555 10 10\n\n"
        f"{OURS}\n\nUnser Zeichen K20/26\nLuzern, 16. November 2026\n\nRechnung Strom, Anna Muster\n"
        "Anna Muster, geb. 12.3.1975\n\nSehr geehrte Damen und Herren\n\nErster Satz.\nZweiter Satz.\n\n"
        "Freundliche Grüsse\nStadtwerke Rottal\nA. Meier"
    )

    assert parts.top == ("Stadtwerke Rottal", "Energie und Wasser", "Werkhofstrasse 5, 6004 Luzern")
    assert parts.window == ("Stadt Luzern", "Soziale Dienste", "Postfach", "6002 Luzern")
    assert parts.references == ("Telefon 041 555 10 10", "Unser Zeichen K20/26", "Luzern, 16. November 2026")
    assert parts.subject == ("Rechnung Strom, Anna Muster", "Anna Muster, geb. 12.3.1975")
    assert parts.body == ("Erster Satz.", "Zweiter Satz.")
    assert parts.closing == ("Stadtwerke Rottal", "A. Meier")


@pytest.mark.parametrize(
    "stamped",
    [
        "Stadt Luzern\nSoziale Dienste EINGEGANGEN\nPostfach 16.11.2026\n6002 Luzern Soziale Dienste",
        "EINGEGANGEN\n16.11.2026\nSoziale Dienste\nStadt Luzern\nSoziale Dienste\nPostfach\n6002 Luzern",
        "Stadt Luzern\nSoziale Dienste\nPostfach\n6002 Luzern\nElNGEGANGEN\n16.11.2026\nSoziale Dienste",
    ],
)
def test_the_stamp_of_receipt_is_no_part_of_the_address(stamped: str) -> None:
    assert letter(window=stamped).window == ("Stadt Luzern", "Soziale Dienste", "Postfach", "6002 Luzern")


def test_our_stamp_does_not_make_another_offices_post_ours() -> None:
    window = "Stadt Luzern\nSteueramt\nPostfach\n6002 Luzern\nEINGEGANGEN 16.11.2026\nSoziale Dienste"

    assert addressee_of(letter(window=window)).office is Office.TAX


@pytest.mark.parametrize(
    ("window", "office"),
    [
        (OURS, Office.SOCIAL_SERVICE),
        ("Sozialamt Kriens\nStadtplatz 1\n6010 Kriens", Office.SOCIAL_SERVICE),
        ("Stadt Luzern\nSozia1e Dienste\n6002 Luzern", Office.SOCIAL_SERVICE),
        ("Stadt LuzernSoziale Dienste\nPostfach\n6002 Luzern", Office.SOCIAL_SERVICE),
        ("Berufsbeistandschaft\nFrau Graf\n6170 Schüpfheim", Office.SOCIAL_SERVICE),
        ("Stadt Luzern\nSteuerarnt\nPostfach\n6002 Luzern", Office.TAX),
        ("Einwohnerdienste\nObergrundstrasse 1\n6002 Luzern", Office.RESIDENTS),
        ("Betreibungsamt Luzern\nWinkelriedstrasse 14\n6003 Luzern", Office.DEBT_ENFORCEMENT),
        ("KESB Luzern\nNeustadtstrasse 7\n6002 Luzern", Office.KESB),
        ("Schule Maihof\nSchulleitung\n6006 Luzern", Office.SCHOOL),
        ("Herr Peter Muster\nBahnhofstrasse 3\n6003 Luzern", None),
        ("Herr Peter Muster\nc/o Soziale Dienste\n6002 Luzern", Office.SOCIAL_SERVICE),
        ("Muster AG\nBahnhofstrasse 3\n6003 Luzern", None),
    ],
)
def test_the_window_says_which_office_a_letter_is_for(window: str, office: Office | None) -> None:
    addressee = addressee_of(letter(window=window))

    assert addressee.lines == tuple(window.split("\n"))
    assert addressee.office is office
    assert addressee.for_another_office == (office not in {None, Office.SOCIAL_SERVICE})


def test_every_other_office_can_be_named_to_people() -> None:
    others = set(Office) - {Office.SOCIAL_SERVICE}

    assert {f"addressee.{office}" for office in others} == {code for code in GERMAN if code.startswith("addressee.")}
    assert addressee_of(letter(window="Steueramt\nPostfach\n6002 Luzern")).reason == Reason("addressee.tax")


def test_an_office_on_the_letterhead_is_not_the_addressee() -> None:
    parts = letter(head="Steueramt der Stadt Luzern\nObergrundstrasse 3\n6002 Luzern")

    assert addressee_of(parts).office is Office.SOCIAL_SERVICE
    assert parts.back == ("Steueramt der Stadt Luzern", "Obergrundstrasse 3", "6002 Luzern")


@pytest.mark.parametrize(
    "window",
    ["Soziale Dienste\nPostfach\n600 Luzern", "Soziale Dienste\nObergrundstrasse 1\n60O2 Luzern"],
)
def test_a_misread_postal_code_still_ends_the_address(window: str) -> None:
    assert addressee_of(letter(window=window)).office is Office.SOCIAL_SERVICE


@pytest.mark.parametrize(
    ("head", "sender"),
    [
        ("Stadtwerke Rottal\nWerkhofstrasse 5, 6004 Luzern", "Stadtwerke Rottal"),
        ("JO Ausgleichskasse Rottal\nAusgleichskasse Rottal, Postfach, 6006 Luzern", "Ausgleichskasse Rottal"),
        ("® Baugenossenschaft Wesemlin\nTelefon 041 555 07 70", "Baugenossenschaft Wesemlin"),
        ("Gemeinde Kriens\nEinwohnerdienste\nStadtplatz 1, 6010 Kriens", "Gemeinde Kriens, Einwohnerdienste"),
        ("Spital Rottal\nPatientenadministration, Postfach, 6110 Wolhusen", "Spital Rottal"),
        ("Inkasso Rigi AG - Postfach 77 - 6301 Zug", "Inkasso Rigi AG"),
        ("Kindes- und Erwachsenenschutzbehörde Rottal, Bahnhofplatz 9,\n6010 Kriens",
         "Kindes- und Erwachsenenschutzbehörde Rottal"),
        ("Anna Muster\nBahnhofstrasse 3\n6003 Luzern", "Anna Muster"),
    ],
)  # fmt: skip
def test_the_letterhead_names_the_sender(head: str, sender: str) -> None:
    assert sender_of(letter(head=head), ()) == sender


def test_without_a_letterhead_the_signature_names_the_sender_then_the_bill() -> None:
    signed = parts_of(f"{OURS}\n\nGuten Tag\nWir danken.\nFreundliche Grüsse\nStadtwerke Rottal")
    bill = BillParties(1, "Verrechnungsstelle Rottal", "CH4431999123000889012")

    assert sender_of(signed, ()) == "Stadtwerke Rottal"
    assert sender_of(LetterParts(), (bill,)) == "Verrechnungsstelle Rottal"
    assert sender_of(LetterParts(), ()) is None


@pytest.mark.parametrize(
    ("below", "subject"),
    [
        ("Luzern, 16. November 2026\nRechnung Strom\nGuten Tag\nText", "Rechnung Strom"),
        ("Betrifft: Rechnung Strom\nGuten Tag\nText", "Rechnung Strom"),
        ("Kunden-Nr. 123456\nRechnung Nr. 114\nAnna Muster\nGuten Tag\nText", "Rechnung Nr. 114"),
        ("Entscheid vom 12.11.2026: Errichtung einer\nBeistandschaft\nUrs Wicki, AHV-Nr. 756.9999.1139.15\nGuten Tag\n",
         "Entscheid vom 12.11.2026: Errichtung einer Beistandschaft"),
        ("Luzern, den 16.11.2026\nStrafbefehl\nBeschuldigte Person: Kevin Schmid\n1. Es wird eine Busse verhängt.",
         "Strafbefehl"),
        ("Mieter: Arben Gashi\nKirchrainweg 5\n6010 Kriens\nMietzinserhöhung\nSehr geehrte Damen und Hcrren\nText",
         "Mietzinserhöhung"),
        ("Anna Muster, geb. 12.3.1975\nGuten Tag\nText", "Anna Muster, geb. 12.3.1975"),
    ],
)  # fmt: skip
def test_the_subject_is_what_stands_above_the_salutation(below: str, subject: str) -> None:
    assert subject_of(letter(below=below)) == subject


def test_a_sender_is_known_by_enterprise_number_account_and_name() -> None:
    parts = letter()
    bill = BillParties(1, "Verrechnungsstelle Rottal", "CH4431999123000889012")

    keys = sender_keys("Stadtwerke, CHE-1O9.322.551 MWST, CHE-109.322.552", "Stadtwerke Rottal", parts, (bill,))

    assert keys == ("uid:CHE109322551", "iban:CH4431999123000889012", "name:stadtwerke rottal 6004")


@pytest.mark.parametrize(
    "line", ["Sehr geehrte Damen und Herren", "Guten Tag Frau Muster", "uten Tag", "Madame, Monsieur,", "Liebe Anna"]
)
def test_a_salutation_is_one(line: str) -> None:
    assert greets(line)


@pytest.mark.parametrize("line", ["Monsieur", "Liebe Grüsse", "Liebenfelsweg 3", "Gute Tage"])
def test_other_lines_are_no_salutation(line: str) -> None:
    assert not greets(line)


@given(st.text(max_size=600), st.integers(0, 3))
def test_any_page_comes_apart_and_no_line_is_in_two_parts(text: str, blocks: int) -> None:
    parts = parts_of(f"{OURS}\n" * blocks + text)
    lines = [*parts.top, *parts.window, *parts.back, *parts.references, *parts.subject, *parts.body, *parts.closing]

    assert len(lines) <= blocks * 4 + len(text.splitlines()) + text.count("\r")
