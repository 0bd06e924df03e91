"""Queue ``runs``: build a payment run, carry out one that was released, write down what is left to pay."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.payments import messages
from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.runs.advance_run import AdvanceRun
from sozialakte.payments.runs.build_run import BuildRun
from sozialakte.payments.runs.export_run import ExportRun
from sozialakte.payments.runs.export_state import ExportState
from sozialakte.payments.runs.files import BankFiles
from sozialakte.payments.runs.orders import PayingAccount
from sozialakte.payments.runs.payable import PayInvoices
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.runs.ward_account_store import WardAccountStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.dynamo import Table
from sozialakte.runtime.logging import logger
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.sqs import process_messages
from sozialakte.shared.clock import utc_now

EXPORT_STATE = messages.ExportState.model_fields["type"].default


@dataclass(frozen=True)
class Settings:
    """What this function is told. ``paying_accounts``: a JSON list of `PayingAccount`; ``payer``: our name."""

    payments_table: str
    bank_bucket: str
    paying_accounts: str
    payer: str
    threads: int = 8


def handler(event: Mapping[str, object], context: LambdaContext) -> PartialItemFailureResponse:
    """Do what each message asks for; one that fails stays on the queue."""
    settings = read_settings(Settings)
    return process_messages(event, context, lambda body: _heard(settings, body))


def _heard(settings: Settings, body: Mapping[str, object]) -> None:
    if body.get("type") == EXPORT_STATE:
        messages.ExportState.parse(body)
        runs, files, pay = _tools(settings)
        state = ExportState(runs, files, pay, settings.payer, utc_now())()
        logger.info("state_exported", invoice_count=len(state.owed))
    else:
        _advance(settings, messages.AdvanceRun.parse(body))


def _advance(settings: Settings, asked: messages.AdvanceRun) -> None:
    (runs, files, pay), now = _tools(settings), utc_now()
    build = BuildRun(runs, files, pay, settings.payer, now)
    export = ExportRun(runs, files, pay.store, pay.bank, now, settings.threads)
    run = AdvanceRun(runs, build, export)(asked.run_id)
    logger.info("run_advanced", run_id=run.run_id, state=run.state, run_version=run.version)


def _tools(settings: Settings) -> tuple[RunStore, BankFiles, PayInvoices]:
    table = settings.payments_table
    accounts = tuple(PayingAccount(**one) for one in json.loads(settings.paying_accounts))
    pay = PayInvoices(PaymentsStore(table), WardAccountStore(table), BankBook(Table(table)), accounts)
    return RunStore(table), BankFiles(settings.bank_bucket), pay
