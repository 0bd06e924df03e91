"""Read single places of a page by themselves: what a first reading left out, to see whether it is there at all.

The places are put below each other on a sheet of their own, so that many cost one short reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from PIL import Image, ImageChops, ImageOps

from sozialakte.intake.pages.clear import level_of
from sozialakte.intake.pages.ocr import Ocr
from sozialakte.intake.pages.reading_scale import READING_DPI
from sozialakte.intake.pdfa.words import Word

_AROUND = 5  # pixels on each side of a word: no more, or its neighbours come with it
_APART = 20  # pixels between words on the sheet
_TALLEST = 200  # pixels: what is taller is no word
_CONTRAST = 30  # grey levels within a word: with less there is nothing to be seen
_MOST = 200  # words: 2 seconds


@dataclass(frozen=True)
class _Cutting:
    """A word's picture and the first row it has on the sheet."""

    word: Word
    image: Image.Image
    top: int


def read_words(page: Image.Image, words: Sequence[Word], ocr: Ocr) -> list[Word]:
    """What is to be read at the places of the words (shares of the clear grey page). Raises `OcrError`."""
    cuttings = list(_cuttings(page, words[:_MOST]))
    if not cuttings:
        return []
    last = cuttings[-1]
    size = max(cutting.image.width for cutting in cuttings) + 2 * _APART, last.top + last.image.height + _APART
    sheet = Image.new("L", size, 255)
    for cutting in cuttings:
        sheet.paste(cutting.image, (_APART, cutting.top))
    lines = ocr.read_block(sheet, READING_DPI)
    return [_at(cuttings, word.text, (word.box[1] + word.box[3]) / 2) for line in lines for word in line.words]


def _cuttings(page: Image.Image, words: Sequence[Word]) -> Iterator[_Cutting]:
    top = _APART
    for word in words:
        left, upper = round(word.left * page.width) - _AROUND, round(word.top * page.height) - _AROUND
        right, lower = round(word.right * page.width) + _AROUND, round(word.bottom * page.height) + _AROUND
        box = max(0, left), max(0, upper), min(page.width, right), min(page.height, lower)
        if box[0] < box[2] and box[1] < box[3] and box[3] - box[1] <= _TALLEST:
            cutting = _Cutting(word, _dark_on_light(page.crop(box)), top)
            yield cutting
            top += cutting.image.height + _APART


def _dark_on_light(picture: Image.Image) -> Image.Image:
    """A word as print on paper: headings of tables are often light on a dark ground."""
    levels = picture.histogram()
    darkest, lightest = (level_of(levels, share) for share in (0.02, 0.98))
    ground = level_of(levels, 0.5)
    if lightest - ground > ground - darkest:
        picture = ImageChops.invert(picture)
    return ImageOps.autocontrast(picture, cutoff=2) if lightest - darkest > _CONTRAST else picture


def _at(cuttings: Sequence[_Cutting], text: str, row: float) -> Word:
    """The text at the place it was cut from."""
    nearest = min(cuttings, key=lambda cutting: abs(cutting.top + cutting.image.height / 2 - row))
    return replace(nearest.word, text=text)
