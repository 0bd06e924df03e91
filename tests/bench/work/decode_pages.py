"""The limit: decode the picture of every page at half its size, nothing else. Argument: the file."""

from __future__ import annotations

import io
import sys

from PIL import Image
from pypdf import PdfReader

from tests.bench.meter import cpu_seconds, tell
from tests.bench.scan_sets import scanned_picture


def decode(picture: bytes) -> None:
    """Decode as the library does it fastest: the JPEG decoder itself halves."""
    with Image.open(io.BytesIO(picture)) as image:
        image.draft("L", (image.width // 2, image.height // 2))
        image.load()


if __name__ == "__main__":
    found = [placed.data for placed in map(scanned_picture, PdfReader(sys.argv[1]).pages) if placed]
    begun = cpu_seconds()
    for each in found:
        decode(each)
    tell(cpu=cpu_seconds() - begun, pages=len(found))
