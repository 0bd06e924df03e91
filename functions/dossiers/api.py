"""The routes of the dossiers: find one, its documents, notes and tasks, the inboxes; here: read one document."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from importlib import import_module
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from functions.dossiers.routes.common import Settings, api, document, dossier, to_dossier
from sozialakte.dossiers.answers import DocumentAddress, Rendition
from sozialakte.dossiers.store import DossierStore
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.problems import ProblemError
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.signed_urls import sign_pdf
from sozialakte.shared.access import Action
from sozialakte.shared.clock import utc_now
from sozialakte.shared.ids import DossierId, LetterId

_ONE, _DOCUMENT = "/dossiers/[^/]+", "/dossiers/[^/]+/documents/[^/]+"
ROUTES = {
    "documents": f"{_ONE}/(documents|documents/search|moves)|{_DOCUMENT}/(labels|move)",
    "fulltext": f"{_ONE}/documents/fulltext",
    "inbox": f"/dossiers/inbox(/counts|/handover)?|{_DOCUMENT}/(completion|reopening|forwarding)",
    "leadtimes": "/dossiers/leadtimes",
    "notes": f"({_ONE}|{_DOCUMENT})/notes(/[^/]+)?",
    "search": "/dossiers/search",
    "tasks": f"/dossiers/tasks(/handover)?|{_ONE}/tasks(/.*)?",
}
"""The modules whose routes this function answers, beside its own, and their paths."""
for routes, paths in ROUTES.items():
    api.later(paths, partial(import_module, f"functions.dossiers.routes.{routes}"))


def _rendition(asked: Asked) -> str:
    return f"{document(asked)}/{asked.text('rendition')}"


@api.get(
    "/dossiers/<dossier_id>/documents/<document_id>",
    Guard(Action.READ_DOCUMENT, dossier, to_dossier, part=_rendition),
)
def read_document(
    dossier_id: Annotated[DossierId, Path()],
    document_id: Annotated[LetterId, Path()],
    rendition: Rendition = Rendition.SEARCHABLE,
) -> DocumentAddress:
    """A short-lived address of one document."""
    settings = read_settings(Settings)
    found = DossierStore(settings.dossiers_table).find_document(dossier_id, document_id)
    if found is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "unknown_document")
    original = rendition is Rendition.ORIGINAL
    signed = sign_pdf(
        settings.letters_bucket,
        found.object_key if original else found.searchable_key,
        name=document_id,
        now=utc_now(),
        # the record is one exact version; the searchable copy is whatever was read last
        version=found.object_version if original else None,
    )
    return DocumentAddress(url=signed.url, expires_at=signed.expires_at)


handler = api.handle
