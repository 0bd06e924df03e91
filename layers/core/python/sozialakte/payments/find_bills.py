"""The QR-bills of a file: every one on every page, with what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sozialakte.intake import PageView, view_pages
from sozialakte.payments.qr_bill import CheckedBill, QrBill
from sozialakte.payments.qr_rules import read_bill
from sozialakte.shared.reasons import Reason


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
    """The bills of a file in order. ``unseen``: pages that nobody could look at, with the reason."""

    page_count: int
    bills: tuple[FoundBill, ...]
    unseen: tuple[tuple[int, Reason], ...] = ()


def find_bills(file: Path) -> BillsFound:
    """Every QR-bill on every page of a PDF, TIFF, PNG or JPEG; the same code twice on a page is one bill.

    Raises `UnreadableFileError` (published by `sozialakte.intake`) for a file that is broken, hostile or none of these.
    """
    pages = list(view_pages(file, _codes_on))
    bills = tuple(bill for page, codes in pages if not isinstance(codes, Reason) for bill in _bills(page, codes))
    unseen = tuple((page, found) for page, found in pages if isinstance(found, Reason))
    return BillsFound(len(pages), bills, unseen)


def _codes_on(page: PageView) -> tuple[bytes, ...]:
    from sozialakte.payments.see_codes import bill_codes  # noqa: PLC0415 - brings the imaging libraries

    return bill_codes(page.coarse, page.fine)


def _bills(page: int, codes: tuple[bytes, ...]) -> Iterator[FoundBill]:
    return (FoundBill(page, code, read_bill(code)) for code in codes)
