"""Is there nothing on a page? Written for scans: grey or yellowed paper, noise, dust, shadows at the edges, skew.

A page is blank if no spot of a few millimetres holds as much ink as a digit or a pen stroke, and no edge holds a line
of writing. In doubt a page is not blank: a blank kept costs a glance, a page lost costs a case.
"""

from __future__ import annotations

from PIL import Image, ImageFilter

from sozialakte.intake.page_ink import Ink, ink_of
from sozialakte.intake.page_lines import is_edge_written

_EDGE_MM = 8  # shadows, staples and the cut edge of a skewed sheet lie here: only a line of writing counts
_SPOT_MM = 6
_INK_SHARE = (
    0.035  # of the spot: 1.3 mm2. A digit of 11 points has 1.7 mm2, a pen stroke 3.4, three specks of 0.5 mm 1.0
)


def is_blank(page: Image.Image) -> bool:
    """Whether the grey page image holds no writing, stamp, picture or code."""
    ink = ink_of(page)
    return _most_ink(ink) < _INK_SHARE and not is_edge_written(ink, _EDGE_MM)


def _most_ink(ink: Ink) -> float:
    """The share of ink in the spot within the edges that has most of it."""
    width, height = ink.image.size
    edge = round(_EDGE_MM * ink.millimetre)
    inner = ink.image.crop((edge, edge, max(width - edge, edge + 1), max(height - edge, edge + 1)))
    spots = inner.reduce(max(1, round(ink.millimetre))).filter(ImageFilter.BoxBlur((_SPOT_MM - 1) / 2))
    return max(level for level, count in enumerate(spots.histogram()) if count) / 255
