"""Payments: the table of invoices and the functions that read, code and approve them."""

from __future__ import annotations

from constructs import Construct

from infra.dossiers import Neighbours
from infra.house.function import Function, Limits
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
        self.api = self._api()

    def _api(self) -> Function:
        register, audit = self._neighbours.register.table, self._neighbours.audit
        letters, service = self._neighbours.intake.letters, self.site.service
        return Function(
            self,
            "api",
            Limits(timeout=29, memory=512),
            env={
                "PAYMENTS_TABLE": self.table.name,
                "REGISTER_TABLE": register.name,
                "AUDIT_TABLE": audit.table.name,
                "LETTERS_BUCKET": letters.name,
                "CASEWORKER_LIMIT": str(service.approval_limits.caseworker),
                "TEAMLEAD_LIMIT": str(service.approval_limits.teamlead),
                "PAYMENTS_LEAD": service.payments_lead,
                "TEAM_LEADS": " ".join(service.team_leads),
            },
            may=[
                *self.table.may("BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"),
                *self.table.may_query(*(index.name for index in _INDEXES)),
                *register.may("BatchGetItem", "GetItem", "Query"),
                *audit.may_record(),
                # Signs addresses of pictures with this permission; does not read them itself.
                *letters.may("GetObject", under="bills/*"),
            ],
        )
