"""Every hour: put bundles that got stuck back on their way, and say so when receipts are missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.partners.reconcile import Reconcile
from sozialakte.partners.store import HandoverStore
from sozialakte.runtime.logging import logger
from sozialakte.runtime.queues import Queue
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.clock import utc_now


@dataclass(frozen=True)
class Settings:
    """What this function is told."""

    partners_table: str
    handover_queue_url: str
    every_minutes: int


def handler(event: Mapping[str, object], context: LambdaContext) -> None:  # noqa: ARG001 # the schedule says nothing
    """Look at all that is due; the schedule calls every ``EVERY_MINUTES``."""
    logger.bind(function_request_id=context.aws_request_id)
    settings = read_settings(Settings)
    every = timedelta(minutes=settings.every_minutes)
    store, handover = HandoverStore(settings.partners_table), Queue(settings.handover_queue_url)
    logger.info("handover_reconciled", stuck_count=Reconcile(store, handover, every, utc_now())())
