"""Look at every page of a batch file and plan the cut. The rules are in `cut_rules`.

Whatever the file is like, it ends with a plan or a named refusal: it is checked and looked at in a child process,
within limits of time and memory. A page that goes beyond them stays in its letter, with the reason.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pypdfium2 import PdfDocument, PdfPage

from sozialakte.intake.cut_rules import cut
from sozialakte.intake.model import CutPlan, UnreadableFileError
from sozialakte.intake.page_seen import PageSeen, separates
from sozialakte.intake.pages.blanks import is_blank
from sozialakte.intake.pages.codes import codes_of, look_for_codes, may_hold_code
from sozialakte.intake.pages.images import (
    PageImageError,
    all_images_decode,
    fine_code_image,
    may_be_cut_short,
    open_document,
    open_page,
    rendered,
    scan_for_codes,
)
from sozialakte.intake.pages.ink import Ink, ink_of
from sozialakte.intake.pages.lines import is_clearly_written
from sozialakte.intake.pages.order import PageOrder, reading_order
from sozialakte.intake.pages.patches import find_patches
from sozialakte.intake.pages.sheet_notes import is_noted
from sozialakte.intake.pages.spots import dense_places
from sozialakte.intake.pages.text_layer import has_text
from sozialakte.intake.pages.worker import Limits, Overrun, TooCostlyError, run_pages
from sozialakte.intake.pdf.check import PdfSource, count_pages, open_source
from sozialakte.intake.pdf.extract import check_copies
from sozialakte.intake.pdf.whole import is_whole_page
from sozialakte.shared.reasons import Reason

MOST_PAGES = 5000  # the plan must fit into its row (400 KB) and the cut into the function's time
_PAGES_AT_A_TIME = 25  # pdfium keeps the images of pages it has shown until the document is closed


_FILE = 0  # stands for the file as a whole, where pages are numbered from 1


@dataclass(frozen=True)
class Budget:
    """What a file may cost: ``step`` is for its check as a whole and for each page, ``seconds`` for looking at all.

    The function that cuts has 2 GB and ten minutes; it needs the rest to fetch the file and to write the letters.
    """

    step: Limits
    seconds: float


_BUDGET = Budget(Limits(seconds=30, memory_mb=1000), seconds=300)


@dataclass(frozen=True)
class Look:
    """What is to be seen on a page, and its ink: the next page may be the other side of the sheet."""

    seen: PageSeen
    ink: Ink


def plan_cut(
    path: Path,
    order: PageOrder = PageOrder.AS_READ,
    budget: Budget = _BUDGET,
    rules: Callable[[Sequence[PageSeen]], CutPlan] = cut,
) -> CutPlan:
    """The plan for a batch file, looked at page by page; ``order`` is how its pages follow each other.

    Raises `UnreadableFileError` for a file that is not whole, whose pages cannot follow each other so, or that goes
    beyond the budget (``file.too_costly``).
    """
    try:
        return rules(_seen(path, order, budget))
    except TooCostlyError as error:
        raise UnreadableFileError(Reason("file.too_costly")) from error


def look_at(page: PdfPage, number: int, is_whole: Callable[[bool], bool], before: Ink | None = None) -> Look:
    """The codes on a page, whether it is blank, or written on beside a separator's code. Raises `PageImageError`.

    ``is_whole`` proves that nothing the page draws is missing, knowing whether its JPEG is whole: it is asked wherever
    a loss would not be noticed.
    ``before``: the ink of the page that is read before it.
    """
    scan = scan_for_codes(page)
    image = scan or rendered(page)
    ink = ink_of(image, page.get_size())
    places = dense_places(ink)
    symbols = look_for_codes(image, places, lambda: fine_code_image(page))
    found = [*symbols.found, *find_patches(ink, places, symbols.found)]
    codes = codes_of(found)
    blank = not found and is_blank(ink, before) and not has_text(page)
    sheet = any(map(separates, codes))
    jpeg_seen = scan is not None and not may_be_cut_short(scan)
    if (blank or not jpeg_seen) and not is_whole(jpeg_seen):
        return Look(PageSeen(number, codes, trouble=_loss(blank=blank), written=sheet), ink)
    if blank and not scan and not all_images_decode(page):
        return Look(PageSeen(number, trouble=_loss(blank=True)), ink)
    seen = PageSeen(number, codes, blank, unread=symbols.unread)
    if sheet:
        written = is_clearly_written(ink, [each.box for each in found])
        seen = replace(seen, written=written, noted=not written and is_noted(ink, found))
    elif not found and not blank and may_hold_code(ink, places):
        seen = replace(seen, unread=not is_clearly_written(ink, []))
    return Look(seen, ink)


def _loss(*, blank: bool) -> Reason:
    return Reason("page.unreadable" if blank else "page.incomplete")


def _seen(path: Path, order: PageOrder, budget: Budget) -> list[PageSeen]:
    """What is to be seen on the pages, in the order they are read. Raises as `plan_cut`."""
    end = time.monotonic() + budget.seconds
    steps = [_FILE]
    seen: list[PageSeen] = []
    for number, found in run_pages(lambda: _working(path), steps, budget.step):
        if time.monotonic() > end or (number == _FILE and isinstance(found, Overrun)):
            raise TooCostlyError
        if isinstance(found, int):
            steps.extend(reading_order(order, found))  # the loop goes on with them
        else:
            seen.append(PageSeen(number, trouble=found.reason) if isinstance(found, Overrun) else found)
    return seen


@contextmanager
def _working(path: Path) -> Iterator[Callable[[int], int | PageSeen]]:
    """One child does it all: a second one would cost as much as a page."""
    with closing(_Viewer(path)) as viewer:
        yield lambda step: _checked(viewer.source, path) if step == _FILE else viewer.look(step)


def _checked(source: PdfSource, path: Path) -> int:
    """How many pages the file has, if all of them can be cut out."""
    count = count_pages(source, path)
    if count > MOST_PAGES:
        pages = {"pages": str(count), "most": str(MOST_PAGES)}
        raise UnreadableFileError(Reason("file.too_many_pages", pages), count)
    check_copies(source, count)
    return count


class _Viewer:
    """Shows pages one after the other. Opens the file anew from time to time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open = ExitStack()
        self._document: PdfDocument | None = None
        self._shown = 0
        self._before: Ink | None = None

    def look(self, number: int) -> PageSeen:
        before, self._before = self._before, None
        try:
            with open_page(self._opened(), number) as page:
                look = look_at(page, number, lambda seen: is_whole_page(self.source, number, jpeg_seen=seen), before)
        except PageImageError as error:
            return PageSeen(number, trouble=error.reason)
        self._before = look.ink
        return look.seen

    @cached_property
    def source(self) -> PdfSource:
        """The file as it is cut. Raises `UnreadableFileError`."""
        return self._open.enter_context(open_source(self._path))

    def close(self) -> None:
        self._close_document()
        self._open.close()

    def _close_document(self) -> None:
        if self._document:
            self._document.close()
            self._document = None

    def _opened(self) -> PdfDocument:
        if self._shown % _PAGES_AT_A_TIME == 0:
            self._close_document()
        self._shown += 1
        self._document = self._document or open_document(self._path)
        return self._document
