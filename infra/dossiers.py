"""Dossiers: filing letters, the inbox, reading documents."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cdk import Duration
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.audit import AuditStack
from infra.house.bucket import Bucket, access_log_bucket
from infra.house.function import Function, Limits
from infra.house.queue import Queue
from infra.house.stack import ContextStack, Site
from infra.house.table import Index, Table, own_key
from infra.intake import IntakeStack
from infra.links import FILE_TIMEOUT, LinksStack
from infra.register import RegisterStack

# What lists of documents are sifted by; all else is read from the rows themselves.
_SIFTED_BY = ("kind", "urgent", "sender_words")
_INDEX_TIMEOUT = 300  # a dossier of 600 pages made anew takes some seconds; this is for one of twenty thousand
_INDEX_COPIES = 5  # more would only overtake each other where many documents of one dossier come at once


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
        data_key = own_key(self)
        self.table = Table(self, encryption=data_key, indexes=indexes, streamed=True)
        # A bucket of its own: nothing in it is a record, so nothing is locked, and what was written over soon goes.
        self.fulltext = Bucket(
            self, "Fulltext", key=data_key, access_logs=access_log_bucket(self), lifecycle=[_forget_versions()]
        )
        self._index = Queue(self, "index", key=neighbours.links.queue_key, handled_within=_INDEX_TIMEOUT)
        self._file_document()
        self._index_document()
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

    def _index_document(self) -> None:
        letters = self._neighbours.intake.letters
        function = Function(
            self,
            "index_document",
            Limits(_INDEX_TIMEOUT, memory=512, copies=_INDEX_COPIES),
            env={
                "DOSSIERS_TABLE": self.table.name,
                "LETTERS_BUCKET": letters.name,
                "FULLTEXT_BUCKET": self.fulltext.name,
            },
            may=[
                *self.table.may("BatchGetItem", "GetItem"),
                *self.table.may_query("by_list"),
                *letters.may("GetObject", under="letters/*"),
                *letters.may_see_what_is_gone(),
                *self.fulltext.may("GetObject", "PutObject", under="dossiers/*"),
                *self.fulltext.may_see_what_is_gone(),
            ],
        )
        function.consume(self._index, batch=1)

    def _publish_changes(self) -> None:
        links = self._neighbours.links
        function = Function(
            self,
            "publish_changes",
            Limits(timeout=60),
            env={
                "SETTLE_QUEUE_URL": links.settle.url,
                "HANDOVER_QUEUE_URL": links.handover.url,
                "INDEX_QUEUE_URL": self._index.url,
                "VOUCHERS_QUEUE_URL": links.vouchers.url,
            },
            may=[
                *links.settle.may_send(),
                *links.handover.may_send(),
                *self._index.may_send(),
                *links.vouchers.may_send(),
            ],
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
                "FULLTEXT_BUCKET": self.fulltext.name,
                "INDEX_QUEUE_URL": self._index.url,
            },
            may=[
                *self.table.may("BatchGetItem", "GetItem", "PutItem", "Query", "UpdateItem"),
                *self.table.may_query("by_list", "by_register", "by_urgency"),
                *register.may("BatchGetItem", "GetItem", "Query"),
                *register.may_query("by_ahv", "by_birth_date"),
                *audit.may_record(),
                # Signs addresses of letters with these permissions; does not read letters itself.
                *letters.may("GetObject", "GetObjectVersion", under="letters/*"),
                *self.fulltext.may("GetObject", under="dossiers/*"),
                *self.fulltext.may_see_what_is_gone(),
                *self._index.may_send(),
            ],
        )


def _forget_versions() -> s3.LifecycleRule:
    """An index is written anew with every document; yesterday's may have words of documents that have left."""
    return s3.LifecycleRule(id="written-over", noncurrent_version_expiration=Duration.days(1))
