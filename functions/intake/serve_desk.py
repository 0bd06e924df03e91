"""Queue ``desk``: what people's work on letters needs from PDF libraries: pictures of pages, letters made anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.intake import messages
from sozialakte.intake.desk.store import DeskStore
from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.store import IntakeStore
from sozialakte.runtime.logging import logger
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.sqs import process_messages
from sozialakte.shared.clock import utc_now

MAKE_PARTS = messages.MakeParts.model_fields["type"].default


@dataclass(frozen=True)
class Settings:
    """What this function is told."""

    intake_table: str
    letters_bucket: str


def handler(event: Mapping[str, object], context: LambdaContext) -> PartialItemFailureResponse:
    """Do what each message asks for; one that fails stays on the queue."""
    settings = read_settings(Settings)
    return process_messages(event, context, lambda body: _serve(settings, body))


def _serve(settings: Settings, body: Mapping[str, object]) -> None:
    files = IntakeFiles(scans="", letters=settings.letters_bucket)
    with TemporaryDirectory() as folder:
        if body.get("type") == MAKE_PARTS:
            _make_parts(settings, files, Path(folder), messages.MakeParts.parse(body))
        else:
            _picture(settings, files, Path(folder), messages.PicturePages.parse(body))


def _make_parts(settings: Settings, files: IntakeFiles, folder: Path, message: messages.MakeParts) -> None:
    from sozialakte.intake.desk.make_parts import MakeParts  # noqa: PLC0415 (brings the PDF library)

    MakeParts(DeskStore(settings.intake_table), files, folder, utc_now())(message.letter_id)
    logger.info("letters_rearranged", letter_id=message.letter_id)


def _picture(settings: Settings, files: IntakeFiles, folder: Path, message: messages.PicturePages) -> None:
    from sozialakte.intake.desk.picture_pages import PicturePages  # noqa: PLC0415 (brings the image libraries)

    PicturePages(IntakeStore(settings.intake_table), files, folder)(message.letter_id)
    logger.info("pages_pictured", letter_id=message.letter_id)
