"""How much is written on a page, in pieces of line, without reading it.

The page is divided into strips a few letters wide. Down each strip, a stretch of ink as high as a line of writing is a
piece of a line; bars, rules, frames and shadows are too high, too low or too solid. Strips are narrow so that lines
stay apart on a page fed askew. Nobody knows which way up a page lies: both ways are measured, the greater one counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from PIL import Image, ImageDraw

from sozialakte.intake.pages.ink import Ink, strips
from sozialakte.intake.pages.spots import Box

_STRIP_MM = 5
_LINE_MM = (1, 6)  # print of 6 points to the core of large handwriting
_INKED = 0.08  # of a strip's width: less in a row is a dot or a thin upright rule
_IS_INKED = bytes(level >= _INKED * 255 for level in range(256))
_SOLID = 0.7  # of a stretch: letters leave gaps, bars do not
_CODE_MARGIN_MM = 3  # around a code: the reader gives its corners less exactly than its text

_SHEET_CM = 38
"""What a separator or cover sheet may carry beside its code. Sheets with title, caption and a line of advice have up to
30, the shortest letter page of the demo mail 53: in doubt the page is kept."""

_EDGE_STRIPS = 4  # side by side: a line of 20 mm; a staple or a folded corner takes up two or three
_RIM_MM = 1  # what reaches this close to the edge comes from beyond it: shadow, lid, the next sheet
_PRINTED = (0.25, 0.9)  # how full the fullest row of a line is: less is noise on a shaded edge, more is a streak


def is_clearly_written(ink: Ink, codes: Sequence[Box]) -> bool:
    """Whether more is written on the page, beside its codes, than a separator or cover sheet carries."""
    return is_longer_written(_SHEET_CM * 10, wiped(ink.clear, ink.millimetre, codes), ink.millimetre)


def is_longer_written(length_mm: int, picture: Image.Image, millimetre: float, *, whichever_way: bool = True) -> bool:
    """Whether all lines of writing in a picture of ink are together longer than ``length_mm``.

    Measured across its lines, large print is longer than it is: where that matters, ask for both ways
    (``whichever_way`` false).
    """
    most = length_mm // _STRIP_MM
    ways = (any(islice(_pieces(picture, millimetre, turned=turned), most, None)) for turned in (False, True))
    return any(ways) if whichever_way else all(ways)


def wiped(picture: Image.Image, millimetre: float, codes: Sequence[Box], fill: int = 0) -> Image.Image:
    """The picture without the codes on it."""
    picture = picture.copy()
    width, height = picture.size
    margin = _CODE_MARGIN_MM * millimetre
    draw = ImageDraw.Draw(picture)
    for left, upper, right, lower in codes:
        corners = (left * width - margin, upper * height - margin, right * width + margin, lower * height + margin)
        draw.rectangle(corners, fill=fill)
    return picture


def is_edge_written(picture: Image.Image, millimetre: float, edge_mm: float) -> bool:
    """Whether there is a line of writing in the outermost ``edge_mm`` along any edge: shadows and streaks are none."""
    return any(_has_line(band, millimetre) for band in _edges(picture, max(1, round(edge_mm * millimetre))))


def _has_line(band: Image.Image, millimetre: float) -> bool:
    """Whether strips side by side hold writing; the rim of the band lies on top."""
    if band.getbbox() is None:
        return False
    lined = 0
    for strip in strips(band, _STRIP_MM * millimetre):
        lined = lined + 1 if any(_is_edge_writing(run, millimetre) for run in _in_line(strip, millimetre)) else 0
        if lined == _EDGE_STRIPS:
            return True
    return False


def _edges(page: Image.Image, depth: int) -> Iterator[Image.Image]:
    """The four edges of a page, each turned so that its rim lies on top."""
    width, height = page.size
    yield page.crop((0, 0, width, min(depth, height)))
    yield page.crop((0, max(height - depth, 0), width, height)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    yield page.crop((0, 0, min(depth, width), height)).transpose(Image.Transpose.ROTATE_270)
    yield page.crop((max(width - depth, 0), 0, width, height)).transpose(Image.Transpose.ROTATE_90)


def _pieces(picture: Image.Image, millimetre: float, *, turned: bool) -> Iterator[bytes]:
    """The pieces of line on the page, if its lines run across, or if they run down (``turned``)."""
    for strip in strips(picture, _STRIP_MM * millimetre, turned=turned):
        for _, rows in _in_line(strip, millimetre):
            yield rows


def _in_line(strip: bytes, millimetre: float) -> Iterator[tuple[int, bytes]]:
    """The stretches that look like writing: their first row, and how full each of their rows is (0 to 255)."""
    lowest, highest = _LINE_MM[0] * millimetre, _LINE_MM[1] * millimetre
    inked = strip.translate(_IS_INKED)
    end = 0
    while (start := inked.find(1, end)) >= 0:
        end = inked.find(0, start)
        end = len(strip) if end < 0 else end
        if lowest <= end - start <= highest and sum(rows := strip[start:end]) < _SOLID * 255 * len(rows):
            yield start, rows


def _is_edge_writing(run: tuple[int, bytes], millimetre: float) -> bool:
    start, rows = run
    return start > _RIM_MM * millimetre and _PRINTED[0] * 255 < max(rows) < _PRINTED[1] * 255
