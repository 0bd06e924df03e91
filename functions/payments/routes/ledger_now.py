"""The proof of the sum as it is now, for the routes that give it as data and as markup."""

from __future__ import annotations

from datetime import timedelta

from functions.payments.routes.common import api, store
from sozialakte.payments.bill_ledger import LIMITS, Age, ages_by_day
from sozialakte.payments.ledger_answers import LedgerAnswer, MonthAnswer
from sozialakte.shared.clock import zurich_date

_OLDEST = timedelta(days=LIMITS[Age.QUARTER])


def ledger_now() -> LedgerAnswer:
    """By month of receipt, and by age. Two queries."""
    ledger, today = store().ledger, zurich_date(api.asked.envelope.at)
    months = ledger.by_month()
    unpaid = sum(counts.unpaid for counts in months.values())
    ages = ages_by_day(ledger.unpaid_by_day(today - _OLDEST), unpaid, today)
    return LedgerAnswer.of([MonthAnswer.of(month, counts) for month, counts in months.items()], ages)
