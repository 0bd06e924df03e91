"""A letter on its way from the cut to the dossier: its states and the only steps between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from sozialakte.intake.model import NamedBy
from sozialakte.shared.reasons import Reason

PAGES_PER_CHUNK = 10  # ten pages of very small print need two minutes; a function ends after 15
MACHINE = "machine"


class LetterState(StrEnum):
    """Where a letter stands. ``FILED`` is the end; ``REVIEW`` waits for a person."""

    CUT = "cut"
    READ = "read"
    IDENTIFIED = "identified"
    REVIEW = "review"
    FILED = "filed"


LETTER_STEPS: Mapping[LetterState, frozenset[LetterState]] = MappingProxyType(
    {
        LetterState.CUT: frozenset({LetterState.READ, LetterState.REVIEW}),
        LetterState.READ: frozenset({LetterState.IDENTIFIED, LetterState.REVIEW}),
        LetterState.REVIEW: frozenset({LetterState.IDENTIFIED, LetterState.FILED}),
        LetterState.IDENTIFIED: frozenset({LetterState.FILED, LetterState.REVIEW}),
        LetterState.FILED: frozenset(),
    }
)


class IllegalStepError(ValueError):
    """A step that `LETTER_STEPS` does not allow."""


class LetterNotInReviewError(IllegalStepError):
    """Only a letter that waits in review can be assigned by a person."""


@dataclass(frozen=True)
class StoredObject:
    """One exact version of an object in a bucket."""

    key: str
    version_id: str


@dataclass(frozen=True)
class Step:
    """One line of a letter's biography: it reached ``state`` at ``at`` by the machine or a staff id."""

    state: LetterState
    at: datetime
    by: str = MACHINE


@dataclass(frozen=True)
class Letter:
    """A letter. ``pages`` are batch pages; ``version`` grows by one with every step.

    ``disputed``: its printed codes contradict each other, so only a person may decide.
    """

    letter_id: str
    batch_id: str
    pages: tuple[int, ...]
    sha256: str
    original: StoredObject
    received_at: datetime
    state: LetterState
    since: datetime
    history: tuple[Step, ...]
    version: int = 1
    named_dossier: str | None = None
    named_by: NamedBy | None = None
    disputed: bool = False
    kind: str | None = None
    dossier_id: str | None = None
    reasons: tuple[Reason, ...] = ()
    candidates: tuple[str, ...] = ()
    decided_by: str | None = None
    inbox: str | None = None

    @property
    def chunks(self) -> int:
        """How many parts of at most `PAGES_PER_CHUNK` pages are read apart."""
        return -(-len(self.pages) // PAGES_PER_CHUNK)

    def chunk_pages(self, chunk: int) -> range:
        """The letter's own page numbers (from 1) in chunk ``chunk`` (from 0)."""
        first = chunk * PAGES_PER_CHUNK + 1
        return range(first, min(first + PAGES_PER_CHUNK, len(self.pages) + 1))

    def read(self, at: datetime) -> Letter:
        """All chunks have been read."""
        return self._step(LetterState.READ, at)

    def identify(self, dossier_id: str, kind: str, reasons: tuple[Reason, ...], at: datetime) -> Letter:
        """The machine is sure of the dossier."""
        step = self._step(LetterState.IDENTIFIED, at)
        return replace(step, dossier_id=dossier_id, kind=kind, reasons=reasons, decided_by=MACHINE)

    def review(self, kind: str, reasons: tuple[Reason, ...], candidates: tuple[str, ...], at: datetime) -> Letter:
        """The machine is not sure: a person decides, with the reasons and the dossiers in question before them."""
        return replace(self._step(LetterState.REVIEW, at), kind=kind, reasons=reasons, candidates=candidates)

    def assign(self, dossier_id: str, staff_id: str, at: datetime) -> Letter:
        """A person decided. Raises `LetterNotInReviewError` unless the letter waits in review."""
        if self.state is not LetterState.REVIEW:
            raise LetterNotInReviewError(self.letter_id)
        reason = Reason("review.assigned", {"staff_id": staff_id, "dossier_id": dossier_id})
        step = self._step(LetterState.IDENTIFIED, at, by=staff_id)
        return replace(step, dossier_id=dossier_id, reasons=(reason,), decided_by=staff_id)

    def file(self, dossier_id: str, inbox: str, at: datetime) -> Letter:
        """The document lies in the dossier and in somebody's inbox. Repeating it changes nothing."""
        if self.state is LetterState.FILED:
            return self
        return replace(self._step(LetterState.FILED, at), dossier_id=dossier_id, inbox=inbox)

    def refuse(self, reason: Reason, at: datetime) -> Letter:
        """The dossier could not take it (closed meanwhile, unknown): back to a person."""
        step = self._step(LetterState.REVIEW, at)
        candidates = (self.dossier_id,) if self.dossier_id else ()
        return replace(step, dossier_id=None, decided_by=None, reasons=(reason,), candidates=candidates)

    def give_up(self, at: datetime) -> Letter:
        """The machine failed too often, whatever the cause: a person takes over."""
        return self.refuse(Reason("letter.stuck"), at)

    def _step(self, target: LetterState, at: datetime, by: str = MACHINE) -> Letter:
        if target not in LETTER_STEPS[self.state]:
            raise IllegalStepError(f"{self.letter_id}: {self.state} -> {target}")
        history = (*self.history, Step(target, at, by))
        return replace(self, state=target, since=at, history=history, version=self.version + 1)


def is_in_progress(state: LetterState, decided_by: str | None) -> bool:
    """Whether the machine is still at it. What a person assigned stays in review until it lies in the dossier."""
    return state not in {LetterState.REVIEW, LetterState.FILED} and decided_by in {None, MACHINE}


def letter_id_of(batch_id: str, pages: tuple[int, ...]) -> str:
    """Content hash plus page range: the same batch cut again gives the same ids."""
    return f"{batch_id}-{pages[0]:04d}-{pages[-1]:04d}"


def batch_id_of(letter_id: str) -> str:
    """The batch a letter was cut from."""
    return letter_id.rsplit("-", 2)[0]
