"""What people decide about letters the machine was not sure of."""

from __future__ import annotations

from datetime import datetime

from sozialakte.intake.letter import Letter, LetterNotInReviewError
from sozialakte.intake.store import IntakeStore, StaleLetterError


def assign_letter(
    store: IntakeStore, *, letter_id: str, dossier_id: str, staff_id: str, version: int, now: datetime
) -> Letter:
    """Assign a letter in review to a dossier; filing follows from the new state.

    ``version`` is the one the person saw. The same decision by the same person again changes nothing.
    Raises `UnknownLetterError`, `LetterNotInReviewError`, `StaleLetterError` (somebody else was faster).
    """
    letter = store.letter(letter_id)
    if _already_decided(letter, dossier_id, staff_id, version):
        return letter
    if letter.version != version:
        raise StaleLetterError(letter)
    return store.save_letter(letter.assign(dossier_id, staff_id, now))


def _already_decided(letter: Letter, dossier_id: str, staff_id: str, version: int) -> bool:
    return letter.version > version and letter.dossier_id == dossier_id and letter.decided_by == staff_id


__all__ = ["LetterNotInReviewError", "assign_letter"]
