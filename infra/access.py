"""Access beyond the standing relations: broken glass and seals. Their rows lie in the register's table."""

from __future__ import annotations

from constructs import Construct

from infra.audit import AuditStack
from infra.house.function import Function, Limits
from infra.house.stack import ContextStack, Site
from infra.register import RegisterStack


class AccessStack(ContextStack):
    """The function that answers."""

    def __init__(self, scope: Construct, site: Site, register: RegisterStack, audit: AuditStack) -> None:
        super().__init__(scope, "access", site)
        self.api = Function(
            self,
            "api",
            Limits(timeout=29, memory=512),
            env={"REGISTER_TABLE": register.table.name, "AUDIT_TABLE": audit.table.name},
            may=[
                *register.table.may("BatchGetItem", "GetItem", "PutItem", "Query", "UpdateItem"),
                *audit.may_record(),
            ],
        )
