"""Look at every page of a batch file and plan the cut. The rules are in `cut_rules`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pypdfium2 import PdfDocument, PdfPage

from sozialakte.intake.blank_pages import is_blank
from sozialakte.intake.cut_rules import PageSeen, cut
from sozialakte.intake.model import CutPlan
from sozialakte.intake.page_codes import find_codes
from sozialakte.intake.page_images import (
    PageImageError,
    all_images_decode,
    code_image,
    fine_code_image,
    open_document,
    open_page,
)
from sozialakte.intake.pdf_check import check_pdf
from sozialakte.intake.text_layer import has_text
from sozialakte.shared.reasons import Reason


def plan_cut(path: Path) -> CutPlan:
    """The plan for a batch file, looked at page by page. Raises `UnreadableFileError` for a file that is not whole."""
    pages = check_pdf(path)
    with open_document(path) as document:
        return cut(list(_look_at_all(document, pages)))


def look_at(page: PdfPage, number: int) -> PageSeen:
    """The codes on a page and whether it is blank. Raises `PageImageError`."""
    image = code_image(page)
    codes = find_codes(image, lambda: fine_code_image(page))
    blank = not codes and is_blank(image) and not has_text(page)
    if blank and not all_images_decode(page):
        return PageSeen(number, trouble=Reason("page.unreadable"))
    return PageSeen(number, codes, blank)


def _look_at_all(document: PdfDocument, pages: int) -> Iterator[PageSeen]:
    for number in range(1, pages + 1):
        try:
            with open_page(document, number) as page:
                yield look_at(page, number)
        except PageImageError as error:
            yield PageSeen(number, trouble=error.reason)
