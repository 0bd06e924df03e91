"""What is written on a page beside the words that were read: by hand, or too badly to be read.

Counted in pieces of line 5 mm wide, along the lines of print; where there is none, along or across the page, whichever
gives more: nobody knows how what cannot be read lies. A signature has up to 20 pieces, two lines of handwriting 30 and
more, a page of it 100 and more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from PIL import Image, ImageDraw

from sozialakte.intake.pages.ink import both_ways, strips
from sozialakte.intake.pages.recognised import Pixels

_LONG_SIDE_MM = 297
_REDUCED = 3  # 2.6 pixels a millimetre are left, at which a pen stroke is still seen
_INK = 170  # grey level of a clear page below which there is ink
_AROUND_MM = 0.8  # of a word: Tesseract's boxes are tight
_STRIP_MM = 5
_HEIGHT_MM = (1, 15)
_INKED = 20  # of 255, in a row of a strip
_SOLID = 0.7  # of a piece: bars, frames and pictures have more ink than writing


def unread_pieces(page: Image.Image, read: Sequence[Pixels]) -> int:
    """Pieces of writing on the clear grey page outside the boxes of what was read."""
    millimetre = max(page.size) / _LONG_SIDE_MM
    ink = rest_of(page, read).reduce(_REDUCED).point([255 if level < _INK else 0 for level in range(256)])
    ways = [ink] if read else both_ways(ink)
    return max(_pieces(picture, millimetre / _REDUCED) for picture in ways)


def rest_of(page: Image.Image, read: Iterable[Pixels]) -> Image.Image:
    """The page without what was read."""
    around = _AROUND_MM * max(page.size) / _LONG_SIDE_MM
    rest = page.copy()
    draw = ImageDraw.Draw(rest)
    for left, upper, right, lower in read:
        draw.rectangle((left - around, upper - around, right + around, lower + around), fill=255)
    return rest


def _pieces(ink: Image.Image, millimetre: float) -> int:
    lowest, highest = (size * millimetre for size in _HEIGHT_MM)
    runs = (run for strip in strips(ink, _STRIP_MM * millimetre) for run in _runs(strip))
    return sum(1 for run in runs if lowest <= len(run) <= highest and sum(run) < _SOLID * 255 * len(run))


def _runs(strip: bytes) -> Iterator[bytes]:
    start = None
    for row, level in enumerate([*strip, 0]):
        if level >= _INKED and start is None:
            start = row
        elif level < _INKED and start is not None:
            yield strip[start:row]
            start = None
