"""Where on a page codes may stand: where ink lies as evenly as bars and modules do.

A code is half ink whatever its contrast; writing has paper between its strokes and lines. For ink of darkness d in a
spot of 5 mm, (mean of the root of d)^2 / (mean of d) is the share of the spot that is inked, be it black or pale. The
densest spot of a code from 5 mm high on has at least 0.70 (modules of 0.25 to 0.8 mm, 40 to 255 grey levels of
contrast); of a page of writing 0.3 % of the spots reach 0.60. Codes are looked for only around such spots: on a tenth
of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageChops, ImageFilter

from sozialakte.intake.page_ink import Ink

Box = tuple[float, float, float, float]
"""Left, upper, right and lower edge as shares of the page's width and height."""

_SPOT_MM = 5
_SQUARE_MM = 2  # spots are put together of these
_DENSE = 0.6  # of a spot: here is perhaps a code
_HALF_DENSE = 0.43  # and this is perhaps the rest of it
_NOISE = 8  # grey levels: less is no ink
_NOISE_MEAN = 2  # what noise adds to the mean darkness of a spot
_PALEST = 5  # mean darkness of a spot with a code
_SQUARES = 2  # in a cell of the grid
_APART = 1  # of the grid's cells around each: what touches then is one place
_AROUND = 2  # cells around a place: a code's quiet zone
_MOST = 0.5  # of the page: then it is quicker to look at all of it

_RUN = re.compile(rb"[^\0]+")
_ROOT = [round(16 * darkness**0.5) if darkness >= _NOISE else 0 for darkness in range(256)]


@dataclass
class _Place:
    """Cells of the grid. ``dense``: some of them are."""

    left: int
    upper: int
    right: int
    lower: int
    dense: bool

    def meets(self, other: _Place) -> bool:
        across = self.left <= other.right and other.left <= self.right
        return across and self.upper <= other.lower and other.upper <= self.lower

    def grow(self, other: _Place) -> None:
        self.left, self.upper = min(self.left, other.left), min(self.upper, other.upper)
        self.right, self.lower = max(self.right, other.right), max(self.lower, other.lower)
        self.dense = self.dense or other.dense


def dense_places(ink: Ink) -> list[Box]:
    """Where codes may stand; one that is the page if they cover most of it."""
    roots = _means(ink.darkness.point(_ROOT), ink.millimetre)
    darkness = _means(ink.darkness, ink.millimetre)
    dense, grid = (_cells(roots, darkness, share) for share in (_DENSE, _HALF_DENSE))
    places = _merged(_runs(grid, dense.tobytes()))
    boxes = [_box(place, grid.size) for place in places if place.dense]
    covered = sum((right - left) * (lower - upper) for left, upper, right, lower in boxes)
    return boxes if covered < _MOST else [(0.0, 0.0, 1.0, 1.0)]


def _means(picture: Image.Image, millimetre: float) -> Image.Image:
    """The mean over the spot around each square."""
    squares = picture.reduce(max(1, round(_SQUARE_MM * millimetre)))
    return squares.filter(ImageFilter.BoxBlur((_SPOT_MM / _SQUARE_MM - 1) / 2))


def _cells(roots: Image.Image, darkness: Image.Image, share: float) -> Image.Image:
    """A grid of cells over the page, 0 where no spot is inked to that share."""
    spots = ImageChops.subtract(roots.point(_most_darkness(share)), darkness)
    return spots.point([0] + [255] * 255).reduce(_SQUARES)


@cache
def _most_darkness(share: float) -> list[int]:
    """For each mean of roots the mean darkness below which a spot is inked to that share; none for noise."""
    least = _PALEST * share
    return [round(root**2 / 256 / share) + _NOISE_MEAN if root**2 / 256 > least else 0 for root in range(256)]


def _runs(grid: Image.Image, dense: bytes) -> Iterator[_Place]:
    """The pieces of the grid's rows that are not 0, with the cells around them."""
    cells, width = grid.tobytes(), grid.width
    for row in range(grid.height):
        for found in _RUN.finditer(cells, row * width, (row + 1) * width):
            left, right = found.start() - row * width, found.end() - row * width
            is_dense = any(dense[found.start() : found.end()])
            yield _Place(left - _APART, row - _APART, right + _APART, row + 1 + _APART, is_dense)


def _merged(places: Iterator[_Place]) -> list[_Place]:
    """What touches becomes one."""
    apart: list[_Place] = []
    for place in places:
        while touching := next(filter(place.meets, apart), None):
            apart.remove(touching)
            place.grow(touching)
        apart.append(place)
    return apart


def _box(place: _Place, size: tuple[int, int]) -> Box:
    more = _AROUND - _APART
    left, upper = max(0, place.left - more), max(0, place.upper - more)
    right, lower = min(size[0], place.right + more), min(size[1], place.lower + more)
    return left / size[0], upper / size[1], right / size[0], lower / size[1]
