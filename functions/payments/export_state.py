"""Every quarter of an hour: go on with payment runs that got stuck, then write down all that could be paid now, for
the day on which all else fails.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.runs.export_state import ExportState
from sozialakte.payments.runs.files import BankFiles
from sozialakte.payments.runs.orders import PayingAccount
from sozialakte.payments.runs.payable import PayInvoices
from sozialakte.payments.runs.resume_runs import STUCK_AFTER, ResumeRuns
from sozialakte.payments.runs.standstills import Standstills
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.runs.ward_account_store import WardAccountStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.dynamo import Table
from sozialakte.runtime.logging import logger
from sozialakte.runtime.queues import Queue
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.clock import utc_now


@dataclass(frozen=True)
class Settings:
    """What this function is told. ``paying_accounts``: a JSON list of `PayingAccount`; ``payer``: our name."""

    payments_table: str
    bank_bucket: str
    paying_accounts: str
    payer: str
    runs_queue_url: str


def handler(event: Mapping[str, object], context: LambdaContext) -> None:  # noqa: ARG001 # the schedule says nothing
    """Ask again for what was not done, then write the state into the bank bucket."""
    logger.bind(function_request_id=context.aws_request_id)
    settings, now = read_settings(Settings), utc_now()
    table = settings.payments_table
    runs = RunStore(table)
    resumed = ResumeRuns(runs, Queue(settings.runs_queue_url), STUCK_AFTER, now)()
    logger.info("runs_resumed", message_count=resumed)
    accounts = tuple(PayingAccount(**one) for one in json.loads(settings.paying_accounts))
    pay = PayInvoices(PaymentsStore(table), WardAccountStore(table), BankBook(Table(table)), accounts)
    state = ExportState(runs, BankFiles(settings.bank_bucket), pay, settings.payer, now)()
    Standstills(table).note_state(now)
    logger.info("state_exported", invoice_count=len(state.owed))
