"""The routes of access: break the glass, see who did, seal and unseal dossiers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from sozialakte.access.answers import (
    AccessGiven,
    AskForAccess,
    NoticeAnswer,
    NoticeList,
    SealAnswer,
    SealDossier,
    UnsealDossier,
)
from sozialakte.access.break_glass import AccessNotNeededError, BreakGlass
from sozialakte.access.decide_seal import DecideSeal, NotSealedError, SelfNamedError, UnknownStaffError
from sozialakte.audit import record_attempt
from sozialakte.register import (
    Notice,
    RegisterStore,
    StaleSealError,
    UnknownDossierError,
    UnknownNoticeError,
    dossier_of_notice,
)
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.http import Api
from sozialakte.runtime.parameters import PAGE_SIZE, Cursor
from sozialakte.runtime.problems import ProblemError, field_problem, invalid_request
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.access import Action, Relation
from sozialakte.shared.ids import DossierId, InboxId, NoticeId


@dataclass(frozen=True)
class Settings:
    """What this function needs to know of its stage."""

    register_table: str


api = Api(audit=record_attempt)


def _register() -> RegisterStore:
    return RegisterStore(read_settings(Settings).register_table)


def _dossier(asked: Asked) -> str:
    return f"dossier#{asked.text('dossier_id')}"


def _named(asked: Asked) -> str | None:
    body = asked.arguments.get("body")
    return f"named#{' '.join(body.named)}" if isinstance(body, SealDossier) else None


def _to_dossier(asked: Asked) -> Relation:
    return _register().relation_of(asked.text("dossier_id"), asked.staff.staff_id, asked.envelope.at)


def _through_glass(asked: Asked) -> Relation:
    return BreakGlass(_register(), asked.text("dossier_id"), asked.staff.staff_id, asked.envelope.at).relation()


def _inbox(asked: Asked) -> str:
    return asked.text("inbox", default=asked.staff.staff_id)


def _glass_of_inbox(asked: Asked) -> str:
    return f"glass#{_inbox(asked)}"


def _to_inbox(asked: Asked) -> Relation:
    return _register().relation_to_inbox(_inbox(asked), asked.staff.staff_id)


@api.post(
    "/access/dossiers/<dossier_id>/break-glass",
    Guard(Action.BREAK_GLASS, _dossier, _through_glass),
    status=HTTPStatus.CREATED,
)
def break_glass(dossier_id: Annotated[DossierId, Path()], body: AskForAccess) -> AccessGiven:
    """See a dossier in an emergency: for eight hours, told to the responsible person and the team lead."""
    asked = api.asked
    return AccessGiven.of(BreakGlass(_register(), dossier_id, asked.staff.staff_id, asked.envelope.at)(body.reason))


@api.get("/access/broken-glass", Guard(Action.LIST_BROKEN_GLASS, _glass_of_inbox, _to_inbox))
def list_broken_glass(inbox: InboxId | None = None, cursor: Cursor | None = None) -> NoticeList:
    """Who saw my dossiers in an emergency and why, newest first; team leads ask for ``team-<team>`` or ``office``."""
    wanted = inbox or api.asked.staff.staff_id
    page = _register().access.notices(wanted, PAGE_SIZE, cursor)
    return NoticeList(inbox=wanted, notices=_answers(page.notices), next=page.next_cursor)


@api.post(
    "/access/broken-glass/<notice_id>/receipt",
    Guard(Action.NOTE_BROKEN_GLASS, _glass_of_inbox, _to_inbox, part=lambda asked: f"notice#{asked.text('notice_id')}"),
)
def note_broken_glass(notice_id: Annotated[NoticeId, Path()], inbox: InboxId | None = None) -> NoticeAnswer:
    """Take note of a notice; the first one to do so is remembered."""
    asked, register = api.asked, _register()
    if register.access.hidden_from(asked.staff.staff_id, [dossier_of_notice(notice_id)]):
        raise UnknownNoticeError(notice_id)
    notice = register.access.see(inbox or asked.staff.staff_id, notice_id, asked.staff.staff_id, asked.envelope.at)
    return NoticeAnswer.of(notice, register.find_staff_members([notice.glass.staff_id]))


def _answers(notices: Sequence[Notice]) -> list[NoticeAnswer]:
    """With names; those about dossiers sealed since then are for the named ones only."""
    register = _register()
    hidden = register.access.hidden_from(api.asked.staff.staff_id, {notice.glass.dossier_id for notice in notices})
    shown = [notice for notice in notices if notice.glass.dossier_id not in hidden]
    staff = register.find_staff_members({notice.glass.staff_id for notice in shown})
    return [NoticeAnswer.of(notice, staff) for notice in shown]


@api.get("/access/dossiers/<dossier_id>/seal", Guard(Action.READ_SEAL, _dossier, _to_dossier))
def read_seal(dossier_id: Annotated[DossierId, Path()]) -> SealAnswer:
    """Whether a dossier is sealed, for whom, since when and why."""
    register = _register()
    return SealAnswer.of(register.get_dossier(dossier_id).dossier_id, register.access.find_seal(dossier_id))


@api.post("/access/dossiers/<dossier_id>/seal", Guard(Action.SEAL_DOSSIER, _dossier, _to_dossier, part=_named))
def seal_dossier(dossier_id: Annotated[DossierId, Path()], body: SealDossier) -> SealAnswer:
    """Let only named persons see a dossier, or name others: for everybody else it does not exist."""
    return SealAnswer.of(dossier_id, _decide(dossier_id, body.version).seal(body.named, body.reason))


@api.post("/access/dossiers/<dossier_id>/unsealing", Guard(Action.UNSEAL_DOSSIER, _dossier, _to_dossier))
def unseal_dossier(dossier_id: Annotated[DossierId, Path()], body: UnsealDossier) -> SealAnswer:
    """Lift a dossier's seal: those who look after it see it again."""
    return SealAnswer.of(dossier_id, _decide(dossier_id, body.version).lift(body.reason))


def _decide(dossier_id: str, version: int) -> DecideSeal:
    return DecideSeal(_register(), dossier_id, version, api.asked.staff, api.asked.envelope.at)


def _changed(error: StaleSealError) -> ProblemError:
    seal = error.current
    if seal is None:
        return ProblemError(HTTPStatus.CONFLICT, "seal_changed", params={"by": "-"}, facts={"version": 0})
    facts: dict[str, str | int | None] = {"by": seal.by, "at": seal.at.isoformat(), "version": seal.version}
    return ProblemError(HTTPStatus.CONFLICT, "seal_changed", params={"by": seal.by}, facts=facts)


api.on(StaleSealError, _changed)
api.on(AccessNotNeededError, lambda _: ProblemError(HTTPStatus.CONFLICT, "access_not_needed"))
api.on(NotSealedError, lambda _: ProblemError(HTTPStatus.CONFLICT, "not_sealed"))
api.on(SelfNamedError, lambda _: ProblemError(HTTPStatus.CONFLICT, "self_named"))
api.on(UnknownDossierError, lambda _: ProblemError(HTTPStatus.NOT_FOUND, "unknown_dossier"))
api.on(UnknownNoticeError, lambda _: ProblemError(HTTPStatus.NOT_FOUND, "unknown_notice"))
api.on(UnknownStaffError, lambda _: invalid_request([field_problem("body", "named", "unknown_staff")]))
handler = api.handle
