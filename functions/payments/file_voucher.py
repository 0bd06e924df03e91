"""Queue ``vouchers``: book what others pay, file vouchers of what was booked, hear what the dossiers made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.payments.file_voucher import FileVoucher
from sozialakte.payments.files import VoucherFiles
from sozialakte.payments.hear_of_vouchers import HearOfVouchers
from sozialakte.payments.journal_store import JournalStore
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.register import RegisterStore
from sozialakte.runtime.logging import logger
from sozialakte.runtime.queues import Queue
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.sqs import process_messages
from sozialakte.shared.clock import utc_now, zurich_date

SHOWN = frozenset({"voucher_id", "invoice_id", "letter_id", "dossier_id"})
"""Fields of the messages that are logged."""


@dataclass(frozen=True)
class Settings:
    """What this function is told. ``service_title`` stands on the vouchers."""

    payments_table: str
    register_table: str
    letters_bucket: str
    file_queue_url: str
    service_title: str


def handler(event: Mapping[str, object], context: LambdaContext) -> PartialItemFailureResponse:
    """Do what each message asks for; one that fails stays on the queue."""
    hear = _use_case(read_settings(Settings), utc_now())

    def heard(body: Mapping[str, object]) -> None:
        told = hear(body)
        ids = {name: value for name, value in told.model_dump().items() if name in SHOWN}
        logger.info("voucher_message_heard", message_type=told.model_dump()["type"], **ids)

    return process_messages(event, context, heard)


def _use_case(settings: Settings, now: datetime) -> HearOfVouchers:
    file = FileVoucher(
        JournalStore(settings.payments_table),
        RunStore(settings.payments_table),
        VoucherFiles(settings.letters_bucket),
        RegisterStore(settings.register_table, zurich_date(now)),
        Queue(settings.file_queue_url),
        settings.service_title,
        Path(),
        now,
    )
    return HearOfVouchers(PaymentsStore(settings.payments_table), file)
