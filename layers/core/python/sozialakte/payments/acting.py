"""What everything that people do with an invoice has in common.

Each act is one transaction with the condition that the invoice is still the version the person saw. The same act by the
same person on the same version again changes nothing: its answer was lost, or somebody clicked twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sozialakte.payments.approval import Actor, Limits, against_acting
from sozialakte.payments.coding_rules import IsCategory
from sozialakte.payments.creditor_book import CreditorBook
from sozialakte.payments.creditors import Creditor, payees_of
from sozialakte.payments.invoice import Act, Duty, Invoice
from sozialakte.payments.office import Office
from sozialakte.payments.rules import require
from sozialakte.payments.store import InvoiceChangedError, PaymentsStore
from sozialakte.payments.twins import live_twins
from sozialakte.runtime.dynamo import Part, WriteConflictError
from sozialakte.shared.reasons import Reason

UNCODED: Mapping[str, object] = MappingProxyType({"lines": (), "accepted": None, "partial": None})
"""What an invoice loses when what it was coded for holds no more."""


@dataclass(frozen=True)
class Desk:
    """Where invoices are worked on: the tables, the staff, the limits, the categories.

    ``workflow_leads``: the city's creditor workflow approves them, not we. ``pays``: runs of ours pay what is approved,
    so it has to be something that a bank takes.
    """

    store: PaymentsStore
    office: Office
    limits: Limits
    is_category: IsCategory
    workflow_leads: bool = False
    pays: bool = True

    @property
    def creditors(self) -> CreditorBook:
        """Who sends bills."""
        return self.store.creditors


@dataclass(frozen=True)
class Acting:
    """Somebody acts on an invoice; ``version`` is the one they saw.

    Everything raises `UnknownInvoiceError`, `InvoiceChangedError` and `RuleBrokenError`.
    """

    desk: Desk
    invoice_id: str
    version: int
    actor: Actor
    now: datetime

    def was_done(self, invoice: Invoice, what: str, reason: str | None = None) -> bool:
        """Exactly this was the last thing that happened, on the version the person saw."""
        last = invoice.last_act
        told = (what, self.actor.staff_id, self.actor.standing_in_for, reason)
        return (
            invoice.version == self.version + 1
            and last is not None
            and (last.what, last.by, last.standing_in_for, last.reason) == told
        )

    def check(self, invoice: Invoice) -> Creditor | None:
        """They saw this version, and it is not their own money; its creditor as known now.

        Raises `InvoiceChangedError`, `RuleBrokenError`.
        """
        if invoice.version != self.version:
            raise InvoiceChangedError(invoice)
        creditor = self.desk.creditors.find(invoice.creditor_id)
        circle = self.desk.office.circle_of(payees_of(invoice, creditor), self.now)
        require(against_acting(self.actor, circle))
        return creditor

    def require_ours(self) -> None:
        """It is approved here. Raises `RuleBrokenError`."""
        require(Reason("approval.workflow_leads") if self.desk.workflow_leads else None)

    def act(
        self, duty: Duty, what: str, invoice: Invoice, *, reason: str | None = None, step: int | None = None
    ) -> Act:
        """What they do, in the invoice's present round."""
        actor = self.actor
        return Act(duty, what, actor.staff_id, self.now, invoice.round, step, actor.standing_in_for, reason)

    def save(self, before: Invoice, after: Invoice, *others: Part, books: Iterable[Part] | None = None) -> Invoice:
        """Write it (`PaymentsStore.save`).

        Raises `InvoiceChangedError`, or `WriteConflictError` if something beside it changed meanwhile.
        """
        try:
            self.desk.store.save(before, after, *others, books=books)
        except InvoiceChangedError as error:
            if error.current.version == before.version:
                raise WriteConflictError from error
            raise
        return after

    def live_twins(self, invoice: Invoice) -> frozenset[str]:
        """The invoices that stop this one as things are now, those said to be others left out."""
        return live_twins(invoice, self.desk.store.like(invoice))
