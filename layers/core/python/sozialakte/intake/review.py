"""What people decide about letters that wait for one: in review, or forwarded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sozialakte.intake.letter import Destination, Letter
from sozialakte.intake.store import IntakeStore, StaleLetterError


@dataclass(frozen=True)
class Decide:
    """A person decides about a letter; ``version`` is the one they saw.

    The same decision by the same person again changes nothing. Each raises `UnknownLetterError`,
    `LetterNotInReviewError` or `StaleLetterError` (somebody else was faster).
    """

    store: IntakeStore
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

    def _once(self, decide: Callable[[Letter], Letter], is_decided_so: Callable[[Letter], bool]) -> Letter:
        letter = self.store.letter(self.letter_id)
        if letter.version > self.version and is_decided_so(letter):
            return letter
        if letter.version != self.version:
            raise StaleLetterError(letter)
        return self.store.save_letter(decide(letter))
