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

_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_BARS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.Code39, zxingcpp.BarcodeFormat.Code128])

_CODE_MM = (66, 120)  # shorter and longer side of the place of a code, which has 8 mm more around; cards have more
_LARGE = 100  # pixels: below, half the size shows nothing that the size itself does not
_SHORTEST_BARS = 170  # pixels of a place: "PATCHT" has 101 bars and gaps of 1.3 pixels or more, and paper around it
_ROWS = 4  # 0.7 mm at 150 dpi: askew by 5 degrees, bars move by a third of a pixel
_TAKEN_UP = 0.5  # of a place's sides; the quiet zone around a sheet's code has a quarter of them


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
    """The codes at a place, and whether there are more that cannot be decoded.

    Looking for bars takes longer than looking for QR codes: not where one of these takes up the place.
    """
    left, upper = round(place[0] * image.width), round(place[1] * image.height)
    part = image.crop((left, upper, round(place[2] * image.width), round(place[3] * image.height)))
    seen = _qr_codes(part)
    if not any(each.takes_up(part.size) for each in seen):
        seen += _bars(part)
    whole = [each for each in seen if each.barcode.valid]
    return [each.found((left, upper), image.size) for each in whole], len(whole) < len(seen)


@dataclass(frozen=True)
class _Seen:
    """A code, be it whole or broken, and its left, upper, right and lower edge in pixels of the part looked at."""

    barcode: zxingcpp.Barcode
    edges: Box

    def takes_up(self, size: tuple[int, int]) -> bool:
        """Whether nothing but this code is in a part of this size."""
        left, upper, right, lower = self.edges
        return self.barcode.valid and min((right - left) / size[0], (lower - upper) / size[1]) >= _TAKEN_UP

    def found(self, offset: tuple[int, int], size: tuple[int, int]) -> FoundCode:
        """The code on the page, of this size, of which the part begins at ``offset``."""
        left, right = ((offset[0] + edge) / size[0] for edge in self.edges[::2])
        upper, lower = ((offset[1] + edge) / size[1] for edge in self.edges[1::2])
        return FoundCode(Code(self.barcode.symbology.name, self.barcode.text), (left, upper, right, lower))


def _qr_codes(part: Image.Image) -> list[_Seen]:
    """The QR codes, at half the size if there are none: so are some that print has frayed."""
    seen = [_Seen(barcode, _edges(barcode)) for barcode in _barcodes(part, _QR)]
    if seen or min(part.size) < _LARGE:
        return seen
    halved = ((barcode, _edges(barcode)) for barcode in _barcodes(part.reduce(2), _QR))
    return [_Seen(barcode, (2 * box[0], 2 * box[1], 2 * box[2], 2 * box[3])) for barcode, box in halved]


def _bars(part: Image.Image) -> list[_Seen]:
    """The codes of bars, in both directions in which there is room for one.

    Each row that is looked at is the mean of a few: along a bar nothing changes but noise, and it is quicker.
    """
    seen = []
    if part.width >= _SHORTEST_BARS:
        for barcode in _barcodes(part.reduce((1, _ROWS)), _BARS):
            left, upper, right, lower = _edges(barcode)
            seen.append(_Seen(barcode, (left, upper * _ROWS, right, lower * _ROWS)))
    if part.height >= _SHORTEST_BARS:
        for barcode in _barcodes(part.reduce((_ROWS, 1)).transpose(Image.Transpose.TRANSPOSE), _BARS):
            upper, left, lower, right = _edges(barcode)
            seen.append(_Seen(barcode, (left * _ROWS, upper, right * _ROWS, lower)))
    return seen


def _barcodes(part: Image.Image, formats: zxingcpp.BarcodeFormats) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(
        memoryview(part.tobytes()).cast("B", (part.height, part.width)),
        formats=formats,
        try_rotate=False,  # QR codes are found however they lie
        text_mode=zxingcpp.TextMode.Plain,
        try_downscale=False,  # the image is as small as it may be
        try_invert=False,  # nobody prints white codes on black sheets
        return_errors=True,
    )


def _edges(barcode: zxingcpp.Barcode) -> Box:
    place = barcode.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    across, down = [corner.x for corner in corners], [corner.y for corner in corners]
    return min(across), min(down), max(across), max(down)
