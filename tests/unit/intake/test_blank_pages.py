"""A blank page is noticed on bad paper; a page with anything written on it is never taken for blank."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw

from sozialakte.intake.blank_pages import is_blank
from tests.scans import CLEAN, OFFICE, Scanner, empty, letter, pixels, scanned, separator, signature, specks, typeset

DPI = 150
GREY_PAPER = Scanner(skew=2.0, noise=7, paper=205, ink=60, seed=3)
SCANNERS = {"clean": CLEAN, "office": OFFICE, "grey paper": GREY_PAPER}


def shadowed(page: Image.Image) -> Image.Image:
    """Darker towards one side, with a dark rim where the lid did not close."""
    shade = np.asarray(page, dtype=np.float32) * np.linspace(0.8, 1, page.width, dtype=np.float32)[None, :]
    dark = Image.fromarray(shade.astype(np.uint8))
    ImageDraw.Draw(dark).rectangle((0, 0, pixels(2, DPI), page.height), fill=60)
    return dark


def streaked(page: Image.Image) -> Image.Image:
    """Dirt on the scanner's glass draws lines along the page; the edge of the sheet throws a thin shadow."""
    dirty = page.copy()
    draw = ImageDraw.Draw(dirty)
    for place_mm, width_mm in ((3, 0.3), (5, 1.5), (205, 0.6)):
        left = pixels(place_mm, DPI)
        draw.rectangle((left, 0, left + pixels(width_mm, DPI), page.height), fill=90)
    draw.line((0, pixels(2, DPI), page.width, pixels(6, DPI)), fill=120, width=3)
    return dirty


def stapled(page: Image.Image) -> Image.Image:
    """A staple in one corner, the other corner folded."""
    worn = page.copy()
    draw = ImageDraw.Draw(worn)
    draw.line((pixels(3, DPI), pixels(7, DPI), pixels(12, DPI), pixels(3, DPI)), fill=80, width=4)
    draw.polygon([(page.width, 0), (page.width - pixels(7, DPI), 0), (page.width, pixels(7, DPI))], fill=70)
    return worn


def noted(turn: int, depth_mm: float) -> Image.Image:
    """A line written along an edge, as close to it as ``depth_mm``."""
    page = empty(DPI).rotate(turn, expand=True)
    line = letter("Einspruch bis 30.11. erheben!", DPI).crop((pixels(24, DPI), pixels(24, DPI), 900, pixels(30, DPI)))
    page.paste(line, (pixels(60, DPI), pixels(depth_mm, DPI)))
    return page.rotate(-turn, expand=True)


BLANK: dict[str, Callable[[], Image.Image]] = {
    "nothing": lambda: empty(DPI),
    "dust": lambda: specks(empty(DPI), 25, seed=5),
    "shadows": lambda: shadowed(empty(DPI)),
    "a staple and a fold": lambda: stapled(empty(DPI)),
}

WRITTEN: dict[str, Callable[[], Image.Image]] = {
    "a page number": lambda: letter("Seite 2", DPI),
    "a digit": lambda: letter("2", DPI),
    "a short line of small print": lambda: typeset("#text(size: 8pt)[i. O.]", DPI),
    "pale print": lambda: typeset("#text(size: 9pt, fill: luma(140))[Beilagen erwähnt]", DPI),
    "a signature": lambda: signature(empty(DPI)),
    "a thin signature": lambda: signature(empty(DPI), width_mm=0.25),
    "a line at the foot": lambda: signature(empty(DPI), at_mm=(20, 280)),
    "a separator": lambda: separator(dpi=DPI),
}


@pytest.mark.parametrize("scanner", SCANNERS)
@pytest.mark.parametrize("page", BLANK)
def test_a_page_with_nothing_on_it_is_blank(page: str, scanner: str) -> None:
    assert is_blank(scanned(BLANK[page](), SCANNERS[scanner]))


@pytest.mark.parametrize("scanner", ["clean", "office"])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("dirt", [shadowed, streaked, stapled])
def test_dirt_along_any_edge_is_no_writing(dirt: Callable[[Image.Image], Image.Image], turn: int, scanner: str) -> None:
    assert is_blank(scanned(dirt(empty(DPI)).rotate(turn, expand=True), SCANNERS[scanner]))


@pytest.mark.parametrize("scanner", SCANNERS)
@pytest.mark.parametrize("page", WRITTEN)
def test_a_page_with_anything_written_on_it_is_not_blank(page: str, scanner: str) -> None:
    assert not is_blank(scanned(WRITTEN[page](), SCANNERS[scanner]))


@pytest.mark.parametrize("place_mm", [(20, 20), (100, 140), (180, 270)])
def test_a_short_word_is_seen_anywhere_on_the_page(place_mm: tuple[int, int]) -> None:
    word = letter("Ja.", DPI).crop((pixels(24, DPI), pixels(24, DPI), pixels(34, DPI), pixels(31, DPI)))
    page = empty(DPI)
    page.paste(word, (pixels(place_mm[0], DPI), pixels(place_mm[1], DPI)))
    assert not is_blank(scanned(page, GREY_PAPER))


@pytest.mark.parametrize("scanner", SCANNERS)
@pytest.mark.parametrize("depth_mm", [1.5, 3.0])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_note_along_an_edge_is_seen(turn: int, depth_mm: float, scanner: str) -> None:
    assert not is_blank(scanned(noted(turn, depth_mm), SCANNERS[scanner]))


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (2000, 3)])
def test_an_image_of_any_shape_is_judged(size: tuple[int, int]) -> None:
    assert is_blank(Image.new("L", size, 255))
