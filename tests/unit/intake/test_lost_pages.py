"""A page whose content is missing or cut short is neither blank nor whole: it stays, and a person looks at it."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from sozialakte.intake.model import CutPlan
from sozialakte.intake.pages.sheet_codes import cover_code
from sozialakte.intake.pages.texts import read_chunk
from sozialakte.intake.plan_cut import plan_cut
from sozialakte.intake.readings import TextSource
from tests.odd_images import WAYS, fax_group_4, flate_grey, jbig2, jpeg_2000
from tests.pdf_bytes import PdfBytes, Placed
from tests.scans import A4_POINTS, CLEAN, empty, jpeg, letter, scanned, separator

TEXT = "Sehr geehrte Damen und Herren, die Frist läuft am 30. November 2026 ab.\n" * 12
DRAWN = b"q 595 0 0 842 0 0 cm /Im0 Do Q"
END_OF_JPEG = b"\xff\xd9"
LOST = ("doubt.pages_unreadable", {"pages": "2"})
INCOMPLETE = ("doubt.pages_incomplete", {"pages": "2"})


@cache
def page() -> Image.Image:
    return letter(TEXT, dpi=100)


@cache
def whole() -> Placed:
    return Placed(jpeg(page()), page().size)


def drawing(resources: str) -> Callable[[PdfBytes], object]:
    return lambda pdf: pdf.add_page(DRAWN, A4_POINTS, resources)


def showing(image: Placed) -> Callable[[PdfBytes], object]:
    return lambda pdf: pdf.add_image_page(image, A4_POINTS)


def with_contents(pdf: PdfBytes, contents: str) -> None:
    look = f"/MediaBox [0 0 595 842] /Contents {contents} /Resources << >>"
    pdf.kids.append(pdf.add(f"<< /Type /Page /Parent 2 0 R {look} >>"))


def contents_missing(pdf: PdfBytes) -> None:
    with_contents(pdf, "9999 0 R")


def contents_that_do_not_unpack(pdf: PdfBytes) -> None:
    with_contents(pdf, f"{pdf.add_stream(b'garbage' * 30, '/Filter /FlateDecode')} 0 R")


def contents_cut_short(pdf: PdfBytes) -> None:
    packed = zlib.compress(b" " * 5000 + DRAWN)
    with_contents(pdf, f"{pdf.add_stream(packed[:10], '/Filter /FlateDecode')} 0 R")


def inline_image(pdf: PdfBytes) -> None:
    drawn = b"q 595 0 0 842 0 0 cm BI /W 100 /H 100 /BPC 8 /CS /G /F /Fl ID \x01\x02\x03\x04 EI Q"
    pdf.add_page(drawn, A4_POINTS)


def image_in_a_form(pdf: PdfBytes) -> None:
    image = pdf.add_stream(b"x", flate_grey(page()).entries)
    inside = f"/Resources << /XObject << /Im0 {image} 0 R >> >>"
    form = pdf.add_stream(DRAWN, f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] {inside}")
    pdf.add_page(b"/Im0 Do", A4_POINTS, f"/XObject << /Im0 {form} 0 R >>")


def second_image_missing(pdf: PdfBytes) -> None:
    """An empty scan, and beside it what the page is about."""
    image = Placed(jpeg(empty(100)), empty(100).size)
    number = pdf.add_stream(image.data, image.entries)
    pdf.add_page(DRAWN + b" /Im1 Do", A4_POINTS, f"/XObject << /Im0 {number} 0 R /Im1 9999 0 R >>")


BROKEN: dict[str, Callable[[PdfBytes], object]] = {
    "image missing": drawing("/XObject << /Im0 9999 0 R >>"),
    "image null": drawing("/XObject << /Im0 null >>"),
    "no resources": drawing(""),
    "contents missing": contents_missing,
    "contents that do not unpack": contents_that_do_not_unpack,
    "contents cut short": contents_cut_short,
    "inline image": inline_image,
    "image in a form": image_in_a_form,
    "second image missing": second_image_missing,
    "no data": showing(replace(flate_grey(page()), data=b"")),
    "garbage at the head": showing(replace(flate_grey(page()), data=b"Z" * 30 + flate_grey(page()).data[30:])),
    "three bytes": showing(replace(flate_grey(page()), data=flate_grey(page()).data[:3])),
    "garbage for LZW": showing(replace(flate_grey(page()), filter_name="LZWDecode")),
    "unknown filter": showing(replace(flate_grey(page()), filter_name="FooDecode")),
    "Group 4 of zeros": showing(replace(fax_group_4(page()), data=bytes(4000))),
    "JBIG2 of four bytes": showing(replace(jbig2(page()), data=jbig2(page()).data[:4])),
    "JPEG 2000 cut short": showing(replace(jpeg_2000(page()), data=jpeg_2000(page()).data[:900])),
}


def planned(path: Path, add: Callable[[PdfBytes], object]) -> CutPlan:
    """The plan for a letter's page, the page in question, and another page of the letter."""
    pdf = PdfBytes()
    showing(whole())(pdf)
    add(pdf)
    showing(whole())(pdf)
    path.write_bytes(pdf.finish())
    return plan_cut(path)


