"""Stream of the dossiers table: hand over what was filed, tell the intake what became of a letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.dossiers.publish_changes import PublishChanges
from sozialakte.dossiers.store import filing_of, is_filing
from sozialakte.runtime.queues import Queue
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.streams import Change, process_changes


@dataclass(frozen=True)
class Settings:
    """What this function is told."""

    settle_queue_url: str
    handover_queue_url: str


def handler(event: Mapping[str, object], context: LambdaContext) -> PartialItemFailureResponse:
    """Publish every filing that has a new version; the stream resumes at the first that fails."""
    settings = read_settings(Settings)
    publish = PublishChanges(Queue(settings.settle_queue_url), Queue(settings.handover_queue_url))

    def tell(change: Change) -> None:
        if is_filing(change.new) and change.has_new_version:
            publish(filing_of(change.new))

    return process_changes(event, context, tell)
