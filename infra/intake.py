"""Intake: from a scanned batch to identified letters."""

from __future__ import annotations

from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.audit import AuditStack
from infra.house.bucket import Bucket, access_log_bucket, expire_when_tagged
from infra.house.function import Function, Limits
from infra.house.notification import notify
from infra.house.permission import Permission, acknowledge_wildcards
from infra.house.queue import Queue
from infra.house.stack import ContextStack, Site
from infra.house.table import Index, Table, own_key
from infra.links import SETTLE_TIMEOUT, LinksStack
from infra.register import RegisterStack

_SPLIT_TIMEOUT = 900  # a batch of several gigabytes; a function can have no more, nor can it have a larger disk
_SPLIT_DISK = 10_240
# Seconds. Measured on one processor: a page of very small print (5 pt) takes 11, so a chunk of ten takes 110. The rest
# is reserve for a slower processor. What dies on its way comes back after six times this: after an hour.
_READ_TIMEOUT = 600
_RECONCILE_MINUTES = 15
_OLD_IS_LATE = 3 * 24 * 60  # minutes; old dossiers wait behind each other for days
_IDENTIFY_TIMEOUT = 60
_COUNTED = ("letter_id", "state", "lane", "pages", "received_at", "dossier_id", "named_dossier", "section")
_DESK_TIMEOUT = 600  # a picture takes a quarter of a second: room for a letter of a thousand pages


