"""The text a page carries in itself: written by a program, or put under a scan by the scanner."""

from __future__ import annotations

import unicodedata

from pypdfium2 import PdfiumError, PdfPage

from sozialakte.intake.pages.images import pdfium_errors_named
from sozialakte.intake.pages.parts import has_annotations, images_fill, is_scan

_ENOUGH = 60  # letters and digits: less may be a stamp or a page number on a page that says much more
_ENOUGH_OVER_IMAGE = 400  # the header of a fax and the stamp of a scanner have up to 200; a letter of six lines has 400
_CLEAN_SHARE = 0.9  # fonts without a character map give control and private-use characters
_LONGEST = 100_000  # characters taken from a page; a dense page has 6000


@pdfium_errors_named()
def usable_text(page: PdfPage) -> str | None:
    """The page's own text if it can stand for the page, else None: then the page must be read by OCR.

    It cannot where notes or form fields lie on the page, nor where it is short and images fill the page.
    Raises `PageImageError`.
    """
    if has_annotations(page):
        return None
    return _clean_text(page, _ENOUGH_OVER_IMAGE if images_fill(page) else _ENOUGH)


@pdfium_errors_named()
def has_text(page: PdfPage) -> bool:
    """Whether a page that looks blank says something all the same. Raises `PageImageError`."""
    if is_scan(page):
        return _clean_text(page, _ENOUGH) is not None
    return has_annotations(page) or any(map(str.isalnum, _own_text(page)))


def _clean_text(page: PdfPage, least: int) -> str | None:
    """The page's text if it holds the least of letters and digits and hardly anything that is no text."""
    text = _own_text(page)
    signs = [sign for sign in text if not sign.isspace()]
    clean = sum(1 for sign in signs if unicodedata.category(sign)[0] in "LNPS" and sign != "\N{REPLACEMENT CHARACTER}")
    enough = sum(map(str.isalnum, signs)) >= least
    return text if enough and clean >= _CLEAN_SHARE * len(signs) else None


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
