"""Stream of the intake table: send what follows from a new state, close complete batches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.publish_changes import PublishChanges, Queues
from sozialakte.intake.records import batch_of, letter_of
from sozialakte.intake.store import IntakeStore
from sozialakte.runtime.items import Item
from sozialakte.runtime.queues import Queue
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.streams import Change, process_changes
from sozialakte.shared.clock import utc_now


@dataclass(frozen=True)
class Settings:
    """What this function is told."""

    intake_table: str
    scans_bucket: str
    read_queue_url: str
    identify_queue_url: str
    file_queue_url: str


def handler(event: Mapping[str, object], context: LambdaContext) -> PartialItemFailureResponse:
    """Publish every row that has a new version; the stream resumes at the first that fails."""
    settings = read_settings(Settings)
    publisher = PublishChanges(
        IntakeStore(settings.intake_table),
        IntakeFiles(scans=settings.scans_bucket, letters=""),
        Queues(Queue(settings.read_queue_url), Queue(settings.identify_queue_url), Queue(settings.file_queue_url)),
        utc_now(),
    )
    return process_changes(event, context, lambda change: _publish(publisher, change))


def _publish(publisher: PublishChanges, change: Change) -> None:
    if change.has_new_version:
        _publish_row(publisher, change.new)


def _publish_row(publisher: PublishChanges, row: Item) -> None:
    if row["entity"] == "letter":
        publisher.letter(letter_of(row))
    elif row["entity"] == "batch":
        publisher.batch(batch_of(row))
