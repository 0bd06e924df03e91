"""The lines of a biography: why a letter begins where it does, what was read, who decided."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sozialakte.cli.trace_lines import cut_lines, in_order, page_lines, reading_lines, step_lines, upload_lines
from sozialakte.intake.batch import BatchState, ManifestCheck, Upload
from sozialakte.intake.desk import steps
from sozialakte.intake.desk.model import RejectReason
from sozialakte.intake.letter import LetterState
from sozialakte.intake.readings import PageReading, TextSource
from sozialakte.shared.reasons import Reason
from tests.builders import DOSSIER, LATER, NOW, STAFF, a_batch, a_letter, a_letter_in, a_plan


@pytest.mark.parametrize(
    ("sketch", "pages", "why"),
    [
        ("LL S L", (1, 2), "mit der ersten Seite"),
        ("LL S L", (4,), "wegen Seite 3: Trennblatt (PATCHT)"),
        ("LL S B L", (5,), "wegen Seite 3: Trennblatt (PATCHT)"),
        ("B L", (2,), "mit der ersten Seite"),
        ("L L", (2,), "wegen Seite 2"),
    ],
)
def test_a_letter_begins_because_of_the_sheet_before_it_or_its_own_first_page(
    sketch: str, pages: tuple[int, ...], why: str
) -> None:
    lines = [line.text for line in cut_lines(a_letter(pages), a_batch(a_plan(sketch)))]

    assert any(why in line for line in lines)


def test_blanks_on_either_side_are_named() -> None:
    lines = [line.text for line in cut_lines(a_letter((3, 4)), a_batch(a_plan("S B LL B B")))]

    assert "Leerseiten daneben: 2, 5" in lines


def test_a_letter_put_together_by_hand_names_those_before_it() -> None:
    letter = replace(a_letter(), made_from=("a", "b"))

    assert [line.text for line in cut_lines(letter, a_batch())][1] == "Von Hand zusammengestellt aus: a, b"


def test_a_duplicate_has_a_page_each_and_its_reason() -> None:
    batch = replace(a_batch(state=BatchState.DUPLICATE), plan=None, pages_in=2, reason=Reason("page.unreadable"))

    assert [line.text.split(".")[0] for line in page_lines(batch, [], (1, 2))] == ["Seite 1: Doppel", "Seite 2: Doppel"]


def test_the_manifest_stands_beside_the_upload() -> None:
    batch = replace(a_batch(), manifest=ManifestCheck(Upload("2026-01/Stapel 1.csv", "v1"), counted=4))

    assert [line.text for line in upload_lines(batch)][1] == "Begleitliste 2026-01/Stapel 1.csv: 4 Seiten gezählt"


def test_of_what_was_read_only_source_and_confidence_are_told() -> None:
    secret = PageReading(2, "Anna Muster, 756.1234.5678.97", TextSource.OCR, 0.874, notes=(Reason("page.blank"),))
    letter = a_letter_in(LetterState.READ)

    (line,) = reading_lines(letter, [PageReading(1, "", TextSource.TEXT_LAYER), secret], [2])

    assert line.text.startswith("Seite 2: Schrifterkennung, Sicherheit 87 %.")
    assert "Muster" not in line.text


def test_each_step_names_who_made_it_and_the_machine_in_words() -> None:
    rejected = steps.reject(a_letter_in(LetterState.REVIEW), RejectReason.ADVERTISING, STAFF, LATER)

    lines = [line.text for line in in_order(step_lines(rejected))]

    assert lines[0] == "Stand: gelesen (automatisch)."
    assert any(line.startswith(f"Stand: zurückgewiesen ({STAFF}).") for line in lines)


def test_what_speaks_for_the_dossier_stands_with_the_decision_not_with_the_filing() -> None:
    decided = a_letter_in(LetterState.READ).identify(DOSSIER, (Reason("page.letter"),), NOW)
    filed = decided.file(DOSSIER, STAFF, LATER)

    why = [line for line in step_lines(filed) if line.text.startswith("Grund: ")]

    assert [line.at for line in why] == [NOW]
