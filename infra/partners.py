"""Partners: the hand-over to the case system and its receipts."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.dossiers import DossiersStack, Neighbours
from infra.house.bucket import Bucket, access_log_bucket, expire_when_tagged
from infra.house.function import Function, Limits
from infra.house.notification import notify
from infra.house.permission import acknowledge_wildcards
from infra.house.queue import Queue
from infra.house.stack import ContextStack, Site
from infra.house.table import Index, Table, own_key
from infra.links import HANDOVER_TIMEOUT

# All bundles of a service take their numbers from one row: more copies would only wait for each other.
_EXPORT_COPIES = 5
_EXPORT_DISK = 10_240  # holds a letter of the largest batch and its searchable copy
_RECEIPT_TIMEOUT = 30
_RECONCILE_MINUTES = 60


class PartnersStack(ContextStack):
    """The partner's bucket, the table of bundles, and the functions that fill and read them."""

    def __init__(self, scope: Construct, site: Site, neighbours: Neighbours, dossiers: DossiersStack) -> None:
        super().__init__(scope, "partners", site)
        self._links, self._audit, self._register = neighbours.links, neighbours.audit, neighbours.register
        self._letters, self._dossiers = neighbours.intake.letters, dossiers.table
        self._store()
        self._receipts = Queue(self, "receipts", key=self._links.queue_key, handled_within=_RECEIPT_TIMEOUT)
        notify(self.partner, self._receipts, under="receipts/")
        self._case_system()
        self._export_document()
        self._take_receipt()
        self._reconcile()
        self.api = self._api()

    def _store(self) -> None:
        days, data_key = self.site.service.retention.settled_batch, own_key(self)
        lifecycle = [expire_when_tagged("settled", "yes", days=days), _receipts_expire(days)]
        self.table = Table(self, encryption=data_key, indexes=(Index("by_due", "open_key", "due"),))
        self.partner = Bucket(self, "Partner", key=data_key, access_logs=access_log_bucket(self), lifecycle=lifecycle)

    def _case_system(self) -> None:
        """The case system may read bundles and write receipts, and nothing else."""
        reads = self.partner.may("GetObject", under="out/*")
        writes = self.partner.may("PutObject", under="receipts/*")
        may = [*reads, *writes, *self.partner.may_list("ListBucket")]
        policy = iam.ManagedPolicy(self, "CaseSystem", statements=[permission.statement() for permission in may])
        acknowledge_wildcards(policy, may)
        self.publish("CaseSystemPolicyArn", policy.managed_policy_arn)

    def _export_document(self) -> None:
        function = Function(
            self,
            "export_document",
            Limits(HANDOVER_TIMEOUT, memory=512, disk=_EXPORT_DISK, copies=_EXPORT_COPIES),
            env={
                "PARTNERS_TABLE": self.table.name,
                "DOSSIERS_TABLE": self._dossiers.name,
                "LETTERS_BUCKET": self._letters.name,
                "PARTNER_BUCKET": self.partner.name,
                "STUCK_AFTER_MINUTES": str(self.site.service.stuck_after_minutes),
                "RECEIPT_WITHIN_HOURS": str(self.site.service.receipt_within_hours),
                "CASE_SYSTEM_CONTRACT": str(self.site.service.case_system_contract),
            },
            may=[
                *self.table.may("GetItem", "PutItem", "Query"),
                *self._dossiers.may("GetItem"),
                *self._letters.may("GetObject", "GetObjectVersion", under="letters/*"),
                *self.partner.may("PutObject", under="out/*"),
            ],
        )
        function.consume(self._links.handover, batch=1)

    def _take_receipt(self) -> None:
        function = Function(
            self,
            "take_receipt",
            Limits(_RECEIPT_TIMEOUT),
            env={
                "PARTNERS_TABLE": self.table.name,
                "LETTERS_BUCKET": self._letters.name,
                "PARTNER_BUCKET": self.partner.name,
            },
            may=[
                *self.table.may("GetItem", "PutItem"),
                *self.partner.may("GetObjectVersion", under="receipts/*"),
                *self.partner.may("PutObjectTagging", under="out/*"),
                *self.partner.may_see_what_is_gone(),
            ],
        )
        function.consume(self._receipts, batch=10)

    def _reconcile(self) -> None:
        function = Function(
            self,
            "reconcile",
            Limits(timeout=300),
            env={
                "PARTNERS_TABLE": self.table.name,
                "HANDOVER_QUEUE_URL": self._links.handover.url,
                "EVERY_MINUTES": str(_RECONCILE_MINUTES),
            },
            may=[*self.table.may_query("by_due"), *self._links.handover.may_send()],
        )
        helps = f"`sozialakte handover status --stage {self.site.service.name}` lists them"
        meaning = f"The case system refused bundles, owes receipts or wrote unusable ones: {helps}"
        function.run_every(minutes=_RECONCILE_MINUTES, failure_means=meaning)

    def _api(self) -> Function:
        return Function(
            self,
            "api",
            Limits(timeout=29, memory=512),
            env={
                "PARTNERS_TABLE": self.table.name,
                "AUDIT_TABLE": self._audit.table.name,
                "REGISTER_TABLE": self._register.table.name,
            },
            may=[
                *self.table.may_query("by_due"),
                *self._audit.may_record(),
                *self._register.table.may("BatchGetItem"),
            ],
        )


def _receipts_expire(days: int) -> s3.LifecycleRule:
    """What a receipt says is kept in the table; the file goes."""
    return s3.LifecycleRule(
        id="receipts",
        prefix="receipts/",
        expiration=Duration.days(days),
        noncurrent_version_expiration=Duration.days(days),
    )
