"""The ink on a page image: what is darker than the paper around it, be the paper grey, yellowed or shaded.

A page's ink is computed once, and looked at for places of codes, for bars, blanks and lines of writing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from PIL import Image, ImageChops

from sozialakte.intake.pages.sheet_size import A4_MM, A4_POINTS, enlarged, measured_mm

_PIXELS = 580  # along the longer side of A4: two a millimetre, at which a pencil stroke of 0.3 mm is still seen
_CLEAR = 30  # grey levels below the paper: print, pens, stamps
_FAINT = 15  # pale print, pencil, what shines through from the other side; a scanner's noise stays under 8
_PAPER_MM = 4  # the paper's tone is the lightest of 3 x 3 squares of this size


@dataclass(frozen=True)
class Ink:
    """A page reduced to about two pixels a millimetre, and how many grey levels each is darker than its paper.

    ``millimetre`` is in pixels of both images; ``enlarged`` is how much larger than in life a small sheet is measured.
    """

    sheet: Image.Image
    darkness: Image.Image
    millimetre: float
    enlarged: float = 1.0

    @cached_property
    def clear(self) -> Image.Image:
        """255 where print, a pen or a stamp left something, else 0."""
        return self.darker_than(_CLEAR)

    @cached_property
    def faint(self) -> Image.Image:
        """255 where anything at all may be written, else 0."""
        return self.darker_than(_FAINT)

    def darker_than(self, levels: int) -> Image.Image:
        """255 where it is at least so much darker than the paper, else 0."""
        return self.darkness.point([0] * levels + [255] * (256 - levels))


def ink_of(page: Image.Image, size: tuple[float, float] = A4_POINTS) -> Ink:
    """The ink on a grey image of a page of this size (points)."""
    long_side = measured_mm(size)
    sheet = page.reduce(max(1, round(max(page.size) / (_PIXELS * long_side / A4_MM))))
    millimetre = max(sheet.size) / long_side
    return Ink(sheet, ImageChops.subtract(_paper(sheet, millimetre), sheet), millimetre, enlarged(size))


def strips(picture: Image.Image, width: float, *, turned: bool = False) -> Iterator[bytes]:
    """The mean of each row, from the top, in upright strips of about ``width`` pixels.

    ``turned``: the same of what the picture's columns look like as rows.
    """
    across, down = reversed(picture.size) if turned else picture.size
    count = max(1, round(across / width))
    if turned:
        means = picture.resize((down, count), Image.Resampling.BOX).tobytes()
    else:
        narrow = picture.resize((count, down), Image.Resampling.BOX)
        means = narrow.transpose(Image.Transpose.TRANSPOSE).tobytes()
    for start in range(0, len(means), down):
        yield means[start : start + down]


def both_ways(picture: Image.Image) -> tuple[Image.Image, Image.Image]:
    """The picture, and what its columns look like as rows: nobody knows which way a page lies."""
    return picture, picture.transpose(Image.Transpose.TRANSPOSE)


def highest(picture: Image.Image) -> int:
    """The highest value in a grey picture."""
    return max(level for level, count in enumerate(picture.histogram()) if count)


def _paper(sheet: Image.Image, millimetre: float) -> Image.Image:
    """The paper without what is on it."""
    squares = sheet.reduce(max(1, round(_PAPER_MM * millimetre)))
    return _lightest_around(squares).resize(sheet.size, Image.Resampling.NEAREST)


def _lightest_around(squares: Image.Image) -> Image.Image:
    """The lightest of each 3 x 3 squares, in a third of the time that Pillow's filter takes."""
    width, height = squares.size
    for across, down in ((1, 0), (0, 1)):
        before = squares.crop((-across, -down, width - across, height - down))
        after = squares.crop((across, down, width + across, height + down))
        squares = ImageChops.lighter(squares, ImageChops.lighter(before, after))
    return squares
