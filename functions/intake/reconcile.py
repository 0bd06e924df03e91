"""Every quarter of an hour: put back on its way what got stuck."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.model import Lane
from sozialakte.intake.patience import Patience
from sozialakte.intake.publish_changes import PublisherSettings, publisher_of
from sozialakte.intake.reconcile import Reconcile
from sozialakte.runtime.logging import logger
from sozialakte.runtime.queues import Queue
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.clock import utc_now


@dataclass(frozen=True)
class Settings:
    """What this function is told, beside what publishing takes."""

    letters_bucket: str
    scans_queue_url: str
    backfile_queue_url: str
    stuck_after_minutes: int
    every_minutes: int


def handler(event: Mapping[str, object], context: LambdaContext) -> None:  # noqa: ARG001 # the schedule says nothing
    """Look at what has not moved for ``STUCK_AFTER_MINUTES``; the schedule calls every ``EVERY_MINUTES``."""
    logger.bind(function_request_id=context.aws_request_id)
    settings = read_settings(Settings)
    publishing = read_settings(PublisherSettings)
    files = IntakeFiles(publishing.scans_bucket, settings.letters_bucket, publishing.backfile_bucket)
    publisher = publisher_of(publishing, utc_now())
    patience = Patience(timedelta(minutes=settings.stuck_after_minutes), timedelta(minutes=settings.every_minutes))
    arrivals = {Lane.DAILY: Queue(settings.scans_queue_url), Lane.BACKFILE: Queue(settings.backfile_queue_url)}
    done = Reconcile(publisher, arrivals, patience, files)()
    logger.info("reconciled", upload_count=done.uploads, batch_count=done.batches, letter_count=done.letters)
