"""Changes of a DynamoDB table with partial batch responses: the stream resumes at the first change that failed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.runtime.items import Item, from_attributes
from sozialakte.runtime.logging import logger


@dataclass(frozen=True)
class Change:
    """A row before (None: it is new) and after."""

    old: Item | None
    new: Item

    @property
    def has_new_version(self) -> bool:
        """Whether the row made a step; a change of anything else (a mark, a counter) has no consequence."""
        return self.old is None or self.old.get("version") != self.new.get("version")


def process_changes(
    event: Mapping[str, object], context: LambdaContext, publish: Callable[[Change], None]
) -> PartialItemFailureResponse:
    """Hand every change to ``publish`` as plain values, removals left out.

    Lambda resumes at the lowest sequence number of the answer, so changes after a failed one come again:
    ``publish`` must bear that. Only ``Exception`` counts as failure; a ``BaseException`` ends the invocation.
    """
    logger.bind(function_request_id=context.aws_request_id)
    processor = BatchProcessor(event_type=EventType.DynamoDBStreams, raise_on_entire_batch_failure=False)
    with processor(records=_records(event), handler=lambda record: _publish_change(record, publish)):
        processor.process()
    for change, (_, error, _) in zip(processor.fail_messages, processor.exceptions, strict=True):
        logger.error("change_failed", error, sequence_id=_sequence(change))
    return processor.response()


def _publish_change(record: DynamoDBRecord, publish: Callable[[Change], None]) -> None:
    images = record.raw_event["dynamodb"]
    if "NewImage" in images:
        old = from_attributes(images["OldImage"]) if "OldImage" in images else None
        publish(Change(old, from_attributes(images["NewImage"])))


def _records(event: Mapping[str, object]) -> list[dict[str, object]]:
    records = event.get("Records")
    if not isinstance(records, list):
        raise ValueError("not an event of a table's stream")  # noqa: TRY004 # the content is wrong, not a call
    return records


def _sequence(change: object) -> str | None:
    return change.dynamodb.sequence_number if isinstance(change, DynamoDBRecord) and change.dynamodb else None
