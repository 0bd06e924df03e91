"""How large things are on an image that is read: sheets up to A4 are brought to the pixels of A4, longer ones are not.

A long sheet (a receipt, a statement printed as one page) is as fine as A4, and so has more pixels.
"""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image, ImageFilter

READING_DPI = 200
"""Resolution for reading: print of 7 points and more is read as well at 200 dpi as at 300 dpi, a quarter faster. At 150
dpi it would be a fifth faster again, but of small print (8.5 points) a third of the numbers are read wrong."""

A4_LONG_SIDE = round(11.69 * READING_DPI)
AS_IT_IS = (0.9, 1.2)
"""Of the wanted size: an image is read as it is. 1.4 % wrong characters at 100 dpi, 0.6 % if it is enlarged first."""

READING_PIXELS = 24_000_000
"""A2 at 200 dpi; larger sheets are read more coarsely."""

_SQUARE = 0.05  # pixels are square up to here: a fax has half as many rows as columns to the inch
_A4_MM = 297
_TALLEST = round(1.5 * A4_LONG_SIDE)
_SEARCHED = A4_LONG_SIDE // 4  # rows in which paper is looked for to cut through
_BETWEEN_LINES = 4  # rows


def reading_long_side(size: tuple[float, float]) -> int:
    """Pixels for a sheet of this size (points): as many as A4, however small it is; 200 dpi for clearly larger ones."""
    width, height = size
    scale = min(READING_DPI / 72, (READING_PIXELS / max(1, width * height)) ** 0.5)
    wanted = round(max(width, height) * scale)
    return wanted if wanted > AS_IT_IS[1] * A4_LONG_SIDE else A4_LONG_SIDE


def fitted(image: Image.Image, size: tuple[float, float]) -> Image.Image:
    """The image of a sheet of this size (points) at the size and in the shape that is read best."""
    width, height = size
    long_side = reading_long_side(size)
    if 2 * max(image.size) < long_side:  # less than 100 dpi: pixels were taken for points
        long_side = A4_LONG_SIDE
    scale = long_side / max(width, height)
    smallest, largest = (share * long_side for share in AS_IT_IS)
    is_square = abs(image.width * height / (image.height * width) - 1) <= _SQUARE
    if is_square and smallest <= max(image.size) <= largest:
        return image
    wanted = round(width * scale), round(height * scale)
    return image.resize(wanted, Image.Resampling.LANCZOS if max(image.size) < smallest else Image.Resampling.HAMMING)


def pixels_per_mm(page: Image.Image) -> float:
    """Pixels to a millimetre of a page as `reading_image` gives it."""
    long_side = max(page.size)
    return (long_side if long_side <= AS_IT_IS[1] * A4_LONG_SIDE else A4_LONG_SIDE) / _A4_MM


def bands(page: Image.Image) -> Iterator[tuple[int, Image.Image]]:
    """A long page in parts no longer than A4 and a half, cut where it is whitest, each with its first row."""
    top = 0
    while page.height - top > _TALLEST:
        lower = top + _TALLEST
        end = lower - _SEARCHED + _whitest(page.crop((0, lower - _SEARCHED, page.width, lower)))
        yield top, page.crop((0, top, page.width, end))
        top = end
    yield top, page.crop((0, top, *page.size)) if top else page


def _whitest(part: Image.Image) -> int:
    """The row with the most paper around it."""
    rows = part.resize((1, part.height), Image.Resampling.BOX).filter(ImageFilter.BoxBlur(_BETWEEN_LINES)).tobytes()
    return max(range(1, len(rows)), key=lambda row: rows[row])
