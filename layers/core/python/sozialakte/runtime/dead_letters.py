"""Messages that could not be handled, put back on the queue they came from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from sozialakte.runtime.aws import client

if TYPE_CHECKING:
    from mypy_boto3_sqs.type_defs import MessageTypeDef

_HIDDEN = 60  # seconds a message is hidden from others: far more than sending ten takes
_WAIT = 1  # second: a short poll asks only some of SQS's servers and may miss messages


class NoDeadLetterQueueError(LookupError):
    """The queue has no dead-letter queue."""


class ReturnedError(Exception):
    """A message that was put back meanwhile has failed again: going on would never end."""


def dead_letter_queue_of(queue_url: str) -> str:
    """The URL of a queue's dead-letter queue. Raises `NoDeadLetterQueueError`."""
    answer = client("sqs").get_queue_attributes(QueueUrl=queue_url, AttributeNames=["RedrivePolicy"])
    policy = answer.get("Attributes", {}).get("RedrivePolicy")
    if policy is None:
        raise NoDeadLetterQueueError(queue_url)
    name = json.loads(policy)["deadLetterTargetArn"].rsplit(":", 1)[-1]
    return client("sqs").get_queue_url(QueueName=name)["QueueUrl"]


def count_waiting(queue_url: str) -> int:
    """About how many messages wait on a queue."""
    answer = client("sqs").get_queue_attributes(QueueUrl=queue_url, AttributeNames=["ApproximateNumberOfMessages"])
    return int(answer["Attributes"]["ApproximateNumberOfMessages"])


def redrive(dead_url: str, queue_url: str, started: datetime) -> Iterator[str]:
    """Put every message back; yields the id of each that has been.

    A message is deleted only after it has been sent: dying in between sends it twice, which every handler bears.
    Done by receiving and sending, as not every place this runs knows ``StartMessageMoveTask``. Raises `ReturnedError`
    when it meets a message that was sent after ``started``.
    """
    while messages := _receive(dead_url):
        for message in messages:
            if _sent_at(message) > started.timestamp():
                raise ReturnedError(message["MessageId"])
            client("sqs").send_message(QueueUrl=queue_url, MessageBody=message["Body"])
            client("sqs").delete_message(QueueUrl=dead_url, ReceiptHandle=message["ReceiptHandle"])
            yield message["MessageId"]


def _receive(queue_url: str) -> list[MessageTypeDef]:
    answer = client("sqs").receive_message(
        QueueUrl=queue_url,
        MaxNumberOfMessages=10,
        VisibilityTimeout=_HIDDEN,
        WaitTimeSeconds=_WAIT,
        MessageSystemAttributeNames=["SentTimestamp"],
    )
    return answer.get("Messages", [])


def _sent_at(message: MessageTypeDef) -> float:
    return int(message["Attributes"]["SentTimestamp"]) / 1000
