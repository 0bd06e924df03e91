"""Claim a letter for some minutes, so that nobody else works on it meanwhile; renew the claim, or release it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sozialakte.intake.desk.errors import LetterClaimedError
from sozialakte.intake.desk.model import CLAIM_LASTS, Claim
from sozialakte.intake.desk.store import DeskStore
from sozialakte.intake.letter import Letter, LetterNotInReviewError
from sozialakte.intake.store import StaleLetterError


@dataclass(frozen=True)
class ClaimLetter:
    """The use case with what it works on. Each raises `UnknownLetterError` and `LetterClaimedError`."""

    store: DeskStore
    staff_id: str
    now: datetime

    def claim(self, letter_id: str) -> Claim:
        """The letter is this person's for the next minutes. Raises `LetterNotInReviewError`."""
        letter = self._free(letter_id)
        if not letter.waits_for_a_person:
            raise LetterNotInReviewError(letter)
        claim = Claim(self.staff_id, self.now + CLAIM_LASTS)
        if letter.claim and letter.claim.by == self.staff_id and letter.claim.until >= claim.until:
            return letter.claim
        self._write(letter, claim)
        return claim

    def release(self, letter_id: str) -> None:
        """Others may have it again. Releasing what one has not claimed changes nothing."""
        letter = self.store.letter(letter_id)
        if letter.claim and letter.claim.by == self.staff_id:
            self._write(letter, None)

    def _free(self, letter_id: str) -> Letter:
        letter = self.store.letter(letter_id)
        if letter.claim and letter.claim.keeps_out(self.staff_id, self.now):
            raise LetterClaimedError(letter)
        return letter

    def _write(self, letter: Letter, claim: Claim | None) -> None:
        try:
            self.store.claim(letter, claim)
        except StaleLetterError as error:
            now = error.current
            if now and now.version == letter.version and now.claim and now.claim.keeps_out(self.staff_id, self.now):
                raise LetterClaimedError(now) from error
            raise
