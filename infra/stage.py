"""One social service as a CDK stage: a stack per context, deployed in the order of their needs."""

from __future__ import annotations

from aws_cdk import Stage
from constructs import Construct

from infra.access import AccessStack
from infra.audit import AuditStack
from infra.dossiers import DossiersStack, Neighbours
from infra.entrance import EntranceStack
from infra.house.stack import Site
from infra.intake import IntakeStack
from infra.links import LinksStack
from infra.operations import OperationsStack
from infra.partners import PartnersStack
from infra.payments import PaymentsStack
from infra.register import RegisterStack
from infra.register_api import RegisterApiStack


class ServiceStage(Stage):
    """All of one social service. Nothing in it is shared with another service."""

    def __init__(self, scope: Construct, site: Site) -> None:
        super().__init__(scope, site.service.name, env=site.environment)
        register, links = RegisterStack(self, site), LinksStack(self, site)
        audit = AuditStack(self, site, register)
        register_api = RegisterApiStack(self, site, register, audit)
        access = AccessStack(self, site, register, audit)
        intake = IntakeStack(self, site, register, audit, links)
        neighbours = Neighbours(register, audit, links, intake)
        dossiers = DossiersStack(self, site, neighbours)
        partners = PartnersStack(self, site, neighbours, dossiers)
        payments = PaymentsStack(self, site, neighbours)
        answered_by = {
            "intake": intake.api,
            "dossiers": dossiers.api,
            "partners": partners.api,
            "access": access.api,
            "audit": audit.api,
            "register": register_api.api,
            "payments": payments.api,
        }
        entrance = EntranceStack(self, site, answered_by, intake.letters)
        if site.target.has_operations:
            OperationsStack(
                self,
                site,
                [register, audit, register_api, access, links, intake, dossiers, partners, payments, entrance],
            )
