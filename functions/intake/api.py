"""The routes of the intake: batches and their ledger, letters that wait for a person, and what people decide."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from sozialakte.audit import record_attempt
from sozialakte.intake.answers import BatchDetail, BatchList, BatchSummary, LedgerCounts, LetterAnswer, PageAnswer
from sozialakte.intake.desk.problems import answer_refusals
from sozialakte.intake.desk.store import DeskStore
from sozialakte.intake.desk.subjects import hidden_from_asker, letter_subject
from sozialakte.intake.hidden_dossiers import shown_letter, shown_page
from sozialakte.intake.ledger import ledger_of, page_accounts
from sozialakte.intake.review import Decide
from sozialakte.intake.store import IntakeStore
from sozialakte.intake.waiting_answers import (
    AssignLetter,
    ForwardLetter,
    LetterDecided,
    TakeLetter,
)
from sozialakte.register import RegisterStore
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.http import Api
from sozialakte.runtime.parameters import PAGE_SIZE, Cursor, Day, LetterInPath
from sozialakte.runtime.problems import ProblemError, field_problem, invalid_request
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.access import Action
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.ids import BatchId


@dataclass(frozen=True)
class Settings:
    """What this function needs to know of its stage."""

    intake_table: str
    register_table: str


api = Api(audit=record_attempt)


def _store() -> IntakeStore:
    return IntakeStore(read_settings(Settings).intake_table)


def _target(asked: Asked) -> str | None:
    body = asked.arguments.get("body")
    if isinstance(body, ForwardLetter):
        return f"destination#{body.destination}"
    return f"dossier#{body.dossier_id}" if isinstance(body, AssignLetter) else None


@api.get("/intake/batches", Guard(Action.LIST_BATCHES, lambda _: "batches"))
def list_batches(day: Day | None = None, cursor: Cursor | None = None) -> BatchList:
    """Batches of a day (without one: of today), newest first."""
    wanted = day or zurich_date(api.asked.envelope.at)
    page = _store().batches_of_day(wanted, PAGE_SIZE, cursor)
    return BatchList(batches=[BatchSummary.of(batch) for batch in page.batches], next=page.next_cursor)


@api.get("/intake/batches/<batch_id>", Guard(Action.READ_BATCH, lambda asked: f"batch#{asked.text('batch_id')}"))
def read_batch(batch_id: Annotated[BatchId, Path()]) -> BatchDetail:
    """A batch: its ledger, each page with its fate, its letters; of what lies in a dossier sealed from me only that."""
    found = _store().find_batch_with_letters(batch_id)
    if found is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "unknown_batch")
    batch, hidden = found[0], hidden_from_asker(api)
    letters = [shown_letter(letter, hidden) for letter in found[1]]
    return BatchDetail(
        batch=BatchSummary.of(batch),
        ledger=LedgerCounts.of(ledger_of(batch, letters)),
        pages=[PageAnswer.of(shown_page(account, hidden)) for account in page_accounts(batch, letters)],
        letters=[LetterAnswer.of(letter) for letter in letters],
    )


@api.post(
    "/intake/letters/<letter_id>/assignment",
    Guard(Action.ASSIGN_LETTER, letter_subject, part=_target),
    status=HTTPStatus.ACCEPTED,
)
def assign_to_dossier(letter_id: LetterInPath, body: AssignLetter) -> LetterDecided:
    """Assign a letter in review, or wrongly forwarded, to an open dossier; filing follows."""
    _require_open_dossier(body.dossier_id)
    return LetterDecided.of(_decide(letter_id, body.version).assign(body.dossier_id))


@api.post("/intake/letters/<letter_id>/forwarding", Guard(Action.FORWARD_LETTER, letter_subject, part=_target))
def forward_letter(letter_id: LetterInPath, body: ForwardLetter) -> LetterDecided:
    """Forward a letter that belongs into no dossier, or belongs elsewhere than the machine thought."""
    return LetterDecided.of(_decide(letter_id, body.version).forward(body.destination))


@api.post("/intake/letters/<letter_id>/receipt", Guard(Action.TAKE_LETTER, letter_subject))
def take_letter(letter_id: LetterInPath, body: TakeLetter) -> LetterDecided:
    """Take over a forwarded letter: it leaves the list of its destination and keeps its fate."""
    return LetterDecided.of(_decide(letter_id, body.version).take())


def _decide(letter_id: str, version: int) -> Decide:
    return Decide(
        DeskStore(read_settings(Settings).intake_table),
        letter_id,
        version,
        api.asked.staff.staff_id,
        api.asked.envelope.at,
    )


def _require_open_dossier(dossier_id: str) -> None:
    """One sealed from the caller looks like one that does not exist."""
    today, register = zurich_date(api.asked.envelope.at), RegisterStore(read_settings(Settings).register_table)
    dossier = register.find_dossier(dossier_id, today)
    is_hidden = register.access.hidden_from(api.asked.staff.staff_id, [dossier_id])
    if dossier is None or not dossier.is_open or is_hidden:
        raise invalid_request([field_problem("body", "dossier_id", "unknown_dossier")])


def _reading() -> None:
    from sozialakte.intake.desk.reading_routes import ReadingRoutes  # noqa: PLC0415 (loaded when asked for)

    ReadingRoutes(api).add()


def _deciding() -> None:
    from sozialakte.intake.desk.decision_routes import DecisionRoutes  # noqa: PLC0415 (loaded when asked for)

    DecisionRoutes(api).add()


def _viewing() -> None:
    from sozialakte.intake.desk.views.routes import ViewRoutes  # noqa: PLC0415 (loaded when asked for)

    ViewRoutes(api).add()


api.later("/intake/(forwarded|rescans|review(/[^/]+)?|letters/[^/]+(/pages/[^/]+/image)?)", _reading)
api.later("/intake/letters/[^/]+/[a-z]+", _deciding)
api.later("/intake/desk(/.*)?", _viewing)
answer_refusals(api)
handler = api.handle
