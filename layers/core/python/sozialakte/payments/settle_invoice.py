"""Say that nothing is to be paid, and take that back."""

from __future__ import annotations

from enum import StrEnum

from sozialakte.payments.acting import UNCODED, Acting
from sozialakte.payments.invoice import Duty, Invoice
from sozialakte.payments.invoice_states import InvoiceState


class Ending(StrEnum):
    """Why nothing is to be paid: we do not owe it, it came before, it only informs."""

    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    NOTICE = "notice"


class SettleInvoice(Acting):
    """The use case."""

    def reject(self, ending: Ending, reason: str) -> Invoice:
        """Nothing is to be paid."""
        return self._step(InvoiceState(ending), f"end_{ending}", reason)

    def reopen(self, reason: str) -> Invoice:
        """It may have to be paid after all: somebody enters it anew."""
        return self._step(InvoiceState.OPEN, "reopen", reason)

    def _step(self, target: InvoiceState, what: str, reason: str) -> Invoice:
        invoice = self.desk.store.get(self.invoice_id)
        if self.was_done(invoice, what, reason):
            return invoice
        self.check(invoice)
        act = self.act(Duty.SETTLE, what, invoice, reason=reason)
        return self.save(invoice, invoice.step(target, act, waits_for=None, round=invoice.round + 1, **UNCODED))
