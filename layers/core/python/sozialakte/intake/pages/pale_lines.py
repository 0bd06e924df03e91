"""Lines of writing so pale that no spot of them tells: faded receipts, the last sheet of a worn ribbon, dark scans.

Such ink is hardly darker than noise. But noise cancels out where a line does not: in the mean of a piece of line 10 mm
wide. A line has several pieces side by side, and paper above and below.
"""

from __future__ import annotations

from functools import reduce

from PIL import Image, ImageChops, ImageFilter

from sozialakte.intake.pages.ink import both_ways, highest

_PIECE_MM = 10
_EDGE_MM = 14  # shadows lie here
_PALEST = 1.6
"""Grey levels that a piece is darker than what is above and below it. Ink 14 levels darker than its paper gives 2.1 to
2.7; noise, folds and the fibres of recycled paper up to 0.6, what is left of print that shines through up to 1.4."""

_SCALE = 12  # so that tenths of grey levels are told apart; 21 levels are the most that count
_SCALED = [min(255, _SCALE * level) for level in range(256)]
_LINE_MM = 2
_AROUND_MM = 12
_SIDE_BY_SIDE = 4  # pieces


def is_palely_written(darkness: Image.Image, millimetre: float) -> bool:
    """Whether there is a line of 40 mm in a picture of ink, across or down."""
    return any(_has_line(picture, millimetre) for picture in both_ways(darkness))


def _has_line(darkness: Image.Image, millimetre: float) -> bool:
    edge = round(_EDGE_MM * millimetre)
    if min(darkness.size) < 3 * edge or not edge:
        return False
    inner = darkness.crop((edge, edge, darkness.width - edge, darkness.height - edge)).point(_SCALED)
    count = max(_SIDE_BY_SIDE, round(inner.width / (_PIECE_MM * millimetre)))
    pieces = inner.resize((count, inner.height), Image.Resampling.BOX)
    rows, around = (pieces.filter(ImageFilter.BoxBlur((0, size * millimetre / 2))) for size in (_LINE_MM, _AROUND_MM))
    lines = ImageChops.subtract(rows, around)
    beside = [lines.crop((start, 0, count - _SIDE_BY_SIDE + 1 + start, lines.height)) for start in range(_SIDE_BY_SIDE)]
    return highest(reduce(ImageChops.darker, beside)) >= _PALEST * _SCALE
