"""Everything in a letter that asks for money or tells of it: bills by their codes, else what the text proposes.

Pages on which nothing speaks of money are not looked at; the file is fetched only if there are others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sozialakte.intake import KeptPage, PageText, take_pages
from sozialakte.payments.bills_in_file import FoundBill, find_bills
from sozialakte.payments.from_text import propose_bill
from sozialakte.payments.proposed_bill import ProposedBill
from sozialakte.payments.read_terms import ReadTerms, terms_of_code, terms_of_text
from sozialakte.payments.slip_kinds import SlipKind, slip_kind
from sozialakte.payments.suspect_pages import pages_to_look_at, payment_parts, text_of
from sozialakte.payments.terms import InvoiceKind

_KINDS = {
    SlipKind.BILL: InvoiceKind.BILL,
    SlipKind.RECEIPT: InvoiceKind.RECEIPT,
    SlipKind.CREDIT_NOTE: InvoiceKind.CREDIT_NOTE,
}


@dataclass(frozen=True)
class Slip:
    """A slip on a page (numbered from 1). ``code``: the bytes of its QR code, None if the text proposes it."""

    page: int
    code: bytes | None
    kind: InvoiceKind
    read: ReadTerms
    is_notification: bool = False


@dataclass(frozen=True)
class FindSlips:
    """Finds the slips of a letter. ``fetch`` gives its file, when it is needed; ``folder`` is a folder on disk."""

    fetch: Callable[[], Path]
    folder: Path
    received_on: date

    def __call__(self, pages: Sequence[KeptPage]) -> list[Slip]:
        """The slips of a letter of which this was read. Raises `UnreadableFileError`."""
        wanted = pages_to_look_at(pages)
        if not wanted:
            return []
        texts = {page.page: page for page in pages}
        bills = self._bills(wanted, len(pages))
        coded = [self._coded(bill, texts[bill.page], alone=len(bills) == 1) for bill in bills]
        return sorted([*coded, *self._proposed(pages, {bill.page for bill in bills})], key=lambda slip: slip.page)

    def unread(self) -> list[Slip]:
        """The slips of a letter that nobody could read: by their codes alone. Raises `UnreadableFileError`."""
        return [self._coded(bill, KeptPage(bill.page, ""), alone=False) for bill in find_bills(self.fetch()).bills]

    def _bills(self, wanted: Sequence[int], page_count: int) -> list[FoundBill]:
        file = self.fetch()
        if len(wanted) < page_count:
            file = take_pages(file, wanted, self.folder / "suspect.pdf")
        return [replace(bill, page=wanted[bill.page - 1]) for bill in find_bills(file).bills]

    def _coded(self, bill: FoundBill, page: KeptPage, *, alone: bool) -> Slip:
        beside = self._propose([page]) if alone else None
        kind = slip_kind(page.text, has_code=True)
        known = InvoiceKind.CREDIT_NOTE if kind is SlipKind.CREDIT_NOTE else InvoiceKind.BILL
        return Slip(bill.page, bill.code, known, terms_of_code(bill, beside), bill.bill.is_notification)

    def _proposed(self, pages: Sequence[KeptPage], coded: set[int]) -> Iterator[Slip]:
        """Payment parts without a legible code; receipts; and the letter as a whole, where nothing else was found."""
        uncoded = [page for page in pages if page.page not in coded]
        alone = [*payment_parts(uncoded), *(page for page in uncoded if slip_kind(page.text) is SlipKind.RECEIPT)]
        found = [slip for page in dict.fromkeys(alone) for slip in self._of_text([page])]
        yield from found
        if not found and not coded:
            yield from self._of_text(pages)

    def _of_text(self, pages: Sequence[KeptPage]) -> Iterator[Slip]:
        kind = _KINDS.get(slip_kind(text_of(pages)))
        if kind is None:
            return
        proposed = self._propose(pages)
        if proposed.amounts or proposed.ibans:
            # On the first page, wherever the amount stands: turned and read anew, it is the same slip.
            yield Slip(pages[0].page, None, kind, terms_of_text(proposed, kind))

    def _propose(self, pages: Sequence[KeptPage]) -> ProposedBill:
        return propose_bill([PageText(page.page, page.text, page.legible) for page in pages], self.received_on)
