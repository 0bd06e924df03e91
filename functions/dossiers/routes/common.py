"""What all routes of the dossiers share: the API, the stores, who stands how to what, and how errors are answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from sozialakte.audit import record_attempt
from sozialakte.dossiers.answers import words_of_edit
from sozialakte.dossiers.edits import ChangedMeanwhileError, MovedAwayError, UnknownThingError
from sozialakte.dossiers.inbox_store import InboxStore
from sozialakte.dossiers.relations import relation_to_dossier
from sozialakte.dossiers.settle_entry import NoReceiverError
from sozialakte.dossiers.show_inbox import ShowInbox
from sozialakte.dossiers.store import DossierStore
from sozialakte.dossiers.work_store import WorkStore
from sozialakte.register import RegisterStore
from sozialakte.runtime.guards import Asked
from sozialakte.runtime.http import Api
from sozialakte.runtime.problems import ProblemError, field_problem, invalid_request
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.access import Relation
from sozialakte.shared.clock import utc_now, zurich_date
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say


@dataclass(frozen=True)
class Settings:
    """What this function needs to know of its stage."""

    dossiers_table: str
    register_table: str
    letters_bucket: str


api = Api(audit=record_attempt)


def documents() -> DossierStore:
    """The dossiers' documents."""
    return DossierStore(read_settings(Settings).dossiers_table)


def inboxes() -> InboxStore:
    """The inboxes."""
    return InboxStore(read_settings(Settings).dossiers_table)


def work() -> WorkStore:
    """Notes and tasks."""
    return WorkStore(read_settings(Settings).dossiers_table)


def register() -> RegisterStore:
    """Who looks after what."""
    return RegisterStore(read_settings(Settings).register_table, zurich_date(utc_now()))


def hidden_from_caller(dossier_ids: Iterable[str]) -> frozenset[str]:
    """Those of the dossiers that do not exist for the caller: sealed, whenever their rows came to be."""
    return register().access.hidden_from(api.asked.staff.staff_id, dossier_ids)


def shown_to_caller() -> ShowInbox:
    """How the caller sees inboxes and tasks today."""
    asked = api.asked
    return ShowInbox(inboxes(), register(), asked.staff.staff_id, zurich_date(asked.envelope.at))


def dossier(asked: Asked) -> str:
    """The dossier as the subject of a request."""
    return f"dossier#{asked.text('dossier_id')}"


def document(asked: Asked) -> str:
    """One document of the dossier."""
    return f"document#{asked.text('document_id')}"


def to_dossier(asked: Asked) -> Relation:
    """How the caller stands to the dossier."""
    return to_dossier_named(asked, asked.text("dossier_id"))


def to_dossier_named(asked: Asked, dossier_id: str) -> Relation:
    """How the caller stands to a dossier that the path does not name."""
    return relation_to_dossier(register(), dossier_id, asked.staff.staff_id, asked.envelope.at)


def _changed_meanwhile(error: ChangedMeanwhileError) -> ProblemError:
    edit = error.edit
    facts: dict[str, str | int | None] = {
        "by": edit.by,
        "at": edit.at.isoformat(),
        "what": ", ".join(edit.what),
        "version": error.version,
    }
    by = say(Reason("review.machine")) if edit.by == "machine" else edit.by
    params = {"by": by, "what": ", ".join(words_of_edit(edit))}
    return ProblemError(HTTPStatus.CONFLICT, "changed_meanwhile", params=params, facts=facts)


def _moved_away(error: MovedAwayError) -> ProblemError:
    """Who moved it; of a dossier sealed from the caller nothing, and of the move neither."""
    if hidden_from_caller([error.to_dossier]):
        return _unknown(error)
    return _changed_meanwhile(ChangedMeanwhileError(error.version, error.edit))


def _unknown(_: UnknownThingError) -> ProblemError:
    return ProblemError(HTTPStatus.NOT_FOUND, "unknown_thing")


def _no_receiver(error: NoReceiverError) -> ProblemError:
    return invalid_request([field_problem("body", error.field, "no_receiver")])


api.on(ChangedMeanwhileError, _changed_meanwhile)
api.on(MovedAwayError, _moved_away)
api.on(UnknownThingError, _unknown)
api.on(NoReceiverError, _no_receiver)
