"""The routes of the dossiers: inboxes, the documents of a dossier, one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from sozialakte.audit import record_attempt
from sozialakte.dossiers.answers import (
    DocumentAddress,
    DocumentAnswer,
    DocumentList,
    InboxAnswer,
    InboxEntryAnswer,
    Rendition,
)
from sozialakte.dossiers.model import URGENT_FOR, InboxEntry
from sozialakte.dossiers.store import DossierStore
from sozialakte.register import RegisterStore
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.http import Api
from sozialakte.runtime.parameters import PAGE_SIZE, Cursor
from sozialakte.runtime.problems import ProblemError
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.signed_urls import sign_pdf
from sozialakte.shared.access import Action, Relation
from sozialakte.shared.clock import utc_now, zurich_date
from sozialakte.shared.ids import DossierId, InboxId, LetterId


@dataclass(frozen=True)
class Settings:
    """What this function needs to know of its stage."""

    dossiers_table: str
    register_table: str
    letters_bucket: str


api = Api(audit=record_attempt)


def _store() -> DossierStore:
    return DossierStore(read_settings(Settings).dossiers_table)


def _register() -> RegisterStore:
    return RegisterStore(read_settings(Settings).register_table)


def _dossier(asked: Asked) -> str:
    return f"dossier#{asked.text('dossier_id')}"


def _to_dossier(asked: Asked) -> Relation:
    return _register().relation_of(asked.text("dossier_id"), asked.staff.staff_id, asked.envelope.at)


def _document(asked: Asked) -> str:
    return f"document#{asked.text('document_id')}/{asked.text('rendition')}"


def _inbox(asked: Asked) -> str:
    return asked.text("inbox", default=asked.staff.staff_id)


def _to_inbox(asked: Asked) -> Relation:
    return _register().relation_to_inbox(_inbox(asked), asked.staff.staff_id)


@api.get("/dossiers/inbox", Guard(Action.READ_INBOX, lambda asked: f"inbox#{_inbox(asked)}", _to_inbox))
def read_inbox(inbox: InboxId | None = None, cursor: Cursor | None = None, *, urgent: bool = False) -> InboxAnswer:
    """My inbox (what I receive as a deputy lies there too), or the one of my team or the office.

    The last filed first; with ``urgent=true`` only what is urgent, the soonest deadline first, until 30 days after it.
    """
    wanted = inbox or api.asked.staff.staff_id
    if urgent:
        since = zurich_date(api.asked.envelope.at) - URGENT_FOR
        page = _store().urgent_in(wanted, since, PAGE_SIZE, cursor)
    else:
        page = _store().inbox(wanted, PAGE_SIZE, cursor)
    entries = _seen_by_caller(page.entries)
    return InboxAnswer(inbox=wanted, entries=[InboxEntryAnswer.of(entry) for entry in entries], next=page.next_cursor)


def _seen_by_caller(entries: Sequence[InboxEntry]) -> Iterator[InboxEntry]:
    """Without those of sealed dossiers the caller is not named for, whenever and to whomever they came."""
    hidden = _register().access.hidden_from(api.asked.staff.staff_id, {entry.dossier_id for entry in entries})
    return (entry for entry in entries if entry.dossier_id not in hidden)


@api.get("/dossiers/<dossier_id>/documents", Guard(Action.LIST_DOCUMENTS, _dossier, _to_dossier))
def list_documents(dossier_id: Annotated[DossierId, Path()], cursor: Cursor | None = None) -> DocumentList:
    """The documents of a dossier, the last filed first."""
    page = _store().documents_of(dossier_id, PAGE_SIZE, cursor)
    return DocumentList(documents=[DocumentAnswer.of(document) for document in page.documents], next=page.next_cursor)


@api.get(
    "/dossiers/<dossier_id>/documents/<document_id>",
    Guard(Action.READ_DOCUMENT, _dossier, _to_dossier, part=_document),
)
def read_document(
    dossier_id: Annotated[DossierId, Path()],
    document_id: Annotated[LetterId, Path()],
    rendition: Rendition = Rendition.SEARCHABLE,
) -> DocumentAddress:
    """A short-lived address of one document."""
    document = _store().find_document(dossier_id, document_id)
    if document is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "unknown_document")
    original = rendition is Rendition.ORIGINAL
    signed = sign_pdf(
        read_settings(Settings).letters_bucket,
        document.object_key if original else document.searchable_key,
        name=document_id,
        now=utc_now(),
        # the record is one exact version; the searchable copy is whatever was read last
        version=document.object_version if original else None,
    )
    return DocumentAddress(url=signed.url, expires_at=signed.expires_at)


handler = api.handle
