"""Stream of the dossiers table: hand over and index what was filed or moved, tell whoever asked what was filed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.dossiers.publish_changes import PublishChanges
from sozialakte.dossiers.records import document_of, filing_of, is_document, is_filing, is_moved_away, move_of
from sozialakte.runtime.items import Item
from sozialakte.runtime.queues import Queue
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.streams import Change, process_changes


@dataclass(frozen=True)
class Settings:
    """What this function is told."""

    settle_queue_url: str
    handover_queue_url: str
    index_queue_url: str
    vouchers_queue_url: str


def handler(event: Mapping[str, object], context: LambdaContext) -> PartialItemFailureResponse:
    """Publish all that has a new version; the stream resumes at the first change that fails."""
    settings = read_settings(Settings)
    urls = settings.settle_queue_url, settings.handover_queue_url, settings.index_queue_url, settings.vouchers_queue_url
    publish = PublishChanges(*map(Queue, urls))

    def tell(change: Change) -> None:
        if change.has_new_version:
            _publish(publish, change.new)

    return process_changes(event, context, tell)


def _publish(publish: PublishChanges, row: Item) -> None:
    """A document that was just filed is told with its filing."""
    if is_filing(row):
        publish(filing_of(row))
    elif is_moved_away(row):
        publish.moved_away(move_of(row))
    elif is_document(row) and row["change"] != "filed":
        publish.document(document_of(row))
