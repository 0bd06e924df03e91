"""Approve an invoice, or send it back."""

from __future__ import annotations

from dataclasses import replace

from sozialakte.payments.acting import Acting
from sozialakte.payments.approval import against_approving, missing_levels
from sozialakte.payments.creditors import against_paying, payees_of
from sozialakte.payments.invoice import Duty, IllegalStepError, Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.rules import require
from sozialakte.payments.twins import live_twins
from sozialakte.payments.unpayable import against_bank
from sozialakte.runtime.dynamo import WriteConflictError
from sozialakte.shared.reasons import Reason

SENT_BACK_FROM = frozenset({InvoiceState.CODED, InvoiceState.APPROVED})
"""Once an invoice is released, only the bank's answer brings it back."""


class ApproveInvoice(Acting):
    """The use case: one step of the approval."""

    def approve(self) -> Invoice:
        """Give the approval that it waits for; with the last one it is approved.

        What stops it is looked up now: an invoice that came since, an IBAN nobody has approved, an address that no bank
        would take.
        """
        try:
            return self._approve()
        except WriteConflictError:
            return self._approve()  # a look-alike was approved meanwhile, or the creditor changed: look again

    def send_back(self, reason: str) -> Invoice:
        """Whoever enters it is to look at it again; what was approved is void."""
        invoice = self.desk.store.get(self.invoice_id)
        if self.was_done(invoice, "return", reason):
            return invoice
        self.check(invoice)
        if invoice.state not in SENT_BACK_FROM:
            raise IllegalStepError(invoice, InvoiceState.RETURNED)
        act = self.act(Duty.SETTLE, "return", invoice, reason=reason)
        returned = invoice.step(InvoiceState.RETURNED, act, waits_for=None, round=invoice.round + 1)
        return self.save(invoice, returned)

    def _approve(self) -> Invoice:
        invoice = self.desk.store.get(self.invoice_id)
        if self.was_done(invoice, "approve"):
            return invoice
        self.require_ours()
        creditor = self.check(invoice)
        if invoice.state is not InvoiceState.CODED:
            require(Reason("approval.not_waiting"))
        present = replace(invoice, team=self.desk.office.team_of(invoice.dossier_id, self.now))
        level, *later = missing_levels(invoice, self.desk.limits)
        alike = self.desk.store.look_alikes(invoice)
        require(
            against_approving(present, self.actor, level, payees_of(invoice, creditor)),
            against_paying(creditor, invoice, invoice.persons_with(Duty.ENTER)),
            Reason("approval.open_twins") if live_twins(invoice, alike.others) else None,
            *(against_bank(invoice) if self.desk.pays else ()),
        )
        act = self.act(Duty.APPROVE, "approve", invoice, step=len(invoice.approvals))
        if later:
            return self.save(invoice, present.changed(act, waits_for=str(later[0])))
        approved = present.step(InvoiceState.APPROVED, act, waits_for=None, twins=invoice.cleared)
        return self.save(invoice, approved, *self.desk.store.turn(alike), *self.desk.creditors.paid(creditor, invoice))
