"""Queue ``handover``: hand a version of a document over to the case system, or a bundle again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.dossiers import DocumentChanged, DossierStore
from sozialakte.partners.export_document import ExportDocument
from sozialakte.partners.files import HandoverFiles
from sozialakte.partners.messages import ResendBundle
from sozialakte.partners.model import Patience
from sozialakte.partners.store import HandoverStore
from sozialakte.runtime.logging import logger
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.sqs import process_messages
from sozialakte.shared.clock import utc_now


@dataclass(frozen=True)
class Settings:
    """What this function is told."""

    partners_table: str
    dossiers_table: str
    letters_bucket: str
    partner_bucket: str
    stuck_after_minutes: int
    receipt_within_hours: int
    case_system_contract: int

    @property
    def patience(self) -> Patience:
        """How long a bundle may take, and a receipt."""
        return Patience(timedelta(minutes=self.stuck_after_minutes), timedelta(hours=self.receipt_within_hours))


def handler(event: Mapping[str, object], context: LambdaContext) -> PartialItemFailureResponse:
    """Hand over what every message names; one that fails stays on the queue."""
    settings = read_settings(Settings)

    def hand_over(body: Mapping[str, object]) -> None:
        with TemporaryDirectory() as folder:
            export = _export(settings, Path(folder))
            again = body.get("type") == "partners.resend-bundle"
            bundle = export.again(ResendBundle.parse(body)) if again else export(DocumentChanged.parse(body))
        logger.info(
            "bundle_handed_over",
            bundle_id=bundle.bundle_id,
            sequence_id=str(bundle.sequence),
            dossier_id=bundle.dossier_id,
            bundle_state=bundle.state,
            attempt=bundle.attempt,
        )

    return process_messages(event, context, hand_over)


def _export(settings: Settings, folder: Path) -> ExportDocument:
    return ExportDocument(
        HandoverStore(settings.partners_table),
        HandoverFiles(settings.letters_bucket, settings.partner_bucket),
        DossierStore(settings.dossiers_table),
        folder,
        settings.patience,
        settings.case_system_contract,
        utc_now(),
    )
