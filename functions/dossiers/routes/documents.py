"""The documents of a dossier: lists and corrections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from functions.dossiers.routes.common import (
    api,
    document,
    documents,
    dossier,
    hidden_from_caller,
    inboxes,
    register,
    to_dossier,
    to_dossier_named,
)
from sozialakte.dossiers.answers import DocumentAnswer, DocumentList, MoveAnswer, MoveList
from sozialakte.dossiers.correct_document import CorrectDocument
from sozialakte.dossiers.model import Document
from sozialakte.dossiers.questions import FilterDocuments, MoveDocument, RelabelDocument
from sozialakte.dossiers.store import EVERYTHING, DocumentFilter
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.parameters import PAGE_SIZE, Cursor
from sozialakte.runtime.problems import field_problem, invalid_request
from sozialakte.shared.access import Action, Relation, decide
from sozialakte.shared.ids import DossierId, LetterId
from sozialakte.shared.reasons import named_in

_LISTS = Guard(Action.LIST_DOCUMENTS, dossier, to_dossier)


def _target(asked: Asked) -> str | None:
    body = asked.arguments.get("body")
    return f"{document(asked)}/to/{body.to_dossier}" if isinstance(body, MoveDocument) else None


def _to_both(asked: Asked) -> Relation:
    """To the dossier, if the other one would be allowed too; else none."""
    body = asked.arguments.get("body")
    if not isinstance(body, MoveDocument):
        return Relation.NONE
    there = to_dossier_named(asked, body.to_dossier)
    allowed = decide(asked.staff.roles, there, Action.MOVE_DOCUMENT).allowed
    return to_dossier(asked) if allowed else Relation.NONE


@api.get("/dossiers/<dossier_id>/documents", _LISTS)
def list_documents(dossier_id: Annotated[DossierId, Path()], cursor: Cursor | None = None) -> DocumentList:
    """The documents of a dossier, the newest letter first."""
    return _list(dossier_id, EVERYTHING, cursor)


@api.post("/dossiers/<dossier_id>/documents/search", _LISTS)
def filter_documents(
    dossier_id: Annotated[DossierId, Path()], body: FilterDocuments, cursor: Cursor | None = None
) -> DocumentList:
    """Documents of a dossier by register, kind, urgency, sender and date, the newest letter first."""
    return _list(dossier_id, body.filter(), cursor)


@api.post(
    "/dossiers/<dossier_id>/documents/<document_id>/labels",
    Guard(Action.LABEL_DOCUMENT, dossier, to_dossier, part=document),
)
def label_document(
    dossier_id: Annotated[DossierId, Path()], document_id: Annotated[LetterId, Path()], body: RelabelDocument
) -> DocumentAnswer:
    """Correct kind, register, subject, sender, date, urgency or deadline of a document."""
    return _answers([_correct(document_id, body.version).relabel(dossier_id, body.labels())])[0]


@api.post(
    "/dossiers/<dossier_id>/documents/<document_id>/move",
    Guard(Action.MOVE_DOCUMENT, dossier, _to_both, part=_target),
)
def move_document(
    dossier_id: Annotated[DossierId, Path()], document_id: Annotated[LetterId, Path()], body: MoveDocument
) -> DocumentAnswer:
    """Put a document into the dossier it belongs to; both dossiers show it, and who looks after the other is told."""
    if body.to_dossier == dossier_id:
        raise invalid_request([field_problem("body", "to_dossier", "same_dossier")])
    target = register().find_dossier(body.to_dossier)
    if target is None or not target.is_open:
        raise invalid_request([field_problem("body", "to_dossier", "unknown_dossier")])
    return _answers([_correct(document_id, body.version).move(dossier_id, body.to_dossier, body.reason)])[0]


@api.get("/dossiers/<dossier_id>/moves", Guard(Action.LIST_MOVES, dossier, to_dossier))
def list_moves(dossier_id: Annotated[DossierId, Path()], cursor: Cursor | None = None) -> MoveList:
    """What was moved into this dossier or out of it, the last first; not what concerns a dossier sealed from me."""
    page = documents().moves_of(dossier_id, PAGE_SIZE, cursor)
    hidden = hidden_from_caller(other for move in page.moves for other in (move.from_dossier, move.to_dossier))
    shown = [move for move in page.moves if not hidden & {move.from_dossier, move.to_dossier}]
    return MoveList(moves=[MoveAnswer.of(move) for move in shown], next=page.next_cursor)


def _list(dossier_id: str, wanted: DocumentFilter, cursor: str | None) -> DocumentList:
    page = documents().documents_of(dossier_id, PAGE_SIZE, cursor, wanted)
    return DocumentList(documents=_answers(page.documents), next=page.next_cursor)


def _answers(found: Sequence[Document]) -> list[DocumentAnswer]:
    """Why a document lies there may name a dossier that does not exist for the caller."""
    hidden = hidden_from_caller(named for document in found for named in named_in(document.reasons))
    return [DocumentAnswer.of(document, hidden) for document in found]


def _correct(document_id: str, version: int) -> CorrectDocument:
    asked = api.asked
    return CorrectDocument(
        documents(), inboxes(), register(), document_id, version, asked.staff.staff_id, asked.envelope.at
    )
