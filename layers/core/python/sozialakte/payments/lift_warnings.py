"""Lift what stops an invoice: say that it is no duplicate, decide about its creditor's new IBAN.

Only somebody who did not enter the invoice may, with a reason.
"""

from __future__ import annotations

from sozialakte.payments.acting import Acting
from sozialakte.payments.approval import APPROVE_IBAN, CLEAR_TWIN, REFUSE_IBAN, against_lifting
from sozialakte.payments.creditors import Creditor, IbanDecision
from sozialakte.payments.invoice import Duty, Invoice
from sozialakte.payments.rules import require
from sozialakte.shared.reasons import Reason


class LiftWarnings(Acting):
    """The use case."""

    def clear_twin(self, twin: str, reason: str) -> Invoice:
        """It does not repeat this other invoice, though it looks like it."""
        invoice = self.desk.store.get(self.invoice_id)
        if self.was_done(invoice, CLEAR_TWIN, reason) and twin in invoice.cleared:
            return invoice
        self.check(invoice)
        named = None if twin in self.live_twins(invoice) else Reason("approval.no_twin")
        require(against_lifting(invoice, self.actor), named)
        act = self.act(Duty.SETTLE, CLEAR_TWIN, invoice, reason=reason)
        twins = tuple(sorted({*invoice.twins, twin}))
        return self.save(invoice, invoice.changed(act, twins=twins, cleared=(*invoice.cleared, twin)))

    def decide_iban(self, reason: str, *, approves: bool) -> Invoice:
        """Money may go to the IBAN on this invoice, or must not: for all invoices of its creditor."""
        invoice = self.desk.store.get(self.invoice_id)
        what = APPROVE_IBAN if approves else REFUSE_IBAN
        if self.was_done(invoice, what, reason):
            return invoice
        creditor = self.check(invoice)
        require(against_lifting(invoice, self.actor), self._against_deciding(creditor, invoice))
        if creditor is None:
            return invoice
        decision = IbanDecision(self.actor.staff_id, self.now, approves, reason)
        after = creditor.decided(invoice.terms.iban, decision)
        act = self.act(Duty.SETTLE, what, invoice, reason=reason)
        return self.save(invoice, invoice.changed(act), self.desk.creditors.part(creditor, after))

    def _against_deciding(self, creditor: Creditor | None, invoice: Invoice) -> Reason | None:
        known = creditor.find(invoice.terms.iban) if creditor else None
        if known is None or known.first:
            return Reason("approval.nothing_to_decide")
        return Reason("approval.own_iban") if known.proposed_by in self.actor.persons else None
