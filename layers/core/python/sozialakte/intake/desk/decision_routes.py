"""The routes by which people claim letters and decide about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from pydantic import BaseModel

from sozialakte.intake.desk.answers import ClaimAnswer
from sozialakte.intake.desk.claim_letter import ClaimLetter
from sozialakte.intake.desk.model import PageTurn
from sozialakte.intake.desk.rearrange_letters import Rearrange, Seen
from sozialakte.intake.desk.requests import (
    MergeLetters,
    OrderRescan,
    ReclassifyLetter,
    RejectLetter,
    SetBlank,
    SplitLetter,
    TurnPages,
    UndoDecision,
)
from sozialakte.intake.desk.store import DeskStore
from sozialakte.intake.desk.subjects import hidden_from_asker, letter_subject
from sozialakte.intake.review import Decide
from sozialakte.intake.waiting_answers import LetterDecided
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.http import Api
from sozialakte.runtime.parameters import LetterInPath
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.access import Action


@dataclass(frozen=True)
class DeskSettings:
    """What these routes need to know of their stage."""

    intake_table: str


@dataclass(frozen=True)
class DecisionRoutes:
    """Claims, and decisions that leave the letter with the intake."""

    api: Api

    def add(self) -> None:
        """Add them to the API. What starts work of the machine answers 202."""
        now, later = HTTPStatus.OK, HTTPStatus.ACCEPTED
        routes: tuple[tuple[str, Action, HTTPStatus, Callable[..., BaseModel]], ...] = (
            ("claim", Action.CLAIM_LETTER, now, self.claim_letter),
            ("release", Action.CLAIM_LETTER, now, self.release_letter),
            ("split", Action.REARRANGE_LETTERS, later, self.split_letter),
            ("merge", Action.REARRANGE_LETTERS, later, self.merge_letters),
            ("blanks", Action.REARRANGE_LETTERS, later, self.set_pages_blank),
            ("turns", Action.TURN_PAGES, later, self.turn_pages),
            ("kind", Action.RECLASSIFY_LETTER, now, self.reclassify_letter),
            ("rejection", Action.REJECT_LETTER, now, self.reject_letter),
            ("rescan", Action.ORDER_RESCAN, now, self.order_rescan),
            ("undo", Action.UNDO_DECISION, later, self.undo_decision),
        )
        for what, action, status, function in routes:
            guard = Guard(action, letter_subject, part=_others)
            self.api.post(f"/intake/letters/<letter_id>/{what}", guard, status=status)(function)

    def claim_letter(self, letter_id: LetterInPath) -> ClaimAnswer:
        """Claim a letter that waits, or renew the claim: for a quarter of an hour nobody else decides about it."""
        return ClaimAnswer.of(letter_id, self._claims().claim(letter_id))

    def release_letter(self, letter_id: LetterInPath) -> ClaimAnswer:
        """Let others have the letter before the claim ends."""
        self._claims().release(letter_id)
        return ClaimAnswer.of(letter_id, None)

    def split_letter(self, letter_id: LetterInPath, body: SplitLetter) -> LetterDecided:
        """Take a letter apart; the parts are read and identified like any letter."""
        return LetterDecided.of(self._rearrange().split(Seen(letter_id, body.version), body.first_pages))

    def merge_letters(self, letter_id: LetterInPath, body: MergeLetters) -> LetterDecided:
        """Make one letter of this one and others of the same batch, in this order."""
        others = [Seen(other.letter_id, other.version) for other in body.others]
        return LetterDecided.of(self._rearrange().merge([Seen(letter_id, body.version), *others]))

    def set_pages_blank(self, letter_id: LetterInPath, body: SetBlank) -> LetterDecided:
        """Set pages aside as blank; they can be brought back."""
        return LetterDecided.of(self._rearrange().set_blank(Seen(letter_id, body.version), body.pages))

    def turn_pages(self, letter_id: LetterInPath, body: TurnPages) -> LetterDecided:
        """Say how pages lie; the letter is read again."""
        turns = [PageTurn(turn.page, turn.clockwise) for turn in body.turns]
        return LetterDecided.of(self._decide(letter_id, body.version).turn(turns))

    def reclassify_letter(self, letter_id: LetterInPath, body: ReclassifyLetter) -> LetterDecided:
        """Say of what kind it is; it waits on."""
        return LetterDecided.of(self._decide(letter_id, body.version).reclassify(body.kind.value))

    def reject_letter(self, letter_id: LetterInPath, body: RejectLetter) -> LetterDecided:
        """Reject a letter that goes nowhere; it can be brought back."""
        return LetterDecided.of(self._decide(letter_id, body.version).reject(body.reason))

    def order_rescan(self, letter_id: LetterInPath, body: OrderRescan) -> LetterDecided:
        """Ask the scanning centre for a new scan, which takes this letter's place when it comes."""
        return LetterDecided.of(self._decide(letter_id, body.version).order_rescan(body.reason))

    def undo_decision(self, letter_id: LetterInPath, body: UndoDecision) -> LetterDecided:
        """Take back what was decided, until the letter lies in a dossier: then it is moved there."""
        return LetterDecided.of(self._decide(letter_id, body.version).undo(), hidden_from_asker(self.api))

    def _store(self) -> DeskStore:
        return DeskStore(read_settings(DeskSettings).intake_table)

    def _claims(self) -> ClaimLetter:
        return ClaimLetter(self._store(), self.api.asked.staff.staff_id, self.api.asked.envelope.at)

    def _rearrange(self) -> Rearrange:
        return Rearrange(self._store(), self.api.asked.staff.staff_id, self.api.asked.envelope.at)

    def _decide(self, letter_id: str, version: int) -> Decide:
        return Decide(self._store(), letter_id, version, self.api.asked.staff.staff_id, self.api.asked.envelope.at)


def _others(asked: Asked) -> str | None:
    """The other letters of a merge."""
    body = asked.arguments.get("body")
    if not isinstance(body, MergeLetters):
        return None
    return " ".join(f"letter#{other.letter_id}" for other in body.others)
