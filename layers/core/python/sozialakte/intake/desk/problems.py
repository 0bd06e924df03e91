"""How the desk's refusals are answered: who decided, who is at it, since when."""

from __future__ import annotations

from http import HTTPStatus

from sozialakte.intake.desk.errors import (
    AlreadyFiledError,
    AlreadyReplacedError,
    LetterClaimedError,
    MergeAcrossBatchesError,
    NoSuchPageError,
    NothingToUndoError,
    NotMergeableError,
)
from sozialakte.intake.letter import MACHINE, Letter, LetterNotInReviewError, Step
from sozialakte.intake.store import StaleLetterError, UnknownLetterError
from sozialakte.runtime.http import Api
from sozialakte.runtime.problems import ProblemError, field_problem, invalid_request
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say


def answer_refusals(api: Api) -> None:
    """Let the routes of ``api`` answer everything that letters and decisions about them refuse."""
    api.on(UnknownLetterError, _unknown)
    api.on(StaleLetterError, _changed)
    api.on(LetterNotInReviewError, lambda error: _conflict("letter_not_in_review", error.letter))
    api.on(NothingToUndoError, lambda error: _conflict("nothing_to_undo", error.letter))
    api.on(AlreadyFiledError, lambda error: _conflict("letter_filed", error.letter))
    api.on(AlreadyReplacedError, lambda error: _conflict("letter_replaced", error.letter))
    api.on(MergeAcrossBatchesError, lambda error: _conflict("merge_across_batches", error.letter))
    api.on(LetterClaimedError, _claimed)
    api.on(NoSuchPageError, lambda error: invalid_request([field_problem("body", error.field, "no_such_page")]))
    api.on(NotMergeableError, lambda _: invalid_request([field_problem("body", "others", "named_twice")]))


def _conflict(code: str, letter: Letter) -> ProblemError:
    """409: who was last at which letter (a merge is about several), when, what they did, and where it stands."""
    last = letter.history[-1] if letter.history else None
    by = last.by if last else MACHINE
    facts: dict[str, str | int | None] = {
        "by": by,
        "at": (last.at if last else letter.since).isoformat(),
        "what": _what(last) if last else None,
        "letter_id": letter.letter_id,
        "state": str(letter.state),
        "version": letter.version,
    }
    somebody = say(Reason("review.machine")) if by == MACHINE else by
    return ProblemError(HTTPStatus.CONFLICT, code, params={"by": somebody}, facts=facts)


def _what(step: Step) -> str:
    """What was done, in words; of a dossier nothing, it may be sealed from who is told."""
    reason = step.reason
    told = reason if reason and "dossier_id" not in reason.params else Reason(f"letter_state.{step.state}")
    return say(told)


def _claimed(error: LetterClaimedError) -> ProblemError:
    claim = error.letter.claim
    by, until = (claim.by, claim.until.isoformat()) if claim else ("", "")
    facts: dict[str, str | int | None] = {
        "by": by,
        "until": until,
        "version": error.letter.version,
        "letter_id": error.letter.letter_id,
    }
    return ProblemError(HTTPStatus.CONFLICT, "letter_claimed", params={"by": by}, facts=facts)


def _changed(error: StaleLetterError) -> ProblemError:
    return _conflict("letter_changed", error.current) if error.current else _unknown(error)


def _unknown(_: Exception) -> ProblemError:
    return ProblemError(HTTPStatus.NOT_FOUND, "unknown_letter")
