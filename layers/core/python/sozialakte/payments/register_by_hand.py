"""Register a bill by hand: on a page that no program can open, or on which none found it.

Whoever does it holds the duty of entering, and the IBAN they type is only proposed. The same bill typed twice is one
invoice. It waits for the dossier of its letter, as every bill does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sozialakte.intake import LetterNews, LettersReceived
from sozialakte.payments.approval import Actor
from sozialakte.payments.coding_rules import signed
from sozialakte.payments.files import BillFiles
from sozialakte.payments.invoice import Act, Duty, Invoice, Scan, invoice_id_of
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.settle_letter import SettleLetter
from sozialakte.payments.store import InvoiceChangedError
from sozialakte.payments.terms import Field, InvoiceKind, Terms, Where
from sozialakte.payments.twins import twins_of
from sozialakte.runtime.adapters import adapter


class UnknownPageError(LookupError):
    """There is no such letter of the daily lane, or it has no such page."""


@dataclass(frozen=True)
class TypedBill:
    """What stands on a page (numbered from 1) of a letter, by somebody's word."""

    letter_id: str
    page: int
    kind: InvoiceKind
    terms: Terms

    @property
    def invoice_id(self) -> str:
        """The same for the same words about the same page."""
        return invoice_id_of(f"{self.letter_id} {self.page} {self.kind}", adapter(Terms).dump_json(self.terms))

    def known_terms(self) -> Terms:
        """With the sign of what it is, and who said so."""
        terms, where = self.terms, Where("person", self.page)
        read = {field: where for field in Field if getattr(terms, field)}
        return replace(terms, read=read, amount=signed(terms.amount, self.kind))


@dataclass(frozen=True)
class RegisterByHand:
    """The use case: who, and when, and what it works on."""

    letters: LettersReceived
    settle: SettleLetter
    files: BillFiles
    actor: Actor

    def __call__(self, bill: TypedBill) -> Invoice:
        """The invoice as it was registered. Raises `UnknownPageError`, `TooManyIbansError`."""
        news = self.letters.find(bill.letter_id)
        if news is None or bill.page > news.page_count:
            raise UnknownPageError(bill.letter_id)
        invoice = self.settle.store.find(bill.invoice_id) or self._added(bill, news)
        self.settle.apply(self.settle.book.add_by_hand(bill.letter_id))
        return invoice

    def _added(self, bill: TypedBill, news: LetterNews) -> Invoice:
        invoice = self._invoice(bill, news)
        self.files.take_picture(self.letters.picture_key(bill.letter_id, bill.page), invoice.invoice_id)
        try:
            self.settle.store.save(None, invoice)
        except InvoiceChangedError as error:
            return error.current  # the same request, at the same moment
        return invoice

    def _invoice(self, bill: TypedBill, news: LetterNews) -> Invoice:
        store, terms, now = self.settle.store, bill.known_terms(), self.settle.now
        creditor = store.creditors.meet(terms, self.actor.staff_id, now)
        invoice = Invoice(
            invoice_id=bill.invoice_id,
            scan=Scan(bill.letter_id, bill.page, news.original_key, news.original_version),
            kind=bill.kind,
            terms=terms,
            received_at=news.received_at,
            state=InvoiceState.OPEN,
            since=now,
            creditor_id=creditor.creditor_id if creditor else None,
            payee_staff=creditor.staff_id if creditor else None,
            acts=(Act(Duty.ENTER, "register_by_hand", self.actor.staff_id, now),),
        )
        return replace(invoice, twins=twins_of(invoice, store.like(invoice)))
