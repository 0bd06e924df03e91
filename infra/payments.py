"""Payments: the table of invoices and the functions that read, code and approve them."""

from __future__ import annotations

from constructs import Construct

from infra.dossiers import Neighbours
from infra.house.stack import ContextStack, Site
from infra.house.table import Index, Table, own_key

_INDEXES = (
    Index("by_work", "work_key", "due_by"),
    Index("by_state", "state_key", "since"),
    Index("by_due", "unpaid_key", "due_by"),
    Index("by_discount", "discount_key", "discount_until"),
    Index("by_dossier", "dossier_id", "received"),
    Index("by_creditor", "creditor_id", "received"),
)


class PaymentsStack(ContextStack):
    """The table of invoices."""

    def __init__(self, scope: Construct, site: Site, neighbours: Neighbours) -> None:
        super().__init__(scope, "payments", site)
        self._neighbours = neighbours
        self.table = Table(self, encryption=own_key(self), indexes=_INDEXES)
        account = site.service.receiving_account
        self.publish("ReceivingAccount", account.model_dump_json() if account else "null")
        self.publish("PaymentsLead", site.service.payments_lead)
