"""Queue messages: what fails stays, what is unknown stays, the rest is done."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from sozialakte.runtime.aws import client, reset_clients, session
from sozialakte.runtime.sqs import process_messages
from sozialakte.shared.messages import UnknownMessageError
from tests.aws import ACCOUNT, REGION, queue_url, send
from tests.lambda_events import Context, failed_ids, sqs_event

pytestmark = pytest.mark.usefixtures("aws")


class Worker:
    """Does the messages it knows."""

    def __init__(self) -> None:
        self.done: list[object] = []

    def __call__(self, body: Mapping[str, object]) -> None:
        """Raises for an unknown type."""
        if body.get("type") != "known":
            raise UnknownMessageError
        self.done.append(body["number"])


def known(number: int) -> str:
    return json.dumps({"type": "known", "number": number})


def test_all_messages_are_done() -> None:
    worker = Worker()

    assert failed_ids(process_messages(sqs_event(known(0), known(1)), Context(), worker)) == []
    assert worker.done == [0, 1]


@pytest.mark.parametrize("bad", ['{"type": "unknown"}', "{}", "no json", "[1]", "null", '"text"', "", "[" * 100_000])
def test_message_that_fails_stays_on_the_queue_and_holds_up_no_other(
    bad: str, capsys: pytest.CaptureFixture[str]
) -> None:
    worker = Worker()

    answer = process_messages(sqs_event(known(0), bad, known(2)), Context(), worker)

    assert failed_ids(answer) == ["message-1"]
    assert worker.done == [0, 2]
    assert '"message":"message_failed"' in capsys.readouterr().out


def test_only_message_fails_in_the_same_way_as_one_among_others() -> None:
    assert failed_ids(process_messages(sqs_event("bad"), Context(), Worker())) == ["message-0"]


def test_end_of_the_process_is_not_mistaken_for_a_failed_message() -> None:
    def die(_: Mapping[str, object]) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        process_messages(sqs_event(known(0)), Context(), die)


def test_event_that_is_no_queues_is_refused() -> None:
    with pytest.raises(UnknownMessageError):
        process_messages({"hello": "world"}, Context(), Worker())


@pytest.mark.parametrize(("tries", "seconds"), [(1, 15), (2, 60), (3, 240), (4, 900), (5, 900)])
def test_a_failed_message_comes_back_after_seconds_and_later_each_time(tries: int, seconds: int) -> None:
    reset_clients()
    asked: list[Mapping[str, object]] = []
    session().events.register(
        "provide-client-params.sqs.ChangeMessageVisibility", lambda params, **_: asked.append(dict(params))
    )
    send("read", "bad")
    (message,) = client("sqs").receive_message(QueueUrl=queue_url("read"), VisibilityTimeout=5400)["Messages"]
    record = {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": {"ApproximateReceiveCount": str(tries)},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": f"arn:aws:sqs:{REGION}:{ACCOUNT}:test-read",
    }

    process_messages({"Records": [record]}, Context(), Worker())

    assert [(ask["ReceiptHandle"], ask["VisibilityTimeout"]) for ask in asked] == [(message["ReceiptHandle"], seconds)]


def test_a_message_whose_return_cannot_be_hastened_stays_failed(capsys: pytest.CaptureFixture[str]) -> None:
    assert failed_ids(process_messages(sqs_event("bad"), Context(), Worker())) == ["message-0"]
    assert '"message":"message_stays_hidden"' in capsys.readouterr().out
