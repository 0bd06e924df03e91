"""The routes of the audit: who saw a dossier, who saw a person's data."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from sozialakte.audit import AuditStore, record_attempt
from sozialakte.audit.answers import TraceAnswer, TraceList
from sozialakte.audit.person_traces import UnknownPersonError, traces_of_person
from sozialakte.audit.store import AuditPage
from sozialakte.register import RegisterStore
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.http import Api
from sozialakte.runtime.parameters import PAGE_SIZE, Cursor
from sozialakte.runtime.problems import ProblemError
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.access import Action, Relation, Role
from sozialakte.shared.ids import DossierId, PersonId


@dataclass(frozen=True)
class Settings:
    """What this function needs to know of its stage."""

    audit_table: str
    register_table: str


api = Api(audit=record_attempt)


def _store() -> AuditStore:
    return AuditStore(read_settings(Settings).audit_table)


def _register() -> RegisterStore:
    return RegisterStore(read_settings(Settings).register_table)


def _dossier(asked: Asked) -> str:
    return f"dossier#{asked.text('dossier_id')}"


def _to_dossier(asked: Asked) -> Relation:
    return _register().relation_of(asked.text("dossier_id"), asked.staff.staff_id, asked.envelope.at)


@api.get("/audit/dossiers/<dossier_id>", Guard(Action.TRACE_DOSSIER, _dossier, _to_dossier))
def trace_dossier(dossier_id: Annotated[DossierId, Path()], cursor: Cursor | None = None) -> TraceList:
    """Who saw this dossier or was refused, newest first; this look is the first line."""
    subject = f"dossier#{dossier_id}"
    page = _store().entries_about(subject, PAGE_SIZE, cursor)
    return TraceList(subject=subject, traces=_answers(page), next=page.next_cursor)


@api.get("/audit/persons/<person_id>", Guard(Action.TRACE_PERSON, lambda asked: f"person#{asked.text('person_id')}"))
def trace_person(person_id: Annotated[PersonId, Path()], cursor: Cursor | None = None) -> TraceList:
    """Who saw this person's data: entries about the person, then about each dossier they are or were in."""
    found = traces_of_person(_register(), _store(), person_id, PAGE_SIZE, cursor)
    return TraceList(subject=found.subject, traces=_answers(found.page), next=found.next_cursor)


def _answers(page: AuditPage) -> list[TraceAnswer]:
    register, hidden = _register(), _hidden(page)
    staff = register.find_staff_members({entry.staff_id for entry in page.entries})
    return [TraceAnswer.of(entry.without(hidden), staff) for entry in page.entries]


def _hidden(page: AuditPage) -> frozenset[str]:
    """Dossiers to which documents were moved and which are sealed from the caller; the auditor may know of them."""
    caller = api.asked.staff
    if Role.AUDITOR in caller.roles:
        return frozenset()
    named = {dossier_id for entry in page.entries for dossier_id in entry.other_dossiers}
    return _register().access.hidden_from(caller.staff_id, named)


def _unknown_person(_: UnknownPersonError) -> ProblemError:
    return ProblemError(HTTPStatus.NOT_FOUND, "unknown_person")


api.on(UnknownPersonError, _unknown_person)
handler = api.handle
