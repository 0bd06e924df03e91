"""Queue ``identify``: find the dossier of a letter that has been read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.intake import messages
from sozialakte.intake.desk.store import DeskStore
from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.store import IntakeStore
from sozialakte.register import RegisterStore
from sozialakte.runtime.logging import logger
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.sqs import process_messages
from sozialakte.shared.clock import utc_now, zurich_date


@dataclass(frozen=True)
class Settings:
    """What this function is told."""

    intake_table: str
    letters_bucket: str
    register_table: str


def handler(event: Mapping[str, object], context: LambdaContext) -> PartialItemFailureResponse:
    """Decide about every letter; one that fails stays on the queue."""
    settings = read_settings(Settings)
    return process_messages(event, context, lambda body: _decide(settings, messages.IdentifyLetter.parse(body)))


def _decide(settings: Settings, message: messages.IdentifyLetter) -> None:
    # Brings the patterns of what letters say: compiling them takes as long as half of all else. No letter, no patterns.
    from sozialakte.intake.identify_letter import IdentifyLetter  # noqa: PLC0415

    files = IntakeFiles(scans="", letters=settings.letters_bucket)
    now = utc_now()
    register = RegisterStore(settings.register_table, zurich_date(now))
    store, desk = IntakeStore(settings.intake_table), DeskStore(settings.intake_table)
    IdentifyLetter(store, files, register, now, desk)(message.letter_id)
    logger.info("letter_decided", letter_id=message.letter_id)
