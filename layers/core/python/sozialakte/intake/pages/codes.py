"""Bar codes and QR codes on a page image, read with zxing-cpp.

Only the symbologies that mean something to the intake are searched, and only where ink lies densely (`pages.spots`).
DataMatrix would take three times as long and stands on nearly every letter as franking, which tells us nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import zxingcpp
from PIL import Image

from sozialakte.intake.model import Code
from sozialakte.intake.pages.ink import Ink
from sozialakte.intake.pages.spots import Box

_FORMATS = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.Code39, zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode]
)

_CODE_MM = (66, 120)  # shorter and longer side of the place of a code, which has 8 mm more around; cards have more
_LARGE = 100  # pixels: below, half the size shows nothing that the size itself does not


@dataclass(frozen=True)
class FoundCode:
    """A code and where on the page it stands. The same code may stand twice."""

    code: Code
    box: Box


@dataclass(frozen=True)
class CodesSeen:
    """The codes of a page, and whether there are more that cannot be decoded: torn, blotted, crossed out."""

    found: tuple[FoundCode, ...]
    unread: bool


def find_codes(image: Image.Image, places: Sequence[Box], finer: Callable[[], Image.Image]) -> list[FoundCode]:
    """The codes at these places of a grey page, in any of four orientations.

    Where a symbol is seen but cannot be decoded, ``finer`` is asked for the page at full resolution.
    """
    return list(look_for_codes(image, places, finer).found)


def look_for_codes(image: Image.Image, places: Sequence[Box], finer: Callable[[], Image.Image]) -> CodesSeen:
    """As `find_codes`, with what cannot be decoded at full resolution either."""
    found: list[FoundCode] = []
    unread = False
    for place in places:
        whole, broken = _read(image, place)
        if broken:
            fine, broken = _read(finer(), place)
            whole += fine
        found += whole
        unread = unread or broken
    return CodesSeen(tuple(found), unread)


def may_hold_code(ink: Ink, places: Sequence[Box]) -> bool:
    """Whether one of the places, at which no code is found, has the size of one on a sheet or label."""
    width, height = ink.sheet.size
    sizes = [((right - left) * width, (lower - upper) * height) for left, upper, right, lower in places]
    sides = [(min(size) / ink.millimetre, max(size) / ink.millimetre) for size in sizes]
    return any(short <= _CODE_MM[0] and long <= _CODE_MM[1] for short, long in sides)


def codes_of(found: Iterable[FoundCode]) -> tuple[Code, ...]:
    """Each code once, in a fixed order."""
    return tuple(sorted({each.code for each in found}, key=lambda code: (code.format, code.text)))


def _read(image: Image.Image, place: Box) -> tuple[list[FoundCode], bool]:
    """The codes at a place, and whether there are more that cannot be decoded."""
    left, upper = round(place[0] * image.width), round(place[1] * image.height)
    part = image.crop((left, upper, round(place[2] * image.width), round(place[3] * image.height)))
    seen, scale = _barcodes(part), 1
    if not seen and min(part.size) >= _LARGE:
        seen, scale = _barcodes(part.reduce(2)), 2
    whole = [barcode for barcode in seen if barcode.valid]
    return [_found(barcode, (left, upper), scale, image.size) for barcode in whole], len(whole) < len(seen)


def _barcodes(part: Image.Image) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(
        memoryview(part.tobytes()).cast("B", (part.height, part.width)),
        formats=_FORMATS,
        text_mode=zxingcpp.TextMode.Plain,
        try_downscale=False,  # the image is as small as it may be
        try_invert=False,  # nobody prints white codes on black sheets
        return_errors=True,
    )


def _found(barcode: zxingcpp.Barcode, offset: tuple[int, int], scale: int, size: tuple[int, int]) -> FoundCode:
    place = barcode.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    across = [(offset[0] + scale * corner.x) / size[0] for corner in corners]
    down = [(offset[1] + scale * corner.y) / size[1] for corner in corners]
    box = min(across), min(down), max(across), max(down)
    return FoundCode(Code(barcode.symbology.name, barcode.text), box)