class IntakeStack(ContextStack):
    """The intake's buckets, table, queues and functions.

    ``letters`` is the bucket of the records: intake writes them, dossiers put them under a legal hold.
    """

    def __init__(
        self, scope: Construct, site: Site, register: RegisterStack, audit: AuditStack, links: LinksStack
    ) -> None:
        super().__init__(scope, "intake", site)
        self._register, self._audit, self._links = register.table, audit, links
        self._store()
        self._queues()
        self._scanning_centre()
        self._split_batch()
        self._read_pages()
        self._identify_letter()
        self._settle_letter()
        self._serve_desk()
        self._publish_changes()
        self._reconcile()
        self.api = self._api()

    def _store(self) -> None:
        data_key, logs = own_key(self), access_log_bucket(self)
        settled = expire_when_tagged("settled", "yes", days=self.site.service.retention.settled_batch)
        indexes = (
            Index("by_state", "state_key", "since"),
            Index("by_day", "day", "received_at"),
            Index("by_old_dossier", "old_key", "old_order", only=_COUNTED),
        )
        self.table = Table(self, encryption=data_key, indexes=indexes, streamed=True)
        self.letters = Bucket(self, "Letters", key=data_key, access_logs=logs, lockable=True)
        self.scans = Bucket(self, "Scans", key=data_key, access_logs=logs, lifecycle=[settled])
        # A bucket of its own: S3 cannot tell two queues of one bucket "this prefix" and "all others".
        self.backfile = Bucket(self, "Backfile", key=data_key, access_logs=logs, lifecycle=[settled])

    def _queues(self) -> None:
        queue_key = self._links.queue_key
        self._scans_queue = Queue(self, "scans", key=queue_key, handled_within=_SPLIT_TIMEOUT)
        self._read_queue = Queue(self, "read", key=queue_key, handled_within=_READ_TIMEOUT)
        self._identify_queue = Queue(self, "identify", key=queue_key, handled_within=_IDENTIFY_TIMEOUT)
        self._backfile_queue = Queue(
            self, "backfile", key=queue_key, handled_within=_SPLIT_TIMEOUT, late_after=_OLD_IS_LATE
        )
        self._old_pages_queue = Queue(
            self, "oldpages", key=queue_key, handled_within=_READ_TIMEOUT, late_after=_OLD_IS_LATE
        )
        self._desk_queue = Queue(self, "desk", key=queue_key, handled_within=_DESK_TIMEOUT)
        notify(self.scans, self._scans_queue)
        notify(self.backfile, self._backfile_queue)

    def _scanning_centre(self) -> None:
        """The scanning centre may put files into the scans bucket, and neither read nor list nor delete there."""
        may = self.scans.may("PutObject", "AbortMultipartUpload")
        statements = [permission.statement() for permission in may]
        policy = iam.ManagedPolicy(self, "ScanningCentre", statements=statements)
        acknowledge_wildcards(policy, may)
        self.publish("ScanningCentrePolicyArn", policy.managed_policy_arn)
        self._backfile_uploader()

    def _backfile_uploader(self) -> None:
        """Who uploads old dossiers may also see what has arrived, to go on where it was cut off and to check it."""
        may = [
            *self.backfile.may("PutObject", "AbortMultipartUpload", "GetObject", "ListMultipartUploadParts"),
            *self.backfile.may_list("ListBucketMultipartUploads"),
            *self.backfile.may_see_what_is_gone(),
        ]
        policy = iam.ManagedPolicy(self, "BackfileUploader", statements=[one.statement() for one in may])
        acknowledge_wildcards(policy, may)
        self.publish("BackfileUploaderPolicyArn", policy.managed_policy_arn)

    def _split_batch(self) -> None:
        shares = self.site.service.concurrency
        function = Function(
            self,
            "split_batch",
            Limits(_SPLIT_TIMEOUT, memory=2048, disk=_SPLIT_DISK, copies=shares.split_batch + shares.split_backfile),
            layers=("core", "vendor", "documents"),
            env={
                "INTAKE_TABLE": self.table.name,
                "SCANS_BUCKET": self.scans.name,
                "BACKFILE_BUCKET": self.backfile.name,
                "LETTERS_BUCKET": self.letters.name,
                **self._upload_rules(),
            },
            may=[
                *self.table.may("GetItem", "PutItem", "Query"),
                *self._may_take(self.scans),
                *self._may_take(self.backfile),
                # Reads back what an interrupted run has kept already.
                *self.letters.may("GetObject", "PutObject", under="letters/*"),
                *self.letters.may("GetObject", "PutObject", under="batches/*"),
            ],
        )
        function.consume(self._scans_queue, batch=1, share=shares.split_batch)
        function.consume(self._backfile_queue, batch=1, share=shares.split_backfile, name="ConsumesBackfile")

    def _may_take(self, bucket: Bucket) -> list[Permission]:
        return [
            *bucket.may("GetObjectVersion", "PutObjectVersionTagging"),
            *bucket.may_list("ListBucketVersions"),
            *bucket.may_see_what_is_gone(),
        ]

    def _may_settle(self, bucket: Bucket) -> list[Permission]:
        return [*bucket.may("PutObjectVersionTagging"), *bucket.may_see_what_is_gone()]

    def _upload_rules(self) -> dict[str, str]:
        """What the scanning centre is expected to send. The disk holds an upload and, beside it, what is made of it."""
        manifests = self.site.service.manifests
        return {
            "MANIFESTS_EXPECTED": "yes" if manifests.expected else "no",
            "MANIFEST_WAIT_MINUTES": str(manifests.wait_minutes),
            "LARGEST_UPLOAD_MB": str(_SPLIT_DISK // 2),
        }

    def _read_pages(self) -> None:
        shares = self.site.service.concurrency
        function = Function(
            self,
            "read_pages",
            Limits(_READ_TIMEOUT, memory=2048, copies=shares.read_pages + shares.read_backfile),
            layers=("core", "vendor", "documents", "ocr"),
            env={"INTAKE_TABLE": self.table.name, "LETTERS_BUCKET": self.letters.name},
            may=[
                *self.table.may("GetItem", "PutItem", "UpdateItem"),
                *self.letters.may("GetObject", "GetObjectVersion", "PutObject", under="letters/*"),
            ],
        )
        function.consume(self._read_queue, batch=1, share=shares.read_pages)
        function.consume(self._old_pages_queue, batch=1, share=shares.read_backfile, name="ConsumesBackfile")

    def _identify_letter(self) -> None:
        function = Function(
            self,
            "identify_letter",
            Limits(_IDENTIFY_TIMEOUT, memory=512),
            env={
                "INTAKE_TABLE": self.table.name,
                "LETTERS_BUCKET": self.letters.name,
                "REGISTER_TABLE": self._register.name,
            },
            may=[
                *self.table.may("GetItem", "PutItem", "Query"),
                *self.letters.may("GetObject", under="letters/*"),
                *self._register.may("BatchGetItem", "GetItem", "Query"),
                *self._register.may_query("by_ahv", "by_birth_date", "by_person"),
            ],
        )
        function.consume(self._identify_queue, batch=10)

    def _settle_letter(self) -> None:
        function = Function(
            self,
            "settle_letter",
            Limits(SETTLE_TIMEOUT),
            env={"INTAKE_TABLE": self.table.name},
            may=self.table.may("GetItem", "PutItem"),
        )
        function.consume(self._links.settle, batch=10)

    def _serve_desk(self) -> None:
        function = Function(
            self,
            "serve_desk",
            Limits(_DESK_TIMEOUT, memory=2048),
            layers=("core", "vendor", "documents"),
            env={"INTAKE_TABLE": self.table.name, "LETTERS_BUCKET": self.letters.name},
            may=[
                *self.table.may("GetItem", "PutItem"),
                # Reads back what an interrupted run has kept already.
                *self.letters.may("GetObject", "GetObjectVersion", "PutObject", under="letters/*"),
            ],
        )
        function.consume(self._desk_queue, batch=1)

    def _publish_changes(self) -> None:
        function = Function(
            self,
            "publish_changes",
            Limits(timeout=60, memory=512),  # closes batches: counts their letters
            env={
                "INTAKE_TABLE": self.table.name,
                "SCANS_BUCKET": self.scans.name,
                "BACKFILE_BUCKET": self.backfile.name,
                **self._queue_urls(),
            },
            may=[
                *self.table.may("GetItem", "PutItem", "UpdateItem", "Query"),
                *self._may_settle(self.scans),
                *self._may_settle(self.backfile),
                *self._may_send_on(),
            ],
        )
        function.follow(self.table, dead_key=self._links.queue_key)

    def _queue_urls(self) -> dict[str, str]:
        """Where the message of a new state goes; publishing and reconciling send the same ones."""
        return {
            "READ_QUEUE_URL": self._read_queue.url,
            "OLDPAGES_QUEUE_URL": self._old_pages_queue.url,
            "IDENTIFY_QUEUE_URL": self._identify_queue.url,
            "FILE_QUEUE_URL": self._links.file.url,
            "DESK_QUEUE_URL": self._desk_queue.url,
            "BILLS_QUEUE_URL": self._links.bills.url,
        }

    def _may_send_on(self) -> list[Permission]:
        queues = (
            *(self._read_queue, self._old_pages_queue, self._identify_queue),
            *(self._links.file, self._desk_queue, self._links.bills),
        )
        return [permission for queue in queues for permission in queue.may_send()]

    def _reconcile(self) -> None:
        function = Function(
            self,
            "reconcile",
            Limits(timeout=300, memory=512),
            env={
                "INTAKE_TABLE": self.table.name,
                "SCANS_BUCKET": self.scans.name,
                "BACKFILE_BUCKET": self.backfile.name,
                "LETTERS_BUCKET": self.letters.name,
                "SCANS_QUEUE_URL": self._scans_queue.url,
                "BACKFILE_QUEUE_URL": self._backfile_queue.url,
                **self._queue_urls(),
                "STUCK_AFTER_MINUTES": str(self.site.service.stuck_after_minutes),
                "EVERY_MINUTES": str(_RECONCILE_MINUTES),
            },
            may=[
                *self.table.may("BatchGetItem", "GetItem", "PutItem", "UpdateItem", "Query"),
                *self.table.may_query("by_state"),
                *self.scans.may_list("ListBucketVersions"),
                *self.backfile.may_list("ListBucketVersions"),
                *self.letters.may_list("ListBucket"),
                *self._may_settle(self.scans),
                *self._may_settle(self.backfile),
                *self._scans_queue.may_send(),
                *self._backfile_queue.may_send(),
                *self._may_send_on(),
            ],
        )
        meaning = "What got stuck is not found and put back on its way"
        function.run_every(minutes=_RECONCILE_MINUTES, failure_means=meaning)

    def _api(self) -> Function:
        return Function(
            self,
            "api",
            Limits(timeout=29, memory=512),
            env={
                "INTAKE_TABLE": self.table.name,
                "REGISTER_TABLE": self._register.name,
                "AUDIT_TABLE": self._audit.table.name,
                "LETTERS_BUCKET": self.letters.name,
            },
            may=[
                *self.table.may("GetItem", "PutItem", "UpdateItem", "Query"),
                *self.table.may_query("by_state", "by_day"),
                *self._register.may("BatchGetItem", "GetItem", "Query"),
                *self._audit.may_record(),
                # Signs addresses of letters and their pictures with this permission; reads neither itself.
                *self.letters.may("GetObject", "GetObjectVersion", under="letters/*"),
            ],
        )
