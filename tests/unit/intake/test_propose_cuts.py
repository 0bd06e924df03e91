"""Where a letter may be two. Precision counts: what belongs to a letter proposes nothing."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.letter_facts import ProposedCut
from sozialakte.intake.model import Code
from sozialakte.intake.readings import PageReading, TextSource
from sozialakte.intake.understanding.page_numbers import PageNumber, find_page_number
from sozialakte.intake.understanding.propose_cuts import propose_cuts
from sozialakte.shared.reasons import Reason
from tests.corpus.corpus import corpus
from tests.corpus.noise import misread

OURS = "Stadt Luzern\nSoziale Dienste\nPostfach\n6002 Luzern"
CLIENT = "Frau\nAnna Muster\nBahnhofstrasse 3\n6003 Luzern"
BODY = "Sehr geehrte Damen und Herren\nWir teilen Ihnen mit, dass die Wohnung frei ist.\nFreundliche Grüsse"


def first_page(sender: str = "Wohnbau Pilatus AG", window: str = OURS, foot: str = "", head: str = "") -> str:
    above = f"{sender}\nGrosshofstrasse 11, 6010 Kriens\n{head}\n{window}"
    return f"{above}\nKriens, 14. November 2026\nMiete\n{BODY}\n{foot}"


def bill(reference: str, debtor: str = "Anna Muster") -> Code:
    creditor = "CH4431999123000889012\nS\nWerke\n\n\n6000\nLuzern\nCH"
    nobody = "\n" * 7
    payer = f"S\n{debtor}\nWeg\n1\n6003\nLuzern\nCH"
    return Code("QRCode", f"SPC\n0200\n1\n{creditor}{nobody}\n9.00\nCHF\n{payer}\nQRR\n{reference}")


def read(*pages: str | tuple[str, Code]) -> list[PageReading]:
    parts = [(page, ()) if isinstance(page, str) else (page[0], (page[1],)) for page in pages]
    return [PageReading(at, text, TextSource.OCR, codes=codes) for at, (text, codes) in enumerate(parts, start=1)]


def cuts(*pages: str | tuple[str, Code]) -> list[tuple[int, str]]:
    return [(cut.page, cut.reason.code) for cut in propose_cuts(read(*pages))]


def test_another_letter_to_us_is_proposed_with_its_page() -> None:
    assert propose_cuts(read(first_page(), "weiter im Text", first_page("Inkasso Rigi AG"))) == (
        ProposedCut(3, Reason("cut.new_letter", {"page": "3"})),
    )


def test_another_letter_of_the_same_sender_is_one_too() -> None:
    assert cuts(first_page(), first_page()) == [(2, "cut.new_letter")]


def test_a_page_count_that_ended_or_begins_anew_is_a_reason() -> None:
    ended = cuts(first_page(foot="Seite 1/2"), "Ende\nSeite 2/2", first_page("Inkasso Rigi AG"))
    anew = cuts(
        first_page(foot="Seite 1 von 2"), "Ende\nSeite 2 von 2", first_page(foot="Seite 1 von 3"), "Seite 2 von 3"
    )

    assert ended == anew == [(3, "cut.pages_restart")]


def test_what_begins_after_a_payment_part_is_a_new_letter() -> None:
    assert cuts((first_page(), bill("1")), first_page("Inkasso Rigi AG")) == [(2, "cut.after_payment_part")]


def test_bills_for_two_people_are_two_with_one_cut_between() -> None:
    text = "Rechnung\n" + "Leistung Betrag\n" * 90

    assert cuts((text, bill("1")), (text, bill("2", "Beat Roos"))) == [(2, "cut.second_bill")]
    assert cuts((text, bill("1")), text, (text, bill("2", "Beat Roos"))) == [(2, "cut.second_bill")]
    assert cuts((first_page(), bill("1")), first_page(), ("Zahlteil", bill("2", "Beat Roos"))) == [
        (2, "cut.after_payment_part")
    ]


def test_bills_are_told_apart_without_texts() -> None:
    assert cuts(("", bill("1")), ("", bill("2", "Beat Roos"))) == [(2, "cut.second_bill")]


REPORT = (
    "Kantonsspital Luzern\nSpitalstrasse 3\n6000 Luzern 16\nAustrittsbericht\nPatient: Beat Meier, 01.02.1980\nBefund"
)
SHEET = "Kontoauszug\nSaldo 12.00"


def test_another_letterhead_alone_is_a_reason() -> None:
    assert cuts(first_page(), REPORT) == [(2, "cut.letterhead")]
    assert cuts(first_page("Kantonsspital Luzern"), REPORT) == []


def test_a_count_that_begins_anew_alone_is_a_reason() -> None:
    assert cuts("Text\nSeite 2/3", "Text\nSeite 3/3", f"{SHEET}\nSeite 1/2", "mehr\nSeite 2/2") == [
        (3, "cut.pages_restart")
    ]


@pytest.mark.parametrize(
    "sheet",
    [
        "PATCH T\nPATCHT\nTrennblatt Scanzentrum, bitte wiederverwenden",
        "Deckblatt\nDossier SH-2026-00123\nGilt für den einen Brief, der folgt",
        "TRENNBLATT",
        "PATCH-T separator sheet",
        "Trennseite\nNeuer Brief nach diesem Blatt",
    ],
)
def test_a_sheet_whose_code_was_not_found_proposes_the_cut_that_it_stands_for(sheet: str) -> None:
    assert cuts(first_page(), sheet, first_page("Inkasso Rigi AG")) == [(2, "cut.sheet_without_code")]
    assert cuts(first_page(), "weiter", sheet) == [(3, "cut.sheet_without_code")]
    assert cuts(sheet, first_page()) == []


@pytest.mark.parametrize(
    "page",
    [
        "Bitte legen Sie das Trennblatt bei.\n" * 12,
        "Beilage: Deckblatt der Police",
        "Der Patch hilft gegen Schmerzen",
        "Bitte beachten Sie: Das Deckblatt fehlt.",
    ],
)
def test_what_only_speaks_of_sheets_proposes_nothing(page: str) -> None:
    assert cuts(first_page(), page) == []


@pytest.mark.parametrize("page", [REPORT, f"{SHEET}\nSeite 1/2"])
@pytest.mark.parametrize(
    "announced", ["Beilagen: Bericht, Auszug", "Beilage erwähnt", "Beiliegend erhalten Sie Unterlagen."]
)
def test_what_the_letter_announces_is_an_enclosure(page: str, announced: str) -> None:
    assert cuts(first_page(foot="Seite 1/1"), page) != []
    assert cuts(first_page(foot=f"{announced}\nSeite 1/1"), page) == []


def test_what_calls_itself_an_enclosure_is_one() -> None:
    assert cuts(first_page(), f"Beilage 1\n{REPORT}") == cuts(first_page(), f"KOPIE\n{REPORT}") == []


@pytest.mark.parametrize(
    "pages",
    [
        (first_page(), "Rückantwort\nBitte senden Sie uns diese Seite zurück."),
        (first_page(foot="Seite 1/2"), first_page(foot="Seite 2/2")),
        (first_page(foot="Seite 1/1"), "Allgemeine Bedingungen\nSeite 1/4", "Seite 2/4"),
        (first_page(), first_page("Inkasso Rigi AG", CLIENT)),
        (first_page(), first_page(head="KOPIE")),
        (first_page(), "Kontoauszug\n01.11.2026 Gutschrift 120.00\n03.11.2026 Belastung 80.00"),
        ("Rechnung\n", ("Zahlteil Empfangsschein", bill("1"))),
        (("Rechnung\n" * 200, bill("1")), ("Zahlteil 2. Rate", bill("2")), ("Zahlteil 3. Rate", bill("3"))),
        (("Rechnung\n" * 200, bill("1")), ("Rechnung\n" * 200, bill("2"))),
        (("Rechnung\n" * 200, bill("1")), ("Mahnung\n" * 200, bill("1"))),
        (("Rechnung\nSeite 1/2", bill("1")), ("Rechnung\nSeite 2/2", bill("2", "Beat Roos"))),
        ("", "", ""),
        (first_page(),),
        (),
    ],
)
def test_what_belongs_to_the_letter_proposes_nothing(pages: tuple[str | tuple[str, Code], ...]) -> None:
    assert cuts(*pages) == []


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Seite 2/3", PageNumber(2, 3)),
        ("Seite 1 von 2", PageNumber(1, 2)),
        ("Ausgleichskasse Rottal Seite l/2", PageNumber(1, 2)),
        ("Selte 2 / 3", PageNumber(2, 3)),
        ("Seite: 4", PageNumber(4)),
        ("Blatt 1/3", PageNumber(1, 3)),
        ("- 2 -", PageNumber(2)),
        ("2/3", PageNumber(2, 3)),
        ("Page 1 of 2", PageNumber(1, 2)),
        ("Seite 3/2", None),
        ("siehe Seite 2", None),
        ("Seite 2 der Vereinbarung gilt", None),
        ("12.5/100.00", None),
        ("Seite", None),
    ],
)
def test_a_page_number_is_read_from_its_line(line: str, number: PageNumber | None) -> None:
    assert find_page_number(["Ein Satz steht hier.", line]) == number


def test_a_page_follows_the_one_before_it_in_the_same_count() -> None:
    assert PageNumber(2, 3).follows(PageNumber(1, 3))
    assert PageNumber(2, 3).follows(PageNumber(1))
    assert not PageNumber(2, 3).follows(PageNumber(1, 2))
    assert not PageNumber(1, 3).follows(PageNumber(1, 3))


def test_letters_one_after_the_other_are_told_apart_and_none_is_torn() -> None:
    """Recall and precision on the generated corpus, as a fair scan is read."""
    random = Random(11)  # noqa: S311 - seeded on purpose
    to_us = [letter.text for letter in corpus(5, 120).letters if letter.case not in {"bill_debtor", "other_office"}]
    letters = [misread(text, 0.002, random) for text in to_us]
    pairs = [random.sample(letters, 2) for _ in range(150)]
    found = sum(len(propose_cuts(read(*pair))) for pair in pairs)
    annexes = sum(len(propose_cuts(read(letter, "Beilage\nListe der Unterlagen\n"))) for letter in letters)

    assert found >= 0.93 * len(pairs)
    assert annexes == 0


@given(st.lists(st.sampled_from([first_page(), "Seite 2/2", "", BODY, CLIENT]), max_size=6))
def test_a_cut_is_proposed_inside_the_letter_once_a_page(pages: list[str]) -> None:
    proposed = [page for page, _ in cuts(*pages)]

    assert proposed == sorted(set(proposed))
    assert all(1 < page <= len(pages) for page in proposed)
