"""A sheet between letters is told from a page of a letter with a separator's code stuck on it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from sozialakte.intake.pages.codes import FoundCode, find_codes
from sozialakte.intake.pages.images import code_image, open_document, open_page
from sozialakte.intake.pages.ink import ink_of
from sozialakte.intake.pages.lines import is_clearly_written
from sozialakte.intake.pages.sheet_codes import cover_code, separator_code
from sozialakte.intake.pages.spots import dense_places
from tests.scans import CLEAN, OFFICE, Scanner, empty, letter, pixels, scanned, separator, typeset, with_code

DPI = 150
SCANNERS = {"clean": CLEAN, "office": OFFICE, "askew": Scanner(skew=7, noise=9, paper=215, ink=60)}
SHORT = "Sehr geehrte Damen und Herren\nIch bin Anna Muster\nund bitte um Hilfe.\n" * 5
MAIL = Path(__file__).parents[3] / "events" / "intake" / "mail"
DEMO_SHEETS = {
    "Behördenpost (Montag) KESB & Gericht 100%.pdf": (1, 5, 8, 12, 14, 16, 18, 21),
    "Posteingang Süd + Löwenplatz 16.11.2026.pdf": (1, 4, 7, 12, 14),
}


def patch_sheet() -> Image.Image:
    """The usual sheet: a large title, the bars that scanners look for, the code and a line of advice."""
    bars = " #v(4mm) ".join(f"#rect(width: 160mm, height: {height}mm, fill: black)" for height in (5, 10, 5, 5))
    source = f"""#align(center)[#text(size: 48pt)[*PATCH T*] #v(70mm) #text(size: 20pt)[PATCHT]

    #text(size: 12pt)[Trennblatt Scanzentrum, bitte wiederverwenden] {bars}]"""
    return with_code(typeset(source, DPI), "PATCHT", symbology="Code39", module_mm=0.6, at_mm=(40, 60))


def handwritten(lines: int) -> Image.Image:
    """Words without gaps between their letters, as a pen writes them."""
    page = empty(DPI)
    draw = ImageDraw.Draw(page)
    for line in range(lines):
        for word in range(5):
            x = np.linspace(25 + 30 * word, 50 + 30 * word, 60)
            y = 60 + 9 * line + 1.7 * np.sin(3.5 * x) * np.tile([0.6, 1, 1.6], 20)
            draw.line(list(zip((x * DPI / 25.4).tolist(), (y * DPI / 25.4).tolist(), strict=True)), fill=60, width=2)
    return page


SHEETS: dict[str, Callable[[], Image.Image]] = {
    "a code alone": lambda: separator(dpi=DPI),
    "Code 128": lambda: separator(symbology="Code128", dpi=DPI),
    "our separator": lambda: separator(separator_code(), "QRCode", dpi=DPI),
    "our cover": lambda: separator(cover_code("SH-2026-00123"), "QRCode", dpi=DPI),
    "the usual sheet": patch_sheet,
}

PAGES: dict[str, Callable[[], Image.Image]] = {
    "a short letter": lambda: letter(SHORT, DPI),
    "small print": lambda: typeset("#text(size: 7pt)[" + "Der Versicherer haftet nicht. " * 120 + "]", DPI),
    "handwriting": lambda: handwritten(8),
    "pale print": lambda: typeset("#text(fill: luma(150))[" + "Sie erhalten diesen Brief. " * 40 + "]", DPI),
}


def written(page: Image.Image) -> bool:
    ink = ink_of(page)
    return is_clearly_written(ink, [found.box for found in codes_on(page)])


def codes_on(page: Image.Image) -> list[FoundCode]:
    return find_codes(page, dense_places(ink_of(page)), lambda: page)


@pytest.mark.parametrize("scanner", SCANNERS)
@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_is_not_taken_for_a_page_of_a_letter(sheet: str, scanner: str) -> None:
    page = scanned(SHEETS[sheet](), SCANNERS[scanner])
    assert codes_on(page)
    assert not written(page)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("scanner", SCANNERS)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_a_letter_is_clearly_written_whichever_way_it_lies(page: str, scanner: str, turn: int) -> None:
    stuck_on = with_code(PAGES[page](), "PATCHT", module_mm=0.5, at_mm=(180, 8))
    assert written(scanned(stuck_on, SCANNERS[scanner]).rotate(turn, expand=True))


def test_codes_themselves_are_no_writing() -> None:
    """QR codes hold short stretches of ink: a sheet full of them would count as written."""
    page = empty(DPI)
    for x, y in product(range(10, 185, 28), range(10, 270, 28)):
        page = with_code(page, cover_code("SH-2026-00123"), module_mm=0.7, at_mm=(x, y))
    assert is_clearly_written(ink_of(page), ())
    assert not written(page)


@pytest.mark.parametrize("file", DEMO_SHEETS)
def test_the_sheets_of_the_demo_mail_stay_sheets(file: str) -> None:
    with open_document(MAIL / file) as document:
        for number in DEMO_SHEETS[file]:
            with open_page(document, number) as page:
                image = code_image(page)
            assert not written(image), number


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (2000, 3)])
def test_an_image_of_any_shape_is_measured(size: tuple[int, int]) -> None:
    assert not is_clearly_written(ink_of(Image.new("L", size, 255)), [(0.0, 0.0, 1.0, 1.0)])


def test_a_page_number_beside_the_code_does_not_make_a_letter() -> None:
    page = separator(dpi=DPI)
    page.paste(letter("Seite 3", DPI).crop((0, 0, page.width, pixels(40, DPI))), (0, pixels(200, DPI)))
    assert not written(scanned(page))
