"""The register: persons, dossiers, who is responsible. Fed by the importer; people change what is theirs by its API."""

from __future__ import annotations

from constructs import Construct

from infra.audit import AuditStack
from infra.house.function import Function, Limits
from infra.house.stack import ContextStack, Site
from infra.house.table import Index, Table, own_key


class RegisterStack(ContextStack):
    """The register's table and its API."""

    def __init__(self, scope: Construct, site: Site, audit: AuditStack) -> None:
        super().__init__(scope, "register", site)
        self.table = Table(
            self,
            encryption=own_key(self),
            indexes=(
                Index("by_ahv", "ahv_number"),
                Index("by_birth_date", "birth_date"),
                Index("by_person", "person_id", "pk"),
            ),
        )
        self.api = self._api(audit)

    def _api(self, audit: AuditStack) -> Function:
        return Function(
            self,
            "api",
            Limits(timeout=29, memory=512),
            env={"REGISTER_TABLE": self.table.name, "AUDIT_TABLE": audit.table.name},
            may=[
                *self.table.may("GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"),
                *audit.table.may("PutItem"),
            ],
        )
