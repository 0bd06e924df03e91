"""The QR-bills of a file: every one on every page, with what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sozialakte.intake import PageView, view_pages
from sozialakte.payments.qr_bill import CheckedBill, QrBill
from sozialakte.payments.qr_rules import read_bill
from sozialakte.shared.reasons import Reason

if TYPE_CHECKING:
    from sozialakte.payments.see_codes import CodesSeen


@dataclass(frozen=True)
class FoundBill:
    """A bill and the page it stands on (numbered from 1); ``code`` are the bytes of its QR code."""

    page: int
    code: bytes
    checked: CheckedBill

    @property
    def bill(self) -> QrBill:
        """What it asks for."""
        return self.checked.bill


@dataclass(frozen=True)
class BillsFound:
    """The bills of a file in order. ``unseen``: pages that nobody could look at, with the reason.

    ``unread``: pages on which a QR code is to be seen that nobody can read; a bill may be hidden in it.
    """

    page_count: int
    bills: tuple[FoundBill, ...]
    unseen: tuple[tuple[int, Reason], ...] = ()
    unread: tuple[int, ...] = ()


def find_bills(file: Path) -> BillsFound:
    """Every QR-bill on every page of a PDF, TIFF, PNG or JPEG; the same code twice on a page is one bill.

    Raises `UnreadableFileError` (published by `sozialakte.intake`) for a file that is broken, hostile or none of these.
    """
    pages = list(view_pages(file, _codes_on))
    seen = [(page, found) for page, found in pages if not isinstance(found, Reason)]
    return BillsFound(
        page_count=len(pages),
        bills=tuple(FoundBill(page, code, read_bill(code)) for page, found in seen for code in found.bills),
        unseen=tuple((page, found) for page, found in pages if isinstance(found, Reason)),
        unread=tuple(page for page, found in seen if found.unread),
    )


def _codes_on(page: PageView) -> CodesSeen:
    from sozialakte.payments.see_codes import bill_codes  # noqa: PLC0415 - brings the imaging libraries

    return bill_codes(page.coarse, page.fine)
