"""The ink on a page image: what is clearly darker than the paper around it, be the paper grey, yellowed or shaded."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter

_LONG_SIDE_MM = 297  # sizes are meant on A4; a smaller sheet scanned large is judged more strictly
_LEAST_PIXELS = 860  # along the longer side: 2.9 a millimetre, at which a pen stroke of 0.25 mm is still seen
_DARKER = 30  # grey levels below the paper: noise of a scan stays under 20, pale grey print and pencil lie above 35
_PAPER_MM = 4  # the paper's tone is the lightest of 3 x 3 squares of this size


@dataclass(frozen=True)
class Ink:
    """An image with ink at 255 and paper at 0; ``millimetre`` in its pixels."""

    image: Image.Image
    millimetre: float


def ink_of(page: Image.Image) -> Ink:
    """The ink on a grey page image."""
    sheet = page.reduce(max(1, max(page.size) // _LEAST_PIXELS))
    millimetre = max(sheet.size) / _LONG_SIDE_MM
    darker = ImageChops.subtract(_paper(sheet, millimetre), sheet)
    return Ink(darker.point([0] * _DARKER + [255] * (256 - _DARKER)), millimetre)


def _paper(sheet: Image.Image, millimetre: float) -> Image.Image:
    """The paper without what is on it."""
    squares = sheet.reduce(max(1, round(_PAPER_MM * millimetre)))
    return squares.filter(ImageFilter.MaxFilter(3)).resize(sheet.size, Image.Resampling.BILINEAR)
