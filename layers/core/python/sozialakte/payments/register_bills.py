"""Register every bill of a letter as soon as it was read, dossier or not.

The same page is the same invoice, however often it is read and whichever letter it comes to lie in. Order of writing:
picture, invoice, then the letter's row, which says that all of it is done; whoever dies on the way begins again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sozialakte.intake import KeptPages, UnreadableFileError, page_marks, picture_pages
from sozialakte.payments.creditors import TooManyIbansError, doubts_about
from sozialakte.payments.files import BillFiles
from sozialakte.payments.find_slips import FindSlips, Slip
from sozialakte.payments.invoice import MACHINE, Act, Duty, Invoice, Scan, invoice_id_of
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.messages import RegisterBills as Asked
from sozialakte.payments.settle_letter import SettleLetter, moved_to, same_page
from sozialakte.payments.store import InvoiceChangedError, PaymentsStore
from sozialakte.payments.twins import twins_of
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.reasons import Reason


@dataclass(frozen=True)
class RegisterBills:
    """The use case with what it works on. ``folder`` is an empty folder on disk."""

    store: PaymentsStore
    settle: SettleLetter
    pages_of: KeptPages
    files: BillFiles
    folder: Path
    now: datetime

    def __call__(self, asked: Asked) -> int:
        """How many invoices lie in the letter. Raises `InvoiceChangedError`, `LetterBusyError`: come again."""
        for letter_id in asked.made_from:
            self.settle.book.supersede(letter_id)
        slips = self._slips(asked)
        for invoice in self._invoices(asked, slips) if slips else ():
            self._keep(invoice, asked)
        letter = self.settle.book.look_through(asked.letter_id, asked.reading, len(slips))
        if slips:
            self.settle.apply(letter)
        return len(slips)

    def _slips(self, asked: Asked) -> list[Slip]:
        find = FindSlips(lambda: self._file(asked), self.folder, zurich_date(asked.received_at))
        try:
            if not asked.reading:
                return find.unread()
            return find(self.pages_of(asked.letter_id, asked.page_count))
        except UnreadableFileError:
            return []  # people have the letter: what no program can open they register by hand

    def _file(self, asked: Asked) -> Path:
        path = self.folder / "original.pdf"
        return path if path.exists() else self.files.fetch(asked.object_key, asked.object_version, path)

    def _invoices(self, asked: Asked, slips: Sequence[Slip]) -> list[Invoice]:
        pages = sorted({slip.page for slip in slips})
        marks = dict(zip(pages, page_marks(self._file(asked), pages), strict=True))
        return [self._invoice(asked, slip, marks[slip.page]) for slip in slips]

    def _invoice(self, asked: Asked, slip: Slip, mark: str) -> Invoice:
        terms, state = slip.read.terms, InvoiceState.NOTICE if slip.is_notification else InvoiceState.OPEN
        return Invoice(
            invoice_id=invoice_id_of(mark, slip.code),
            scan=Scan(asked.letter_id, slip.page, asked.object_key, asked.object_version),
            kind=slip.kind,
            terms=terms,
            received_at=asked.received_at,
            state=state,
            since=self.now,
            unconfirmed=slip.read.unconfirmed,
            doubts=slip.read.doubts,
            acts=(Act(Duty.SETTLE, "register", MACHINE, self.now),),
        )

    def _keep(self, invoice: Invoice, asked: Asked) -> None:
        existing = self.store.find(invoice.invoice_id)
        if existing is None:
            self._picture(invoice, asked)
            existing = self._added(self._known(invoice))
        again = self._again(existing, invoice.scan, asked)
        if again != existing:
            self.store.save(existing, again)

    def _added(self, invoice: Invoice) -> Invoice:
        try:
            self.store.save(None, invoice)
        except InvoiceChangedError as error:
            return error.current  # another process registered it meanwhile
        return invoice

    def _known(self, invoice: Invoice) -> Invoice:
        """With who sent it, and what it may repeat."""
        try:
            creditor = self.store.creditors.meet(invoice.terms, MACHINE, self.now)
        except TooManyIbansError:
            return replace(invoice, doubts=(*invoice.doubts, Reason("creditor.too_many_ibans")))
        if creditor is None:
            return invoice
        doubts = (*invoice.doubts, *doubts_about(creditor, invoice.terms))
        known = replace(invoice, creditor_id=creditor.creditor_id, payee_staff=creditor.staff_id, doubts=doubts)
        return replace(known, twins=twins_of(known, self.store.like(known)))

    def _picture(self, invoice: Invoice, asked: Asked) -> None:
        for _, picture in picture_pages(self._file(asked), [invoice.scan.page]):
            self.files.keep_picture(invoice.invoice_id, picture)

    def _again(self, existing: Invoice, scan: Scan, asked: Asked) -> Invoice:
        """The page came again: in a letter that people made of another one it now lies there, else it is noted."""
        noted = same_page(scan)
        if existing.scan.letter_id == scan.letter_id or noted in existing.doubts:
            return existing
        if self.settle.book.account(scan.letter_id).superseded:
            return existing  # an old message, late: another letter has taken the page over
        if asked.made_from and _batch_of(existing.scan) == _batch_of(scan):
            return moved_to(existing, scan, self.now)
        return _with_doubt(existing, scan, self.now)


def _with_doubt(invoice: Invoice, scan: Scan, at: datetime) -> Invoice:
    act = Act(Duty.SETTLE, "same_page", MACHINE, at)
    return invoice.changed(act, doubts=(*invoice.doubts, same_page(scan)))


def _batch_of(scan: Scan) -> str:
    """Letter ids begin with that of their batch."""
    return scan.letter_id.split("-", maxsplit=1)[0]
