"""Queue ``file``: file a letter in its dossier and announce it in the right inbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.dossiers import FileDocument, WithdrawFiling
from sozialakte.dossiers.file_document import FileLetter
from sozialakte.dossiers.files import RecordFiles
from sozialakte.dossiers.store import DossierStore
from sozialakte.register import RegisterStore
from sozialakte.runtime.logging import logger
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.sqs import process_messages
from sozialakte.shared.clock import utc_now, zurich_date

WITHDRAW_FILING = WithdrawFiling.model_fields["type"].default


@dataclass(frozen=True)
class Settings:
    """What this function is told."""

    dossiers_table: str
    register_table: str
    letters_bucket: str


def handler(event: Mapping[str, object], context: LambdaContext) -> PartialItemFailureResponse:
    """File every letter; one that fails stays on the queue."""
    settings, now = read_settings(Settings), utc_now()
    file_letter = FileLetter(
        DossierStore(settings.dossiers_table),
        RecordFiles(settings.letters_bucket),
        RegisterStore(settings.register_table, zurich_date(now)),
        now,
    )

    def file(body: Mapping[str, object]) -> None:
        if body.get("type") == WITHDRAW_FILING:
            withdrawal = WithdrawFiling.parse(body)
            file_letter.withdraw(withdrawal)
            logger.info("filing_withdrawn", letter_id=withdrawal.letter_id, dossier_id=withdrawal.dossier_id)
            return
        message = FileDocument.parse(body)
        file_letter(message)
        logger.info("letter_filed", letter_id=message.letter_id, dossier_id=message.dossier_id)

    return process_messages(event, context, file)
