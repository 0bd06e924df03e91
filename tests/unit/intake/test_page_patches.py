"""The bars of a patch code are found on bad scans in every orientation, and nothing else is taken for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from sozialakte.intake.model import Code
from sozialakte.intake.pages.codes import FoundCode, find_codes
from sozialakte.intake.pages.images import code_image, open_document, open_page
from sozialakte.intake.pages.ink import ink_of
from sozialakte.intake.pages.patches import find_patches
from sozialakte.intake.pages.spots import dense_places, united
from tests.scans import (
    CLEAN,
    Scanner,
    empty,
    letter,
    patch_bars,
    pixels,
    scanned,
    separator,
    specks,
    streak,
    typeset,
    with_code,
)

DPI = 150
T_MM = (2.03, 2.03, 5.08, 2.03, 2.03, 2.03, 5.08)
CODES = {"WWNN": "1", "WNNW": "2", "WNWN": "T", "NWWN": "4", "NNWW": "1", "NWNW": "T"}
SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "invoices"
MAIL = Path(__file__).parents[3] / "events" / "intake" / "mail"


def found_on(page: Image.Image) -> list[str]:
    ink = ink_of(page)
    return [found.code.text for found in find_patches(ink, dense_places(ink))]


def t_sheet(**how: float) -> Image.Image:
    return patch_bars(empty(DPI), **how)  # type: ignore[arg-type]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("bars", CODES)
def test_every_order_of_bars_is_read_in_every_orientation(bars: str, turn: int) -> None:
    sheet = scanned(patch_bars(empty(DPI), bars))
    assert found_on(sheet.rotate(turn, expand=True)) == [CODES[bars]]


@pytest.mark.parametrize("turn", [0, 90])
@pytest.mark.parametrize(
    "scanner",
    [
        CLEAN,
        Scanner(skew=3, noise=9, paper=225, ink=70),
        Scanner(skew=-3, noise=9, paper=205, ink=120),
        Scanner(skew=2, noise=4, paper=235, ink=185),
        Scanner(skew=5, noise=3, paper=240, ink=200),
    ],
    ids=["clean", "askew", "grey paper", "pale", "paler and more askew"],
)
def test_bars_are_read_on_bad_paper(scanner: Scanner, turn: int) -> None:
    assert found_on(scanned(t_sheet(), scanner).rotate(turn, expand=True)) == ["T"]


@pytest.mark.parametrize("at_mm", [(40, 6.35), (20, 43), (60, 240), (120, 150)])
def test_bars_of_the_least_length_are_read_wherever_they_stand(at_mm: tuple[float, float]) -> None:
    assert found_on(scanned(patch_bars(empty(DPI), at_mm=at_mm, length_mm=51))) == ["T"]


@pytest.mark.parametrize("scale", [0.71, 0.9, 1.1, 1.41])
def test_bars_are_read_on_sheets_of_other_sizes(scale: float) -> None:
    assert found_on(scanned(t_sheet(scale=scale))) == ["T"]


def broken(page: Image.Image) -> Image.Image:
    """White across all bars: the sheet was folded there."""
    worn = page.copy()
    ImageDraw.Draw(worn).rectangle((pixels(80, DPI), 0, pixels(92, DPI), pixels(60, DPI)), fill=255)
    return worn


def with_a_hole(page: Image.Image) -> Image.Image:
    worn = page.copy()
    ImageDraw.Draw(worn).rectangle([pixels(side, DPI) for side in (60, 16, 75, 22)], fill=255)
    return worn


DIRT: dict[str, Callable[[Image.Image], Image.Image]] = {
    "specks": lambda page: specks(page, 800, largest_mm=1.5),
    "streaks across": lambda page: streak(streak(streak(page, 50, 3), 90, 1.5), 130, 0.5),
    "streaks along": lambda page: streak(streak(page.rotate(90, expand=True), 14, 0.4), 40, 0.4).rotate(
        -90, expand=True
    ),
    "a break": broken,
    "a hole": with_a_hole,
    "a stamp on it": lambda page: specks(page, 30, seed=4, largest_mm=9),
}


@pytest.mark.parametrize("dirt", DIRT)
def test_dirt_does_not_hide_the_bars(dirt: str) -> None:
    assert found_on(scanned(DIRT[dirt](t_sheet()))) == ["T"]


def test_bars_and_the_code_of_the_usual_sheet_stand_side_by_side() -> None:
    assert found_on(scanned(patch_bars(separator(dpi=DPI), at_mm=(40, 12)))) == ["T"]


def test_bars_beside_a_code_that_is_known_are_found() -> None:
    page = scanned(patch_bars(separator(dpi=DPI), at_mm=(40, 12)))
    ink = ink_of(page)
    places = dense_places(ink)
    known = find_codes(page, places, lambda: page)
    assert known
    assert [found.code.text for found in find_patches(ink, places, known)] == ["T"]


def test_no_bars_are_looked_for_where_a_known_code_leaves_no_room() -> None:
    ink = ink_of(scanned(t_sheet()))
    places = dense_places(ink)
    known = [FoundCode(Code("Code39", "LF"), place) for place in united(places)]
    assert not list(find_patches(ink, places, known))


def test_the_place_of_the_bars_is_known() -> None:
    ink = ink_of(scanned(t_sheet(), CLEAN))
    (found,) = find_patches(ink, dense_places(ink))
    assert found.box == pytest.approx((40 / 210, 12 / 297, 170 / 210, 32.3 / 297), abs=0.02)
    turned = ink_of(scanned(t_sheet(), CLEAN).rotate(-90, expand=True))
    (found,) = find_patches(turned, dense_places(turned))
    assert found.box == pytest.approx((1 - 32.3 / 297, 40 / 210, 1 - 12 / 297, 170 / 210), abs=0.02)


def striped(heights_mm: Sequence[float]) -> Image.Image:
    """Bars across the page, each followed by a gap, heights in turn."""
    page = empty(DPI)
    draw = ImageDraw.Draw(page)
    top = 20.0
    for number, height in enumerate(heights_mm):
        if number % 2 == 0:
            draw.rectangle([pixels(side, DPI) for side in (30, top, 180, top + height)], fill=0)
        top += height
    return page


def zebra() -> Image.Image:
    """A table whose rows are shaded in turn, with a dark head."""
    page = letter("Position und Betrag\n" * 20, DPI)
    shade = empty(DPI)
    draw = ImageDraw.Draw(shade)
    for row in range(18):
        fill = 40 if row == 0 else 205
        draw.rectangle([pixels(side, DPI) for side in (25, 30 + 12 * row, 185, 36 + 12 * row)], fill=fill)
    return Image.fromarray(np.minimum(np.asarray(page), np.asarray(shade)))


OTHERS: dict[str, Callable[[], Image.Image]] = {
    "a letter": lambda: letter("Sehr geehrte Damen und Herren\n" * 20, DPI),
    "bold headings": lambda: typeset('#text(size: 30pt, weight: "bold")[' + "ENTSCHEID " * 20 + "]", DPI),
    "a zebra table": zebra,
    "rules": lambda: striped([0.5, 4.0] * 20),
    "equal bars": lambda: striped([2.03, 2.03] * 12),
    "three bars of T": lambda: striped([2.03, 2.03, 5.08, 2.03, 2.03]),
    "T and one bar more": lambda: striped([2.03, 2.03, 5.08, 2.03, 2.03, 2.03, 5.08, 2.03, 2.03]),
    "five wide bars": lambda: striped([5.08, 2.03] * 5),
    "bars too far apart": lambda: striped([2.03, 5.08, 5.08, 5.08, 2.03, 5.08, 5.08]),
    "short bars": lambda: t_sheet(length_mm=22),
    "a large Code 39": lambda: with_code(empty(DPI), "PATCHT", symbology="Code39", module_mm=1.2, at_mm=(5, 60)),
    "a large Code 128": lambda: with_code(empty(DPI), "PATCH", symbology="Code128", module_mm=1.8, at_mm=(5, 60)),
}


@pytest.mark.parametrize("turn", [0, 90])
@pytest.mark.parametrize("page", OTHERS)
def test_other_bars_and_print_are_no_patch_code(page: str, turn: int) -> None:
    assert found_on(scanned(OTHERS[page]()).rotate(turn, expand=True)) == []


@pytest.mark.parametrize("changed", range(7))
@pytest.mark.parametrize("by_mm", [-0.6, -0.3, 0.3, 0.6])
def test_a_bar_or_gap_may_be_a_little_off(changed: int, by_mm: float) -> None:
    assert found_on(scanned(striped([size + by_mm * (place == changed) for place, size in enumerate(T_MM)]))) == ["T"]


@pytest.mark.parametrize("changed", range(7))
def test_a_bar_or_gap_that_is_far_off_is_none_of_a_patch_code(changed: int) -> None:
    assert found_on(scanned(striped([size + 2.2 * (place == changed) for place, size in enumerate(T_MM)]))) in (
        [],
        ["4"],
    )


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real invoices are not beside the checkout")
@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.pdf")), ids=lambda path: path.name)
def test_no_bars_are_seen_on_real_invoices(path: Path) -> None:
    assert _on_pages_of(path) == []


def test_no_bars_are_seen_on_sheets_that_bear_only_text_codes() -> None:
    assert _on_pages_of(MAIL / "Behördenpost (Montag) KESB & Gericht 100%.pdf") == []


def _on_pages_of(path: Path) -> list[str]:
    found = []
    with open_document(path) as document:
        for number in range(1, len(document) + 1):
            with open_page(document, number) as page:
                found += found_on(code_image(page))
    return found
