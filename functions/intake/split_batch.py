"""Queues ``scans`` and ``backfile`` (new objects in their buckets): cut the batch, take the manifest into account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.intake.batch import Batch, Upload
from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.model import Lane
from sozialakte.intake.store import IntakeStore
from sozialakte.intake.take_manifest import TakeManifest
from sozialakte.intake.upload_pairs import UploadRules, is_manifest
from sozialakte.runtime.logging import logger
from sozialakte.runtime.s3_events import objects_in
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.sqs import process_messages
from sozialakte.shared.clock import utc_now


@dataclass(frozen=True)
class Settings:
    """What this function is told."""

    intake_table: str
    scans_bucket: str
    backfile_bucket: str
    letters_bucket: str
    manifests_expected: str
    manifest_wait_minutes: int
    largest_upload_mb: int

    @property
    def rules(self) -> UploadRules:
        """What the service expects of its scanning centre."""
        wait = timedelta(minutes=self.manifest_wait_minutes)
        return UploadRules(self.manifests_expected == "yes", wait, self.largest_upload_mb * 10**6)


def handler(event: Mapping[str, object], context: LambdaContext) -> PartialItemFailureResponse:
    """Cut every announced batch by its manifest; one that fails stays on the queue."""
    settings = read_settings(Settings)

    def split(body: Mapping[str, object]) -> None:
        for bucket, key, version_id in objects_in(body, {settings.scans_bucket, settings.backfile_bucket}):
            lane = Lane.BACKFILE if bucket == settings.backfile_bucket else Lane.DAILY
            _take(settings, Upload(key, version_id, lane))

    return process_messages(event, context, split)


def _take(settings: Settings, upload: Upload) -> None:
    store, now = IntakeStore(settings.intake_table), utc_now()
    files = IntakeFiles(settings.scans_bucket, settings.letters_bucket, settings.backfile_bucket)

    def split(batch_file: Upload) -> Batch | None:
        # Brings the PDF and image libraries, which take as long to import as all else; what is no upload needs none.
        from sozialakte.intake.split_batch import SplitBatch  # noqa: PLC0415

        with TemporaryDirectory() as folder:
            return SplitBatch(store, files, Path(folder), settings.rules, now)(batch_file)

    take = TakeManifest(store, files, split, settings.rules, now) if is_manifest(upload.key) else split
    batch = take(upload)
    if batch is None:
        logger.info("upload_waits", upload_id=upload.upload_id)
    else:
        logger.info("batch_split", batch_id=batch.batch_id, upload_id=upload.upload_id, batch_state=batch.state)
