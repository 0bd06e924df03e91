"""What a person can do with a letter beside assigning and forwarding it: the steps, pure.

Each raises `LetterNotInReviewError` for a letter that waits for nobody, but for `undo`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sozialakte.intake.desk.errors import AlreadyFiledError, AlreadyReplacedError, NoSuchPageError, NothingToUndoError
from sozialakte.intake.desk.model import PageTurn, Rearrangement, RejectReason, RescanReason
from sozialakte.intake.letter import Letter, LetterNotInReviewError, LetterState
from sozialakte.intake.letter_facts import LetterFacts
from sozialakte.shared.reasons import Reason

_UNDOABLE = frozenset({LetterState.FORWARDED, LetterState.BLANK, LetterState.REJECTED, LetterState.RESCAN})
_REARRANGED = frozenset({LetterState.REARRANGING, LetterState.REPLACED})


def reject(letter: Letter, why: RejectReason, staff_id: str, at: datetime) -> Letter:
    """It goes nowhere; its pages are rejected."""
    return letter.decided_by_person(LetterState.REJECTED, Reason(f"reject.{why}", {"staff_id": staff_id}), staff_id, at)


def set_blank(letter: Letter, staff_id: str, at: datetime) -> Letter:
    """All its pages are blank."""
    return letter.decided_by_person(LetterState.BLANK, Reason("review.blank", {"staff_id": staff_id}), staff_id, at)


def reclassify(letter: Letter, kind: str, staff_id: str, at: datetime) -> Letter:
    """It is of another kind; it waits on, and stays with who claimed it."""
    if not letter.waits_for_a_person:
        raise LetterNotInReviewError(letter)
    reason = Reason(f"reclassified.{kind}", {"staff_id": staff_id})
    step = letter.step(letter.state, at, by=staff_id, reason=reason)
    return replace(step, facts=replace(letter.facts or LetterFacts(), kind=kind), claim=letter.claim)


def turn(letter: Letter, turns: Sequence[PageTurn], staff_id: str, at: datetime) -> Letter:
    """Pages lie otherwise than the machine thought: they are read again. Raises `NoSuchPageError`."""
    if any(one.page > len(letter.pages) for one in turns):
        raise NoSuchPageError("turns")
    reason = Reason("review.turned", {"staff_id": staff_id})
    known = {one.page: one for one in (*letter.turns, *turns)}
    step = letter.decided_by_person(LetterState.CUT, reason, staff_id, at)
    return replace(step, turns=tuple(known[page] for page in sorted(known)))


def rearrange(letter: Letter, plan: Rearrangement, staff_id: str, at: datetime) -> Letter:
    """Its pages are put together anew."""
    reason = Reason(f"review.{plan.what}", {"staff_id": staff_id})
    step = letter.decided_by_person(LetterState.REARRANGING, reason, staff_id, at)
    return replace(step, rearrangement=plan)


def replaced(letter: Letter, by: Sequence[str], at: datetime) -> Letter:
    """Other letters stand in its place."""
    reason = Reason("review.replaced", {"letter_ids": ", ".join(by)})
    step = letter.step(LetterState.REPLACED, at, reason=reason)
    return replace(step, replaced_by=tuple(by), reasons=(reason,))


def filed_late(letter: Letter, dossier_id: str, at: datetime) -> Letter:
    """It was filed although others had taken its place: its biography says so. Told again, nothing changes."""
    reason = Reason("letter.filed_late", {"dossier_id": dossier_id})
    if reason in letter.reasons:
        return letter
    return replace(letter.step(LetterState.REPLACED, at, reason=reason), reasons=(reason, *letter.reasons))


def order_rescan(letter: Letter, rescan_id: str, why: RescanReason, staff_id: str, at: datetime) -> Letter:
    """It waits for a new scan."""
    reason = Reason(f"rescan.{why}", {"staff_id": staff_id, "rescan_id": rescan_id})
    step = letter.decided_by_person(LetterState.RESCAN, reason, staff_id, at)
    return replace(step, ordered_rescan=rescan_id)


def undo(letter: Letter, staff_id: str, at: datetime) -> Letter:
    """A person takes back what was decided. What is on its way to a dossier is recalled: the dossiers say whether it
    was filed before.

    Raises `AlreadyFiledError`, `AlreadyReplacedError` or `NothingToUndoError`.
    """
    reason = Reason("review.undone", {"staff_id": staff_id})
    if letter.state is LetterState.IDENTIFIED:
        # If it was filed all the same, a decision that somebody took back teaches nothing.
        return replace(letter.step(LetterState.RECALLED, at, by=staff_id, reason=reason), teaches=False)
    if letter.state in _UNDOABLE:
        return brought_back(letter, reason, at, by=staff_id)
    raise _not_undoable(letter)


def require_not_final(letter: Letter) -> None:
    """Whoever takes a decision back a moment too late is told what to do instead, not only that something changed.

    Raises `AlreadyFiledError` or `AlreadyReplacedError`.
    """
    if letter.state is LetterState.FILED or letter.state in _REARRANGED:
        raise _not_undoable(letter)


def brought_back(letter: Letter, reason: Reason, at: datetime, by: str) -> Letter:
    """Undecided again, as it came to review the first time, or with the machine's dossier in question."""
    step = letter.step(LetterState.REVIEW, at, by=by, reason=reason)
    undecided = replace(step, dossier_id=None, decided_by=None, destination=None, taken_by=None, teaches=False)
    candidates = letter.candidates or ((letter.dossier_id,) if letter.dossier_id else ())
    return replace(undecided, ordered_rescan=None, reasons=(reason, *letter.doubts), candidates=candidates)


def _not_undoable(letter: Letter) -> Exception:
    if letter.state is LetterState.FILED:
        return AlreadyFiledError(letter)
    return AlreadyReplacedError(letter) if letter.state in _REARRANGED else NothingToUndoError(letter)
