"""The least that a function behind a queue or a stream imports: Powertools' logger and batch processor, one message."""

from __future__ import annotations

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel


class Message(BaseModel):
    """What a message says."""

    letter_id: str


logger = Logger()
processor = BatchProcessor(event_type=EventType.SQS)


def handle(record: SQSRecord) -> None:
    """Read a message."""
    logger.info("read", extra={"letter_id": Message.model_validate_json(record.body).letter_id})


def handler(event: dict[str, object], context: LambdaContext) -> PartialItemFailureResponse:
    """Read all messages."""
    return process_partial_response(event, handle, processor, context)
