"""Codes are found on real scans in every orientation, and nothing is found where nothing is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image

from sozialakte.intake.model import Code
from sozialakte.intake.pages.codes import FoundCode, codes_of, find_codes, look_for_codes
from sozialakte.intake.pages.ink import ink_of
from sozialakte.intake.pages.sheet_codes import label_code
from sozialakte.intake.pages.spots import dense_places
from tests.scans import Scanner, letter, pixels, scanned, separator, with_code

LABEL = label_code("SH-2026-00123")
BAD_SCANNER = Scanner(skew=2.5, noise=9, paper=225, ink=70)


def no_second_look() -> Image.Image:
    raise AssertionError("everything was readable at first sight")


def found_on(page: Image.Image, finer: Callable[[], Image.Image] = no_second_look) -> list[FoundCode]:
    return find_codes(page, dense_places(ink_of(page)), finer)


def at_150_dpi(page: Image.Image) -> Image.Image:
    return scanned(page, BAD_SCANNER)


@pytest.mark.parametrize("symbology", ["Code39", "Code128", "QRCode"])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_separator_is_found_in_every_orientation(symbology: str, turn: int) -> None:
    image = at_150_dpi(separator("PATCHT", symbology, dpi=150)).rotate(turn, expand=True)
    assert codes_of(found_on(image)) == (Code(symbology, "PATCHT"),)


def test_several_codes_on_a_page_are_all_found_once_and_in_order() -> None:
    page = letter("Sehr geehrte Damen und Herren", dpi=150)
    page = with_code(page, LABEL, module_mm=0.5, at_mm=(20, 10))
    page = with_code(page, LABEL, module_mm=0.5, at_mm=(20, 240))
    page = with_code(page, LABEL, symbology="Code128", module_mm=0.33, at_mm=(80, 15))
    page = with_code(page, "PATCHT", symbology="Code39", module_mm=0.4, at_mm=(80, 240))
    assert codes_of(found_on(at_150_dpi(page))) == (
        Code("Code128", LABEL),
        Code("Code39", "PATCHT"),
        Code("QRCode", LABEL),
    )


def test_a_letter_without_codes_has_none() -> None:
    page = letter("Sehr geehrte Damen und Herren\n" * 12, dpi=150)
    assert codes_of(found_on(at_150_dpi(page))) == ()


def test_a_code_that_is_seen_but_not_readable_gets_a_second_look() -> None:
    clean = with_code(letter("Guten Tag", dpi=150), LABEL, module_mm=0.8, at_mm=(60, 20))
    left, top, size = pixels(60, 150), pixels(20, 150), pixels(0.8, 150) * 33  # 25 modules and a quiet zone of 4
    spoiled = clean.copy()
    spoiled.paste(255, (left + size // 2, top + size // 2, left + size, top + size))
    assert found_on(spoiled, lambda: spoiled) == []
    places = dense_places(ink_of(spoiled))
    assert look_for_codes(spoiled, places, lambda: spoiled).unread
    assert not look_for_codes(spoiled, places, lambda: clean).unread
    assert codes_of(found_on(spoiled, lambda: clean)) == (Code("QRCode", LABEL),)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_code_is_found_where_it_stands(turn: int) -> None:
    page = with_code(letter("Guten Tag", dpi=150), LABEL, module_mm=0.8, at_mm=(160, 20))
    (found,) = found_on(page.rotate(turn, expand=True))
    box = found.box
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    right, upper = (160 + 13.2) / 210, (20 + 13.2) / 297  # 25 modules and a quiet zone of 4
    expected = {0: (right, upper), 90: (upper, 1 - right), 180: (1 - right, 1 - upper), 270: (1 - upper, right)}[turn]
    assert middle == pytest.approx(expected, abs=0.01)


def test_a_code_that_stands_twice_has_two_places() -> None:
    page = with_code(with_code(letter("Guten Tag", dpi=150), LABEL, at_mm=(20, 60)), LABEL, at_mm=(20, 200))
    found = found_on(page)
    assert len(codes_of(found)) == 1
    assert len({each.box for each in found}) == 2
