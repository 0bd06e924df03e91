"""Queues ``read`` and ``oldpages``: read one chunk of a letter and make it searchable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.intake import messages
from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.read_pages import ReadPages
from sozialakte.intake.store import IntakeStore
from sozialakte.runtime.logging import logger
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.sqs import process_messages
from sozialakte.shared.clock import utc_now


@dataclass(frozen=True)
class Settings:
    """What this function is told."""

    intake_table: str
    letters_bucket: str


def handler(event: Mapping[str, object], context: LambdaContext) -> PartialItemFailureResponse:
    """Read every chunk that is asked for; one that fails stays on the queue."""
    settings = read_settings(Settings)
    return process_messages(event, context, lambda body: _read(settings, messages.ReadPages.parse(body)))


def _read(settings: Settings, message: messages.ReadPages) -> None:
    files = IntakeFiles(scans="", letters=settings.letters_bucket)
    with TemporaryDirectory() as folder:
        ReadPages(IntakeStore(settings.intake_table), files, Path(folder), utc_now())(message.letter_id, message.chunk)
    logger.info("chunk_read", letter_id=message.letter_id, chunk_count=message.chunk)
