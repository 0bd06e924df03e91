"""Is there nothing on a page? Written for scans: grey or yellowed paper, noise, dust, shadows at the edges, skew.

Ink is what is clearly darker than the paper around it. A page is blank if no spot of a few millimetres holds as much
ink as a digit or a pen stroke. In doubt a page is not blank: a blank kept costs a glance, a page lost costs a case.
"""

from __future__ import annotations

from PIL import Image, ImageChops, ImageFilter

_LONG_SIDE_MM = 297  # sizes below are meant on A4; a smaller sheet scanned large is judged more strictly
_LEAST_PIXELS = 860  # along the longer side: 2.9 a millimetre, at which a pen stroke of 0.25 mm is still seen
_EDGE_MM = 8  # shadows, staples and the cut edge of a skewed sheet lie here, writing does not
_DARKER = 30  # grey levels below the paper: noise of a scan stays under 20, pale grey print and pencil lie above 35
_PAPER_MM = 4  # the paper's tone is the lightest of 3 x 3 squares of this size
_SPOT_MM = 6
_INK_SHARE = (
    0.035  # of the spot: 1.3 mm2. A digit of 11 points has 1.7 mm2, a pen stroke 3.4, three specks of 0.5 mm 1.0
)


def is_blank(page: Image.Image) -> bool:
    """Whether the grey page image holds no writing, stamp, picture or code."""
    return ink_share(page) < _INK_SHARE


def ink_share(page: Image.Image) -> float:
    """The share of ink in the spot of the page that has most of it."""
    sheet = page.reduce(max(1, max(page.size) // _LEAST_PIXELS))
    millimetre = max(sheet.size) / _LONG_SIDE_MM
    darker = ImageChops.subtract(_paper(sheet, millimetre), sheet)
    edge = round(_EDGE_MM * millimetre)
    inner = darker.crop((edge, edge, max(sheet.width - edge, edge + 1), max(sheet.height - edge, edge + 1)))
    ink = inner.point([0] * _DARKER + [255] * (256 - _DARKER))
    spots = ink.reduce(max(1, round(millimetre))).filter(ImageFilter.BoxBlur((_SPOT_MM - 1) / 2))
    return max(level for level, count in enumerate(spots.histogram()) if count) / 255


def _paper(sheet: Image.Image, millimetre: float) -> Image.Image:
    """The paper without what is on it."""
    squares = sheet.reduce(max(1, round(_PAPER_MM * millimetre)))
    return squares.filter(ImageFilter.MaxFilter(3)).resize(sheet.size, Image.Resampling.BILINEAR)
