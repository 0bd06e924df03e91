"""What people decide about letters that wait for one: in review, or forwarded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sozialakte.intake.desk import steps
from sozialakte.intake.desk.errors import LetterClaimedError
from sozialakte.intake.desk.model import (
    PageTurn,
    RejectReason,
    RescanOrder,
    RescanReason,
    RescanState,
    rescan_id_of,
)
from sozialakte.intake.desk.store import DeskStore
from sozialakte.intake.letter import Destination, Letter, LetterState
from sozialakte.intake.store import StaleLetterError
from sozialakte.runtime.dynamo import Part

_TRIES = 3
"""A claim that is renewed at the same moment makes a decision fail once."""


@dataclass(frozen=True)
class Decide:
    """A person decides about a letter; ``version`` is the one they saw.

    The same decision by the same person again changes nothing. Each raises `UnknownLetterError`,
    `LetterNotInReviewError`, `LetterClaimedError` (somebody else is at it) or `StaleLetterError` (somebody else was
    faster). A claim is not needed, and one that has expired does not matter unless somebody else has claimed since.
    """

    store: DeskStore
    letter_id: str
    version: int
    staff_id: str
    now: datetime

    def assign(self, dossier_id: str) -> Letter:
        """It belongs into this dossier; filing follows from the new state."""
        return self._once(
            lambda letter: letter.assign(dossier_id, self.staff_id, self.now),
            lambda letter: (letter.dossier_id, letter.decided_by) == (dossier_id, self.staff_id),
        )

    def forward(self, destination: Destination) -> Letter:
        """It belongs into no dossier, but there."""
        return self._once(
            lambda letter: letter.redirect(destination, self.staff_id, self.now),
            lambda letter: (letter.destination, letter.decided_by) == (destination, self.staff_id),
        )

    def take(self) -> Letter:
        """A forwarded one has arrived where it belongs."""
        return self._once(
            lambda letter: letter.take(self.staff_id, self.now), lambda letter: letter.taken_by == self.staff_id
        )

    def reject(self, why: RejectReason) -> Letter:
        """It goes nowhere."""
        return self._once(
            lambda letter: steps.reject(letter, why, self.staff_id, self.now), self._wrote(f"reject.{why}")
        )

    def set_blank(self) -> Letter:
        """All its pages are blank."""
        return self._once(lambda letter: steps.set_blank(letter, self.staff_id, self.now), self._wrote("review.blank"))

    def reclassify(self, kind: str) -> Letter:
        """It is of another kind."""
        return self._once(
            lambda letter: steps.reclassify(letter, kind, self.staff_id, self.now), self._wrote(f"reclassified.{kind}")
        )

    def turn(self, turns: Sequence[PageTurn]) -> Letter:
        """Pages lie otherwise: they are read again. Raises `NoSuchPageError`."""
        wrote = self._wrote("review.turned")
        return self._once(
            lambda letter: steps.turn(letter, turns, self.staff_id, self.now),
            lambda letter: wrote(letter) and set(turns) <= set(letter.turns),
        )

    def order_rescan(self, why: RescanReason) -> Letter:
        """The scanning centre shall scan it again."""
        rescan_id = rescan_id_of(self.letter_id, self.version)
        return self._once(
            lambda letter: steps.order_rescan(letter, rescan_id, why, self.staff_id, self.now),
            self._wrote(f"rescan.{why}"),
            lambda letter: [self.store.new_order(self._order(letter, rescan_id, why))],
        )

    def undo(self) -> Letter:
        """What was decided is taken back, unless it has been filed: see `steps.undo` for what that raises."""
        did = self._wrote("review.undone")
        try:
            return self._once(lambda letter: steps.undo(letter, self.staff_id, self.now), did, self._cancelled)
        except StaleLetterError as error:
            if error.current:
                steps.require_not_final(error.current)
            raise

    def _order(self, letter: Letter, rescan_id: str, why: RescanReason) -> RescanOrder:
        return RescanOrder(rescan_id, letter.letter_id, letter.batch_id, letter.pages, why, self.staff_id, self.now)

    def _cancelled(self, letter: Letter) -> Sequence[Part]:
        """The order that goes with it: nobody waits for that scan any more."""
        if letter.state is not LetterState.RESCAN or letter.ordered_rescan is None:
            return []
        order = self.store.order(letter.ordered_rescan)
        return [self.store.changed_order(replace(order, state=RescanState.CANCELLED, version=order.version + 1))]

    def _wrote(self, code: str) -> Callable[[Letter], bool]:
        """Whether the line of the biography after what this person saw is theirs, with this reason."""

        def did(letter: Letter) -> bool:
            # Not every version has a line: where a letter lies by now may be news without one.
            line = next(iter(letter.history[self.version :]), None)
            return (
                line is not None and line.by == self.staff_id and line.reason is not None and line.reason.code == code
            )

        return did

    def _once(
        self,
        decide: Callable[[Letter], Letter],
        is_decided_so: Callable[[Letter], bool],
        beside: Callable[[Letter], Sequence[Part]] = lambda _: (),
        tries: int = _TRIES,
    ) -> Letter:
        letter = self.store.letter(self.letter_id)
        if letter.version > self.version and is_decided_so(letter):
            return letter
        decided = decide(unclaimed(letter, self.version, self.staff_id, self.now))
        try:
            self.store.decide([(letter, decided)], beside(letter))
        except StaleLetterError:
            if tries == 1:
                raise
            return self._once(decide, is_decided_so, beside, tries - 1)
        return decided


def unclaimed(letter: Letter, version: int, staff_id: str, now: datetime) -> Letter:
    """The letter, if it is the one that was seen and nobody else is at it.

    Raises `StaleLetterError` or `LetterClaimedError`.
    """
    if letter.version != version:
        raise StaleLetterError(letter)
    if letter.claim and letter.claim.keeps_out(staff_id, now):
        raise LetterClaimedError(letter)
    return letter
