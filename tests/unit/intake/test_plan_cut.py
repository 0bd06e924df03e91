"""A batch file from the scanner is planned page by page, whatever the pages are like."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialakte.intake.model import CutPlan, NamedBy, PlannedLetter, UnreadableFileError
from sozialakte.intake.pages.sheet_codes import cover_code, label_code, separator_code
from sozialakte.intake.pdf.extract import write_pages
from sozialakte.intake.plan_cut import plan_cut
from sozialakte.shared.reasons import Reason
from tests.annotated import add_annotation, add_field, free_text
from tests.pdf_bytes import PdfBytes, Placed
from tests.scans import (
    A4_POINTS,
    CLEAN,
    Scanner,
    empty,
    jpeg,
    letter,
    scan_bytes,
    scan_file,
    separator,
    with_code,
)

SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "invoices"
DOSSIER = "SH-2026-00123"
LINES = "Sehr geehrte Damen und Herren\nBesten Dank für Ihre Unterlagen."


@cache
def small_batch() -> bytes:
    pages = [letter(LINES, dpi=90), separator(dpi=90), letter(LINES, dpi=90)]
    return scan_bytes(pages, CLEAN)


def reasons(plan: CutPlan) -> list[str]:
    return [finding.reason.code for finding in plan.findings]


def test_a_badly_scanned_batch_is_cut_at_its_sheets(tmp_path: Path) -> None:
    scanner = Scanner(skew=-1.8, noise=10, paper=225, ink=60)
    labelled = with_code(letter(LINES), label_code(DOSSIER), module_mm=0.5, at_mm=(170, 8))
    cover = separator(cover_code(DOSSIER), "QRCode")
    pages = [letter(LINES), empty(), separator(), labelled, letter(LINES), cover, letter("Ja."), empty()]
    plan = plan_cut(scan_file(tmp_path / "Post vom 1. März + Beilagen.pdf", pages, scanner))
    assert plan.letters == (
        PlannedLetter((1,)),
        PlannedLetter((4, 5), DOSSIER, NamedBy.LABEL),
        PlannedLetter((7,), DOSSIER, NamedBy.COVER),
    )
    assert reasons(plan) == [
        "page.letter",
        "page.blank",
        "page.separator_patch",
        "page.letter_label",
        "page.letter",
        "page.separator_cover",
        "page.letter",
        "page.blank",
    ]


def test_our_separator_cuts_too(tmp_path: Path) -> None:
    pages = [letter(LINES, dpi=200), separator(separator_code(), "QRCode", dpi=200), letter(LINES, dpi=200)]
    plan = plan_cut(scan_file(tmp_path / "scan.pdf", pages))
    assert plan.letters == (PlannedLetter((1,)), PlannedLetter((3,)))


def test_a_plan_is_always_the_same(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(small_batch())
    assert plan_cut(path) == plan_cut(path)


@settings(max_examples=40)
@given(length=st.integers(min_value=0, max_value=len(small_batch()) - 1))
def test_a_file_cut_at_any_byte_is_refused_or_planned_whole(
    tmp_path_factory: pytest.TempPathFactory, length: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "cut-off.pdf"
    path.write_bytes(small_batch()[:length])
    try:
        plan = plan_cut(path)
    except UnreadableFileError:
        return
    assert plan.pages_in == 3
    assert plan.letters == (PlannedLetter((1,)), PlannedLetter((3,)))


@settings(max_examples=60)
@given(changes=st.lists(st.tuples(st.integers(min_value=0), st.sampled_from(b"09[]<>/() Rq\0\xff")), max_size=20))
def test_any_changed_bytes_end_in_a_plan_or_a_named_error(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]]
) -> None:
    pdf = PdfBytes()
    pdf.add_image_page(Placed(jpeg(empty(20)), empty(20).size), A4_POINTS)
    pdf.add_text_page(["Zweite Seite"])
    data = bytearray(pdf.finish())
    for place, byte in changes:
        data[place % len(data)] = byte
    path = tmp_path_factory.getbasetemp() / "changed.pdf"
    path.write_bytes(data)
    try:
        assert plan_cut(path).pages_in == 2
    except UnreadableFileError as error:
        assert error.reason.code.startswith("file.")  # noqa: PT017 - either outcome is right


def test_a_page_nobody_can_look_at_stays_in_its_letter_and_is_copied(tmp_path: Path) -> None:
    pdf = PdfBytes()
    whole = jpeg(letter(LINES))
    for data in (whole, whole[: len(whole) // 2], whole):
        pdf.add_image_page(Placed(data, empty().size), A4_POINTS)
    source = tmp_path / "scan.pdf"
    source.write_bytes(pdf.finish())
    plan = plan_cut(source)
    assert plan.letters == (PlannedLetter((1, 2, 3), doubts=(Reason("doubt.pages_unreadable", {"pages": "2"}),)),)
    assert plan.findings[1].reason == Reason("page.unreadable")
    write_pages(source, plan.letters[0].pages, tmp_path / "letter.pdf")
    assert whole[: len(whole) // 2] in (tmp_path / "letter.pdf").read_bytes()


def test_a_page_that_looks_blank_because_its_image_cannot_be_decoded_is_not_blank(tmp_path: Path) -> None:
    pdf = PdfBytes()
    pdf.add_image_page(Placed(b"no JPEG 2000", (1654, 2339), filter_name="JPXDecode"), A4_POINTS)
    source = tmp_path / "scan.pdf"
    source.write_bytes(pdf.finish())
    assert reasons(plan_cut(source)) == ["page.unreadable"]


@pytest.mark.parametrize(
    "page", ["/MediaBox [0 0 0 0]", "/MediaBox [0 0 -9 100000000000000000000]", "", "/MediaBox 7", "/Contents 99 0 R"]
)
def test_a_page_of_nonsense_has_a_fate(tmp_path: Path, page: str) -> None:
    pdf = PdfBytes()
    pdf.add_text_page(["Erste Seite"])
    pdf.kids.append(pdf.add(f"<< /Type /Page /Parent 2 0 R {page} >>"))
    source = tmp_path / "scan.pdf"
    source.write_bytes(pdf.finish())
    assert reasons(plan_cut(source)) in (["page.letter", "page.blank"], ["page.letter", "page.unreadable"])


def test_text_that_does_not_show_keeps_a_page_from_being_blank(tmp_path: Path) -> None:
    pdf = PdfBytes()
    font = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for text in (b"(Danke) Tj", b""):
        pdf.add_page(b"BT 1 g /F1 11 Tf 72 700 Td " + text + b" ET", A4_POINTS, f"/Font << /F1 {font} 0 R >>")
    source = tmp_path / "scan.pdf"
    source.write_bytes(pdf.finish())
    assert reasons(plan_cut(source)) == ["page.letter", "page.blank"]


def test_a_letter_page_with_a_sticker_keeps_every_page(tmp_path: Path) -> None:
    page = letter("Sehr geehrte Damen und Herren\nIch bin Anna Muster\nund bitte um Hilfe.\n" * 6)
    stuck_on = [
        with_code(page, "PATCHT", symbology="Code128", module_mm=0.3, at_mm=(140, 10)),
        with_code(page, "PATCHT", symbology="Code39", module_mm=0.3, at_mm=(130, 10)),
        with_code(page, separator_code(), at_mm=(150, 10)),
        with_code(page, cover_code(DOSSIER), at_mm=(150, 10)),
    ]
    plan = plan_cut(scan_file(tmp_path / "scan.pdf", [page, *stuck_on, page]))
    assert reasons(plan) == ["page.letter", *["page.letter_sticker"] * 4, "page.letter"]
    assert plan.letters == (
        *(PlannedLetter((number,)) for number in (1, 2, 3, 4)),
        PlannedLetter((5, 6), DOSSIER, NamedBy.LABEL),
    )


@pytest.mark.parametrize("note", ["free text", "field"])
@pytest.mark.parametrize("scan", [True, False])
def test_a_page_that_bears_only_a_note_or_a_filled_field_is_not_blank(tmp_path: Path, note: str, *, scan: bool) -> None:
    pdf = PdfBytes()
    if scan:
        pdf.add_image_page(Placed(jpeg(empty(90)), empty(90).size), A4_POINTS)
    else:
        pdf.add_page(b"", A4_POINTS)
    if note == "field":
        add_field(pdf, "Anna Beispiel")
    else:
        add_annotation(pdf, free_text(pdf, "Anna Beispiel ruft an"))
    source = tmp_path / "scan.pdf"
    source.write_bytes(pdf.finish())
    assert reasons(plan_cut(source)) == ["page.letter"]


def test_a_stream_that_cannot_be_copied_refuses_the_whole_file_before_anything_is_cut(tmp_path: Path) -> None:
    pdf = PdfBytes()
    pdf.add_text_page(["Erste Seite"])
    stream = pdf.add("<< /Length 7000 >>\nstream\nBT ET\nendstream")
    pdf.kids.append(pdf.add(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents {stream} 0 R >>"))
    source = tmp_path / "scan.pdf"
    source.write_bytes(pdf.finish())
    with pytest.raises(UnreadableFileError, match=r"file\.damaged") as refused:
        plan_cut(source)
    assert refused.value.pages == 2


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real invoices are not beside the checkout")
@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.pdf")), ids=lambda path: path.name)
def test_a_real_invoice_is_one_letter_without_blanks(path: Path) -> None:
    plan = plan_cut(path)
    assert [letter.pages for letter in plan.letters] == [tuple(range(1, plan.pages_in + 1))]
    if "sap" not in path.name and "invoice" not in path.name:
        assert [code.format for code in plan.findings[-1].codes] == ["QRCode"]
