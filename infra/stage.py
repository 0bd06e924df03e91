"""One social service as a CDK stage: a stack per context, deployed in the order of their needs."""

from __future__ import annotations

from aws_cdk import Stage
from constructs import Construct

from infra.audit import AuditStack
from infra.dossiers import DossiersStack, Neighbours
from infra.entrance import EntranceStack
from infra.house.stack import Site
from infra.intake import IntakeStack
from infra.links import LinksStack
from infra.operations import OperationsStack
from infra.register import RegisterStack


class ServiceStage(Stage):
    """All of one social service. Nothing in it is shared with another service."""

    def __init__(self, scope: Construct, site: Site) -> None:
        super().__init__(scope, site.service.name, env=site.environment)
        audit, links = AuditStack(self, site), LinksStack(self, site)
        register = RegisterStack(self, site, audit)
        intake = IntakeStack(self, site, register, audit, links)
        dossiers = DossiersStack(self, site, Neighbours(register, audit, links, intake))
        entrance = EntranceStack(self, site, {"intake": intake.api, "dossiers": dossiers.api, "register": register.api})
        if site.target.has_operations:
            OperationsStack(self, site, [register, audit, links, intake, dossiers, entrance])
