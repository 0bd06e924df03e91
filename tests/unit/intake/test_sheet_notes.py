"""A sheet on which something is written, and a page with a code that cannot be read, are never passed over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from sozialakte.intake.model import CutPlan
from sozialakte.intake.pages.sheet_codes import cover_code, label_code, separator_code
from sozialakte.intake.plan_cut import plan_cut
from tests.bad_scans import handwritten
from tests.demo.marks import DPI as MARKS_DPI
from tests.demo.marks import patch_sheet
from tests.scans import Scanner, empty, letter, patch_bars, pixels, scan_file, separator, typeset, with_code

DPI = 200
CLEAR = Scanner(skew=0.3, noise=4, quality=80)
A = "SH-2026-00123"
PAGE = "Ich schreibe wegen meiner Wohnung.\n" * 7
SHORT = "Guten Tag Frau Keller\nIch ziehe meine Beschwerde zurück.\n079 555 12 34\nAnna Muster"


def planned(path: Path, *pages: Image.Image) -> CutPlan:
    return plan_cut(scan_file(path, pages, CLEAR))


def stuck_on(text: str, lines: str = SHORT) -> Image.Image:
    return with_code(letter(lines, DPI), text, module_mm=0.5, at_mm=(150, 10))


def blotted(sheet: Image.Image) -> Image.Image:
    spoiled = sheet.copy()
    ImageDraw.Draw(spoiled).ellipse([pixels(side, DPI) for side in (46, 66, 55, 75)], fill=40)
    return spoiled


def pictured() -> Image.Image:
    page = with_code(empty(DPI), "PATCHT", symbology="Code128", at_mm=(40, 20))
    page.paste(Image.linear_gradient("L").resize((700, 500)).point(lambda level: 60 + level // 2), (300, 900))
    return page


def titled() -> Image.Image:
    """A sheet as it is printed: title, caption, advice."""
    words = "#v(120mm)#text(size: 30pt)[TRENNBLATT]\n\nZwischen zwei Briefe legen.\n\nBitte nicht beschreiben."
    return with_code(typeset(words, DPI), separator_code(), module_mm=1.4, at_mm=(60, 40))


def scaled(page: Image.Image) -> Image.Image:
    return page.resize((page.width * DPI // MARKS_DPI, page.height * DPI // MARKS_DPI))


WRITTEN: dict[str, Callable[[], Image.Image]] = {
    "a sticker on three lines": lambda: stuck_on("PATCHT", "Guten Tag\nIch brauche dringend Geld.\nAnna Muster"),
    "a sticker on a short letter": lambda: stuck_on("PATCHT"),
    "a cover's code on a short letter": lambda: stuck_on(cover_code(A)),
    "two lines by hand on a sheet of bars": lambda: patch_bars(handwritten(empty(DPI), 2, at_mm=(25, 90))),
    "a line by hand on a sheet of bars": lambda: patch_bars(handwritten(empty(DPI), 1, at_mm=(25, 90))),
    "a picture beside a separator's code": pictured,
}
PRINTED: dict[str, Callable[[], Image.Image]] = {
    "bars with a title in large letters": lambda: scaled(patch_sheet()),
    "code alone": lambda: separator(dpi=DPI),
    "bars alone": lambda: patch_bars(empty(DPI)),
    "title and advice": titled,
}


@pytest.mark.parametrize("sheet", WRITTEN)
def test_a_sheet_on_which_something_is_written_is_shown_to_a_person(tmp_path: Path, sheet: str) -> None:
    page = letter(PAGE, DPI)
    plan = planned(tmp_path / "scan.pdf", page, WRITTEN[sheet](), page)
    assert [one.pages for one in plan.letters] == [(1,), (3,)]
    assert [[doubt.code for doubt in one.doubts] for one in plan.letters] == [[], ["doubt.separator_written"]]


@pytest.mark.parametrize("sheet", ["a sticker on a short letter", "two lines by hand on a sheet of bars"])
def test_alone_in_its_batch_it_is_a_letter(tmp_path: Path, sheet: str) -> None:
    assert [one.pages for one in planned(tmp_path / "scan.pdf", WRITTEN[sheet]()).letters] == [(1,)]


@pytest.mark.parametrize("sheet", PRINTED)
def test_what_is_printed_on_a_sheet_raises_no_doubt(tmp_path: Path, sheet: str) -> None:
    page = letter(PAGE, DPI)
    plan = planned(tmp_path / "scan.pdf", page, PRINTED[sheet](), page)
    assert [(one.pages, one.doubts) for one in plan.letters] == [((1,), ()), ((3,), ())]


@pytest.mark.parametrize("text", [separator_code(), cover_code("SH-2026-00999"), "PATCHT"])
def test_a_sheet_whose_code_cannot_be_read_makes_the_letter_around_it_disputed(tmp_path: Path, text: str) -> None:
    first = with_code(letter(PAGE, DPI), label_code(A), module_mm=0.5, at_mm=(170, 8))
    sheet = blotted(separator(text, "QRCode", DPI))
    (found,) = planned(tmp_path / "scan.pdf", first, sheet, letter(PAGE, DPI)).letters
    assert (found.pages, found.dossier_id, found.disputed) == ((1, 2, 3), None, True)
    assert [doubt.code for doubt in found.doubts] == ["doubt.damaged_code"]


def test_a_card_copied_on_a_page_is_no_code(tmp_path: Path) -> None:
    page = empty(DPI)
    card = Image.effect_noise((pixels(85, DPI), pixels(54, DPI)), 90)
    page.paste(card, (pixels(50, DPI), pixels(80, DPI)))
    (found,) = planned(tmp_path / "scan.pdf", page).letters
    assert found.doubts == ()
