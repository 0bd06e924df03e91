"""Carry what became of a letter over to its invoices: its dossier, or that nothing of it is to be paid here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sozialakte.payments.invoice import MACHINE, Act, Duty, Invoice, Payer, Scan
from sozialakte.payments.letter_book import LetterAccount, LetterBook
from sozialakte.payments.letter_fates import FILED, Filing, after_fate, ends_it
from sozialakte.payments.messages import LetterSettled
from sozialakte.payments.store import PaymentsStore
from sozialakte.register import DossierType, RegisterStore
from sozialakte.shared.reasons import Reason

SAME_PAGE = "invoice.same_page"


def same_page(scan: Scan) -> Reason:
    """The same page came once more, in another letter."""
    facts = {"letter_id": scan.letter_id, "page": str(scan.page), "key": scan.key, "version_id": scan.version_id}
    return Reason(SAME_PAGE, facts)


@dataclass(frozen=True)
class SettleLetter:
    """The use case with what it works on."""

    store: PaymentsStore
    book: LetterBook
    register: RegisterStore
    now: datetime

    def __call__(self, message: LetterSettled) -> None:
        """Note what became of the letter, and settle its invoices. Raises `InvoiceChangedError`: come again."""
        letter = self.book.settle(message)
        if letter.reading < 0 or letter.bills or letter.by_hand:
            self.apply(letter)

    def apply(self, letter: LetterAccount) -> None:
        """Settle the invoices of a letter whose fate is known. Raises `InvoiceChangedError`."""
        invoices = self.store.of_letter(letter.letter_id) if letter.fate else []
        filing = self._filing(letter) if invoices else None
        for invoice in invoices:
            settled = self._settled(invoice, letter, filing)
            if settled != invoice:
                self.store.save(invoice, settled)

    def _settled(self, invoice: Invoice, letter: LetterAccount, filing: Filing | None) -> Invoice:
        """A page that lies in another letter, too, is not done with because this one is."""
        elsewhere = [doubt for doubt in invoice.doubts if doubt.code == SAME_PAGE]
        if not elsewhere or not ends_it(letter):
            return after_fate(invoice, letter, filing, self.now)
        moved = moved_to(invoice, _scan_in(elsewhere[0]), self.now)
        moved = replace(moved, doubts=tuple(doubt for doubt in invoice.doubts if doubt != elsewhere[0]))
        there = self.book.account(moved.scan.letter_id)
        return after_fate(moved, there, self._filing(there), self.now) if there.fate else moved

    def _filing(self, letter: LetterAccount) -> Filing | None:
        if letter.fate != FILED or letter.dossier_id is None:
            return None
        dossier = self.register.find_dossier(letter.dossier_id)
        if dossier is None:
            return Filing(letter.dossier_id)
        responsible = self.register.find_staff_member(dossier.responsible) if dossier.responsible else None
        payer = Payer.WARD if dossier.type is DossierType.ADULT_PROTECTION else Payer.SERVICE
        return Filing(dossier.dossier_id, responsible.team if responsible else None, dossier.commune, payer)


def moved_to(invoice: Invoice, scan: Scan, at: datetime) -> Invoice:
    """The same page, where it lies now."""
    return invoice.changed(Act(Duty.SETTLE, "scan_moved", MACHINE, at), scan=scan)


def _scan_in(doubt: Reason) -> Scan:
    facts = doubt.params
    return Scan(facts["letter_id"], int(facts["page"]), facts["key"], facts["version_id"])
