"""The audit trail: who read or changed what, sealed day by day."""

from __future__ import annotations

from constructs import Construct

from infra.house.bucket import Bucket, access_log_bucket
from infra.house.function import Function, Limits
from infra.house.permission import Permission
from infra.house.stack import ContextStack, Site
from infra.house.table import Index, Table, own_key
from infra.register import RegisterStack

_SEAL_MINUTES = 60
_SEALS_KEPT_DAYS = 3650
"""The lists of sealed days hold ids only; ten years is what the audit itself is kept."""


class AuditStack(ContextStack):
    """The audit table, to which functions may only add; the seals of its days; who may look things up in it."""

    def __init__(self, scope: Construct, site: Site, register: RegisterStack) -> None:
        super().__init__(scope, "audit", site)
        data_key = own_key(self)
        self.table = Table(self, encryption=data_key, indexes=(Index("by_subject", "subject", "sk"),))
        logs = access_log_bucket(self)
        self.seals = Bucket(self, "Seals", key=data_key, access_logs=logs, lockable=True)
        self.seals.retain(days=_SEALS_KEPT_DAYS)
        self._seal_day()
        self.api = self._api(register)

    def may_record(self) -> list[Permission]:
        """Permission to add entries, on the condition that their day is not closed."""
        return self.table.may("PutItem", "ConditionCheckItem")

    def _seal_day(self) -> None:
        function = Function(
            self,
            "seal_day",
            Limits(timeout=300, memory=512),
            env={"AUDIT_TABLE": self.table.name, "SEALS_BUCKET": self.seals.name},
            may=[*self.table.may("PutItem", "Query"), *self.seals.may("PutObject")],
        )
        meaning = "Days of the audit are not sealed; the next run seals what was missed"
        function.run_every(minutes=_SEAL_MINUTES, failure_means=meaning)

    def _api(self, register: RegisterStack) -> Function:
        return Function(
            self,
            "api",
            Limits(timeout=29, memory=512),
            env={"AUDIT_TABLE": self.table.name, "REGISTER_TABLE": register.table.name},
            may=[
                *self.may_record(),
                *self.table.may_query("by_subject"),
                *register.table.may("BatchGetItem", "GetItem", "Query"),
                *register.table.may_query("by_person"),
            ],
        )
