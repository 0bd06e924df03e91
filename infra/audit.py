"""The audit trail: who read or changed what."""

from __future__ import annotations

from constructs import Construct

from infra.house.stack import ContextStack, Site
from infra.house.table import Index, Table, own_key


class AuditStack(ContextStack):
    """The audit table. Functions may only add to it."""

    def __init__(self, scope: Construct, site: Site) -> None:
        super().__init__(scope, "audit", site)
        self.table = Table(self, encryption=own_key(self), indexes=(Index("by_subject", "subject", "sk"),))
