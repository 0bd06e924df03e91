"""Every hour: announce messages of the bank that nobody looked at, do what it told too early, ring for what is odd."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.payments.bank.attention import attention
from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.bank.files import BankFiles
from sozialakte.payments.bank.reconcile import BankAttentionError, ReconcileBank
from sozialakte.payments.bank.settle_payments import SettlePayments
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.dynamo import Table
from sozialakte.runtime.logging import logger
from sozialakte.runtime.queues import Queue
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.clock import utc_now

_LEFT_FOR_THE_REST = 45_000  # milliseconds; for the page that is looked at, and for the alarms


@dataclass(frozen=True)
class Settings:
    """What this function is told."""

    payments_table: str
    bank_bucket: str
    bank_queue_url: str
    stuck_after_minutes: int
    every_minutes: int


def handler(event: Mapping[str, object], context: LambdaContext) -> None:  # noqa: ARG001 # the schedule says nothing
    """Look, then raise `BankAttentionError` if somebody has to know of something new: an alarm tells people."""
    logger.bind(function_request_id=context.aws_request_id)
    settings, now = read_settings(Settings), utc_now()
    book = BankBook(Table(settings.payments_table))
    store = PaymentsStore(settings.payments_table)
    settle = SettlePayments(store, book, now)
    patience, files = timedelta(minutes=settings.stuck_after_minutes), BankFiles(settings.bank_bucket)
    reconcile = ReconcileBank(files, book, settle, Queue(settings.bank_queue_url), patience, now)
    announced = reconcile.announce()
    settled = reconcile.look_again(lambda: context.get_remaining_time_in_millis() > _LEFT_FOR_THE_REST)
    logger.info("bank_reconciled", message_count=announced, payment_count=settled)
    every = timedelta(minutes=settings.every_minutes)
    if reasons := attention(book, RunStore(settings.payments_table), store, every, now):
        raise BankAttentionError(reasons)
