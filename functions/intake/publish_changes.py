"""Stream of the intake table: send what follows from a new state, close complete batches."""

from __future__ import annotations

from collections.abc import Mapping

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.intake.publish_changes import PublishChanges, PublisherSettings, publisher_of
from sozialakte.intake.records import batch_of, letter_of
from sozialakte.runtime.items import Item
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.streams import Change, process_changes
from sozialakte.shared.clock import utc_now


def handler(event: Mapping[str, object], context: LambdaContext) -> PartialItemFailureResponse:
    """Publish every row that has a new version; the stream resumes at the first that fails."""
    publisher = publisher_of(read_settings(PublisherSettings), utc_now())
    return process_changes(event, context, lambda change: _publish(publisher, change))


def _publish(publisher: PublishChanges, change: Change) -> None:
    if change.has_new_version:
        _publish_row(publisher, change.new)


def _publish_row(publisher: PublishChanges, row: Item) -> None:
    if row["entity"] == "letter":
        publisher.letter(letter_of(row))
    elif row["entity"] == "batch":
        publisher.batch(batch_of(row))
