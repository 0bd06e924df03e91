"""Search the words of a dossier's pages."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path as FilePath
from tempfile import gettempdir
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from functions.dossiers.routes.common import api, documents, dossier, to_dossier
from sozialakte.dossiers import RebuildIndex
from sozialakte.dossiers.fulltext.files import IndexFiles
from sozialakte.dossiers.fulltext.search_pages import Copies, IndexUnusableError, SearchPages
from sozialakte.dossiers.fulltext_answers import FoundPages
from sozialakte.dossiers.questions import SearchWords
from sozialakte.runtime.guards import Guard
from sozialakte.runtime.logging import logger
from sozialakte.runtime.problems import ProblemError
from sozialakte.runtime.queues import Queue
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.access import Action
from sozialakte.shared.ids import DossierId

_COPIES = Copies(FilePath(gettempdir()) / "fulltext")


@dataclass(frozen=True)
class Settings:
    """What these routes are told beside what all are."""

    fulltext_bucket: str
    index_queue_url: str


@api.post("/dossiers/<dossier_id>/documents/fulltext", Guard(Action.SEARCH_PAGES, dossier, to_dossier))
def search_pages(dossier_id: Annotated[DossierId, Path()], body: SearchWords) -> FoundPages:
    """Pages of a dossier on which all these words stand, in any spelling, the best first; what stands around them."""
    settings = read_settings(Settings)
    search = SearchPages(documents(), IndexFiles(settings.fulltext_bucket), _COPIES)
    try:
        return FoundPages.of(search(dossier_id, body.match, body.skip))
    except IndexUnusableError as error:
        logger.error("index_unusable", error, dossier_id=dossier_id)
        Queue(settings.index_queue_url).send(RebuildIndex(dossier_id=dossier_id).to_json())
        raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "index_unusable") from error
