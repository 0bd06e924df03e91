"""Bar codes and QR codes on a page image, read with zxing-cpp.

Only the symbologies that mean something to the intake are searched: Code 39, Code 128 and QR take 9 ms on an A4 page at
150 dpi. DataMatrix would take 25 ms more and stands on nearly every letter as franking, which tells us nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import zxingcpp
from PIL import Image

from sozialakte.intake.model import Code
from sozialakte.intake.page_lines import Box

_FORMATS = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.Code39, zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode]
)


@dataclass(frozen=True)
class FoundCodes:
    """The codes of a page, each once and in a fixed order, and where they stand (a code may stand twice)."""

    codes: tuple[Code, ...] = ()
    boxes: tuple[Box, ...] = ()


def find_codes(image: Image.Image, finer: Callable[[], Image.Image]) -> FoundCodes:
    """The codes on a grey page in any of four orientations.

    Where a symbol is seen but cannot be decoded, ``finer`` is asked for the page at full resolution.
    """
    found = _read(image)
    if not all(barcode.valid for barcode, _ in found):
        found = [*found, *_read(finer())]
    whole = [(barcode, box) for barcode, box in found if barcode.valid]
    codes = {Code(barcode.symbology.name, barcode.text) for barcode, _ in whole}
    in_order = sorted(codes, key=lambda code: (code.format, code.text))
    return FoundCodes(tuple(in_order), tuple(box for _, box in whole))


def _read(image: Image.Image) -> list[tuple[zxingcpp.Barcode, Box]]:
    pixels = memoryview(image.tobytes()).cast("B", (image.height, image.width))
    found = zxingcpp.read_barcodes(
        pixels,
        formats=_FORMATS,
        text_mode=zxingcpp.TextMode.Plain,
        try_downscale=False,  # the image is as small as it may be
        try_invert=False,  # nobody prints white codes on black sheets
        return_errors=True,
    )
    return [(barcode, _box(barcode.position, image)) for barcode in found]


def _box(place: zxingcpp.Position, image: Image.Image) -> Box:
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    across = [corner.x / image.width for corner in corners]
    down = [corner.y / image.height for corner in corners]
    return min(across), min(down), max(across), max(down)
