"""What is written on a page beside the words that were read: by hand, or too badly to be read.

Counted in pieces of line 5 mm wide, along the lines of print; where there is none, along or across the page, whichever
gives more: nobody knows how what cannot be read lies. A page has writing left unread if it has many pieces, or a line
of them where no signature is expected: somebody wrote "Ich erhebe Einsprache" on a printed page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from sozialakte.intake.pages.ink import both_ways, strips
from sozialakte.intake.pages.reading_scale import pixels_per_mm
from sozialakte.intake.pages.recognised import Pixels

_REDUCED = 3  # 2.6 pixels a millimetre are left, at which a pen stroke is still seen
_INK = 170  # grey level of a clear page below which there is ink
_AROUND_MM = 0.8  # of a word: Tesseract's boxes are tight
_STRIP_MM = 5
_HEIGHT_MM = (1, 15)
_INKED = 20  # of 255, in a row of a strip
_SOLID = 0.7  # of a piece: bars, frames and pictures have more ink than writing

_MANY = 30
"""Pieces that are more than signatures: two lines by hand. Measured: a page by hand has 44 to 690, a printed one with a
note of two lines 33 to 53, one with signatures up to 20."""
_LINE = 10
"""Pieces in a line, 50 mm: a signature has up to 8, and so has what is left of print on the demo's scans."""
_LINE_MM = 8  # that pieces of a line lie above and below each other
_APART = 2  # strips from a piece to the next one of the line
_SIGNED_MM = 35  # below the closing formula


@dataclass(frozen=True, order=True)
class Piece:
    """A piece of writing: its middle in millimetres from the top, and its strip from the left."""

    middle: float
    strip: int


@dataclass(frozen=True)
class Unread:
    """The pieces of writing that were not read, from the top."""

    pieces: tuple[Piece, ...]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.pieces)

    def is_writing(self, closings: Iterable[float] = ()) -> bool:
        """Whether somebody wrote more than a signature; ``closings``: where closing formulas stand, in millimetres."""
        if len(self) >= _MANY:
            return True
        signed = [(closing, closing + _SIGNED_MM) for closing in closings]
        outside = [piece for piece in self.pieces if not any(top <= piece.middle <= end for top, end in signed)]
        return any(_longest(line) >= _LINE for line in _lines(outside))


def unread_ink(page: Image.Image, read: Sequence[Pixels]) -> Unread:
    """The writing on the clear grey page outside the boxes of what was read."""
    ink = rest_of(page, read).reduce(_REDUCED).point([255 if level < _INK else 0 for level in range(256)])
    ways = [ink] if read else both_ways(ink)
    found = [tuple(sorted(_pieces(picture, pixels_per_mm(page) / _REDUCED))) for picture in ways]
    return Unread(max(found, key=len))


def rest_of(page: Image.Image, read: Iterable[Pixels]) -> Image.Image:
    """The page without what was read."""
    around = _AROUND_MM * pixels_per_mm(page)
    rest = page.copy()
    draw = ImageDraw.Draw(rest)
    for left, upper, right, lower in read:
        draw.rectangle((left - around, upper - around, right + around, lower + around), fill=255)
    return rest


def _pieces(ink: Image.Image, millimetre: float) -> Iterator[Piece]:
    lowest, highest = (size * millimetre for size in _HEIGHT_MM)
    for place, strip in enumerate(strips(ink, _STRIP_MM * millimetre)):
        for start, run in _runs(strip):
            if lowest <= len(run) <= highest and sum(run) < _SOLID * 255 * len(run):
                yield Piece((start + len(run) / 2) / millimetre, place)


def _runs(strip: bytes) -> Iterator[tuple[int, bytes]]:
    start = None
    for row, level in enumerate([*strip, 0]):
        if level >= _INKED and start is None:
            start = row
        elif level < _INKED and start is not None:
            yield start, strip[start:row]
            start = None


def _lines(pieces: Sequence[Piece]) -> Iterator[list[int]]:
    """The strips of the pieces that may be one line, for each piece that may be its highest."""
    middles = [piece.middle for piece in pieces]
    for middle in middles:
        among = pieces[bisect_left(middles, middle) : bisect_right(middles, middle + _LINE_MM)]
        yield sorted({piece.strip for piece in among})


def _longest(line: Sequence[int]) -> int:
    """The most strips that follow each other."""
    longest = length = 0
    for place, strip in enumerate(line):
        length = length + 1 if place and strip - line[place - 1] <= _APART else 1
        longest = max(longest, length)
    return longest
