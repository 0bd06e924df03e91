"""However a PDF holds its pages, they are seen as people see them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from sozialakte.intake.pages.images import code_image, open_document, open_page, reading_image
from sozialakte.intake.plan_cut import plan_cut
from tests.odd_images import WAYS
from tests.pdf_bytes import PdfBytes, Placed
from tests.scans import A4_POINTS, jpeg, letter, separator

SIZES = {"A3": (841.89, 1190.55), "A5": (419.53, 595.28), "Letter": (612, 792), "landscape": (841.89, 595.28)}


def written(path: Path, *pages: tuple[Placed, tuple[float, float], str]) -> Path:
    pdf = PdfBytes()
    for image, size, extra in pages:
        pdf.add_image_page(image, size, extra)
    path.write_bytes(pdf.finish())
    return path


def reasons(path: Path) -> list[str]:
    return [finding.reason.code for finding in plan_cut(path).findings]


@pytest.mark.parametrize("way", WAYS)
def test_a_sheet_and_a_letter_are_told_apart_however_they_are_stored(tmp_path: Path, way: str) -> None:
    sheet, page = separator(dpi=150), letter("Guten Tag, ich brauche Hilfe.\n" * 5, dpi=150)
    path = written(tmp_path / "scan.pdf", *((WAYS[way](image), A4_POINTS, "") for image in (page, sheet, page)))
    assert reasons(path) == ["page.letter", "page.separator_patch", "page.letter"]


@pytest.mark.parametrize("way", WAYS)
def test_a_page_is_light_and_its_print_dark_however_it_is_stored(tmp_path: Path, way: str) -> None:
    page = letter("Guten Tag, ich brauche Hilfe.\n" * 5, dpi=150)
    path = written(tmp_path / "scan.pdf", (WAYS[way](page), A4_POINTS, ""))
    with open_document(path) as document, open_page(document, 1) as opened:
        for image in (code_image(opened), reading_image(opened)):
            levels = image.resize(page.size, Image.Resampling.BOX).histogram()
            assert sum(levels[200:]) > 0.9 * sum(levels)
            assert sum(levels[:100]) > 0.001 * sum(levels)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("rotation", [0, 90])
def test_sheets_of_all_sizes_in_one_batch_are_found(tmp_path: Path, size: str, rotation: int) -> None:
    sheet = separator(dpi=200).rotate(90, expand=True) if size == "landscape" else separator(dpi=200)
    scan = Placed(jpeg(sheet), sheet.size)
    path = written(tmp_path / "scan.pdf", (scan, A4_POINTS, ""), (scan, SIZES[size], f"/Rotate {rotation}"))
    assert reasons(path) == ["page.separator_patch"] * 2
