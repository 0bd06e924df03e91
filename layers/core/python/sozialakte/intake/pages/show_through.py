"""What shines through a page from its other side: the print of the page before it, mirrored, blurred and pale.

It is told from something written on the page by its shape: it must be the other side's, shifted by no more than a
duplex scanner shifts its two sides. What is darker than the other side explains stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from PIL import Image, ImageChops, ImageFilter, ImageStat

from sozialakte.intake.pages.ink import Ink, highest

_SHIFT_MM = 2  # between the two sides, and one more from where they fit best
_FLIPS = (Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.FLIP_TOP_BOTTOM)  # bound at the long or at the short side
ALIKE = 0.4
"""Correlation of millimetre squares; what is written elsewhere on a page of writing has up to 0.2."""

_MOST = 0.3  # of the other side's darkness comes through; paper of 60 g lets 0.12 through
_PEAK = 2.5  # how much darker than its millimetre's mean a spot may be
_EDGE_MM = 5  # shadows there are no print


@dataclass(frozen=True)
class _Fit:
    """How well the other side explains a page when it is shifted so, and at which slope."""

    alike: float
    slope: float
    other: Image.Image


def without_show_through(ink: Ink, other: Ink, least: float = ALIKE) -> Ink | None:
    """The page without what shines through from the other side; None if nothing does (``least`` is how alike)."""
    width, height = ink.darkness.size
    squares = _squares(ink, (round(width / ink.millimetre), round(height / ink.millimetre)))
    best = _best_fit(squares, _squares(other, squares.size))
    if best.alike < least or not 0 < best.slope <= _MOST:
        return None
    gain = best.slope * _PEAK
    explained = best.other.filter(ImageFilter.MaxFilter(3)).point([min(255, round(gain * d)) for d in range(256)])
    left = ImageChops.subtract(ink.darkness, explained.resize(ink.darkness.size, Image.Resampling.BILINEAR))
    return Ink(ink.sheet, left, ink.millimetre)


def _squares(ink: Ink, size: tuple[int, int]) -> Image.Image:
    """The mean darkness of each square millimetre, none along the edges."""
    squares = ink.darkness.resize(size, Image.Resampling.BOX)
    inner = squares.crop((_EDGE_MM, _EDGE_MM, size[0] - _EDGE_MM, size[1] - _EDGE_MM))
    framed = Image.new("L", size)
    framed.paste(inner, (_EDGE_MM, _EDGE_MM))
    return framed


def _best_fit(page: Image.Image, other: Image.Image) -> _Fit:
    """Coarsely first, then around what fits best."""
    stretch = 255 / max(1, highest(page))  # or products of pale pixels would be rounded to nothing
    stretched = page.point([min(255, round(stretch * darkness)) for darkness in range(256)])
    coarse = (-_SHIFT_MM, 0, _SHIFT_MM)
    best = max((fit for flip in _FLIPS for fit in _fits(stretched, other.transpose(flip), coarse)), key=_alike)
    best = max((best, *_fits(stretched, best.other, (-1, 0, 1))), key=_alike)
    return replace(best, slope=best.slope / stretch)


def _fits(page: Image.Image, other: Image.Image, shifts: Sequence[int]) -> Iterator[_Fit]:
    mean, variance = _moments(page)
    other_mean, other_variance = _moments(other)
    for across, down in product(shifts, shifts):
        shifted = ImageChops.offset(other, across, down)
        together = 255 * ImageStat.Stat(ImageChops.multiply(page, shifted)).mean[0] - mean * other_mean
        alike = together / max(1.0, variance * other_variance) ** 0.5
        yield _Fit(alike, together / max(1.0, other_variance), shifted)


def _moments(squares: Image.Image) -> tuple[float, float]:
    found = ImageStat.Stat(squares)
    return found.mean[0], found.var[0]


def _alike(fit: _Fit) -> float:
    return fit.alike
