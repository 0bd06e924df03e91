"""Queue ``vouchers``: book what others pay, file the vouchers of what was booked, hear what the dossiers say of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.dossiers import DocumentFiled, FilingRefused
from sozialakte.payments import messages
from sozialakte.payments.file_voucher import FileVoucher, NoteVoucher
from sozialakte.payments.journal_store import JournalStore
from sozialakte.payments.pass_on import pass_on
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.payments.voucher_files import VoucherFiles
from sozialakte.register import RegisterStore
from sozialakte.runtime.logging import logger
from sozialakte.runtime.queues import Queue
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.sqs import process_messages
from sozialakte.shared.clock import utc_now, zurich_date
from sozialakte.shared.messages import UnknownMessageError


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
    settings = read_settings(Settings)
    heard: Mapping[object, Callable[[Settings, Mapping[str, object]], None]] = {
        messages.PassOnInvoice.model_fields["type"].default: _pass_on,
        messages.FileVoucher.model_fields["type"].default: _file,
        DocumentFiled.model_fields["type"].default: _note_filed,
        FilingRefused.model_fields["type"].default: _note_refused,
    }

    def hear(body: Mapping[str, object]) -> None:
        if body.get("type") not in heard:
            raise UnknownMessageError(str(body.get("type")))
        heard[body["type"]](settings, body)

    return process_messages(event, context, hear)


def _pass_on(settings: Settings, body: Mapping[str, object]) -> None:
    asked = messages.PassOnInvoice.parse(body)
    invoice = pass_on(PaymentsStore(settings.payments_table), asked.invoice_id, utc_now())
    logger.info("invoice_passed_on", invoice_id=invoice.invoice_id, invoice_state=invoice.state)


def _file(settings: Settings, body: Mapping[str, object]) -> None:
    asked, now = messages.FileVoucher.parse(body), utc_now()
    with TemporaryDirectory() as folder:
        FileVoucher(
            JournalStore(settings.payments_table),
            RunStore(settings.payments_table),
            VoucherFiles(settings.letters_bucket),
            RegisterStore(settings.register_table, zurich_date(now)),
            Queue(settings.file_queue_url),
            settings.service_title,
            Path(folder),
            now,
        )(asked.voucher_id)
    logger.info("voucher_sent", voucher_id=asked.voucher_id)


def _note_filed(settings: Settings, body: Mapping[str, object]) -> None:
    told = DocumentFiled.parse(body)
    NoteVoucher(JournalStore(settings.payments_table), utc_now()).filed(told)
    logger.info("voucher_filed", voucher_id=told.letter_id, dossier_id=told.dossier_id)


def _note_refused(settings: Settings, body: Mapping[str, object]) -> None:
    told = FilingRefused.parse(body)
    NoteVoucher(JournalStore(settings.payments_table), utc_now()).refused(told)
    logger.info("voucher_refused", voucher_id=told.letter_id, dossier_id=told.dossier_id)
