"""The whole stage in this process: what Lambda's event sources do, step by step, against moto.

`Pipeline.run()` hands queue messages and table changes to the real handlers until nothing is left. A message is deleted
only after its handler said so, and a stream goes on only behind what was handled, as on AWS: a handler that dies leaves
everything where it was.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from botocore.exceptions import ClientError
from moto.backends import get_backend

from sozialakte.intake.batch import Upload
from sozialakte.intake.model import Lane
from sozialakte.intake.reconcile import StillStuckError
from sozialakte.runtime.aws import client
from sozialakte.runtime.s3_events import notification_of
from tests.aws import ACCOUNT, BACKFILE, DOSSIERS, INTAKE, PAYMENTS, REGION, SCANS, queue_url, send, take, upload
from tests.lambda_events import Context, failed_ids

CONSUMER_OF = {
    "scans": "functions.intake.split_batch",
    "backfile": "functions.intake.split_batch",
    "read": "functions.intake.read_pages",
    "oldpages": "functions.intake.read_pages",
    "identify": "functions.intake.identify_letter",
    "file": "functions.dossiers.file_document",
    "settle": "functions.intake.settle_letter",
    "handover": "functions.partners.export_document",
    "receipts": "functions.partners.take_receipt",
    "desk": "functions.intake.serve_desk",
    "index": "functions.dossiers.index_document",
    "bills": "functions.payments.register_bills",
    "vouchers": "functions.payments.file_voucher",
    "runs": "functions.payments.advance_run",
    "bank": "functions.payments.take_bank_message",
}
PUBLISHER_OF = {
    INTAKE: "functions.intake.publish_changes",
    DOSSIERS: "functions.dossiers.publish_changes",
    PAYMENTS: "functions.payments.publish_changes",
}
MOST_ROUNDS = 200


class NotQuietError(AssertionError):
    """Work kept coming: a message comes back for ever or handlers feed each other."""


class Crash(BaseException):
    """The process ended. Nothing in the product may catch it."""


@dataclass
class Pipeline:
    """A running stage. ``deliveries`` is how often each message and each change is handed over."""

    deliveries: int = 1
    crashes: int = 0
    _positions: dict[str, int] = field(default_factory=dict)

    def drop_old(self, key: str, body: bytes) -> Upload:
        """Somebody uploads an old dossier, and S3 says so."""
        uploaded = upload(key, body, Lane.BACKFILE)
        send("backfile", notification_of(BACKFILE, uploaded.key, uploaded.version_id))
        return uploaded

    def drop(self, key: str, body: bytes) -> Upload:
        """The scanning centre uploads a file, and S3 says so."""
        uploaded = upload(key, body)
        send("scans", notification_of(SCANS, uploaded.key, uploaded.version_id))
        return uploaded

    def run(self) -> None:
        """Work until all queues and streams are empty. Raises `NotQuietError`."""
        for _ in range(MOST_ROUNDS):
            if not self.round():
                return
        raise NotQuietError

    def round(self, queues: Iterable[str] = CONSUMER_OF) -> bool:
        """Every event source (of these queues only) delivers once what it has; whether there was anything."""
        worked = [self._drain_queue(name) for name in queues] + [self._drain_stream(t) for t in PUBLISHER_OF]
        return any(worked)

    def call(self, function: str, event: Mapping[str, object]) -> object:
        """Run a handler. One that ends without an answer is counted as a crash."""
        try:
            return importlib.import_module(function).handler(event, Context())
        except (Crash, ClientError, StillStuckError):
            self.crashes += 1
            return None

    def call_until_done(self, function: str, event: Mapping[str, object]) -> None:
        """Run a handler again until it ends by itself, as a schedule or a patient person does."""
        crashes = -1
        while crashes != self.crashes:
            crashes = self.crashes
            self.call(function, event)

    def drain_streams(self) -> None:
        """Deliver what the streams have, nothing else."""
        for table in PUBLISHER_OF:
            self._drain_stream(table)

    def step(self, queue: str) -> bool:
        """Deliver one message of a queue, nothing else; whether there was one."""
        return self._drain_queue(queue)

    def forget(self) -> None:
        """All messages and all changes on their way are lost."""
        for name in CONSUMER_OF:
            take(name)
        for table in PUBLISHER_OF:
            self._positions[table] = self._positions.get(table, 0) + len(self._changes(table))

    def _drain_queue(self, name: str) -> bool:
        if not _has_messages(name):
            return False
        received = client("sqs").receive_message(
            QueueUrl=queue_url(name), MaxNumberOfMessages=1, VisibilityTimeout=0, MessageSystemAttributeNames=["All"]
        )
        for message in received.get("Messages", []):
            record = {
                "messageId": message["MessageId"],
                "receiptHandle": message["ReceiptHandle"],
                "eventSourceARN": f"arn:aws:sqs:{REGION}:{ACCOUNT}:test-{name}",
                "body": message["Body"],
                "eventSource": "aws:sqs",
                "attributes": message["Attributes"],
                "messageAttributes": {},
            }
            _settle(name, message["ReceiptHandle"], done=self._delivered(CONSUMER_OF[name], record))
        return "Messages" in received

    def _drain_stream(self, table: str) -> bool:
        records = self._changes(table)
        for record in records:
            if not self._delivered(PUBLISHER_OF[table], record):
                return True
            self._positions[table] = self._positions.get(table, 0) + 1
        return bool(records)

    def _delivered(self, function: str, record: Mapping[str, object]) -> bool:
        answers = [self.call(function, {"Records": [record]}) for _ in range(self.deliveries)]
        return answers[-1] is not None and not failed_ids(answers[-1])

    def _changes(self, table: str) -> list[Mapping[str, object]]:
        """The table's changes after the position, straight from moto: asking its API took half of a run's time."""
        shard = get_backend("dynamodb")[ACCOUNT][REGION].tables[table].stream_shard
        assert shard, "the table has a stream"
        return [change.to_json() for change in shard.items[self._positions.get(table, 0) :]]


def _settle(queue: str, receipt: str, *, done: bool) -> None:
    handle = {"QueueUrl": queue_url(queue), "ReceiptHandle": receipt}
    try:
        if done:
            client("sqs").delete_message(**handle)
        else:
            client("sqs").change_message_visibility(**handle, VisibilityTimeout=0)  # the pause is over
    except client("sqs").exceptions.ReceiptHandleIsInvalid:
        return  # another process has taken the message since, and done it


def _has_messages(queue: str) -> bool:
    return bool(get_backend("sqs")[ACCOUNT][REGION].queues[f"test-{queue}"].messages)


def handlers() -> set[str]:
    """Every function of the project, by discovery."""
    files = Path("functions").glob("*/*.py")
    return {".".join(path.with_suffix("").parts) for path in files if path.name != "__init__.py"}


def bodies_left() -> dict[str, list[object]]:
    """What still lies on the queues (nothing, after a run)."""
    left = {}
    for name in filter(_has_messages, CONSUMER_OF):
        found = client("sqs").receive_message(QueueUrl=queue_url(name), VisibilityTimeout=0, MaxNumberOfMessages=10)
        left[name] = [json.loads(message["Body"]) for message in found.get("Messages", [])]
    return {name: bodies for name, bodies in left.items() if bodies}
