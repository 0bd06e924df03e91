"""Where codes may stand: every code lies whole in one place, a page of writing has hardly any."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from sozialakte.intake.pages.ink import ink_of
from sozialakte.intake.pages.sheet_codes import cover_code, label_code
from sozialakte.intake.pages.spots import Box, dense_places
from tests.scans import CLEAN, Scanner, code_image, empty, letter, patch_bars, pixels, scanned, typeset

DPI = 150
LABEL = label_code("SH-2026-00123")
SCANNERS = {
    "clean": CLEAN,
    "grey paper": Scanner(skew=2.5, noise=9, paper=225, ink=70),
    "pale": Scanner(skew=-3, noise=4, paper=235, ink=160),
    "paler": Scanner(skew=1, noise=2, paper=235, ink=200),
}
CODES = {
    "a small label": ("QRCode", LABEL, 0.4, 13),
    "a cover's code": ("QRCode", cover_code("SH-2026-00123"), 0.8, 26),
    "a sheet's code": ("QRCode", "PATCHT", 2.0, 42),
    "narrow Code 128": ("Code128", LABEL, 0.34, 8),
    "wide Code 128": ("Code128", "PATCHT", 1.0, 10),
    "low Code 39": ("Code39", "PATCHT", 0.5, 5),
    "wide Code 39": ("Code39", "PATCHT", 0.85, 20),
}
AT_MM = (40, 60)


def with_code(name: str) -> tuple[Image.Image, Box]:
    """A page with a code, and where it stands."""
    symbology, text, module_mm, height_mm = CODES[name]
    code = code_image(text, symbology, max(1, pixels(module_mm, 300)))
    inner = code.crop(code.point([255] * 128 + [0] * 128).getbbox())
    drawn = inner if symbology == "QRCode" else inner.crop((0, 9, inner.width, 10)).resize((inner.width, 10))
    size = (round(drawn.width / 2), round(drawn.height / 2) if symbology == "QRCode" else pixels(height_mm, DPI))
    page = letter("Sehr geehrte Frau Muster\n" * 3, DPI)
    corner = pixels(AT_MM[0], DPI), pixels(AT_MM[1], DPI)
    page.paste(drawn.resize(size, Image.Resampling.BOX), corner)
    lower = corner[0] + size[0], corner[1] + size[1]
    return page, (corner[0] / page.width, corner[1] / page.height, lower[0] / page.width, lower[1] / page.height)


def holds(place: Box, code: Box) -> bool:
    return place[0] <= code[0] and place[1] <= code[1] and place[2] >= code[2] and place[3] >= code[3]


@pytest.mark.parametrize("scanner", SCANNERS)
@pytest.mark.parametrize("code", CODES)
def test_a_code_lies_whole_in_one_place(code: str, scanner: str) -> None:
    page, where = with_code(code)
    scan = scanned(page, SCANNERS[scanner])
    assert any(holds(place, where) for place in dense_places(ink_of(scan)))


def test_a_patch_code_lies_whole_in_one_place() -> None:
    page = scanned(patch_bars(empty(DPI)), SCANNERS["paler"])
    assert any(holds(place, (0.19, 0.04, 0.81, 0.109)) for place in dense_places(ink_of(page)))


@pytest.mark.parametrize("scanner", SCANNERS)
def test_a_page_of_writing_has_hardly_any_places(scanner: str) -> None:
    source = "#text(size: 9pt)[" + "Sie erhalten die *Verfügung* vom 3. Mai samt Beilagen. " * 90 + "]"
    places = dense_places(ink_of(scanned(typeset(source, DPI), SCANNERS[scanner])))
    assert sum((place[2] - place[0]) * (place[3] - place[1]) for place in places) < 0.1


@pytest.mark.parametrize("scanner", SCANNERS)
def test_an_empty_page_has_none(scanner: str) -> None:
    assert dense_places(ink_of(scanned(empty(DPI), SCANNERS[scanner]))) == []


def test_places_lie_apart_and_within_the_page() -> None:
    page = empty(DPI)
    draw = ImageDraw.Draw(page)
    for left, upper in ((0, 0), (190, 0), (0, 280), (60, 80), (75, 90), (120, 200)):
        draw.rectangle([pixels(side, DPI) for side in (left, upper, left + 18, upper + 16)], fill=0)
    places = dense_places(ink_of(page))
    assert len(places) == 5
    assert all(0 <= place[0] < place[2] <= 1 and 0 <= place[1] < place[3] <= 1 for place in places)
    assert not any(
        max(a[0], b[0]) < min(a[2], b[2]) and max(a[1], b[1]) < min(a[3], b[3]) for a, b in combinations(places, 2)
    )


def blots(*boxes_mm: tuple[float, float, float, float]) -> Image.Image:
    """A page with black rectangles: left, upper, right and lower edge of each."""
    page = empty(DPI)
    for box in boxes_mm:
        ImageDraw.Draw(page).rectangle([pixels(side, DPI) for side in box], fill=0)
    return page


@pytest.mark.parametrize(("apart_mm", "count"), [(6, 1), (12, 2)])
def test_what_stands_a_line_apart_is_one_place_and_a_paragraph_apart_two(apart_mm: int, count: int) -> None:
    page = blots((40, 60, 58, 76), (40, 76 + apart_mm, 58, 92 + apart_mm))
    assert len(dense_places(ink_of(page))) == count


@pytest.mark.parametrize(("side_mm", "count"), [(5, 0), (7, 1)])
def test_a_blot_too_small_for_a_code_is_no_place(side_mm: int, count: int) -> None:
    assert len(dense_places(ink_of(blots((40, 60, 40 + side_mm, 60 + side_mm))))) == count


def test_a_page_that_is_dense_all_over_is_one_place() -> None:
    squares = np.random.default_rng(1).integers(0, 2, (42, 30), dtype=np.uint8) * 255
    page = Image.fromarray(squares).resize(empty(DPI).size, Image.Resampling.NEAREST)
    assert dense_places(ink_of(page)) == [(0.0, 0.0, 1.0, 1.0)]


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (2000, 3)])
def test_an_image_of_any_shape_is_searched(size: tuple[int, int]) -> None:
    assert dense_places(ink_of(Image.new("L", size, 255))) == []
