"""A letter as PDF/A-2b: what the file says about itself, and that it is the same file every time."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import page as validator
import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

from sozialakte.intake.pages.images import PageImageError, open_document, open_page
from sozialakte.intake.pdf.check import check_pdf, open_source
from sozialakte.intake.pdfa.metadata import srgb_profile
from sozialakte.intake.pdfa.own_words import own_words
from sozialakte.intake.pdfa.words import Word
from sozialakte.intake.pdfa.writer import PdfAWriter
from tests.pdf_bytes import PdfBytes, Placed
from tests.pdfa_pages import jpeg, page_of, written
from tests.pdfa_rules import broken_rules
from tests.scans import A4_POINTS, letter, scan_bytes

WORDS = [Word("Grüezi", 0.1, 0.1, 0.5, 0.2)]
BILLS = sorted(Path("../shared/samples/invoices").glob("*.pdf"))


def mixed() -> bytes:
    """A scan, a page of print, and a scan lying on its side."""
    pdf, scan = PdfBytes(), letter("Guten Tag", dpi=60)
    pdf.add_image_page(Placed(jpeg("RGB"), (200, 300), colour_space="DeviceRGB"), (300, 450))
    pdf.add_text_page(["Ihre Rechnung vom 1. Mai"])
    pdf.add_image_page(Placed(jpeg("L"), (200, 300)), A4_POINTS, "/Rotate 90")
    assert scan.size
    return pdf.finish()


def test_the_same_pages_and_words_give_the_same_bytes(tmp_path: Path) -> None:
    files = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        files.append(written(tmp_path / name, mixed(), WORDS).read_bytes())
    assert files[0] == files[1]


@pytest.mark.parametrize(("words", "title"), [([], "L-1"), (WORDS, "L-2")])
def test_other_content_has_another_identifier(tmp_path: Path, words: list[Word], title: str) -> None:
    identifiers = set()
    for name, given, said in (("a", WORDS, "L-1"), ("b", words, title)):
        (tmp_path / name).mkdir()
        identifiers.add(str(PdfReader(written(tmp_path / name, mixed(), given, title=said)).trailer["/ID"]))
    assert len(identifiers) == 2


def test_the_file_names_its_level_its_title_and_nothing_of_its_making(tmp_path: Path) -> None:
    path = written(tmp_path, mixed(), WORDS, title="L-1 <&>")
    reader = PdfReader(path, strict=True)
    assert reader.metadata is None, "no document information, so nothing that could contradict the XMP packet"
    xmp = reader.xmp_metadata
    assert xmp is not None
    assert xmp.dc_title == {"x-default": "L-1 <&>"}
    assert (xmp.xmp_create_date, xmp.xmp_modify_date) == (None, None)
    assert str(datetime.now().year).encode() not in path.read_bytes()  # noqa: DTZ005 - any date of now


def test_renditions_are_told_to_people_and_programs(tmp_path: Path) -> None:
    reader = PdfReader(written(tmp_path, mixed(), WORDS))
    assert reader.page_labels == ["1", "Wiedergabe 2", "3"]
    assert reader.xmp_metadata is not None
    said = {"x-default": "Wiedergabe statt Scan: Seite 2. Massgebend ist das Original."}
    assert reader.xmp_metadata.dc_description == said


def test_a_letter_of_scans_has_no_flag(tmp_path: Path) -> None:
    reader = PdfReader(written(tmp_path, scan_bytes([letter("eins", dpi=60)] * 3)))
    assert reader.page_labels == ["1", "2", "3"]
    assert "/PageLabels" not in reader.root_object
    assert reader.xmp_metadata is not None
    assert reader.xmp_metadata.dc_description == {}


def test_a_page_that_cannot_be_shown_is_told(tmp_path: Path) -> None:
    with PdfAWriter(tmp_path / "letter.pdf", "L-1") as writer:
        writer.add_missing()
    assert check_pdf(tmp_path / "letter.pdf") == 1
    assert broken_rules((tmp_path / "letter.pdf").read_bytes()) == []
    assert PdfReader(tmp_path / "letter.pdf").page_labels == ["Wiedergabe 1"]
    with pypdfium2.PdfDocument(tmp_path / "letter.pdf") as document:
        image: Image.Image = document[0].render(grayscale=True).to_pil()
    assert sum(image.histogram()[:128]) > 200, "a notice in print"


@pytest.mark.parametrize("points", [(0, 0), (1, 900_000), (900_000, 900_000)])
def test_a_page_of_an_absurd_size_is_made_to_fit(tmp_path: Path, points: tuple[float, float]) -> None:
    pdf = PdfBytes()
    pdf.add_page(b"", points)
    assert broken_rules(written(tmp_path, pdf.finish()).read_bytes()) == []


def test_a_page_of_too_many_pixels_names_itself_and_leaves_no_half_file(tmp_path: Path) -> None:
    pdf = PdfBytes()
    number = pdf.add_stream(
        b"x", "/Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceCMYK"
    )
    pdf.add_page(b"q 9 0 0 9 0 0 cm /I Do Q", (9, 9), f"/XObject << /I {number} 0 R >>")
    with pytest.raises(PageImageError, match=r"page\.too_large"):
        written(tmp_path, pdf.finish())
    assert not (tmp_path / "letter.pdf").exists()


def test_what_the_source_hides_or_does_stays_behind(tmp_path: Path) -> None:
    action = "/AA << /O << /S /JavaScript /JS (app.alert\\(1\\)) >> >> /PieceInfo << /Secret (Geheim) >>"
    data = written(tmp_path, page_of("colour, interpolated", extra=action)).read_bytes()
    assert not any(mark in data for mark in (b"JavaScript", b"Geheim", b"/AA", b"/Intent"))


def test_the_profile_is_srgb_and_always_the_same() -> None:
    profile = srgb_profile()
    assert len(profile) == int.from_bytes(profile[:4])
    assert profile[8:12] == b"\x04\x20\x00\x00"
    assert profile[12:24] == b"mntrRGB XYZ "
    assert profile[24:36] == bytes.fromhex("07d000010001000000000000"), "1 January 2000"


@pytest.mark.skipif(not BILLS, reason="the sample bills are not there")
@pytest.mark.parametrize("bill", BILLS, ids=lambda bill: bill.name)
def test_real_bills_are_rendered_with_their_words(bill: Path, tmp_path: Path) -> None:
    target = tmp_path / "letter.pdf"
    with open_document(bill) as document, open_source(bill) as source, PdfAWriter(target, "L-1") as writer:
        for number in range(1, len(document) + 1):
            with open_page(document, number) as page:
                writer.add_page(source, number, page, own_words(page))
        texts = [document[0].get_textpage().get_text_range()]
    with pypdfium2.PdfDocument(target) as document:
        texts.append(document[0].get_textpage().get_text_range())
    assert sorted(texts[0].split()) == sorted(texts[1].split())
    assert broken_rules(target.read_bytes()) == []
    assert validator.is_pdf_compliant(target, profile=validator.ValidationProfile.PDF_A_2B)
