"""The committed scans and their truth fit together."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pypdf
import pytest
import zxingcpp
from PIL import Image

from sozialakte.intake.local_upload import as_pdf
from sozialakte.intake.manifest import parse_manifest
from sozialakte.intake.model import Code, PageFate, UnreadableFileError
from sozialakte.intake.pages.order import PageOrder
from sozialakte.intake.pages.sheet_codes import SheetKind, is_patch, parse
from sozialakte.intake.pdf.check import check_pdf
from sozialakte.intake.plan_cut import plan_cut
from tests.demo.generate import REGISTER
from tests.demo.letters import Clue
from tests.demo.truth import MAIL, Delivery, LetterTruth, expected_ledger, fates_of, read_deliveries, read_truth

DELIVERIES = read_deliveries(MAIL).deliveries
BATCHES = [delivery.file for delivery in DELIVERIES if delivery.state == "closed"]
PDFS = [file for file in BATCHES if file.endswith(".pdf")]
IN_LETTERS = {"filed", "review", "forwarded"}
LARGEST = 10**9
CODED = {Clue.LABEL: SheetKind.LABEL, Clue.REPLY: SheetKind.REPLY}


@pytest.mark.parametrize("file", BATCHES)
def test_every_page_has_one_fate(file: str) -> None:
    truth = read_truth(MAIL, file)

    assert [page.page for page in truth.pages] == list(range(1, len(truth.pages) + 1))
    assert {page.fate for page in truth.pages} <= {*IN_LETTERS, "separator", "blank", "rejected"}


@pytest.mark.parametrize("file", BATCHES)
def test_every_letter_page_is_in_one_letter(file: str) -> None:
    truth = read_truth(MAIL, file)
    fates = {page.page: page.fate for page in truth.pages}

    in_letters = [page for letter in truth.letters for page in letter.pages]

    assert sorted(in_letters) == [page for page, fate in fates.items() if fate in IN_LETTERS]
    assert all({fates[page] for page in letter.pages} == {letter.outcome} for letter in truth.letters)


@pytest.mark.parametrize("file", BATCHES)
def test_a_letter_without_dossier_is_forwarded_or_belongs_into_review(file: str) -> None:
    for letter in read_truth(MAIL, file).letters:
        elsewhere = "forwarded" if letter.destination else "review"
        assert letter.outcome == ("filed" if letter.dossier else elsewhere)
        assert (letter.inbox is None) == (letter.dossier is None)


@pytest.mark.parametrize("delivery", DELIVERIES, ids=lambda delivery: delivery.uploaded_as)
def test_files_have_the_pages_that_the_truth_tells(delivery: Delivery, tmp_path: Path) -> None:
    if delivery.state == "rejected":
        with pytest.raises(UnreadableFileError) as refused:
            check_pdf(MAIL / delivery.file)
        assert refused.value.pages == delivery.pages_in
    else:
        found = sum(fate != "rejected" for fate in fates_of(MAIL, delivery).values())
        assert check_pdf(as_pdf(MAIL / delivery.file, tmp_path / "batch.pdf", LARGEST)) == found
        assert len(fates_of(MAIL, delivery)) == delivery.pages_in


def test_the_demo_shows_every_fate_there_is() -> None:
    fates = expected_ledger(MAIL, read_deliveries(MAIL))

    assert fates.keys() == {*IN_LETTERS, "separator", "blank", "duplicate", "rejected"}
    assert sum(fates.values()) == sum(delivery.pages_in for delivery in DELIVERIES)


def test_at_least_60_pages_in_four_batches() -> None:
    assert len(BATCHES) >= 4
    assert sum(delivery.pages_in for delivery in DELIVERIES if delivery.state == "closed") >= 60


@pytest.mark.parametrize("file", BATCHES)
def test_every_batch_is_cut_as_the_truth_tells(file: str, tmp_path: Path) -> None:
    truth = read_truth(MAIL, file)
    manifest = next(delivery.manifest for delivery in DELIVERIES if delivery.file == file)
    order = parse_manifest((MAIL / manifest).read_bytes()).order if manifest else PageOrder.AS_READ

    plan = plan_cut(as_pdf(MAIL / file, tmp_path / "batch.pdf", LARGEST), order)

    set_aside = {page.page: page.fate for page in truth.pages if page.fate in {"separator", "blank"}}
    assert {found.page: found.fate.value for found in plan.findings if found.fate is not PageFate.LETTER} == set_aside
    assert [list(letter.pages) for letter in plan.letters] == [letter.pages for letter in truth.letters]
    assert {doubt.code for letter in plan.letters for doubt in letter.doubts} <= {"doubt.proposed_cut"}


def test_manifests_count_as_the_truth_does_but_for_the_page_that_never_came() -> None:
    counted = {delivery.file: delivery for delivery in DELIVERIES if delivery.manifest}

    for file, delivery in counted.items():
        manifest = parse_manifest((MAIL / (delivery.manifest or "")).read_bytes())
        assert manifest.names(delivery.uploaded_as)
        assert manifest.pages == delivery.pages_in == len(read_truth(MAIL, file).pages)
    assert {fate for file in counted for fate in (page.fate for page in read_truth(MAIL, file).pages)} >= {"rejected"}


def test_what_builds_on_earlier_letters_comes_after_the_letter_that_teaches() -> None:
    late = [delivery for delivery in DELIVERIES if delivery.after_all]

    known = [file for file in BATCHES for letter in read_truth(MAIL, file).letters if letter.clue == Clue.REFERENCE]
    assert known
    assert known == [delivery.file for delivery in late] == [DELIVERIES[-1].file]


def test_file_names_are_as_awkward_as_in_life() -> None:
    names = "".join(delivery.uploaded_as for delivery in DELIVERIES)

    assert all(awkward in names for awkward in (" ", "ü", "ö", "+", "&", "%", "(", ","))


def test_committed_mail_stays_small() -> None:
    assert sum(path.stat().st_size for path in MAIL.iterdir()) < 8_000_000


@pytest.mark.parametrize("file", PDFS)
def test_every_code_is_read_at_full_scale(file: str) -> None:
    truth = read_truth(MAIL, file)
    pictures = _pictures(MAIL / file)

    for page in truth.pages:
        if page.fate == "separator":
            assert any(_separates(code) for code in _codes(pictures[page.page])), page
    for letter in truth.letters:
        if Clue(letter.clue) in CODED and letter.pages[0] in pictures:
            _assert_names_its_dossier(letter, _codes(pictures[letter.pages[0]]))


def test_cover_names_the_dossier_of_the_letter_after_it() -> None:
    for file in BATCHES:
        truth = read_truth(MAIL, file)
        for letter in truth.letters:
            if letter.clue == Clue.COVER:
                cover = truth.pages[letter.pages[0] - 2]
                assert (cover.fate, cover.what) == ("separator", f"cover {letter.dossier}")


def test_expected_dossiers_and_inboxes_are_in_the_register() -> None:
    dossiers = {row["dossier_id"] for row in _rows("dossiers.csv") if row["status"] == "open"}
    present = {row["staff_id"] for row in _rows("staff.csv") if row["active"] == "yes"}
    present -= {row["staff_id"] for row in _rows("absences.csv")}

    filed = [letter for file in BATCHES for letter in read_truth(MAIL, file).letters if letter.dossier]

    assert {letter.dossier for letter in filed} <= dossiers
    assert {letter.inbox for letter in filed} <= present


def test_three_pages_of_the_demo_are_born_digital() -> None:
    pages = [page for file in PDFS for page in pypdf.PdfReader(MAIL / file).pages]

    assert sum(bool(page.extract_text().strip()) for page in pages) == 3


def test_a_form_and_a_script_lie_in_the_mail() -> None:
    pages = [page for file in PDFS for page in pypdf.PdfReader(MAIL / file).pages]

    assert sum("/Annots" in page for page in pages) == 1
    assert sum("/AA" in page for page in pages) == 1


def _pictures(path: Path) -> dict[int, Image.Image]:
    """The scans as they lie in the file, by page."""
    pages = enumerate(pypdf.PdfReader(path).pages, start=1)
    return {number: Image.open(io.BytesIO(page.images[0].data)) for number, page in pages if len(page.images)}


def _codes(picture: Image.Image) -> list[Code]:
    return [Code(found.format.name, found.text) for found in zxingcpp.read_barcodes(picture)]


def _separates(code: Code) -> bool:
    sheet = parse(code.text)
    return is_patch(code) or (sheet is not None and sheet.kind in {SheetKind.SEPARATOR, SheetKind.COVER})


def _assert_names_its_dossier(letter: LetterTruth, codes: list[Code]) -> None:
    sheets = [parse(code.text) for code in codes]

    named = {(sheet.kind, sheet.dossier_id) if sheet else None for sheet in sheets}
    assert named == {(CODED[Clue(letter.clue)], letter.dossier)}
    if letter.clue == Clue.LABEL:  # QR and Code 128, both
        assert len(codes) == 2


def _rows(name: str) -> list[dict[str, str]]:
    with (REGISTER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))
