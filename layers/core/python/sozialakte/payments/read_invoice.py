"""Everything that whoever decides about an invoice needs to see, put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sozialakte.payments.acting import Desk
from sozialakte.payments.answers import (
    ActAnswer,
    CreditorAnswer,
    FieldAnswer,
    InvoiceDetail,
    InvoiceSummary,
    LineAnswer,
    Obstacles,
    TwinAnswer,
)
from sozialakte.payments.approval import Actor, against_acting, against_approving, against_entering, missing_levels
from sozialakte.payments.creditors import Creditor, payees_of
from sozialakte.payments.invoice import Invoice
from sozialakte.payments.invoice_states import TO_ENTER, InvoiceState
from sozialakte.payments.see_doubts import doubts_of
from sozialakte.payments.terms import Field
from sozialakte.payments.twins import live_twins
from sozialakte.runtime.signed_urls import SignedUrl
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

_EARLIER = 6
"""So many of a creditor's last invoices are shown, the one in question among them."""


@dataclass(frozen=True)
class ReadInvoice:
    """The use case: who looks, and when."""

    desk: Desk
    actor: Actor
    now: datetime

    def __call__(self, invoice: Invoice, picture: SignedUrl) -> InvoiceDetail:
        """The invoice as things are now; ``picture`` is the address of its page."""
        creditor = self.desk.creditors.find(invoice.creditor_id)
        alike = self.desk.store.like(invoice)
        stopping = live_twins(invoice, alike)
        twins = sorted((one for one in alike if one.invoice_id in stopping), key=lambda one: one.invoice_id)
        return InvoiceDetail(
            invoice=InvoiceSummary.of(invoice),
            letter_id=invoice.scan.letter_id,
            page=invoice.scan.page,
            picture=picture.url,
            picture_until=picture.expires_at,
            fields=[FieldAnswer.of(field, invoice) for field in Field],
            message=invoice.terms.message,
            doubts=[say(doubt) for doubt in self._doubts(invoice, creditor, twins)],
            twins=[TwinAnswer.of(twin, invoice) for twin in twins],
            payer=invoice.payer,
            accepted=None if invoice.accepted is None else str(invoice.accepted),
            partial=invoice.partial,
            lines=[LineAnswer.of(line) for line in invoice.lines],
            acts=[ActAnswer.of(act, invoice) for act in reversed(invoice.acts)],
            creditor=self._history_of(creditor, invoice),
            obstacles=self._obstacles(invoice, payees_of(invoice, creditor)),
        )

    def _doubts(self, invoice: Invoice, creditor: Creditor | None, twins: Iterable[Invoice]) -> tuple[Reason, ...]:
        return doubts_of(invoice, creditor, twins, zurich_date(self.now), pays=self.desk.pays)

    def _history_of(self, creditor: Creditor | None, invoice: Invoice) -> CreditorAnswer | None:
        if creditor is None:
            return None
        others = self.desk.store.of_creditor(creditor.creditor_id, _EARLIER).invoices
        return CreditorAnswer.of(creditor, invoice, others)

    def _obstacles(self, invoice: Invoice, payees: frozenset[str]) -> Obstacles:
        """Why the viewer cannot enter or approve it; warnings that stop everybody stand among the doubts."""
        own = against_acting(self.actor, self.desk.office.circle_of(payees, self.now))
        enter = own or against_entering(invoice, self.actor)
        level = missing_levels(invoice, self.desk.limits)[0]
        approve = own or against_approving(invoice, self.actor, level, payees)
        if invoice.state not in TO_ENTER:
            enter = Reason("approval.not_to_enter")
        if invoice.state is not InvoiceState.CODED:
            approve = Reason("approval.not_waiting")
        return Obstacles(enter=_said(enter), approve=_said(approve))


def _said(reason: Reason | None) -> str | None:
    return say(reason) if reason else None
