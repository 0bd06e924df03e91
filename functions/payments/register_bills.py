"""Queue ``bills``: register the bills of a letter that was read, and hear what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.intake import KeptPages
from sozialakte.payments import messages
from sozialakte.payments.files import BillFiles
from sozialakte.payments.letter_book import LetterBook
from sozialakte.payments.settle_letter import SettleLetter
from sozialakte.payments.store import PaymentsStore
from sozialakte.register import RegisterStore
from sozialakte.runtime.logging import logger
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.sqs import process_messages
from sozialakte.shared.clock import utc_now, zurich_date

LETTER_SETTLED = messages.LetterSettled.model_fields["type"].default


@dataclass(frozen=True)
class Settings:
    """What this function is told."""

    payments_table: str
    register_table: str
    letters_bucket: str


def handler(event: Mapping[str, object], context: LambdaContext) -> PartialItemFailureResponse:
    """Do what each message asks for; one that fails stays on the queue."""
    settings = read_settings(Settings)
    return process_messages(event, context, lambda body: _heard(settings, body))


def _heard(settings: Settings, body: Mapping[str, object]) -> None:
    now = utc_now()
    register = RegisterStore(settings.register_table, zurich_date(now))
    book = LetterBook(settings.payments_table)
    settle = SettleLetter(PaymentsStore(settings.payments_table), book, register, now)
    if body.get("type") == LETTER_SETTLED:
        told = messages.LetterSettled.parse(body)
        settle(told)
        logger.info("invoices_settled", letter_id=told.letter_id)
    else:
        _register(settings, settle, messages.RegisterBills.parse(body))


def _register(settings: Settings, settle: SettleLetter, asked: messages.RegisterBills) -> None:
    # Brings the patterns of what papers say: what became of a letter is heard without them.
    from sozialakte.payments.register_bills import RegisterBills  # noqa: PLC0415

    files, pages = BillFiles(settings.letters_bucket), KeptPages(settings.letters_bucket)
    with TemporaryDirectory() as folder:
        register = RegisterBills(settle.store, settle, pages, files, Path(folder), settle.now)
        count = register(asked)
    logger.info("bills_registered", letter_id=asked.letter_id, bill_count=count)
