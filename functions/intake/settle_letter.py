"""Queue ``settle``: record what the dossiers made of a letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.dossiers import DocumentFiled, FilingRefused
from sozialakte.intake.settle_letter import SettleLetter
from sozialakte.intake.store import IntakeStore
from sozialakte.runtime.logging import logger
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.sqs import process_messages
from sozialakte.shared.clock import utc_now

FILING_REFUSED = FilingRefused.model_fields["type"].default


@dataclass(frozen=True)
class Settings:
    """What this function is told."""

    intake_table: str


def handler(event: Mapping[str, object], context: LambdaContext) -> PartialItemFailureResponse:
    """Record every outcome; one that fails stays on the queue."""
    settle = SettleLetter(IntakeStore(read_settings(Settings).intake_table), utc_now())

    def record(body: Mapping[str, object]) -> None:
        outcome = _outcome_of(body)
        if isinstance(outcome, DocumentFiled):
            settle.filed(outcome)
        else:
            settle.refused(outcome)
        logger.info("letter_settled", letter_id=outcome.letter_id, dossier_id=outcome.dossier_id)

    return process_messages(event, context, record)


def _outcome_of(body: Mapping[str, object]) -> DocumentFiled | FilingRefused:
    return FilingRefused.parse(body) if body.get("type") == FILING_REFUSED else DocumentFiled.parse(body)
