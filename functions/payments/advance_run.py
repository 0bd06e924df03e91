"""Queue ``runs``: build a payment run, or carry out one that was released."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.payments import messages
from sozialakte.payments.runs.advance_run import AdvanceRun
from sozialakte.payments.runs.build_run import BuildRun
from sozialakte.payments.runs.export_run import ExportRun
from sozialakte.payments.runs.files import BankFiles
from sozialakte.payments.runs.orders import PayingAccount
from sozialakte.payments.runs.payable import PayInvoices
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.runs.ward_account_store import WardAccountStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.logging import logger
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.sqs import process_messages
from sozialakte.shared.clock import utc_now


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
    return process_messages(event, context, lambda body: _advance(settings, messages.AdvanceRun.parse(body)))


def _advance(settings: Settings, asked: messages.AdvanceRun) -> None:
    runs, files = RunStore(settings.payments_table), BankFiles(settings.bank_bucket)
    store, now = PaymentsStore(settings.payments_table), utc_now()
    accounts = tuple(PayingAccount(**one) for one in json.loads(settings.paying_accounts))
    pay = PayInvoices(store, WardAccountStore(settings.payments_table), accounts)
    build = BuildRun(runs, files, pay, settings.payer, now)
    run = AdvanceRun(runs, build, ExportRun(runs, files, store, now, settings.threads))(asked.run_id)
    logger.info("run_advanced", run_id=run.run_id, state=run.state, run_version=run.version)
