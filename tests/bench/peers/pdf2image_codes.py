"""The usual way to find codes: render each page at 300 dpi (pdf2image, which runs poppler) and ask zxing-cpp.

It is given what helps it: grey pages, ten at a time, and only the symbologies that we look for. Argument: the file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import zxingcpp
from pdf2image import convert_from_path, pdfinfo_from_path
from PIL import Image

from tests.bench.meter import cpu_seconds, tell

AT_ONCE = 10  # pages in memory
FORMATS = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.Code39, zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode]
)


def pages_of(batch: str) -> Iterator[Image.Image]:
    """The pages as grey pictures."""
    count = pdfinfo_from_path(batch)["Pages"]
    for first in range(1, count + 1, AT_ONCE):
        yield from convert_from_path(batch, 300, first_page=first, last_page=first + AT_ONCE - 1, grayscale=True)


if __name__ == "__main__":
    begun = cpu_seconds()
    codes = [len(zxingcpp.read_barcodes(page, formats=FORMATS)) for page in pages_of(sys.argv[1])]
    tell(cpu=cpu_seconds() - begun, pages=len(codes), codes=sum(codes))
