"""The bills' QR codes on a page, however badly it was scanned, folded or photographed.

A ladder of attempts, the cheap ones first. A page whose code is whole costs one look. Where a symbol is seen but not
understood, its place is set upright by its corners and looked at again, larger and with other contrasts; where nothing
is seen, the whole page is looked at again with other contrasts. All of it is bounded: so many attempts, so many pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, product

import zxingcpp
from PIL import Image, ImageChops, ImageFilter, ImageOps

from sozialakte.payments.qr_payload import is_qr_bill

_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_BINARIZERS = (zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram)
_UPRIGHT = 708  # pixels of a place set upright: six for each module of the largest symbol (version 25)
_MARGINS = (0.12, 0.2)  # of a symbol's side: paper that is looked at around it
_MOST_SUSPECTS = 3  # symbols of a page that are looked at again
_SMALL = 1800  # pixels: a page with less is enlarged
_SAME_PLACE = 0.5  # of the longer side of a symbol

Corner = tuple[float, float]
Corners = tuple[Corner, Corner, Corner, Corner]


@dataclass
class _Seen:
    """What was understood, and the places of what was not, as shares of the page."""

    codes: dict[bytes, Corners] = field(default_factory=dict)
    suspects: list[Corners] = field(default_factory=list)

    @property
    def open(self) -> list[Corners]:
        """Places at which something was seen that nobody understood at any look."""
        return [place for place in self.suspects if not any(_same(code, place) for code in self.codes.values())]

    def is_enough(self) -> bool:
        return bool(self.codes) and not self.open

    def look(self, picture: Image.Image, binarizer: zxingcpp.Binarizer = _BINARIZERS[0]) -> None:
        for barcode in _barcodes(picture, binarizer):
            place = _corners(barcode, picture.size)
            if barcode.valid:
                self.codes.setdefault(barcode.bytes, place)
            elif not any(_same(place, other) for other in self.suspects):
                self.suspects.append(place)


@dataclass(frozen=True)
class CodesSeen:
    """The payloads of a page's bills, from top to bottom, each once. ``unread``: there is a code nobody can read."""

    bills: tuple[bytes, ...]
    unread: bool


def bill_codes(coarse: Callable[[], Image.Image], fine: Callable[[], Image.Image]) -> CodesSeen:
    """The codes of the bills on a grey page: ``coarse`` is the page at about 145 dpi, ``fine`` all that there is."""
    seen = _Seen()
    seen.look(coarse())
    if not seen.is_enough():
        _look_closer(seen, fine())
    bills = [(place, code) for code, place in seen.codes.items() if is_qr_bill(code)]
    in_order = sorted(bills, key=lambda bill: (_middle(bill[0])[1], bill[1]))
    return CodesSeen(tuple(code for _, code in in_order), bool(seen.open))


def _look_closer(seen: _Seen, page: Image.Image) -> None:
    for picture in _pictures(page):
        seen.look(picture)
        if seen.is_enough():
            return
        _look_at_suspects(seen, page)
        if seen.is_enough():
            return


def _pictures(page: Image.Image) -> Iterator[Image.Image]:
    """The page as it is, and with what may help where it does not: even light, no creases, less noise, more pixels."""
    yield page
    yield uncreased(page, 5)
    yield uncreased(page, 3)
    even = evenly_lit(page)
    yield even
    yield even.filter(ImageFilter.GaussianBlur(1.2))
    yield ImageOps.scale(even, 2, Image.Resampling.BICUBIC) if max(page.size) < _SMALL else even.reduce(2)


def uncreased(page: Image.Image, width: int) -> Image.Image:
    """The page without light lines thinner than ``width`` pixels, which creases leave in dark modules."""
    darkest = _over_neighbours(page, width, ImageChops.darker)
    return _over_neighbours(darkest, width, ImageChops.lighter, back=True)


def _over_neighbours(
    page: Image.Image, width: int, chosen: Callable[[Image.Image, Image.Image], Image.Image], *, back: bool = False
) -> Image.Image:
    """Of each pixel and those right of and below it (``back``: left and above), the chosen one."""
    sign = -1 if back else 1
    for across, down in ((sign, 0), (0, sign)):
        row = page
        for step in range(1, width):
            page = chosen(page, ImageChops.offset(row, across * step, down * step))
    return page


def evenly_lit(page: Image.Image) -> Image.Image:
    """The page without shadows: each pixel against the light around it."""
    reach = max(8, max(page.size) // 40)
    light = page.filter(ImageFilter.BoxBlur(reach))
    return ImageOps.autocontrast(ImageChops.subtract(page, light, scale=1, offset=128), cutoff=0.5)


def _look_at_suspects(seen: _Seen, page: Image.Image) -> None:
    for place in islice(list(seen.open), _MOST_SUSPECTS):
        for picture, binarizer in product(_set_upright(page, place), _BINARIZERS):
            code = _only_code(picture, binarizer)
            if code is not None:
                seen.codes[code] = place
                break


def _set_upright(page: Image.Image, place: Corners) -> Iterator[Image.Image]:
    """A symbol as if it lay straight in front of the eye, with paper around it."""
    for margin in _MARGINS:
        quad = [coordinate for corner in _grown(place, margin) for coordinate in _in_pixels(corner, page.size)]
        data = (*quad[0:2], *quad[6:8], *quad[4:6], *quad[2:4])  # upper left, lower left, lower right, upper right
        size = (round(_UPRIGHT * (1 + 2 * margin)),) * 2
        upright = page.transform(size, Image.Transform.QUAD, data, Image.Resampling.BICUBIC, fillcolor=255)
        yield upright
        yield uncreased(upright, 7)
        yield evenly_lit(upright)
        yield upright.filter(ImageFilter.GaussianBlur(2))


def _only_code(picture: Image.Image, binarizer: zxingcpp.Binarizer) -> bytes | None:
    return next((barcode.bytes for barcode in _barcodes(picture, binarizer) if barcode.valid), None)


def _barcodes(picture: Image.Image, binarizer: zxingcpp.Binarizer) -> Sequence[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(
        memoryview(picture.tobytes()).cast("B", (picture.height, picture.width)),
        formats=_QR,
        text_mode=zxingcpp.TextMode.Plain,
        binarizer=binarizer,
        try_invert=False,  # nobody prints white codes on black paper
        return_errors=True,
    )


def _corners(barcode: zxingcpp.Barcode, size: tuple[int, int]) -> Corners:
    where = barcode.position
    upper_left, upper_right, lower_right, lower_left = (
        (corner.x / size[0], corner.y / size[1])
        for corner in (where.top_left, where.top_right, where.bottom_right, where.bottom_left)
    )
    return upper_left, upper_right, lower_right, lower_left


def _grown(place: Corners, margin: float) -> Iterator[Corner]:
    across, down = _middle(place)
    for x, y in place:
        yield across + (x - across) * (1 + 2 * margin), down + (y - down) * (1 + 2 * margin)


def _in_pixels(corner: Corner, size: tuple[int, int]) -> Corner:
    return corner[0] * size[0], corner[1] * size[1]


def _middle(place: Corners) -> Corner:
    return sum(corner[0] for corner in place) / 4, sum(corner[1] for corner in place) / 4


def _same(one: Corners, other: Corners) -> bool:
    """Whether two looks saw the same symbol: their middles are closer than half of it."""
    (x, y), (u, v) = _middle(one), _middle(other)
    side = max(abs(one[0][0] - one[2][0]), abs(one[0][1] - one[2][1]))
    return max(abs(x - u), abs(y - v)) < max(_SAME_PLACE * side, 0.01)
