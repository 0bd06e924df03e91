"""What AWS really hands over (``events/aws/``), handed to the handlers that get it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from functions.intake import identify_letter, publish_changes, reconcile, split_batch
from sozialakte.intake.batch import Upload
from sozialakte.runtime.s3_events import new_objects
from tests.aws import INTAKE, QUEUES, SCANS, rows, take, take_json
from tests.lambda_events import Context, failed_ids

pytestmark = pytest.mark.usefixtures("aws")


def payload(name: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(Path(f"events/aws/{name}.json").read_text(encoding="utf-8"))
    return found


def message_ids(event: dict[str, object]) -> list[str]:
    records = event["Records"]
    assert isinstance(records, list)
    return [record["messageId"] for record in records]


def body_of(event: dict[str, object]) -> dict[str, object]:
    records = event["Records"]
    assert isinstance(records, list)
    found: dict[str, object] = json.loads(records[0]["body"])
    return found


def test_a_new_scan_is_understood_with_blanks_umlauts_and_plus_signs() -> None:
    body = body_of(payload("sqs_s3_object_created"))

    found = [Upload(*announced) for announced in new_objects(body, SCANS)]

    assert found == [Upload("2026-01/Stapel 1 Müller + Söhne.pdf", "096fKKXTRTtl3on89fVO.nfljtsv6qko")]


def test_a_scan_that_is_not_there_stays_on_the_queue() -> None:
    event = payload("sqs_s3_object_created")

    assert failed_ids(split_batch.handler(event, Context())) == message_ids(event)
    assert rows(INTAKE) == []


def test_the_test_event_of_s3_is_taken_off_the_queue() -> None:
    assert failed_ids(split_batch.handler(payload("sqs_s3_test_event"), Context())) == []
    assert rows(INTAKE) == []


def test_the_stream_publishes_steps_but_neither_marks_nor_removals() -> None:
    assert failed_ids(publish_changes.handler(payload("dynamodb_stream"), Context())) == []

    assert [body["type"] for body in take_json("read")] == ["intake.read-pages"]
    assert [body["type"] for body in take_json("identify")] == ["intake.identify-letter"]


def test_the_schedule_finds_nothing_to_do_in_a_new_stage() -> None:
    reconcile.handler(payload("eventbridge_schedule"), Context())

    assert not any(take(queue) for queue in QUEUES)


def test_messages_of_another_type_or_version_stay_on_the_queue() -> None:
    """The first message is well-formed but asks for a letter that does not exist: it stays too."""
    event = payload("sqs_batch")

    assert failed_ids(identify_letter.handler(event, Context())) == message_ids(event)


def test_every_payload_is_used_here_or_by_the_routes() -> None:
    used = Path(__file__).read_text(encoding="utf-8") + Path("tests/http_calls.py").read_text(encoding="utf-8")

    assert [path.stem for path in Path("events/aws").glob("*.json") if path.stem not in used] == []
