"""Stream of the payments table: send what a new version of a row asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.payments.publish_changes import PublishChanges
from sozialakte.runtime.queues import Queue
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.streams import Change, process_changes


@dataclass(frozen=True)
class Settings:
    """What this function is told."""

    runs_queue_url: str
    vouchers_queue_url: str
    payments_lead: str


def handler(event: Mapping[str, object], context: LambdaContext) -> PartialItemFailureResponse:
    """Publish all that has a new version; the stream resumes at the first change that fails."""
    settings = read_settings(Settings)
    queues = {"runs": Queue(settings.runs_queue_url), "vouchers": Queue(settings.vouchers_queue_url)}
    publish = PublishChanges(queues, settings.payments_lead)

    def tell(change: Change) -> None:
        if change.has_new_version:
            publish(change.new)

    return process_changes(event, context, tell)
