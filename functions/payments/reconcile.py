"""Every four hours: look for bills again where the message that asked for it, or told a letter's fate, got lost; bring
unpaid bills to the team that looks after their dossier now; go on with vouchers that do not lie in their dossier.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.intake import LettersReceived
from sozialakte.payments.follow_dossiers import FollowDossiers
from sozialakte.payments.journal_store import JournalStore
from sozialakte.payments.letter_book import LetterBook
from sozialakte.payments.office import Office
from sozialakte.payments.reconcile import Reconcile
from sozialakte.payments.reconcile_vouchers import ReconcileVouchers
from sozialakte.payments.store import PaymentsStore
from sozialakte.register import RegisterStore
from sozialakte.runtime.logging import logger
from sozialakte.runtime.queues import Queue
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.clock import utc_now, zurich_date


@dataclass(frozen=True)
class Settings:
    """What this function is told."""

    payments_table: str
    intake_table: str
    register_table: str
    bills_queue_url: str
    vouchers_queue_url: str
    payments_lead: str
    stuck_after_minutes: int


def handler(event: Mapping[str, object], context: LambdaContext) -> None:  # noqa: ARG001 # the schedule says nothing
    """Send what was not heard within ``STUCK_AFTER_MINUTES`` again, then follow the dossiers."""
    logger.bind(function_request_id=context.aws_request_id)
    settings = read_settings(Settings)
    letters, book = LettersReceived(settings.intake_table), LetterBook(settings.payments_table)
    patience = timedelta(minutes=settings.stuck_after_minutes)
    now = utc_now()
    sent = Reconcile(letters, book, Queue(settings.bills_queue_url), patience, now)()
    office = Office(RegisterStore(settings.register_table, zurich_date(now)), frozenset())
    moved = FollowDossiers(PaymentsStore(settings.payments_table), office, now)()
    logger.info("bills_reconciled", message_count=sent, bill_count=moved)
    logger.info("vouchers_reconciled", message_count=_vouchers(settings, patience)())


def _vouchers(settings: Settings, patience: timedelta) -> ReconcileVouchers:
    store, journal = PaymentsStore(settings.payments_table), JournalStore(settings.payments_table)
    queue = Queue(settings.vouchers_queue_url)
    return ReconcileVouchers(store, journal, queue, settings.payments_lead, patience, utc_now())
