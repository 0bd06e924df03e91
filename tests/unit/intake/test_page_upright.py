"""How a page lies is found from its lines, without reading."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from sozialakte.intake.pages.clear import clear
from sozialakte.intake.pages.upright import Lie, likely_lies, straight, turned
from tests.scans import OFFICE, empty, letter, scanned

LINES = "\n".join(
    ["Sozialdienst der Stadt Luzern", "Sehr geehrte Frau Müller", "Wir haben Ihren Antrag erhalten und geprüft."] * 4
)


@pytest.fixture(scope="module")
def page() -> Image.Image:
    return letter(LINES, dpi=200)


def fed(page: Image.Image, turn: int, skew: float) -> Image.Image:
    """The page as it comes out of the scanner: it has to be turned clockwise by these to lie right."""
    askew = page.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)
    return clear(scanned(turned(askew, (360 - turn) % 360), OFFICE))


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [-8.0, -3.0, 0.0, 1.0, 5.0, 7.6])
def test_any_quarter_and_any_skew_is_found(page: Image.Image, turn: int, skew: float) -> None:
    lies = likely_lies(fed(page, turn, skew))
    assert lies[0].turn == turn
    assert lies[0].skew == pytest.approx(skew + OFFICE.skew, abs=0.5)


def test_upside_down_comes_second_and_across_after_that(page: Image.Image) -> None:
    turns = [lie.turn for lie in likely_lies(fed(page, 90, 0))]
    assert turns[:2] == [90, 270]
    assert set(turns[2:]) == {0, 180}


def test_an_empty_page_lies_as_it_lies() -> None:
    assert likely_lies(clear(empty(200))) == [Lie()]


@pytest.mark.parametrize("skew", [-8.0, 2.5, 7.0])
def test_a_point_of_the_straight_page_is_found_on_the_page_as_it_lay(skew: float) -> None:
    dot, place = Image.new("L", (400, 600), 255), (320, 90)
    ImageDraw.Draw(dot).circle(place, 3, fill=0)
    upright = straight(dot, skew)
    box = upright.point([255] * 128 + [0] * 128).getbbox()
    assert box is not None
    x, y = (box[0] + box[2]) / 2 - upright.width / 2, (box[1] + box[3]) / 2 - upright.height / 2
    before = Lie(0, skew).before_straightening(x, y)
    assert before == pytest.approx((place[0] - 200, place[1] - 300), abs=2)
