"""Queue ``scans`` (new objects in the scans bucket): cut the batch into letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.intake.batch import Upload
from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.split_batch import SplitBatch
from sozialakte.intake.store import IntakeStore
from sozialakte.runtime.logging import logger
from sozialakte.runtime.s3_events import new_objects
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.sqs import process_messages
from sozialakte.shared.clock import utc_now


@dataclass(frozen=True)
class Settings:
    """What this function is told."""

    intake_table: str
    scans_bucket: str
    letters_bucket: str


def handler(event: Mapping[str, object], context: LambdaContext) -> PartialItemFailureResponse:
    """Cut every announced batch; one that fails stays on the queue."""
    settings = read_settings(Settings)

    def split(body: Mapping[str, object]) -> None:
        for key, version_id in new_objects(body, settings.scans_bucket):
            _split(settings, Upload(key, version_id))

    return process_messages(event, context, split)


def _split(settings: Settings, upload: Upload) -> None:
    files = IntakeFiles(settings.scans_bucket, settings.letters_bucket)
    with TemporaryDirectory() as folder:
        batch = SplitBatch(IntakeStore(settings.intake_table), files, Path(folder), utc_now())(upload)
    logger.info("batch_split", batch_id=batch.batch_id, upload_id=upload.upload_id, batch_state=batch.state)
