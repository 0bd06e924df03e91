"""Dossiers: filing letters, the inbox, reading documents."""

from __future__ import annotations

from dataclasses import dataclass

from constructs import Construct

from infra.audit import AuditStack
from infra.house.function import Function, Limits
from infra.house.stack import ContextStack, Site
from infra.house.table import Index, Table, own_key
from infra.intake import IntakeStack
from infra.links import FILE_TIMEOUT, LinksStack
from infra.register import RegisterStack

# What lists of documents are sifted by; all else is read from the rows themselves.
_SIFTED_BY = ("kind", "urgent", "sender_words")


@dataclass(frozen=True)
class Neighbours:
    """The stacks whose tables, buckets and queues the dossiers use."""

    register: RegisterStack
    audit: AuditStack
    links: LinksStack
    intake: IntakeStack


class DossiersStack(ContextStack):
    """The dossiers' table and functions."""

    def __init__(self, scope: Construct, site: Site, neighbours: Neighbours) -> None:
        super().__init__(scope, "dossiers", site)
        self._neighbours = neighbours
        indexes = (
            Index("by_urgency", "urgent_key", "due"),
            Index("by_list", "list_key", "list_order", only=_SIFTED_BY),
            Index("by_register", "register_key", "list_order", only=_SIFTED_BY),
        )
        self.table = Table(self, encryption=own_key(self), indexes=indexes, streamed=True)
        self._file_document()
        self._publish_changes()
        self.api = self._api()

    def _file_document(self) -> None:
        register, letters = self._neighbours.register.table, self._neighbours.intake.letters
        function = Function(
            self,
            "file_document",
            Limits(timeout=FILE_TIMEOUT, memory=512),
            env={
                "DOSSIERS_TABLE": self.table.name,
                "REGISTER_TABLE": register.name,
                "LETTERS_BUCKET": letters.name,
            },
            may=[
                *self.table.may("GetItem", "PutItem", "UpdateItem"),
                *register.may("GetItem", "Query"),
                *letters.may("GetObjectVersion", "PutObjectLegalHold", under="letters/*"),
            ],
        )
        function.consume(self._neighbours.links.file, batch=5)

    def _publish_changes(self) -> None:
        links = self._neighbours.links
        function = Function(
            self,
            "publish_changes",
            Limits(timeout=60),
            env={"SETTLE_QUEUE_URL": links.settle.url, "HANDOVER_QUEUE_URL": links.handover.url},
            may=[*links.settle.may_send(), *links.handover.may_send()],
        )
        function.follow(self.table, dead_key=links.queue_key)

    def _api(self) -> Function:
        register, audit = self._neighbours.register.table, self._neighbours.audit
        letters = self._neighbours.intake.letters
        return Function(
            self,
            "api",
            Limits(timeout=29, memory=512),
            env={
                "DOSSIERS_TABLE": self.table.name,
                "REGISTER_TABLE": register.name,
                "AUDIT_TABLE": audit.table.name,
                "LETTERS_BUCKET": letters.name,
            },
            may=[
                *self.table.may("BatchGetItem", "GetItem", "PutItem", "Query", "UpdateItem"),
                *self.table.may_query("by_list", "by_register", "by_urgency"),
                *register.may("BatchGetItem", "GetItem", "Query"),
                *register.may_query("by_ahv", "by_birth_date"),
                *audit.may_record(),
                # Signs addresses of letters with these permissions; does not read letters itself.
                *letters.may("GetObject", "GetObjectVersion", under="letters/*"),
            ],
        )
