"""A blank page is noticed on bad paper; a page with anything written on it is never taken for blank."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from sozialakte.intake.pages.blanks import is_blank
from sozialakte.intake.pages.ink import ink_of
from tests.bad_scans import toned
from tests.scans import (
    CLEAN,
    OFFICE,
    Scanner,
    creased,
    empty,
    folded,
    letter,
    patch_bars,
    pixels,
    punched,
    scanned,
    separator,
    shone_through,
    signature,
    specks,
    stapled,
    streak,
    typeset,
)

DPI = 150
GREY_PAPER = Scanner(skew=2.0, noise=7, paper=205, ink=60, seed=3)
SCANNERS = {"clean": CLEAN, "office": OFFICE, "grey paper": GREY_PAPER}


def blank(page: Image.Image, before: Image.Image | None = None) -> bool:
    return is_blank(ink_of(page), ink_of(before) if before else None)


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


def held_at_the_edge(page: Image.Image) -> Image.Image:
    """A staple in one corner, the other corner folded."""
    worn = page.copy()
    draw = ImageDraw.Draw(worn)
    draw.line((pixels(3, DPI), pixels(7, DPI), pixels(12, DPI), pixels(3, DPI)), fill=80, width=4)
    draw.polygon([(page.width, 0), (page.width - pixels(7, DPI), 0), (page.width, pixels(7, DPI))], fill=70)
    return worn


def stamped(page: Image.Image) -> Image.Image:
    """An entry stamp with the date, in grey ink."""
    stamp = typeset(
        "#rect(width: 42mm, height: 18mm, stroke: 1.2pt + luma(90))[#text(fill: luma(90))[EINGANG\\ 17. Nov.]]", DPI
    )
    return ImageChops.multiply(page, ImageChops.offset(stamp, pixels(90, DPI), pixels(120, DPI)))


def marked(page: Image.Image) -> Image.Image:
    """A stroke of a text marker."""
    lit = page.copy()
    ImageDraw.Draw(lit).rectangle([pixels(side, DPI) for side in (40, 100, 90, 105)], fill=228)
    return lit


def speckled(page: Image.Image) -> Image.Image:
    """Recycled paper: short pale fibres everywhere."""
    chance = np.random.default_rng(1)
    paper = page.copy()
    draw = ImageDraw.Draw(paper)
    for x, y, angle, length in chance.random((20_000, 4)).tolist():
        start = (x * page.width, y * page.height)
        reach = 2 + 8 * length
        end = (start[0] + reach * math.cos(7 * angle), start[1] + reach * math.sin(7 * angle))
        draw.line((*start, *end), fill=230)
    return paper


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
    "a staple and a fold at the edge": lambda: held_at_the_edge(empty(DPI)),
    "recycled paper": lambda: speckled(empty(DPI)),
    "two holes": lambda: punched(empty(DPI)),
    "four holes": lambda: punched(empty(DPI), holes=4),
    "pale holes": lambda: punched(empty(DPI), ink=205),
    "a folded corner": lambda: folded(empty(DPI)),
    "a corner with a pale fold": lambda: folded(empty(DPI), size_mm=30, ink=215),
    "a staple": lambda: stapled(empty(DPI)),
    "folds of a letter": lambda: creased(empty(DPI)),
    "dirt on the glass": lambda: streak(streak(empty(DPI), 70, 0.4), 150, 0.8),
    "all of it": lambda: creased(streak(stapled(folded(punched(specks(empty(DPI), 15)))), 120, 0.4)),
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
    "a stamp": lambda: stamped(empty(DPI)),
    "a pencil note": lambda: signature(empty(DPI), ink=190),
    "a note on a punched page": lambda: signature(punched(empty(DPI), holes=4)),
    "a word on a folded and stapled page": lambda: ImageChops.multiply(stapled(folded(empty(DPI))), letter("Ja.", DPI)),
    "a note across a fold": lambda: signature(creased(empty(DPI)), at_mm=(60, 98)),
    "two round stamps": lambda: dotted((12, 100), (12, 140)),
    "a dot as large as a hole": lambda: dotted((12, 108)),
    "two crosses as far apart as holes": lambda: lettered("X", "X"),
    "two letters as far apart as holes": lambda: lettered("A", "B"),
    "a visum twice": lambda: lettered("BK", "BK"),
    "two noughts as far apart as holes": lambda: lettered("O", "0"),
    "a night photograph": lambda: photograph(12, 42),
    "all black": lambda: empty(DPI).point([0] * 256),
    "dots as far apart as holes, in the middle": lambda: dotted((105, 100), (105, 180)),
}

PALE: dict[str, Callable[[], Image.Image]] = {
    "print": lambda: typeset("#text(size: 11pt, fill: luma(225))[Sehr geehrte Frau Muster, wir bitten Sie]", DPI),
    "small print": lambda: typeset("#text(size: 8pt, fill: luma(200))[Sehr geehrte Frau Muster, wir bitten]", DPI),
    "a soft pencil": lambda: signature(empty(DPI), ink=215),
    "a thin pencil": lambda: signature(empty(DPI), ink=190, width_mm=0.3),
    "a text marker": lambda: marked(empty(DPI)),
}

FRONTS: dict[str, Callable[[], Image.Image]] = {
    "a dense letter": lambda: letter("Sehr geehrte Frau Muster, wir bitten Sie um Unterlagen zum Gesuch.\n" * 16, DPI),
    "headings": lambda: typeset('#text(size: 26pt, weight: "bold")[' + "Entscheid der Behörde. " * 14 + "]", DPI),
    "a separator with bars": lambda: patch_bars(separator(dpi=DPI)),
}


FADED = {"faded": (240, 226), "grey": (200, 180), "dim": (150, 130), "dark": (60, 45), "darker": (40, 20)}
"""Grey levels of paper and ink."""


def lettered(*marks: str) -> Image.Image:
    """Marks in the left margin, 80 mm apart as holes are punched."""
    page = empty(DPI)
    font = ImageFont.load_default(pixels(6, DPI))
    for number, mark in enumerate(marks):
        place = pixels(10, DPI), pixels(106 + 80 * number, DPI)
        ImageDraw.Draw(page).text(place, mark, fill=30, font=font)
    return page


def photograph(darkest: int, lightest: int) -> Image.Image:
    """A page of soft spots, without an edge anywhere."""
    spots = np.random.default_rng(2).integers(darkest, lightest, (12, 9)).astype(np.uint8)
    return Image.fromarray(spots).resize(empty(DPI).size, Image.Resampling.BICUBIC)


def dotted(*middles: tuple[int, int]) -> Image.Image:
    page = empty(DPI)
    for middle in middles:
        ImageDraw.Draw(page).circle([pixels(side, DPI) for side in middle], pixels(3, DPI), fill=60)
    return page


@pytest.mark.parametrize("scanner", SCANNERS)
@pytest.mark.parametrize("page", BLANK)
def test_a_page_with_nothing_on_it_is_blank(page: str, scanner: str) -> None:
    assert blank(scanned(BLANK[page](), SCANNERS[scanner]))


@pytest.mark.parametrize("scanner", ["clean", "office"])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("dirt", [shadowed, streaked, held_at_the_edge, punched, folded, stapled, creased])
def test_dirt_along_any_edge_is_no_writing(dirt: Callable[[Image.Image], Image.Image], turn: int, scanner: str) -> None:
    assert blank(scanned(dirt(empty(DPI)).rotate(turn, expand=True), SCANNERS[scanner]))


@pytest.mark.parametrize("scanner", SCANNERS)
@pytest.mark.parametrize("page", WRITTEN)
def test_a_page_with_anything_written_on_it_is_not_blank(page: str, scanner: str) -> None:
    assert not blank(scanned(WRITTEN[page](), SCANNERS[scanner]))


@pytest.mark.parametrize("scanner", ["clean", "office"])
@pytest.mark.parametrize("page", PALE)
def test_a_page_with_anything_pale_on_it_is_not_blank(page: str, scanner: str) -> None:
    assert not blank(scanned(PALE[page](), SCANNERS[scanner]))


@pytest.mark.parametrize("noise", [1.5, 4, 8])
@pytest.mark.parametrize("turn", [0, 90])
@pytest.mark.parametrize("light", FADED)
def test_a_line_of_the_palest_print_is_seen_in_any_light(light: str, turn: int, noise: float) -> None:
    paper, ink = FADED[light]
    line = letter("Ja, besten Dank für Ihre Unterlagen.", DPI).rotate(turn, expand=True)
    assert not blank(toned(line, ink, paper, noise))


@pytest.mark.parametrize("strength", [0.06, 0.12, 0.2, 0.28])
@pytest.mark.parametrize("scanner", SCANNERS)
@pytest.mark.parametrize("front", FRONTS)
def test_what_shines_through_from_the_page_before_is_no_writing(front: str, scanner: str, strength: float) -> None:
    back = shone_through(empty(DPI), FRONTS[front](), strength)
    other_side = replace(SCANNERS[scanner], skew=-SCANNERS[scanner].skew)
    assert blank(scanned(back, other_side), scanned(FRONTS[front](), SCANNERS[scanner]))


@pytest.mark.parametrize("shift_mm", [(0.0, 0.0), (2.5, 2.5), (-2.5, 1.0)])
@pytest.mark.parametrize("turned", [False, True])
def test_the_two_sides_may_be_shifted_and_bound_at_either_side(shift_mm: tuple[float, float], *, turned: bool) -> None:
    front = FRONTS["headings"]()
    back = shone_through(empty(DPI), front, 0.2, shift_mm)
    back = scanned(punched(back.rotate(180) if turned else back), replace(OFFICE, skew=-OFFICE.skew))
    assert blank(back, scanned(front))
    assert not blank(back)


@pytest.mark.parametrize("front", FRONTS)
@pytest.mark.parametrize("strength", [0.0, 0.1, 0.2])
@pytest.mark.parametrize("ink", [200, 120, 40])
def test_a_note_on_a_page_that_the_other_side_shines_through_is_seen(front: str, strength: float, ink: int) -> None:
    back = shone_through(signature(empty(DPI), ink=ink), FRONTS[front](), strength)
    assert not blank(scanned(back), scanned(FRONTS[front]()))


def test_pale_writing_all_over_the_back_of_a_letter_is_not_taken_for_its_print() -> None:
    front = FRONTS["a dense letter"]()
    notes = typeset("#text(fill: luma(205))[" + "Telefon mit Frau Beispiel, sie bringt den Vertrag. " * 30 + "]", DPI)
    assert not blank(scanned(notes), scanned(front))


@pytest.mark.parametrize("place_mm", [(20, 20), (100, 140), (180, 270)])
def test_a_short_word_is_seen_anywhere_on_the_page(place_mm: tuple[int, int]) -> None:
    word = letter("Ja.", DPI).crop((pixels(24, DPI), pixels(24, DPI), pixels(34, DPI), pixels(31, DPI)))
    page = empty(DPI)
    page.paste(word, (pixels(place_mm[0], DPI), pixels(place_mm[1], DPI)))
    assert not blank(scanned(page, GREY_PAPER))


@pytest.mark.parametrize("scanner", SCANNERS)
@pytest.mark.parametrize("depth_mm", [1.5, 3.0])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_note_along_an_edge_is_seen(turn: int, depth_mm: float, scanner: str) -> None:
    assert not blank(scanned(noted(turn, depth_mm), SCANNERS[scanner]))


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (2000, 3)])
def test_an_image_of_any_shape_is_judged(size: tuple[int, int]) -> None:
    assert blank(Image.new("L", size, 255), letter("Ja.", DPI))
    assert blank(shadowed(empty(DPI)), Image.new("L", size, 255))
