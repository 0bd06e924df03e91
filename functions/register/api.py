"""The routes of the register: a dossier and its people as of a day, who has it, who is away, and whole case loads."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from sozialakte.audit import record_attempt
from sozialakte.register.answers import (
    AbsenceList,
    ChangeStatus,
    DossierChanged,
    DossierData,
    EnterAbsence,
    GiveDossier,
    HandCasesOver,
    HandoverAnswer,
    HandoverList,
    HistoryAnswer,
    PlaceData,
    RegisterAnswer,
    UndoneAnswer,
    WithdrawAbsence,
)
from sozialakte.register.change_dossier import FURTHEST, ChangeDossier, StaleDossierError
from sozialakte.register.edits import TooEarlyError
from sozialakte.register.hand_over import UnsuitableStaffError, hand_over
from sozialakte.register.model import Absence
from sozialakte.register.plan_absence import (
    ImpossibleAbsenceError,
    UnknownStaffError,
    plan_absence,
    withdraw_absence,
)
from sozialakte.register.runs import HandOver, UnknownRunError
from sozialakte.register.store import RegisterStore
from sozialakte.register.undo_run import undo_run
from sozialakte.register.words import who, words_of_fields
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.http import Api
from sozialakte.runtime.parameters import Day
from sozialakte.runtime.problems import ProblemError, field_problem, invalid_request
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.access import Action, Relation
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.ids import DossierId, HandoverId, InboxId

AT_ONCE = 250
"""Dossiers handed over, or taken back, by one request: it must end before the gateway does (29 seconds)."""


@dataclass(frozen=True)
class Settings:
    """What this function needs to know of its stage."""

    register_table: str


api = Api(audit=record_attempt)


def _register(asked: Asked) -> RegisterStore:
    return RegisterStore(read_settings(Settings).register_table, zurich_date(asked.envelope.at))


def _dossier(asked: Asked) -> str:
    return f"dossier#{asked.text('dossier_id')}"


def _to_dossier(asked: Asked) -> Relation:
    return _register(asked).relation_of(asked.text("dossier_id"), asked.staff.staff_id, asked.envelope.at)


def _to_dossier_or_nobodys(asked: Asked) -> Relation:
    """A dossier that nobody has would else be out of everybody's reach."""
    relation = _to_dossier(asked)
    return Relation.OFFICE if relation is Relation.NONE and _is_nobodys(asked) else relation


def _to_dossier_to_give(asked: Asked) -> Relation:
    """Broken glass lets nobody give it; that nobody has it does."""
    relation = _to_dossier(asked)
    passing = relation in {Relation.NONE, Relation.BREAK_GLASS}
    return Relation.OFFICE if passing and _is_nobodys(asked) else relation


def _is_nobodys(asked: Asked) -> bool:
    return _register(asked).has_nobody(asked.text("dossier_id"), asked.envelope.at)


def _staff(asked: Asked) -> str:
    return f"staff#{asked.text('staff_id')}"


def _to_staff(asked: Asked) -> Relation:
    return _register(asked).relation_to_inbox(asked.text("staff_id"), asked.staff.staff_id)


def _target(asked: Asked) -> str | None:
    body = asked.arguments.get("body")
    return f"staff#{body.to}" if isinstance(body, GiveDossier | HandCasesOver) else None


def _to_handover(asked: Asked) -> Relation:
    """As to the member of staff whose case load it was."""
    try:
        run = _register(asked).runs.find(asked.text("handover_id"))
    except UnknownRunError:
        return Relation.NONE
    order = run.handover
    return _register(asked).relation_to_inbox(order.from_staff, asked.staff.staff_id) if order else Relation.NONE


@api.get("/register/dossiers/<dossier_id>", Guard(Action.READ_REGISTER, _dossier, _to_dossier_or_nobodys))
def read_dossier(dossier_id: Annotated[DossierId, Path()], as_of: Day | None = None) -> RegisterAnswer:
    """A dossier, who has it, and the persons in it, as of a day (without one: today)."""
    day = as_of or zurich_date(api.asked.envelope.at)
    then = _register(api.asked).past.dossier(dossier_id, day)
    if then is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "no_dossier_then")
    return RegisterAnswer.of(then, day)


@api.get("/register/dossiers/<dossier_id>/history", Guard(Action.READ_REGISTER, _dossier, _to_dossier_or_nobodys))
def read_history(dossier_id: Annotated[DossierId, Path()]) -> HistoryAnswer:
    """All versions of a dossier and of the places in it: since when, until when, who said so and why."""
    history = _register(api.asked).past.history(dossier_id)
    dossier = [DossierData.of(*version) for version in history.dossier]
    newest = history.dossier[-1][0]
    return HistoryAnswer(
        dossier_id=dossier_id, dossier=dossier, persons=[PlaceData.of(place, newest) for place in history.places]
    )


@api.post("/register/dossiers/<dossier_id>/closing", Guard(Action.CLOSE_DOSSIER, _dossier, _to_dossier))
def close_dossier(dossier_id: Annotated[DossierId, Path()], body: ChangeStatus) -> DossierChanged:
    """Close a dossier from a day on; letters for it then go to review."""
    return DossierChanged.of(dossier_id, _change(dossier_id, body).close())


