"""Queue messages with partial batch responses: what fails stays on the queue, the rest is done."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.exceptions import BotoCoreError, ClientError

from sozialakte.runtime.aws import client
from sozialakte.runtime.logging import logger
from sozialakte.shared.messages import UnknownMessageError

FIRST_PAUSE = 15  # seconds
LONGEST_PAUSE = 900  # seconds; after five tries, some twenty minutes, a message is dead


def process_messages(
    event: Mapping[str, object], context: LambdaContext, handle: Callable[[Mapping[str, object]], None]
) -> PartialItemFailureResponse:
    """Hand the JSON object of every message to ``handle``; the ids of those that raised are the answer.

    ``handle`` raises for a message it does not know (``UnknownMessageError``, or pydantic's ``ValidationError``).
    Only ``Exception`` counts as failure of one message; a ``BaseException`` ends the invocation.
    """
    logger.bind(function_request_id=context.aws_request_id)
    # an answer in both cases, so that one failing message looks the same alone and among others
    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    with processor(records=_records(event), handler=lambda record: handle(_body(record))):
        processor.process()
    for message, (_, error, _) in zip(processor.fail_messages, processor.exceptions, strict=True):
        if isinstance(message, SQSRecord):
            logger.error("message_failed", error, message_id=message.message_id)
            _come_back_soon(message)
    return processor.response()


def _records(event: Mapping[str, object]) -> list[dict[str, object]]:
    records = event.get("Records")
    if not isinstance(records, list):
        raise UnknownMessageError("not an event of a queue")
    return records


def _body(record: SQSRecord) -> Mapping[str, object]:
    body = json.loads(record.body)
    if not isinstance(body, dict):
        raise UnknownMessageError("the message is not a JSON object")
    return body


def _come_back_soon(message: SQSRecord) -> None:
    """Bring a failed message back after seconds, later each time; else it stays hidden for six times the timeout."""
    tries = int(message.attributes.approximate_receive_count)
    *_, account, name = message.event_source_arn.split(":")
    try:
        sqs = client("sqs")
        sqs.change_message_visibility(
            QueueUrl=f"{sqs.meta.endpoint_url}/{account}/{name}",
            ReceiptHandle=message.receipt_handle,
            VisibilityTimeout=min(FIRST_PAUSE * 4 ** (tries - 1), LONGEST_PAUSE),
        )
    except (ClientError, BotoCoreError) as error:
        # It comes back all the same, only later.
        logger.warning("message_stays_hidden", message_id=message.message_id, error=type(error).__name__)
