"""Every hour: write down all that could be paid now, for the day on which all else fails."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.payments.runs.export_state import ExportState
from sozialakte.payments.runs.files import BankFiles
from sozialakte.payments.runs.orders import PayingAccount
from sozialakte.payments.runs.payable import PayInvoices
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.runs.ward_account_store import WardAccountStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.logging import logger
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.clock import utc_now


@dataclass(frozen=True)
class Settings:
    """What this function is told. ``paying_accounts``: a JSON list of `PayingAccount`; ``payer``: our name."""

    payments_table: str
    bank_bucket: str
    paying_accounts: str
    payer: str


def handler(event: Mapping[str, object], context: LambdaContext) -> None:  # noqa: ARG001 # the schedule says nothing
    """Write the state into the bank bucket."""
    logger.bind(function_request_id=context.aws_request_id)
    settings = read_settings(Settings)
    table = settings.payments_table
    accounts = tuple(PayingAccount(**one) for one in json.loads(settings.paying_accounts))
    pay = PayInvoices(PaymentsStore(table), WardAccountStore(table), accounts)
    state = ExportState(RunStore(table), BankFiles(settings.bank_bucket), pay, settings.payer, utc_now())()
    logger.info("state_exported", invoice_count=len(state.owed))
