"""A letter on its way from the cut to the dossier: its states and the only steps between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from sozialakte.intake.letter_facts import LetterFacts
from sozialakte.intake.model import Lane, NamedBy, Section
from sozialakte.shared.reasons import Reason

PAGES_PER_CHUNK = 10  # ten pages of very small print need two minutes; a function ends after 15
MOST_REASONS = 30
MOST_CANDIDATES = 50
MACHINE = "machine"
BACKFILE = "backfile"
"""Decides by covers what becomes of old dossiers, where the machine decides of what it reads."""


class LetterState(StrEnum):
    """Where a letter stands. ``FILED`` is the end; ``REVIEW`` waits for a person, ``FORWARDED`` until one takes it."""

    CUT = "cut"
    READ = "read"
    IDENTIFIED = "identified"
    REVIEW = "review"
    FORWARDED = "forwarded"
    FILED = "filed"


class Destination(StrEnum):
    """Where a letter goes that belongs into no dossier."""

    NEW_CASE = "new_case"
    JOB_APPLICATIONS = "job_applications"
    OTHER_OFFICE = "other_office"


LETTER_STEPS: Mapping[LetterState, frozenset[LetterState]] = MappingProxyType(
    {
        LetterState.CUT: frozenset({LetterState.READ, LetterState.REVIEW}),
        LetterState.READ: frozenset({LetterState.IDENTIFIED, LetterState.REVIEW, LetterState.FORWARDED}),
        LetterState.REVIEW: frozenset({LetterState.IDENTIFIED, LetterState.FORWARDED, LetterState.FILED}),
        LetterState.FORWARDED: frozenset({LetterState.IDENTIFIED, LetterState.FORWARDED, LetterState.FILED}),
        LetterState.IDENTIFIED: frozenset({LetterState.FILED, LetterState.REVIEW}),
        LetterState.FILED: frozenset(),
    }
)


class IllegalStepError(ValueError):
    """A step that `LETTER_STEPS` does not allow."""


class LetterNotInReviewError(IllegalStepError):
    """A person decides only about a letter that waits for one: in review, or forwarded."""

    def __init__(self, letter: Letter) -> None:
        super().__init__(letter.letter_id)
        self.letter = letter


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

    ``objections`` were found at the cut and mean that only a person may decide: printed codes contradict each other,
    the scanning centre counted other pages. ``confidence`` is the machine's, 0 to 1, in its decision. ``references``
    are signatures of what stands in it (`known_references`); once it is filed they lead to its dossier if it
    ``teaches``. ``taken_by``: who has it, of a forwarded letter that has arrived where it belongs. ``section``: of an
    old dossier's document, the register it lay in.
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
    objections: tuple[Reason, ...] = ()
    facts: LetterFacts | None = None
    references: tuple[str, ...] = ()
    dossier_id: str | None = None
    destination: Destination | None = None
    taken_by: str | None = None
    teaches: bool = False
    confidence: float | None = None
    reasons: tuple[Reason, ...] = ()
    candidates: tuple[str, ...] = ()
    decided_by: str | None = None
    inbox: str | None = None
    lane: Lane = Lane.DAILY
    section: Section | None = None

    @property
    def kind(self) -> str | None:
        """What kind of letter it is, once it has been looked into."""
        return self.facts.kind if self.facts else None

    @property
    def waits_for_a_person(self) -> bool:
        """In review or forwarded: a person may look at it and decide."""
        return self.state in {LetterState.REVIEW, LetterState.FORWARDED}

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

    def know(self, facts: LetterFacts, confidence: float | None = None, references: tuple[str, ...] = ()) -> Letter:
        """The letter with what was understood of it; goes with the step that follows."""
        rounded = None if confidence is None else round(confidence, 4)
        return replace(self, facts=facts.bounded(), confidence=rounded, references=references)

    def identify(self, dossier_id: str, reasons: tuple[Reason, ...], at: datetime, *, teaches: bool = False) -> Letter:
        """The machine is sure of the dossier. ``teaches``: by more than what earlier letters taught."""
        step = self._decided_by_machine(LetterState.IDENTIFIED, reasons, at)
        return replace(step, dossier_id=dossier_id, teaches=teaches)

    def place(self, dossier_id: str, at: datetime) -> Letter:
        """A document of an old dossier whose cover names it."""
        reason = Reason("backfile.cover", {"dossier_id": dossier_id})
        step = self._decided_by_machine(LetterState.IDENTIFIED, (reason,), at)
        return replace(step, dossier_id=dossier_id, decided_by=BACKFILE)

    def forward(self, destination: Destination, reasons: tuple[Reason, ...], at: datetime) -> Letter:
        """The machine is sure that it belongs into no dossier."""
        return replace(self._decided_by_machine(LetterState.FORWARDED, reasons, at), destination=destination)

    def review(self, reasons: tuple[Reason, ...], candidates: tuple[str, ...], at: datetime) -> Letter:
        """The machine is not sure: a person decides, with the reasons and the dossiers in question before them."""
        step = self._step(LetterState.REVIEW, at)
        return replace(step, reasons=reasons[:MOST_REASONS], candidates=candidates[:MOST_CANDIDATES])

    def assign(self, dossier_id: str, staff_id: str, at: datetime) -> Letter:
        """A person decided. Raises `LetterNotInReviewError` unless the letter waits for one."""
        reason = Reason("review.assigned", {"staff_id": staff_id, "dossier_id": dossier_id})
        step = self._decided_by_person(LetterState.IDENTIFIED, reason, staff_id, at)
        return replace(step, dossier_id=dossier_id, teaches=True)

    def redirect(self, destination: Destination, staff_id: str, at: datetime) -> Letter:
        """A person says where it goes instead of a dossier. Raises `LetterNotInReviewError`."""
        reason = Reason("forward.by_person", {"staff_id": staff_id})
        return replace(self._decided_by_person(LetterState.FORWARDED, reason, staff_id, at), destination=destination)

    def take(self, staff_id: str, at: datetime) -> Letter:
        """A forwarded letter has arrived: somebody has it. Raises `LetterNotInReviewError` for any other letter."""
        if self.state is not LetterState.FORWARDED:
            raise LetterNotInReviewError(self)
        return replace(self._step(LetterState.FORWARDED, at, by=staff_id), taken_by=staff_id)

    def file(self, dossier_id: str, inbox: str, at: datetime) -> Letter:
        """The document lies in the dossier and in somebody's inbox. Repeating it changes nothing."""
        if self.state is LetterState.FILED:
            return self
        step = self._step(LetterState.FILED, at)
        return replace(step, dossier_id=dossier_id, inbox=inbox, destination=None, taken_by=None)

    def refuse(self, reason: Reason, at: datetime) -> Letter:
        """The dossier could not take it (closed meanwhile, unknown): back to a person."""
        step = self._step(LetterState.REVIEW, at)
        candidates = (self.dossier_id,) if self.dossier_id else ()
        undecided = replace(step, dossier_id=None, decided_by=None, teaches=False)
        return replace(undecided, reasons=(reason,), candidates=candidates)

    def give_up(self, at: datetime) -> Letter:
        """The machine failed too often, whatever the cause: a person takes over."""
        return self.refuse(Reason("letter.stuck"), at)

    def _decided_by_machine(self, target: LetterState, reasons: tuple[Reason, ...], at: datetime) -> Letter:
        """Once, about what has been read; after that only people decide."""
        if self.state is not LetterState.READ:
            raise IllegalStepError(f"{self.letter_id}: {self.state} -> {target} by the machine")
        return replace(self._step(target, at), reasons=reasons[:MOST_REASONS], decided_by=MACHINE)

    def _decided_by_person(self, target: LetterState, reason: Reason, staff_id: str, at: datetime) -> Letter:
        if not self.waits_for_a_person:
            raise LetterNotInReviewError(self)
        step = self._step(target, at, by=staff_id)
        return replace(step, reasons=(reason,), decided_by=staff_id, destination=None, taken_by=None)

    def _step(self, target: LetterState, at: datetime, by: str = MACHINE) -> Letter:
        if target not in LETTER_STEPS[self.state]:
            raise IllegalStepError(f"{self.letter_id}: {self.state} -> {target}")
        history = (*self.history, Step(target, at, by))
        return replace(self, state=target, since=at, history=history, version=self.version + 1)


def is_in_progress(state: LetterState, decided_by: str | None) -> bool:
    """Whether the machine is still at it. What a person assigned stays in review until it lies in the dossier."""
    settled = {LetterState.REVIEW, LetterState.FORWARDED, LetterState.FILED}
    return state not in settled and decided_by in {None, MACHINE, BACKFILE}


def letter_id_of(batch_id: str, pages: tuple[int, ...]) -> str:
    """Content hash plus page range: the same batch cut again gives the same ids."""
    return f"{batch_id}-{pages[0]:04d}-{pages[-1]:04d}"


def batch_id_of(letter_id: str) -> str:
    """The batch a letter was cut from."""
    return letter_id.rsplit("-", 2)[0]
