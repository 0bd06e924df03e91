"""How large things are on an image that is read: sheets up to A4 are brought to the pixels of A4, longer ones are not.

A long sheet (a receipt, a statement printed as one page) is as fine as A4, and so has more pixels.
"""

from __future__ import annotations

from PIL import Image

READING_DPI = 200
"""Resolution for reading: print of 7 points and more is read as well at 200 dpi as at 300 dpi, a quarter faster. At 150
dpi it would be a fifth faster again, but of small print (8.5 points) a third of the numbers are read wrong."""

A4_LONG_SIDE = round(11.69 * READING_DPI)
AS_IT_IS = (0.9, 1.2)
"""Of the wanted size: an image is read as it is. 1.4 % wrong characters at 100 dpi, 0.6 % if it is enlarged first."""

_A4_MM = 297


def pixels_per_mm(page: Image.Image) -> float:
    """Pixels to a millimetre of a page as `reading_image` gives it."""
    return min(max(page.size), AS_IT_IS[1] * A4_LONG_SIDE) / _A4_MM
