"""Bar codes and QR codes on a page image, read with zxing-cpp.

Only the symbologies that mean something to the intake are searched: Code 39, Code 128 and QR take 9 ms on an A4 page at
150 dpi. DataMatrix would take 25 ms more and stands on nearly every letter as franking, which tells us nothing.
"""

from __future__ import annotations

from collections.abc import Callable

import zxingcpp
from PIL import Image

from sozialakte.intake.model import Code

_FORMATS = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.Code39, zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode]
)


def find_codes(image: Image.Image, finer: Callable[[], Image.Image]) -> tuple[Code, ...]:
    """The codes on a grey page in any of four orientations, each once, in a fixed order.

    Where a symbol is seen but cannot be decoded, ``finer`` is asked for the page at full resolution.
    """
    found = _read(image)
    if not all(barcode.valid for barcode in found):
        found = [*found, *_read(finer())]
    codes = {Code(barcode.symbology.name, barcode.text) for barcode in found if barcode.valid}
    return tuple(sorted(codes, key=lambda code: (code.format, code.text)))


def _read(image: Image.Image) -> list[zxingcpp.Barcode]:
    pixels = memoryview(image.tobytes()).cast("B", (image.height, image.width))
    return zxingcpp.read_barcodes(
        pixels,
        formats=_FORMATS,
        text_mode=zxingcpp.TextMode.Plain,
        try_downscale=False,  # the image is as small as it may be
        try_invert=False,  # nobody prints white codes on black sheets
        return_errors=True,
    )
