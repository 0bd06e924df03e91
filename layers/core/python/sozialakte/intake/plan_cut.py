"""Look at every page of a batch file and plan the cut. The rules are in `cut_rules`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pypdfium2 import PdfDocument, PdfPage

from sozialakte.intake.blank_pages import is_blank
from sozialakte.intake.cut_rules import PageSeen, cut, separates
from sozialakte.intake.model import CutPlan, UnreadableFileError
from sozialakte.intake.page_codes import find_codes
from sozialakte.intake.page_images import (
    PageImageError,
    all_images_decode,
    code_image,
    fine_code_image,
    open_document,
    open_page,
)
from sozialakte.intake.page_lines import is_clearly_written
from sozialakte.intake.pdf_check import check_pdf
from sozialakte.intake.pdf_files import check_copies
from sozialakte.intake.text_layer import has_text
from sozialakte.shared.reasons import Reason

MOST_PAGES = 5000  # the plan must fit into its row (400 KB) and the cut into the function's time
_PAGES_AT_A_TIME = 25  # pdfium keeps the images of pages it has shown until the document is closed


def plan_cut(path: Path) -> CutPlan:
    """The plan for a batch file, looked at page by page. Raises `UnreadableFileError` for a file that is not whole."""
    count = check_pdf(path)
    if count > MOST_PAGES:
        raise UnreadableFileError(Reason("file.too_many_pages", {"pages": str(count), "most": str(MOST_PAGES)}), count)
    check_copies(path, count)
    pages = range(1, count + 1)
    seen: list[PageSeen] = []
    for start in range(0, len(pages), _PAGES_AT_A_TIME):
        with open_document(path) as document:
            seen.extend(_look_at_some(document, pages[start : start + _PAGES_AT_A_TIME]))
    return cut(seen)


def look_at(page: PdfPage, number: int) -> PageSeen:
    """The codes on a page, whether it is blank, or written on beside a separator's code. Raises `PageImageError`."""
    image = code_image(page)
    found = find_codes(image, lambda: fine_code_image(page))
    blank = not found.codes and is_blank(image) and not has_text(page)
    if blank and not all_images_decode(page):
        return PageSeen(number, trouble=Reason("page.unreadable"))
    written = any(map(separates, found.codes)) and is_clearly_written(image, found.boxes)
    return PageSeen(number, found.codes, blank, written=written)


def _look_at_some(document: PdfDocument, pages: Sequence[int]) -> Iterator[PageSeen]:
    for number in pages:
        try:
            with open_page(document, number) as page:
                yield look_at(page, number)
        except PageImageError as error:
            yield PageSeen(number, trouble=error.reason)
