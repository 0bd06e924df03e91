"""Queue ``receipts`` (new objects under ``receipts/`` in the partner's bucket): take what the partner says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.partners.files import HandoverFiles
from sozialakte.partners.store import HandoverStore
from sozialakte.partners.take_receipt import TakeReceipt
from sozialakte.runtime.logging import logger
from sozialakte.runtime.s3_events import new_objects
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.sqs import process_messages
from sozialakte.shared.clock import utc_now


@dataclass(frozen=True)
class Settings:
    """What this function is told."""

    partners_table: str
    letters_bucket: str
    partner_bucket: str


def handler(event: Mapping[str, object], context: LambdaContext) -> PartialItemFailureResponse:
    """Take every announced receipt; one we fail at stays on the queue."""
    settings = read_settings(Settings)
    files = HandoverFiles(settings.letters_bucket, settings.partner_bucket)
    take = TakeReceipt(HandoverStore(settings.partners_table), files, utc_now())

    def take_all(body: Mapping[str, object]) -> None:
        for key, version_id in new_objects(body, settings.partner_bucket):
            bundle = take(key, version_id)
            state = bundle.state if bundle else "unusable_or_known"
            logger.info("receipt_taken", receipt_id=version_id, bundle_state=state)

    return process_messages(event, context, take_all)
