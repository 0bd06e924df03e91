"""What people read and change in the register. A stack of its own: it needs the audit, which needs the register."""

from __future__ import annotations

from constructs import Construct

from infra.audit import AuditStack
from infra.house.function import Function, Limits
from infra.house.stack import ContextStack, Site
from infra.register import RegisterStack


class RegisterApiStack(ContextStack):
    """The function that answers."""

    def __init__(self, scope: Construct, site: Site, register: RegisterStack, audit: AuditStack) -> None:
        super().__init__(scope, "register", site, part="api")
        self.api = Function(
            self,
            "api",
            Limits(timeout=29, memory=512),
            env={"REGISTER_TABLE": register.table.name, "AUDIT_TABLE": audit.table.name},
            may=[
                *register.table.may("GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"),
                *audit.may_record(),
            ],
        )
