"""Queue ``index``: keep the full-text index of a dossier at what lies in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from sozialakte.dossiers import DocumentChanged, DossierStore, RebuildIndex
from sozialakte.dossiers.fulltext.files import IndexFiles
from sozialakte.dossiers.fulltext.index_document import IndexDocument
from sozialakte.intake import KeptTexts
from sozialakte.runtime.logging import logger
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.sqs import process_messages

REBUILD_INDEX = RebuildIndex.model_fields["type"].default


@dataclass(frozen=True)
class Settings:
    """What this function is told."""

    dossiers_table: str
    letters_bucket: str
    fulltext_bucket: str


def handler(event: Mapping[str, object], context: LambdaContext) -> PartialItemFailureResponse:
    """Index what every message names; one that fails stays on the queue."""
    settings = read_settings(Settings)

    def index(body: Mapping[str, object]) -> None:
        with TemporaryDirectory() as folder:
            _index(_use_case(settings, Path(folder)), body)

    return process_messages(event, context, index)


def _index(use_case: IndexDocument, body: Mapping[str, object]) -> None:
    if body.get("type") == REBUILD_INDEX:
        wanted = RebuildIndex.parse(body)
        use_case.rebuild(wanted.dossier_id)
        logger.info("index_rebuilt", dossier_id=wanted.dossier_id)
        return
    changed = DocumentChanged.parse(body)
    use_case(changed)
    logger.info("document_indexed", document_id=changed.document_id, dossier_id=changed.dossier_id)


def _use_case(settings: Settings, folder: Path) -> IndexDocument:
    return IndexDocument(
        DossierStore(settings.dossiers_table),
        KeptTexts(settings.letters_bucket),
        IndexFiles(settings.fulltext_bucket),
        folder,
    )
