"""Queue ``bank`` (new objects under ``in/`` in the bank's bucket): take what the bank says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.bank.files import BankFiles
from sozialakte.payments.bank.settle_payments import SettlePayments
from sozialakte.payments.bank.take_bank_message import TakeBankMessage
from sozialakte.payments.claim_store import ClaimStore
from sozialakte.payments.match_money import MatchMoney
from sozialakte.payments.money_store import MoneyStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.register import RegisterStore
from sozialakte.runtime.dynamo import Table
from sozialakte.runtime.logging import logger
from sozialakte.runtime.s3_events import new_objects
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.sqs import process_messages
from sozialakte.shared.clock import utc_now, zurich_date


@dataclass(frozen=True)
class Settings:
    """What this function is told."""

    payments_table: str
    register_table: str
    bank_bucket: str


def handler(event: Mapping[str, object], context: LambdaContext) -> PartialItemFailureResponse:
    """Take every announced message; one we fail at stays on the queue."""
    settings = read_settings(Settings)
    take = _take(settings)

    def take_all(body: Mapping[str, object]) -> None:
        for key, version_id in new_objects(body, settings.bank_bucket):
            file = take(key, version_id)
            logger.info("bank_message_taken", file_id=file.digest, bank_file_state=file.state, part_count=file.parts)

    return process_messages(event, context, take_all)


def _take(settings: Settings) -> TakeBankMessage:
    now, table = utc_now(), Table(settings.payments_table)
    register, book = RegisterStore(settings.register_table, zurich_date(now)), BankBook(table)
    settle = SettlePayments(PaymentsStore(settings.payments_table), book, now)
    money = MatchMoney(MoneyStore(table), ClaimStore(settings.payments_table), register.find_person, now)
    return TakeBankMessage(BankFiles(settings.bank_bucket), book, settle, money, now)
