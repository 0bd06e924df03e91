"""Long pages are read as finely as A4, part after part, and no line is cut through."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from sozialakte.intake.pages.reading_scale import A4_LONG_SIDE, bands, pixels_per_mm
from sozialakte.intake.pages.texts import read_pages
from tests.pdf_bytes import PdfBytes, Placed
from tests.scans import empty, jpeg, pixels

ITEMS = ["Apotheke Luzern", "Salbe 19.90", "Total CHF 21.65", "Bezahlt mit Karte"]


def receipt(length_mm: int, dpi: int = 200) -> tuple[Image.Image, int]:
    """A till slip of 80 mm full of numbered lines, and how many there are."""
    page = Image.new("L", (pixels(80, dpi), pixels(length_mm, dpi)), 245)
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(pixels(3.2, dpi))
    tops = range(pixels(10, dpi), page.height - pixels(10, dpi), pixels(7, dpi))
    for at, top in enumerate(tops):
        draw.text((pixels(6, dpi), top), f"{at + 100} {ITEMS[at % len(ITEMS)]}", fill=30, font=font)
    return page, len(tops)


@pytest.mark.parametrize(("length_mm", "turn"), [(600, 0), (900, 0), (900, 90)])
def test_a_long_receipt_is_read_from_end_to_end(tmp_path: Path, length_mm: int, turn: int) -> None:
    page, lines = receipt(length_mm)
    fed = page.rotate(turn, expand=True)
    pdf = PdfBytes()
    pdf.add_image_page(Placed(jpeg(fed), fed.size), (fed.width * 72 / 200, fed.height * 72 / 200))
    source = tmp_path / "receipt.pdf"
    source.write_bytes(pdf.finish())
    (reading,) = read_pages(source, [1])
    numbers = [int(line.split()[0]) for line in reading.text.splitlines() if line[:3].isdigit()]
    assert len(numbers) >= 0.97 * lines
    assert numbers == sorted(numbers)
    assert not reading.unread


def test_bands_are_the_whole_page_and_cut_no_line() -> None:
    page, _ = receipt(900)
    parts = list(bands(page))
    assert len(parts) > 1
    assert [top for top, _ in parts[1:]] == [top + part.height for top, part in parts[:-1]]
    assert parts[-1][0] + parts[-1][1].height == page.height
    assert all(min(page.crop((0, top - 1, page.width, top + 1)).tobytes()) > 200 for top, _ in parts[1:])


def test_an_ordinary_page_is_one_band() -> None:
    page = empty(200)
    assert list(bands(page)) == [(0, page)]


def test_millimetres_are_those_of_the_sheet() -> None:
    for size in ((1654, 2339), (630, 7087), (2339, 3307)):
        assert pixels_per_mm(Image.new("L", size)) == pytest.approx(A4_LONG_SIDE / 297, rel=0.01)
