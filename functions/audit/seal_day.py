"""Every hour: seal the days that are over, normally one shortly after midnight (UTC)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.audit.files import SealFiles
from sozialakte.audit.seal_day import SealDays
from sozialakte.audit.store import AuditStore
from sozialakte.runtime.logging import logger
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.clock import utc_now


@dataclass(frozen=True)
class Settings:
    """What this function is told."""

    audit_table: str
    seals_bucket: str


def handler(event: Mapping[str, object], context: LambdaContext) -> None:  # noqa: ARG001 # the schedule says nothing
    """Seal what is over; what was missed comes first."""
    logger.bind(function_request_id=context.aws_request_id)
    settings = read_settings(Settings)
    for seal in SealDays(AuditStore(settings.audit_table), SealFiles(settings.seals_bucket), utc_now())():
        logger.info("day_sealed", day=seal.day.isoformat(), entry_count=seal.count, head=seal.head)
