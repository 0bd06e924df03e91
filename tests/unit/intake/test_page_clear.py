"""Pages are made clear before they are read."""

from __future__ import annotations

import pytest
from PIL import Image, ImageOps

from sozialakte.intake.pages.clear import clear
from tests.bad_scans import dirty, toned, unevenly_lit
from tests.scans import empty, letter, separator

DENSE = "\n".join(["Die Verfügung ist der Beschwerde beizulegen, soweit sie der Partei vorliegt und lesbar ist."] * 22)
PAGES = {"dense print": letter(DENSE, dpi=200), "a sheet of bars": separator(dpi=200), "empty": empty(200)}


def share_of_ink(page: Image.Image) -> float:
    levels = page.histogram()
    return sum(levels[:128]) / sum(levels)


def bilevel(page: Image.Image) -> Image.Image:
    return page.convert("1", dither=Image.Dither.NONE).convert("L")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("scan", [bilevel, dirty, unevenly_lit, lambda page: toned(page, 15, 85)])
def test_paper_becomes_white_and_ink_stays_what_it_is(page: str, scan: object) -> None:
    assert callable(scan)
    assert share_of_ink(clear(scan(PAGES[page]))) == pytest.approx(share_of_ink(PAGES[page]), abs=0.02)


@pytest.mark.parametrize("page", ["dense print", "a sheet of bars"])
def test_a_negative_is_turned_back(page: str) -> None:
    negative = ImageOps.invert(bilevel(PAGES[page]))
    assert share_of_ink(clear(negative)) == pytest.approx(share_of_ink(PAGES[page]), abs=0.02)
