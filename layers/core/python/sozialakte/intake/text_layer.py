"""The text a page carries in itself: written by a program, or put under a scan by the scanner."""

from __future__ import annotations

import unicodedata

from pypdfium2 import PdfiumError, PdfPage

from sozialakte.intake.page_images import is_scan

_ENOUGH = 60  # letters and digits: less may be a stamp or a page number over an image that says much more
_CLEAN_SHARE = 0.9  # fonts without a character map give control and private-use characters
_LONGEST = 100_000  # characters taken from a page; a dense page has 6000


def usable_text(page: PdfPage) -> str | None:
    """The page's own text if it can stand for the page, else None: then the page must be read by OCR."""
    text = _own_text(page)
    signs = [sign for sign in text if not sign.isspace()]
    clean = sum(1 for sign in signs if unicodedata.category(sign)[0] in "LNPS" and sign != "\N{REPLACEMENT CHARACTER}")
    enough = sum(map(str.isalnum, signs)) >= _ENOUGH
    return text if enough and clean >= _CLEAN_SHARE * len(signs) else None


def has_text(page: PdfPage) -> bool:
    """Whether a page that looks blank says something all the same."""
    if is_scan(page):
        return usable_text(page) is not None
    return any(map(str.isalnum, _own_text(page)))


def _own_text(page: PdfPage) -> str:
    try:
        layer = page.get_textpage()
    except PdfiumError:
        return ""
    try:
        text: str = layer.get_text_range(count=min(layer.count_chars(), _LONGEST))
    finally:
        layer.close()
    return text.replace("\r\n", "\n").replace("\ufffe", "")
