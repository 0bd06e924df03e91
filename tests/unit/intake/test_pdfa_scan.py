"""A scan stays byte for byte what it was where PDF/A allows it; everything else is rendered, and flagged."""

from __future__ import annotations

from pathlib import Path

import page as validator
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat
from pypdf import PdfReader
from pypdf.generic import StreamObject

from sozialakte.intake.pdf.check import check_pdf
from tests.pdfa_pages import CHANGES, DRAWN, STAYS, page_of, picture, written
from tests.pdfa_rules import broken_rules

TEXT = b" BT /T 9 Tf 20 20 Td (Eingang) Tj ET"
FONT = "/Font << /T << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
HALF = "/ExtGState << /G << /ca 0.5 >> >>"
NOTE = "/Annots [<< /Type /Annot /Subtype /Square /Rect [9 9 60 60] /C [1 0 0] /F 4 >>]"


def images_of(path: Path) -> list[bytes]:
    """The bytes of the images of the first page, as stored."""
    images = [one.get_object() for one in PdfReader(path).pages[0]["/Resources"]["/XObject"].values()]  # type: ignore[index]
    return [image._data for image in images if isinstance(image, StreamObject)]  # noqa: SLF001 - get_data() decodes


def is_flagged(path: Path) -> bool:
    return PdfReader(path).page_labels == ["Wiedergabe 1"]


def seen(path: Path) -> Image.Image:
    with pypdfium2.PdfDocument(path) as document:
        image: Image.Image = document[0].render(scale=2).to_pil()
    return image.convert("RGB")


def assert_looks_alike(path: Path, other: Image.Image, most: float = 3.0) -> None:
    """The mean difference of the channels, of 255 levels."""
    image = seen(path)
    assert image.size == other.size
    assert max(ImageStat.Stat(ImageChops.difference(image, other)).mean) < most


def assert_sound(path: Path) -> None:
    assert broken_rules(path.read_bytes()) == []
    assert validator.is_pdf_compliant(path, profile=validator.ValidationProfile.PDF_A_2B)
    assert check_pdf(path) == 1


@pytest.mark.parametrize("kind", STAYS)
def test_an_image_that_pdf_a_allows_stays_as_it_is(tmp_path: Path, kind: str) -> None:
    path = written(tmp_path, page_of(kind))
    assert images_of(path) == [STAYS[kind][1]()]
    assert not is_flagged(path)
    assert_looks_alike(path, seen(tmp_path / "original.pdf"), 0.01)
    assert_sound(path)


@pytest.mark.parametrize("kind", CHANGES)
def test_an_image_that_pdf_a_forbids_is_rendered_and_flagged(tmp_path: Path, kind: str) -> None:
    path = written(tmp_path, page_of(kind))
    assert is_flagged(path)
    assert_looks_alike(path, seen(tmp_path / "original.pdf"), 8.0)
    assert_sound(path)


@pytest.mark.parametrize(
    ("content", "resources", "extra"),
    [
        (DRAWN + TEXT, FONT, ""),
        (DRAWN + b" q 40 0 0 40 50 90 cm /I Do Q", "", ""),
        (DRAWN + b" 1 0 0 rg 10 10 30 30 re f", "", ""),
        (b"0 0 50 150 re W n " + DRAWN, "", ""),
        (b"50 0 m 100 150 l 0 150 l h W n " + DRAWN, "", ""),
        (b"q /G gs " + DRAWN + b" Q", HALF, ""),
        (DRAWN, "", NOTE),
        (b"", "", ""),
    ],
    ids=["text", "twice", "drawing", "cut", "cut slanting", "pale", "note", "nothing"],
)
def test_a_page_that_is_more_or_less_than_its_image_is_rendered(
    tmp_path: Path, content: bytes, resources: str, extra: str
) -> None:
    path = written(tmp_path, page_of("grey JPEG", content, resources, extra))
    assert is_flagged(path)
    assert_looks_alike(path, seen(tmp_path / "original.pdf"))
    assert_sound(path)


@pytest.mark.parametrize(
    "content",
    [
        b"q 0 0 100 150 re W n " + DRAWN + b" Q",
        b"q 0.5 0 0 0.5 0 0 cm 0 0 200 300 re W* n q 2 0 0 2 0 0 cm " + DRAWN + b" Q Q",
    ],
)
def test_a_clipping_path_around_the_page_cuts_nothing(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path, page_of("grey JPEG", content))
    assert not is_flagged(path)


def test_invisible_text_of_the_scanner_does_not_make_it_print(tmp_path: Path) -> None:
    path = written(tmp_path, page_of("grey JPEG", DRAWN + b" BT 3 Tr /T 9 Tf 20 20 Td (Brief) Tj ET", FONT))
    assert not is_flagged(path)
    assert PdfReader(path).pages[0].extract_text() == ""


@pytest.mark.parametrize(("colour", "flagged"), [(b"0 g", False), (b"1 0 0 rg", True), (b"0.5 g", True)])
def test_only_a_black_stencil_stays(tmp_path: Path, colour: bytes, flagged: bool) -> None:
    path = written(tmp_path, page_of("Group 4 stencil", colour + b" " + DRAWN))
    assert is_flagged(path) is flagged
    assert_looks_alike(path, seen(tmp_path / "original.pdf"))


@pytest.mark.parametrize("kind", ["grey JPEG", "CMYK JPEG"])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize(
    "extra", ["", "/Rotate 90", "/Rotate 180 /CropBox [10 20 70 150]", "/Rotate 270", "/CropBox [-20 -20 50 500]"]
)
def test_the_page_is_shown_as_it_was_and_turned(tmp_path: Path, kind: str, turn: int, extra: str) -> None:
    path = written(tmp_path, page_of(kind, extra=extra), turn=turn)
    assert_looks_alike(path, seen(tmp_path / "original.pdf").rotate(-turn, expand=True), 4.0)


def test_the_image_keeps_its_place_on_the_page(tmp_path: Path) -> None:
    path = written(tmp_path, page_of("grey JPEG", b"q 30 5 -8 60 20 10 cm /I Do Q"))
    assert not is_flagged(path)
    assert_looks_alike(path, seen(tmp_path / "original.pdf"), 0.5)


@pytest.mark.parametrize(
    ("points", "extra", "size", "unit"),
    [
        ((100, 150), "/UserUnit 2", (200, 300), 1),
        ((100, 150), "/UserUnit (x)", (100, 150), 1),
        ((1, 1.5), "", (3, 3), 1),
        ((28800, 14400), "", (14400, 7200), 2),
        ((14400, 14400), "/UserUnit 3", (14400, 14400), 3),
        ((14400, 14400), "/UserUnit 5000", (14400, 14400), 1000),
    ],
)
def test_sizes_stay_within_what_pdf_a_allows(
    tmp_path: Path, points: tuple[float, float], extra: str, size: tuple[float, float], unit: float
) -> None:
    path = written(tmp_path, page_of("grey JPEG", extra=extra, points=points))
    page = PdfReader(path).pages[0]
    assert (float(page.mediabox.width), float(page.mediabox.height)) == size
    assert page.get("/UserUnit", 1) == unit
    assert_sound(path)


def test_the_picture_of_these_tests_has_no_symmetry() -> None:
    image = picture()
    turned = [image.rotate(turn, expand=True).resize(image.size) for turn in (90, 180, 270)]
    assert all(max(ImageStat.Stat(ImageChops.difference(image, other)).mean) > 10 for other in turned)
