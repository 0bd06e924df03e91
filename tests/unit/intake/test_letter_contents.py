"""A letter's contents in the form the command and the review show."""

from __future__ import annotations

from sozialakte.intake.letter_contents import read_letter


def test_identifiers_come_in_one_form_and_from_all_pages() -> None:
    contents = read_letter(["Rechnung\nAHV 7569217076985", "Dossier SH 2026 00123, geb. 12. März 1975"])
    assert contents.kind == "bill"
    assert contents.identifiers == {
        "ahv_numbers": ["756.9217.0769.85"],
        "dossier_numbers": ["SH-2026-00123"],
        "birth_dates": ["1975-03-12"],
    }


def test_a_letter_without_text_has_contents_too() -> None:
    contents = read_letter([])
    assert (contents.kind, set(contents.identifiers)) == ("other", {"ahv_numbers", "dossier_numbers", "birth_dates"})
