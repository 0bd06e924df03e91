"""What Lambda hands to a handler, and what it reads from the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.runtime.items import Item, to_attributes
from tests.aws import ACCOUNT, REGION


@dataclass
class Context(LambdaContext):
    """What Lambda says about an invocation."""

    request_id: str = "00000000-0000-4000-8000-000000000001"

    def __post_init__(self) -> None:
        """Fill the fields that the base class reads."""
        self._aws_request_id = self.request_id
        self._function_name = "function-under-test"
        self._function_version = "1"
        self._memory_limit_in_mb = 512
        self._invoked_function_arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:function-under-test"

    @staticmethod
    def get_remaining_time_in_millis() -> int:
        """Plenty."""
        return 60_000


def sqs_event(*bodies: str) -> dict[str, object]:
    """The event of a queue with these messages; their ids are ``message-0`` and so on."""
    return {"Records": [_sqs_record(number, body) for number, body in enumerate(bodies)]}


def stream_event(*changes: tuple[Item | None, Item | None]) -> dict[str, object]:
    """The event of a table's stream with these rows before and after; sequence numbers ``1``, ``2`` ..."""
    return {"Records": [_stream_record(number, old, new) for number, (old, new) in enumerate(changes, start=1)]}


def failed_ids(answer: object) -> list[str]:
    """The ids a handler reports as failed."""
    if not isinstance(answer, Mapping):
        raise TypeError("not a partial batch response")
    failures = answer["batchItemFailures"]
    return [failure["itemIdentifier"] for failure in failures]


def _sqs_record(number: int, body: str) -> dict[str, object]:
    return {
        "messageId": f"message-{number}",
        "receiptHandle": f"receipt-{number}",
        "body": body,
        "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": "1767600000000"},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": f"arn:aws:sqs:{REGION}:{ACCOUNT}:test-queue",
        "awsRegion": REGION,
    }


def _stream_record(number: int, old: Item | None, new: Item | None) -> dict[str, object]:
    images = {name: to_attributes(row) for name, row in (("OldImage", old), ("NewImage", new)) if row is not None}
    return {
        "eventID": f"change-{number}",
        "eventName": "REMOVE" if new is None else "INSERT" if old is None else "MODIFY",
        "eventSource": "aws:dynamodb",
        "awsRegion": REGION,
        "dynamodb": {"SequenceNumber": str(number), "StreamViewType": "NEW_AND_OLD_IMAGES", **images},
    }
