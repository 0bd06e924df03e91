"""Where on a page codes may stand: where ink lies as evenly as bars and modules do.

A code is half ink whatever its contrast; writing has paper between its strokes and lines. For ink of darkness d in a
spot of 5 mm, (mean of the root of d)^2 / (mean of d) is the share of the spot that is inked, be it black or pale. The
densest spot of a code from 5 mm high on has at least 0.70 (modules of 0.25 to 0.8 mm, 40 to 255 grey levels of
contrast); of a page of writing 0.3 % of the spots reach 0.60. Codes are looked for only around such spots: on a tenth
of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageChops, ImageFilter

from sozialakte.intake.pages.ink import Ink

Box = tuple[float, float, float, float]
"""Left, upper, right and lower edge as shares of the page's width and height."""

_SPOT_MM = 5
_SQUARE_MM = 2  # spots are put together of these
_DENSE = 0.6  # of a spot: here is perhaps a code
_HALF_DENSE = 0.43  # and this is perhaps the rest of it
_NOISE = 8  # grey levels: less is no ink
_NOISE_MEAN = 2  # what noise adds to the mean darkness of a spot
_PALEST = 5  # mean darkness of a spot with a code
_LEAST_DENSE = 4  # squares with such a spot in a place; the smallest codes have 8, bold words and signatures 1 to 3
_SQUARES = 2  # in a cell of the grid, each way
_GAP = 1  # cells between what is one place: a code has none wider, a paragraph and the next one have
_AROUND = 2  # cells around a place: a code's quiet zone
_REACH = 10  # cells: farther than 40 mm from a dense spot is no part of its code
_MOST = 0.5  # of the page: then it is quicker to look at all of it

_ANY = [0] + [255] * 255
_RUN = re.compile(rb"[^\0]+")
_ROOT = [round(16 * darkness**0.5) if darkness >= _NOISE else 0 for darkness in range(256)]


@dataclass
class _Place:
    """Cells of the grid, and the gap to the right and below. ``dense``: how many squares of them are."""

    left: float
    upper: float
    right: float
    lower: float
    dense: int

    def meets(self, other: _Place) -> bool:
        across = self.left <= other.right and other.left <= self.right
        return across and self.upper <= other.lower and other.upper <= self.lower

    def grow(self, other: _Place) -> None:
        self.left, self.upper = min(self.left, other.left), min(self.upper, other.upper)
        self.right, self.lower = max(self.right, other.right), max(self.lower, other.lower)
        self.dense += other.dense


def dense_places(ink: Ink) -> list[Box]:
    """Where codes may stand; one that is the page if they cover most of it."""
    roots = _means(ink.darkness.point(_ROOT), ink.millimetre)
    darkness = _means(ink.darkness, ink.millimetre)
    dense = _cells(roots, darkness, _DENSE)
    if dense.getbbox() is None:
        return []
    grid = ImageChops.multiply(_cells(roots, darkness, _HALF_DENSE), _near(dense))
    places = _merged(_runs(grid, dense.tobytes()))
    boxes = [_box(place, grid.size) for place in places if place.dense >= _LEAST_DENSE]
    covered = sum((right - left) * (lower - upper) for left, upper, right, lower in boxes)
    return boxes if covered < _MOST else [(0.0, 0.0, 1.0, 1.0)]


def united(places: Sequence[Box]) -> list[Box]:
    """The places; those that overlap as one."""
    found = _merged(_Place(*place, dense=0) for place in places)
    return [(place.left, place.upper, place.right, place.lower) for place in found]


def _means(picture: Image.Image, millimetre: float) -> Image.Image:
    """The mean over the spot around each square."""
    squares = picture.reduce(max(1, round(_SQUARE_MM * millimetre)))
    return squares.filter(ImageFilter.BoxBlur((_SPOT_MM / _SQUARE_MM - 1) / 2))


def _cells(roots: Image.Image, darkness: Image.Image, share: float) -> Image.Image:
    """A grid of cells over the page, 0 where no spot is inked to that share."""
    spots = ImageChops.subtract(roots.point(_most_darkness(share)), darkness)
    return spots.point(_ANY).reduce(_SQUARES)


def _near(cells: Image.Image) -> Image.Image:
    """255 within reach of a cell that is not 0."""
    return cells.point(_ANY).filter(ImageFilter.BoxBlur(_REACH)).point(_ANY)


@cache
def _most_darkness(share: float) -> list[int]:
    """For each mean of roots the mean darkness below which a spot is inked to that share; none for noise."""
    least = _PALEST * share
    return [round(root**2 / 256 / share) + _NOISE_MEAN if root**2 / 256 > least else 0 for root in range(256)]


def _runs(grid: Image.Image, dense: bytes) -> Iterator[_Place]:
    """The pieces of the grid's rows that are not 0, with the gap after them."""
    cells, width = grid.tobytes(), grid.width
    for row in range(grid.height):
        for found in _RUN.finditer(cells, row * width, (row + 1) * width):
            left, right = found.start() - row * width, found.end() - row * width
            squares = round(sum(dense[found.start() : found.end()]) / 255 * _SQUARES**2)
            yield _Place(left, row, right + _GAP, row + 1 + _GAP, squares)


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
    after = _AROUND - _GAP
    left, upper = max(0, place.left - _AROUND), max(0, place.upper - _AROUND)
    right, lower = min(size[0], place.right + after), min(size[1], place.lower + after)
    return left / size[0], upper / size[1], right / size[0], lower / size[1]
