"""AWS in this process (moto): the tables, buckets and queues of a stage.

`local_aws()` opens a fresh one and sets the variables every handler reads; the fixture ``aws`` (conftest) does so
for a test.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from typing import Literal
from unittest.mock import patch

import botocore.session
from botocore.loaders import create_loader
from moto import mock_aws
from moto.backends import get_backend
from mypy_boto3_dynamodb.type_defs import CreateTableInputTypeDef, KeySchemaElementTypeDef, ProjectionTypeDef
from mypy_boto3_s3.type_defs import GetObjectRequestTypeDef

from sozialakte.intake.batch import Upload
from sozialakte.intake.model import Lane
from sozialakte.register import RegisterStore
from sozialakte.register.history import FEED
from sozialakte.register.import_register import Fed
from sozialakte.register.records import Record, key_of
from sozialakte.register.stored_history import Stamp
from sozialakte.runtime.aws import client, reset_clients
from sozialakte.runtime.items import Item, from_attributes
from tests.fresh_stage import make_stage
from tests.index_keys import refused_rows
from tests.quick_calls import quick_calls
from tests.quick_moto import quick_moto

ACCOUNT = "123456789012"
REGION: Literal["eu-central-2"] = "eu-central-2"
REGISTER, INTAKE, DOSSIERS, AUDIT = "test-register", "test-intake", "test-dossiers", "test-audit"
PARTNERS, PAYMENTS = "test-partners", "test-payments"
SCANS, LETTERS, BACKFILE, PARTNER, SEALS = "test-scans", "test-letters", "test-backfile", "test-partner", "test-seals"
FULLTEXT, BANK = "test-fulltext", "test-bank"
PAYING_ACCOUNT = {"iban": "CH9300762011623852957", "name": "Soziale Dienste Beispielstadt"}
QUEUES = (
    *("scans", "backfile", "read", "oldpages", "identify", "file", "settle", "desk", "handover", "receipts"),
    *("index", "bills", "runs", "bank", "vouchers"),
)

# Name, partition and sort key of each table's indexes, as infra/ declares them (a test there compares).
INDEXES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    REGISTER: (("by_ahv", "ahv_number"), ("by_birth_date", "birth_date"), ("by_person", "person_id", "pk")),
    INTAKE: (
        ("by_state", "state_key", "since"),
        ("by_day", "day", "received_at"),
        ("by_old_dossier", "old_key", "old_order"),
    ),
    DOSSIERS: (
        ("by_urgency", "urgent_key", "due"),
        ("by_list", "list_key", "list_order"),
        ("by_register", "register_key", "list_order"),
    ),
    AUDIT: (("by_subject", "subject", "sk"),),
    PARTNERS: (("by_due", "open_key", "due"),),
    PAYMENTS: (
        ("by_work", "work_key", "due_by"),
        ("by_state", "state_key", "since"),
        ("by_due", "unpaid_key", "due_by"),
        ("by_discount", "discount_key", "discount_until"),
        ("by_team_due", "team_unpaid", "due_by"),
        ("by_team_discount", "team_discount", "discount_until"),
        ("by_dossier", "dossier_id", "received"),
        ("by_creditor", "creditor_id", "received"),
        ("by_journal", "journal_key", "journal_order"),
        ("by_run", "run_key", "run_id"),
    ),
}
# What these indexes carry beside keys; all others carry everything.
ONLY: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("by_list", "by_register"), ("kind", "urgent", "sender_words")),
    "by_old_dossier": (
        *("letter_id", "state", "lane", "pages", "received_at"),
        *("dossier_id", "named_dossier", "section"),
    ),
}
STREAMED = frozenset({INTAKE, DOSSIERS, PAYMENTS})

# Each new session would read the models of AWS from disk again: half of what a test's set-up costs.
_one_loader = lru_cache(create_loader)


@contextmanager
def local_aws() -> Iterator[None]:
    """A fresh account: empty tables, buckets and queues of a stage, and the environment of every handler."""
    with (
        patch.dict(os.environ, _environment()),
        patch.object(botocore.session, "create_loader", _one_loader),
        patch.dict("sozialakte.payments.category_store.lists_read", clear=True),  # a cold start
        quick_calls(),
        mock_aws(),
        quick_moto(),
    ):
        os.environ.pop("AWS_ENDPOINT_URL", None)
        os.environ.pop("AWS_PROFILE", None)
        reset_clients()
        try:
            make_stage(ACCOUNT, REGION, _create_all)
            yield
            refused = refused_rows(ACCOUNT, REGION, INDEXES)
            assert not refused, refused
        finally:
            reset_clients()


def queue_url(name: str) -> str:
    """The URL of a queue of `QUEUES`, or of its dead-letter queue (``scans-dead``)."""
    return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/test-{name}"


def take(queue: str) -> list[str]:
    """Every message body on the queue, in order; the queue is empty afterwards."""
    bodies: list[str] = []
    while received := client("sqs").receive_message(QueueUrl=queue_url(queue), MaxNumberOfMessages=10).get("Messages"):
        for message in received:
            bodies.append(message["Body"])
            client("sqs").delete_message(QueueUrl=queue_url(queue), ReceiptHandle=message["ReceiptHandle"])
    return bodies


def take_json(queue: str) -> list[dict[str, object]]:
    """As `take`, each body parsed."""
    return [json.loads(body) for body in take(queue)]


def send(queue: str, *bodies: str) -> None:
    """Put messages on a queue."""
    for body in bodies:
        client("sqs").send_message(QueueUrl=queue_url(queue), MessageBody=body)


def upload(key: str, body: bytes, lane: Lane = Lane.DAILY) -> Upload:
    """Put a file into the bucket of a lane, as a scanner does."""
    answer = client("s3").put_object(Bucket=BACKFILE if lane is Lane.BACKFILE else SCANS, Key=key, Body=body)
    return Upload(key, answer["VersionId"], lane)


def keep_letter_file(key: str, body: bytes) -> str:
    """Put a file into the letters bucket; its version id."""
    return client("s3").put_object(Bucket=LETTERS, Key=key, Body=body)["VersionId"]


def letter_file(key: str, version_id: str | None = None) -> bytes:
    """A file of the letters bucket (its newest version)."""
    request: GetObjectRequestTypeDef = {"Bucket": LETTERS, "Key": key}
    if version_id:
        request["VersionId"] = version_id
    return client("s3").get_object(**request)["Body"].read()


def letter_keys() -> list[str]:
    """The keys in the letters bucket, once for each version."""
    listed = client("s3").list_object_versions(Bucket=LETTERS)
    return sorted(version["Key"] for version in listed.get("Versions", []))


def put_register(*records: Record, on: date = date(2020, 1, 1), since: date | None = None, run: str = "test") -> None:
    """Write persons, dossiers, staff ... into the register, as the feed says them on a day."""
    stamp = Stamp(run, FEED, datetime(on.year, on.month, on.day, 12, tzinfo=UTC), on)
    for record in records:
        fed = Fed(record, since, None)
        RegisterStore(REGISTER).chronicle.write(key_of(record), partial(fed.edit, today=on), stamp)


@contextmanager
def counted_calls(service: Literal["dynamodb", "s3", "sqs"] = "dynamodb") -> Iterator[list[str]]:
    """The names of the calls made to the service meanwhile."""
    calls: list[str] = []

    def note(model: object, **_: object) -> None:
        calls.append(getattr(model, "name", "?"))

    events = client(service).meta.events
    events.register(f"before-call.{service}", note)
    yield calls
    events.unregister(f"before-call.{service}", note)


def rows(table: str) -> list[Item]:
    """Every row of a table, by key, straight from moto: for comparing end states (production code never scans)."""
    stored = get_backend("dynamodb")[ACCOUNT][REGION].tables[table].all_items()
    found = [from_attributes(item.to_json()["Attributes"]) for item in stored]
    return sorted(found, key=lambda row: (str(row["pk"]), str(row["sk"])))


def _environment() -> dict[str, str]:
    urls = {f"{name.upper()}_QUEUE_URL": queue_url(name) for name in QUEUES}
    return urls | {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "REGISTER_TABLE": REGISTER,
        "INTAKE_TABLE": INTAKE,
        "DOSSIERS_TABLE": DOSSIERS,
        "AUDIT_TABLE": AUDIT,
        "PARTNERS_TABLE": PARTNERS,
        "PAYMENTS_TABLE": PAYMENTS,
        "SCANS_BUCKET": SCANS,
        "BACKFILE_BUCKET": BACKFILE,
        "LETTERS_BUCKET": LETTERS,
        "PARTNER_BUCKET": PARTNER,
        "RECEIPT_WITHIN_HOURS": "24",
        "CASE_SYSTEM_CONTRACT": "2",
        "SEALS_BUCKET": SEALS,
        "FULLTEXT_BUCKET": FULLTEXT,
        "BANK_BUCKET": BANK,
        "PAYING_ACCOUNTS": json.dumps([PAYING_ACCOUNT]),
        "PAYER": "Soziale Dienste Beispielstadt",
        "THREADS": "1",  # moto is not made for several
        "CASEWORKER_LIMIT": "500",
        "TEAMLEAD_LIMIT": "5000",
        "TEAM_LEADS": "ma-103",
        "PAYMENTS_LEAD": "sozialakte",
        "SERVICE_TITLE": "Soziale Dienste Beispielstadt",
        "STUCK_AFTER_MINUTES": "60",
        "EVERY_MINUTES": "15",
        "MANIFESTS_EXPECTED": "no",
        "MANIFEST_WAIT_MINUTES": "60",
        "LARGEST_UPLOAD_MB": "100",
        "STAGE": "test",
        "POWERTOOLS_SERVICE_NAME": "test",
        "POWERTOOLS_TRACE_DISABLED": "true",
    }


def _create_all() -> None:
    for table, indexes in INDEXES.items():
        _create_table(table, indexes)
    for bucket in (SCANS, BACKFILE, PARTNER, FULLTEXT, BANK):
        client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        client("s3").put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    for lockable in (LETTERS, SEALS):
        client("s3").create_bucket(
            Bucket=lockable, CreateBucketConfiguration={"LocationConstraint": REGION}, ObjectLockEnabledForBucket=True
        )
    for name in QUEUES:
        _create_queue(name)


def _create_table(table: str, indexes: tuple[tuple[str, ...], ...]) -> None:
    keyed = sorted({"pk", "sk", *(name for _, *keys in indexes for name in keys)})
    request: CreateTableInputTypeDef = {
        "TableName": table,
        "KeySchema": _schema("pk", "sk"),
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in keyed],
        "BillingMode": "PAY_PER_REQUEST",
    }
    if indexes:
        request["GlobalSecondaryIndexes"] = [
            {"IndexName": name, "KeySchema": _schema(*keys), "Projection": _projection(name)} for name, *keys in indexes
        ]
    if table in STREAMED:
        request["StreamSpecification"] = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
    client("dynamodb").create_table(**request)


def _projection(index: str) -> ProjectionTypeDef:
    if index not in ONLY:
        return {"ProjectionType": "ALL"}
    return {"ProjectionType": "INCLUDE", "NonKeyAttributes": [*ONLY[index]]}


def _schema(partition: str, sort: str | None = None) -> list[KeySchemaElementTypeDef]:
    schema: list[KeySchemaElementTypeDef] = [{"AttributeName": partition, "KeyType": "HASH"}]
    return [*schema, {"AttributeName": sort, "KeyType": "RANGE"}] if sort else schema


def _create_queue(name: str) -> None:
    sqs = client("sqs")
    sqs.create_queue(QueueName=f"test-{name}-dead")
    dead = f"arn:aws:sqs:{REGION}:{ACCOUNT}:test-{name}-dead"
    policy = json.dumps({"deadLetterTargetArn": dead, "maxReceiveCount": 5})
    sqs.create_queue(QueueName=f"test-{name}", Attributes={"RedrivePolicy": policy})