def doubts(plan: CutPlan) -> list[tuple[str, dict[str, str]]]:
    return [(doubt.code, dict(doubt.params)) for letter in plan.letters for doubt in letter.doubts]


def cut_short(way: str, share: float) -> Placed:
    image = WAYS[way](page())
    end = END_OF_JPEG if image.filter_name == "DCTDecode" else b""
    return replace(image, data=image.data[: round(len(image.data) * share)] + end)


@pytest.mark.parametrize("broken", BROKEN)
def test_a_page_of_which_nothing_is_there_is_not_blank(tmp_path: Path, broken: str) -> None:
    plan = planned(tmp_path / "scan.pdf", BROKEN[broken])
    assert [letter.pages for letter in plan.letters] == [(1, 2, 3)]
    expected = {"page.unreadable": LOST, "page.incomplete": INCOMPLETE}  # the latter where black is shown instead
    assert doubts(plan) == [expected[plan.findings[1].reason.code]]


@pytest.mark.parametrize("way", sorted(WAYS.keys() - {"jpeg_2000"}))
def test_an_image_that_ends_early_is_not_whole(tmp_path: Path, way: str) -> None:
    plan = planned(tmp_path / "scan.pdf", showing(cut_short(way, 0.25)))
    assert plan.findings[1].reason.code == "page.incomplete"
    assert doubts(plan) == [INCOMPLETE]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_scan_that_ends_early_is_not_whole_however_it_is_turned(tmp_path: Path, share: float, rotation: int) -> None:
    data = jpeg(scanned(page()))
    image = Placed(data[: round(len(data) * share)] + END_OF_JPEG, page().size)
    plan = planned(tmp_path / "scan.pdf", lambda pdf: pdf.add_image_page(image, A4_POINTS, f"/Rotate {rotation}"))
    assert plan.findings[1].reason.code == "page.incomplete"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("what", ["letter", "blank"])
def test_what_is_whole_raises_no_doubt(tmp_path: Path, way: str, what: str) -> None:
    image = page() if what == "letter" else empty(100)
    plan = planned(tmp_path / "scan.pdf", showing(WAYS[way](image)))
    assert plan.findings[1].reason.code == f"page.{what}"
    assert doubts(plan) == []


def test_a_grey_edge_is_not_taken_for_a_missing_end(tmp_path: Path) -> None:
    grey = page().copy()
    ImageDraw.Draw(grey).rectangle((0, grey.height - 40, grey.width, grey.height), fill=128)
    plan = planned(tmp_path / "scan.pdf", showing(Placed(jpeg(grey, 95), grey.size)))
    assert doubts(plan) == []


def test_a_cover_sheet_that_is_not_whole_is_kept_in_the_letter_that_it_names(tmp_path: Path) -> None:
    image = flate_grey(scanned(separator(cover_code("SH-2026-00123"), "QRCode", dpi=150), CLEAN))
    begins = replace(image, data=image.data[: len(image.data) * 3 // 4])
    plan = planned(tmp_path / "scan.pdf", showing(begins))
    assert [letter.pages for letter in plan.letters] == [(1,), (2, 3)]
    assert doubts(plan) == [("doubt.pages_incomplete", {"pages": "1"})]


@pytest.mark.parametrize("broken", ["JPEG 2000 cut short", "image missing", "unknown filter", "garbage at the head"])
def test_reading_says_that_a_page_cannot_be_read(tmp_path: Path, broken: str) -> None:
    source = tmp_path / "scan.pdf"
    planned(source, BROKEN[broken])
    (read,) = read_chunk(source, [2], tmp_path / "read.pdf")
    assert (read.source, read.unread) == (TextSource.UNREADABLE, True)
    assert [note.code for note in read.notes] == ["page.unreadable"]


def test_reading_says_that_a_part_of_a_page_is_missing(tmp_path: Path) -> None:
    source = tmp_path / "scan.pdf"
    data = jpeg(letter(TEXT, dpi=150))
    planned(source, showing(Placed(data[: len(data) // 3] + END_OF_JPEG, letter(TEXT, dpi=150).size)))
    (read,) = read_chunk(source, [2], tmp_path / "read.pdf")
    assert read.source is TextSource.OCR
    assert "page.incomplete" in [note.code for note in read.notes]