@api.post("/register/dossiers/<dossier_id>/reopening", Guard(Action.REOPEN_DOSSIER, _dossier, _to_dossier))
def reopen_dossier(dossier_id: Annotated[DossierId, Path()], body: ChangeStatus) -> DossierChanged:
    """Open a closed dossier again from a day on."""
    return DossierChanged.of(dossier_id, _change(dossier_id, body).reopen())


@api.post(
    "/register/dossiers/<dossier_id>/responsible",
    Guard(Action.GIVE_DOSSIER, _dossier, _to_dossier_to_give, part=_target),
)
def give_dossier(dossier_id: Annotated[DossierId, Path()], body: GiveDossier) -> DossierChanged:
    """Make somebody responsible for a dossier, today or from a day to come."""
    successor = _register(api.asked).find_staff_member(body.to)
    if successor is None or not successor.active:
        raise _wrong("to", "unsuitable_staff")
    return DossierChanged.of(dossier_id, _change(dossier_id, body).give_to(body.to))


@api.get("/register/staff/<staff_id>/absences", Guard(Action.READ_ABSENCES, _staff, _to_staff))
def list_absences(staff_id: Annotated[InboxId, Path()]) -> AbsenceList:
    """When a member of staff was, is and will be away."""
    return AbsenceList.of(staff_id, _register(api.asked).find_absences(staff_id))


@api.post("/register/staff/<staff_id>/absences", Guard(Action.PLAN_ABSENCE, _staff, _to_staff))
def enter_absence(staff_id: Annotated[InboxId, Path()], body: EnterAbsence) -> AbsenceList:
    """Enter an absence; mail goes to the deputies on these days. One that begins on the same day gets the new end."""
    absence, now = Absence(staff_id, body.first_day, body.last_day), api.asked.envelope.at
    plan_absence(_register(api.asked), absence, api.asked.staff.staff_id, now, zurich_date(now))
    return list_absences(staff_id)


@api.post("/register/staff/<staff_id>/absences/withdrawal", Guard(Action.PLAN_ABSENCE, _staff, _to_staff))
def cancel_absence(staff_id: Annotated[InboxId, Path()], body: WithdrawAbsence) -> AbsenceList:
    """Withdraw the absence that begins on a day."""
    by, now = api.asked.staff.staff_id, api.asked.envelope.at
    withdraw_absence(_register(api.asked), staff_id, body.first_day, by, now, zurich_date(now))
    return list_absences(staff_id)


@api.post("/register/staff/<staff_id>/handover", Guard(Action.HAND_OVER_CASES, _staff, _to_staff, part=_target))
def hand_cases_over(staff_id: Annotated[InboxId, Path()], body: HandCasesOver) -> HandoverAnswer:
    """Hand a whole case load over from a day on; sent again it goes on where it stopped (`left`)."""
    now = api.asked.envelope.at
    today = zurich_date(now)
    if not today <= body.day <= today + FURTHEST:
        raise _wrong("day", "wrong_day")
    order = HandOver(staff_id, body.to, body.day, body.reason)
    return HandoverAnswer.ordered(hand_over(_register(api.asked), order, api.asked.staff.staff_id, now, today, AT_ONCE))


@api.get("/register/staff/<staff_id>/handovers", Guard(Action.LIST_HANDOVERS, _staff, _to_staff))
def list_handovers(staff_id: Annotated[InboxId, Path()]) -> HandoverList:
    """The last take-overs from or to a member of staff, with how many dossiers: both are told here."""
    runs = _register(api.asked).runs.handovers_of(staff_id)
    return HandoverList(handovers=[HandoverAnswer.of(run) for run in runs])


@api.post(
    "/register/handovers/<handover_id>/undo",
    Guard(Action.HAND_OVER_CASES, lambda asked: f"run#{asked.text('handover_id')}", _to_handover),
)
def undo_handover(handover_id: Annotated[HandoverId, Path()]) -> UndoneAnswer:
    """Take a take-over back; a dossier that somebody has changed since stays as it is and is named."""
    register = _register(api.asked)
    undone = undo_run(register, handover_id, AT_ONCE)
    hidden = register.access.hidden_from(api.asked.staff.staff_id, (one.dossier_id for one in undone.refused))
    return UndoneAnswer.of(undone.without(hidden))


def _change(dossier_id: str, body: ChangeStatus | GiveDossier) -> ChangeDossier:
    by, now = api.asked.staff.staff_id, api.asked.envelope.at
    register = _register(api.asked)
    return ChangeDossier(register, dossier_id, body.version, body.day, body.reason, by, now, zurich_date(now))


def _wrong(field: str, code: str) -> ProblemError:
    return invalid_request([field_problem("body", field, code)])


def _changed(error: StaleDossierError) -> ProblemError:
    current = error.current
    what = ", ".join(current.what)
    facts: dict[str, str | int | None] = {"by": current.by, "at": current.at, "what": what, "version": current.version}
    params = {"by": who(current.by), "what": words_of_fields(current.what)}
    return ProblemError(HTTPStatus.CONFLICT, "dossier_changed", params=params, facts=facts)


api.on(StaleDossierError, _changed)
api.on(TooEarlyError, lambda _: _wrong("day", "wrong_day"))
api.on(ImpossibleAbsenceError, lambda _: _wrong("last_day", "wrong_day"))
api.on(UnknownStaffError, lambda _: ProblemError(HTTPStatus.NOT_FOUND, "unknown_staff"))
api.on(UnsuitableStaffError, lambda _: _wrong("to", "unsuitable_staff"))
handler = api.handle
