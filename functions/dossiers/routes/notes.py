"""Notes on a dossier and on a document; those on a document go with it when it is moved."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from functions.dossiers.routes.common import api, document, documents, dossier, to_dossier, work
from sozialakte.dossiers.questions import NewNote, OwnId, RewriteNote
from sozialakte.dossiers.work_answers import NoteAnswer, NoteList
from sozialakte.dossiers.write_work import WriteNote
from sozialakte.runtime.guards import Guard
from sozialakte.runtime.parameters import PAGE_SIZE, Cursor
from sozialakte.shared.access import Action
from sozialakte.shared.ids import DossierId, LetterId

_READS = Guard(Action.READ_NOTES, dossier, to_dossier)
_WRITES = Guard(Action.WRITE_NOTE, dossier, to_dossier)
_READS_OF_DOCUMENT = Guard(Action.READ_NOTES, dossier, to_dossier, part=document)
_WRITES_ON_DOCUMENT = Guard(Action.WRITE_NOTE, dossier, to_dossier, part=document)


@api.get("/dossiers/<dossier_id>/notes", _READS)
def list_notes(dossier_id: Annotated[DossierId, Path()], cursor: Cursor | None = None) -> NoteList:
    """The notes on a dossier, the last written first."""
    return _list(f"dossier#{dossier_id}", cursor)


@api.post("/dossiers/<dossier_id>/notes", _WRITES)
def write_note(dossier_id: Annotated[DossierId, Path()], body: NewNote) -> NoteAnswer:
    """Write a note on a dossier."""
    return NoteAnswer.of(_write()(f"dossier#{dossier_id}", body.note_id, body.text))


@api.post("/dossiers/<dossier_id>/notes/<note_id>", _WRITES)
def rewrite_note(
    dossier_id: Annotated[DossierId, Path()], note_id: Annotated[OwnId, Path()], body: RewriteNote
) -> NoteAnswer:
    """Change the text of a note on a dossier."""
    return NoteAnswer.of(_write()(f"dossier#{dossier_id}", note_id, body.text, body.version))


@api.get("/dossiers/<dossier_id>/documents/<document_id>/notes", _READS_OF_DOCUMENT)
def list_document_notes(
    dossier_id: Annotated[DossierId, Path()], document_id: Annotated[LetterId, Path()], cursor: Cursor | None = None
) -> NoteList:
    """The notes on a document, the last written first."""
    return _list(_place(dossier_id, document_id), cursor)


@api.post("/dossiers/<dossier_id>/documents/<document_id>/notes", _WRITES_ON_DOCUMENT)
def write_document_note(
    dossier_id: Annotated[DossierId, Path()], document_id: Annotated[LetterId, Path()], body: NewNote
) -> NoteAnswer:
    """Write a note on a document."""
    return NoteAnswer.of(_write()(_place(dossier_id, document_id), body.note_id, body.text))


@api.post("/dossiers/<dossier_id>/documents/<document_id>/notes/<note_id>", _WRITES_ON_DOCUMENT)
def rewrite_document_note(
    dossier_id: Annotated[DossierId, Path()],
    document_id: Annotated[LetterId, Path()],
    note_id: Annotated[OwnId, Path()],
    body: RewriteNote,
) -> NoteAnswer:
    """Change the text of a note on a document."""
    return NoteAnswer.of(_write()(_place(dossier_id, document_id), note_id, body.text, body.version))


def _place(dossier_id: str, document_id: str) -> str:
    """Only a document that lies in the dossier: the guard knows the dossier alone."""
    documents().get_document(dossier_id, document_id)
    return f"document#{document_id}"


def _list(place: str, cursor: str | None) -> NoteList:
    page = work().notes_on(place, PAGE_SIZE, cursor)
    return NoteList(notes=[NoteAnswer.of(note) for note in page.notes], next=page.next_cursor)


def _write() -> WriteNote:
    return WriteNote(work(), api.asked.staff.staff_id, api.asked.envelope.at)
