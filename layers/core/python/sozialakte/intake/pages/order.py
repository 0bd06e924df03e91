"""In which order a file has its pages, and in which they are read.

A scanner that sees one side at a time gets a stack of sheets twice: first all fronts, then, with the stack turned over,
all backs. Nothing in the file says so; the batch's manifest does.
"""

from __future__ import annotations

from enum import StrEnum

from sozialakte.intake.model import UnreadableFileError
from sozialakte.shared.reasons import Reason


class PageOrder(StrEnum):
    """How the pages of a file follow each other.

    ``REVERSED``: the stack was turned over as a whole, so the back of the last sheet comes first.
    """

    AS_READ = "as_read"
    FRONTS_THEN_BACKS = "fronts_then_backs"
    FRONTS_THEN_BACKS_REVERSED = "fronts_then_backs_reversed"


def reading_order(order: PageOrder, pages: int) -> tuple[int, ...]:
    """The file's page numbers (from 1) as they are read.

    Raises `UnreadableFileError` (``file.odd_pages``) where fronts and backs cannot be as many: which page is missing,
    nobody can tell.
    """
    numbers = range(1, pages + 1)
    if order is PageOrder.AS_READ:
        return tuple(numbers)
    if pages % 2:
        raise UnreadableFileError(Reason("file.odd_pages", {"pages": str(pages)}), pages)
    fronts, backs = numbers[: pages // 2], numbers[pages // 2 :]
    if order is PageOrder.FRONTS_THEN_BACKS_REVERSED:
        backs = backs[::-1]
    return tuple(page for sheet in zip(fronts, backs, strict=True) for page in sheet)
