"""The words of a page's own text layer, with where they lie on the page as shown."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator

from pypdfium2 import PdfPage, PdfTextPage
from pypdfium2 import raw as pdfium

from sozialakte.intake.pages.images import pdfium_errors_named
from sozialakte.intake.pdfa.sheet import Sheet, sheet_of
from sozialakte.intake.pdfa.words import Word

_LONGEST = 100_000  # characters taken from a page; a dense page has 6000
_HYPHENS = frozenset({0x02, 0xAD, 0xFFFE})  # how pdfium gives the hyphen of a word divided at the end of a line

_Edges = tuple[float, float, float, float]
_Letter = tuple[str, _Edges]  # with its left, bottom, right and top on the page


@pdfium_errors_named()
def own_words(page: PdfPage, turn: int = 0) -> list[Word]:
    """The words in the order of the text layer; ``turn`` as in `PdfAWriter.add_page`. Raises `PageImageError`."""
    shown = sheet_of(page, turn=turn)
    layer = page.get_textpage()
    try:
        turned = page.get_rotation() + turn
        return [_placed(letters, shown, _direction(layer, start) + turned) for start, letters in _words(layer)]
    finally:
        layer.close()


def _words(layer: PdfTextPage) -> Iterator[tuple[int, list[_Letter]]]:
    """Where each word begins in the layer, and its letters."""
    letters: list[_Letter] = []
    count = min(layer.count_chars(), _LONGEST)
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(layer, index)
        letter = "-" if code in _HYPHENS else chr(code)
        if not letter.isspace() and letter.isprintable():
            letters.append((letter, _edges(layer, index)))
        elif letters:
            yield index - len(letters), letters
            letters = []
    if letters:
        yield count - len(letters), letters


def _direction(layer: PdfTextPage, index: int) -> int:
    """How a letter is turned on the page, clockwise, to the next quarter."""
    angle = float(pdfium.FPDFText_GetCharAngle(layer, index))
    return 90 * round(angle / (math.pi / 2))


def _edges(layer: PdfTextPage, index: int) -> _Edges:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(layer, index, left, right, bottom, top)
    return left.value, bottom.value, right.value, top.value


def _placed(letters: list[_Letter], shown: Sheet, turned: int) -> Word:
    left, bottom, right, top = zip(*(edges for _, edges in letters), strict=True)
    corners = (shown.point(min(left), min(bottom)), shown.point(max(right), max(top)))
    across, up = zip(*corners, strict=True)
    width, height = shown.size
    text = "".join(letter for letter, _ in letters)
    edges = (min(across) / width, 1 - max(up) / height, max(across) / width, 1 - min(up) / height)
    return Word(text, *edges, turned % 360)
