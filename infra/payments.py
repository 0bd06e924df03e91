"""Payments: the table of invoices, the functions that read, code, approve and pay them, the bank's bucket."""

from __future__ import annotations

from constructs import Construct

from infra.dossiers import Neighbours
from infra.house.function import Function, Limits
from infra.house.stack import ContextStack, Site
from infra.house.table import Index, Table, own_key
from infra.links import BILLS_TIMEOUT
from infra.payments_bank import BankAnswers
from infra.payments_book import file_vouchers
from infra.payments_runs import PaymentRuns, bank_bucket

_INDEXES = (
    Index("by_work", "work_key", "due_by"),
    Index("by_state", "state_key", "since"),
    Index("by_due", "unpaid_key", "due_by"),
    Index("by_discount", "discount_key", "discount_until"),
    Index("by_team_due", "team_unpaid", "due_by"),
    Index("by_team_discount", "team_discount", "discount_until"),
    Index("by_dossier", "dossier_id", "received"),
    Index("by_creditor", "creditor_id", "received"),
    Index("by_journal", "journal_key", "journal_order"),
    Index("by_run", "run_key", "run_id"),
)
_RECONCILE_MINUTES = 240


class PaymentsStack(ContextStack):
    """The table of invoices and the functions that fill it."""

    def __init__(self, scope: Construct, site: Site, neighbours: Neighbours) -> None:
        super().__init__(scope, "payments", site)
        self._neighbours = neighbours
        data_key = own_key(self)
        self.table = Table(self, encryption=data_key, indexes=_INDEXES, streamed=True)
        self.bank = bank_bucket(self, data_key)
        self._runs = PaymentRuns.of(self, neighbours.links.queue_key).queue
        BankAnswers.of(self, self.bank, neighbours.register.table, neighbours.links.queue_key)
        self._register_bills()
        file_vouchers(self, neighbours)
        self._publish_changes()
        self._reconcile()
        account = site.service.receiving_account
        self.publish("ReceivingAccount", account.model_dump_json() if account else "null")
        self.publish("PaymentsLead", site.service.payments_lead)
        self.api = self._api()

    def _register_bills(self) -> None:
        register, letters = self._neighbours.register.table, self._neighbours.intake.letters
        function = Function(
            self,
            "register_bills",
            Limits(BILLS_TIMEOUT, memory=2048),
            layers=("core", "vendor", "documents"),
            env={
                "PAYMENTS_TABLE": self.table.name,
                "REGISTER_TABLE": register.name,
                "LETTERS_BUCKET": letters.name,
            },
            may=[
                # What an invoice is no longer found by is deleted: the letter it lay in before.
                *self.table.may("BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"),
                *register.may("GetItem"),
                *letters.may("GetObject", "GetObjectVersion", under="letters/*"),
                *letters.may("PutObject", under="bills/*"),
            ],
        )
        function.consume(self._neighbours.links.bills, batch=1)

    def _publish_changes(self) -> None:
        function = Function(
            self,
            "publish_changes",
            Limits(timeout=60),
            env={
                "RUNS_QUEUE_URL": self._runs.url,
                "VOUCHERS_QUEUE_URL": self._neighbours.links.vouchers.url,
                "PAYMENTS_LEAD": self.site.service.payments_lead,
            },
            may=[*self._runs.may_send(), *self._neighbours.links.vouchers.may_send()],
        )
        function.follow(self.table, dead_key=self._neighbours.links.queue_key)

    def _reconcile(self) -> None:
        intake, links = self._neighbours.intake.table, self._neighbours.links
        register = self._neighbours.register.table
        function = Function(
            self,
            "reconcile",
            Limits(timeout=300, memory=512),
            env={
                "PAYMENTS_TABLE": self.table.name,
                "INTAKE_TABLE": intake.name,
                "REGISTER_TABLE": register.name,
                "BILLS_QUEUE_URL": links.bills.url,
                "VOUCHERS_QUEUE_URL": links.vouchers.url,
                "PAYMENTS_LEAD": self.site.service.payments_lead,
                "STUCK_AFTER_MINUTES": str(self.site.service.stuck_after_minutes),
            },
            may=[
                *self.table.may("BatchGetItem", "DeleteItem", "GetItem", "PutItem", "UpdateItem"),
                *self.table.may_query("by_journal", "by_state"),
                *register.may("GetItem"),
                *intake.may("Query"),
                *intake.may_query("by_day"),
                *links.bills.may_send(),
                *links.vouchers.may_send(),
            ],
        )
        function.run_every(minutes=_RECONCILE_MINUTES, failure_means="Lost bills and vouchers are not looked for")

    def _api(self) -> Function:
        register, audit = self._neighbours.register.table, self._neighbours.audit
        intake, letters = self._neighbours.intake.table, self._neighbours.intake.letters
        service = self.site.service
        return Function(
            self,
            "api",
            Limits(timeout=29, memory=512),
            env={
                "PAYMENTS_TABLE": self.table.name,
                "REGISTER_TABLE": register.name,
                "INTAKE_TABLE": intake.name,
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
                *intake.may("GetItem"),
                *audit.may_record(),
                # Signs addresses of pictures with this permission; does not read them itself.
                *letters.may("GetObject", "PutObject", under="bills/*"),
                # The desk's picture of a page is copied for a bill that is registered by hand.
                *letters.may("GetObject", under="letters/*"),
            ],
        )
