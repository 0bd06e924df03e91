"""What a letter says, put together from its pages."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialakte.intake.letter_facts import LetterFacts
from sozialakte.intake.model import Code
from sozialakte.intake.pages.sheet_codes import reply_code
from sozialakte.intake.readings import PageReading, TextSource
from sozialakte.intake.understanding.letter_contents import read_letter
from sozialakte.intake.understanding.people_named import Part
from sozialakte.shared.reasons import Reason

RECEIVED = date(2026, 11, 18)
MEGABYTE = 1_000_000


def pages(*texts: str) -> list[PageReading]:
    return [PageReading(at, text, TextSource.OCR, 0.9) for at, text in enumerate(texts, start=1)]


def test_identifiers_come_in_one_form_and_from_all_pages() -> None:
    contents = read_letter(pages("Rechnung\nAHV 7569217076985", "Dossier SH 2026 00123, geb. 12. März 1975"), RECEIVED)

    assert contents.kind == "bill"
    assert contents.identifiers == {
        "ahv_numbers": ["756.9217.0769.85"],
        "dossier_numbers": ["SH-2026-00123"],
        "birth_dates": ["1975-03-12"],
    }


def test_a_letter_without_text_has_contents_too() -> None:
    contents = read_letter([], RECEIVED)

    assert contents.facts == LetterFacts()
    assert set(contents.identifiers) == {"ahv_numbers", "dossier_numbers", "birth_dates"}
    assert (contents.people, contents.references, contents.sender_keys, contents.bills) == ((), (), (), ())


def test_pages_that_were_not_read_and_notes_are_told() -> None:
    form = Reason("page.letter")
    readings = [
        PageReading(1, "Brief", TextSource.OCR, notes=(form,)),
        PageReading(2, "", TextSource.UNREADABLE, 0.0),
        PageReading(3, "Von Hand", TextSource.OCR, 0.2, unread=True, notes=(form,)),
    ]

    facts = read_letter(readings, RECEIVED).facts
    assert (facts.unread_pages, facts.notes) == ((2, 3), (form,))


def test_a_term_from_receipt_counts_from_the_stamp_where_there_is_one() -> None:
    letter = "EINGEGANGEN 17.11.2026\nLuzern, 16. November 2026\nVerfügung\nEinsprache innert 30 Tagen seit Zustellung."
    scanned_later = date(2026, 11, 25)

    assert read_letter(pages(letter), scanned_later).facts.deadline == date(2026, 12, 17)
    unstamped = letter.replace("EINGEGANGEN 17.11.2026\n", "")
    assert read_letter(pages(unstamped), scanned_later).facts.deadline == date(2026, 12, 25)
    impossible = letter.replace("17.11.2026", "17.12.2026")
    assert read_letter(pages(impossible), scanned_later).facts.deadline == date(2026, 12, 25)


def test_a_deadline_on_the_last_page_counts() -> None:
    facts = read_letter(
        pages("Luzern, 16. November 2026\nVerfügung", "Beschwerde innert 30 Tagen seit Zustellung."), RECEIVED
    ).facts

    assert (facts.deadline, facts.urgent) == (date(2026, 12, 18), True)


def test_a_reply_form_of_ours_binds_nobody_here() -> None:
    form = "Luzern, 16. November 2026\nAntwortblatt\nBitte ausfüllen und innert 10 Tagen zurücksenden."
    ours = PageReading(1, form, TextSource.OCR, codes=(Code("QRCode", reply_code("SH-2026-00123")),))

    assert read_letter([ours], RECEIVED).facts.deadline is None
    assert read_letter(pages(form), RECEIVED).facts.deadline == date(2026, 11, 26)


def test_a_payslip_to_the_client_gives_the_client_the_number_on_it() -> None:
    letter = (
        "Hotel AG\n6002 Luzern\n\nFrau\nJoana Ferreira\nWeg 1\n6003 Luzern\n\nLohn Oktober\nAHV-Nr. 756.9217.0769.85"
    )

    (joana,) = read_letter(pages(letter), RECEIVED).people
    assert (joana.part, joana.ahv_number, joana.street) == (Part.ADDRESSEE, "7569217076985", "Weg 1")


def test_a_private_letter_has_its_writer_with_the_name_under_it_too() -> None:
    head = "Daniel Duboch\nZiegelweg 3\n6005 Luzern\n\nSozialamt\n6002 Luzern"
    letter = f"{head}\n\nGuten Tag\nText.\nLiebe Grüsse\nDaniel Dubach"

    (writer,) = read_letter(pages(letter), RECEIVED).people
    assert (writer.part, writer.street) == (Part.SENDER, "Ziegelweg 3")
    assert {"Duboch", "Dubach"} <= {name.family for name in writer.names}


def test_a_debtor_is_read_from_the_code_or_else_from_the_print() -> None:
    printed = "Empfangsschein\nZahlbar durch\nPia Rutschmann\nMarktgasse 28\n9400 Rorschach\n"
    payer = "S\nPia Rutschmann\nMarktgasse\n28\n9400\nRorschach\nCH"
    nothing = "\n" * 7
    code = Code(
        "QRCode", f"SPC\n0200\n1\nCH44\nS\nWerke\n\n\n6000\nLuzern\nCH{nothing}\n9.00\nCHF\n{payer}\nNON\n\n\nEPD"
    )

    for reading in (PageReading(1, "", TextSource.OCR, codes=(code,)), PageReading(1, printed, TextSource.OCR)):
        debtor = read_letter([reading], RECEIVED).people[-1]
        assert (debtor.part, debtor.names[0].family, debtor.street) == (Part.DEBTOR, "Rutschmann", "Marktgasse 28")


def test_staff_of_ours_in_the_window_are_only_mentioned() -> None:
    (staff,) = read_letter(
        pages("Meier AG\n\nSoziale Dienste\nFrau Sonja Graf\n6002 Luzern\n\nGuten Tag"), RECEIVED
    ).people

    assert (staff.part, staff.relation) == (Part.MENTIONED, "zuhanden")


PIECES = (
    "Herr Hans Müller|geb. 12.3.1975|756.9217.0769.85|innert 10 Tagen|Seite 1/2|6003 Luzern|\n|, |Soziale Dienste|"
    "Kunden-Nr. 4711|Guten Tag|Freundliche Grüsse|bis 30.11.2026|Mahnung|EINGEGANGEN"
)
WORDS = st.sampled_from(PIECES.split("|"))
REPEATED = (
    "a|A |1|1.1.| |\n|Muster\n|12.03.1975 |Herr Hans Müller, geb. 1.2.1980, |innert 10 Tagen |strasse 1 |6003 Luzern\n|"
    "Kunden-Nr. 1 1 |756.9217.0769.85 |A-|A, |bis am |ü|(|Seite 1/2\n"
)


@given(st.lists(st.lists(st.one_of(WORDS, st.text(max_size=20)), max_size=30).map(" ".join), max_size=4))
@settings(deadline=None)
def test_any_text_gives_contents(texts: list[str]) -> None:
    contents = read_letter(pages(*texts), RECEIVED)

    assert all(1 < cut.page <= len(texts) for cut in contents.facts.proposed_cuts)
    assert all(person.names or person.birth_date or person.ahv_number for person in contents.people)


@pytest.mark.parametrize("piece", REPEATED.split("|"))
def test_a_megabyte_of_text_takes_less_than_a_second(piece: str) -> None:
    text = (piece * (MEGABYTE // len(piece) + 1))[:MEGABYTE]

    began = time.process_time()
    read_letter(pages(text, text[:20_000], text[:20_000]), RECEIVED)
    assert time.process_time() - began < 1.5  # a margin for machines that do other things
