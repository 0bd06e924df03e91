"""Receipts and postcards are measured as what they are: a long slip's few lines are no blank, small bars still cut."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from sozialakte.intake.pages.sheet_size import enlarged, measured_mm
from sozialakte.intake.plan_cut import plan_cut
from tests.pdf_bytes import PdfBytes, Placed
from tests.scans import A4_POINTS, CLEAN, Scanner, code_image, jpeg, pixels, scanned

DPI = 150
SLIPS = ((80, 400), (80, 600), (80, 900), (60, 1200))
A6_MM, A5_MM, A3_MM = (105, 148), (148, 210), (297, 420)
PALE = Scanner(skew=0.3, noise=4, ink=130)


def points(millimetres: Sequence[float]) -> tuple[float, float]:
    return millimetres[0] / 25.4 * 72, millimetres[1] / 25.4 * 72


def empty_sheet(size_mm: tuple[int, int]) -> Image.Image:
    return Image.new("L", (pixels(size_mm[0], DPI), pixels(size_mm[1], DPI)), 255)


def slip(size_mm: tuple[int, int], lines: int = 3, height_mm: float = 2.3) -> Image.Image:
    sheet = empty_sheet(size_mm)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(pixels(height_mm, DPI))
    for line in range(lines):
        draw.text((pixels(8, DPI), pixels(10 + 5 * line, DPI)), "Windeln      19.90", fill=0, font=font)
    return sheet


def barred(size_mm: tuple[int, int], skew: float = 0) -> Image.Image:
    """A sheet of this size with the bars of PATCH T as long as it allows."""
    sheet, top = empty_sheet(size_mm), 12.0
    draw = ImageDraw.Draw(sheet)
    for height in (2.03, 5.08, 2.03, 5.08):
        draw.rectangle([pixels(side, DPI) for side in (12, top, size_mm[0] - 12, top + height)], fill=0)
        top += height + 2.03
    return sheet.rotate(skew, fillcolor=255)


def reasons(path: Path, pages: Sequence[Image.Image], size: tuple[float, float], scanner: Scanner = CLEAN) -> list[str]:
    pdf = PdfBytes()
    for page in pages:
        image = scanned(page, scanner)
        pdf.add_image_page(Placed(jpeg(image), image.size), size)
    path.write_bytes(pdf.finish())
    return [finding.reason.code for finding in plan_cut(path).findings]


@pytest.mark.parametrize("scanner", [CLEAN, PALE], ids=["clean", "pale"])
@pytest.mark.parametrize("size_mm", SLIPS)
def test_few_lines_on_a_long_receipt_are_no_blank(tmp_path: Path, size_mm: tuple[int, int], scanner: Scanner) -> None:
    pages = [slip(size_mm), slip(size_mm).rotate(180), slip(size_mm, 20), slip(size_mm, 0)]

    found = reasons(tmp_path / "scan.pdf", pages, points(size_mm), scanner)

    assert found == ["page.letter"] * 3 + ["page.blank"]


def test_a_small_code_on_a_long_receipt_is_found(tmp_path: Path) -> None:
    page = slip((80, 900))
    page.paste(code_image("PATCHT", "QRCode", pixels(0.5, DPI)), (pixels(15, DPI), pixels(200, DPI)))

    assert reasons(tmp_path / "scan.pdf", [page], points((80, 900))) == ["page.letter_sticker"]


@pytest.mark.parametrize("skew", [0, 2, -3])
@pytest.mark.parametrize("size_mm", [A6_MM, A5_MM, A3_MM])
def test_the_bars_of_a_sheet_of_any_size_are_found(tmp_path: Path, size_mm: tuple[int, int], skew: float) -> None:
    pages = [barred(size_mm, skew), barred(size_mm, skew).rotate(180), slip(size_mm, 12, 3)]

    found = reasons(tmp_path / "scan.pdf", pages, points(size_mm))

    assert found == ["page.separator_bars"] * 2 + ["page.letter"]


@pytest.mark.parametrize(
    ("size", "millimetres", "larger"),
    [
        (A4_POINTS, 297, 1),
        (A4_POINTS[::-1], 297, 1),
        (points((216, 356)), 297, 1),  # Legal: as A4
        (points(A3_MM), 420, 1),
        (points((80, 900)), 900, 1),
        (points(A6_MM), 297, 2.0),
        (points((55, 85)), 297, 2.1),
        ((1654, 2339), 297, 1),  # pixels taken for points
        ((0, 0), 297, 1),
    ],
)
def test_a_sheet_is_measured_by_its_own_size_where_it_can_be_one(
    size: tuple[float, float], millimetres: float, larger: float
) -> None:
    assert measured_mm(size) == pytest.approx(millimetres, abs=1)
    assert enlarged(size) == pytest.approx(larger, abs=0.01)
