"""A letter on its way from the cut to the dossier: its states and the only steps between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sozialakte.intake.desk.model import Claim, Ground, PageTurn, Rearrangement
from sozialakte.intake.letter_facts import LetterFacts
from sozialakte.intake.letter_states import LETTER_STEPS, MACHINE, MOVING, SETTLED, Destination, LetterState, Step
from sozialakte.intake.model import Lane, NamedBy, Section
from sozialakte.shared.reasons import Reason

PAGES_PER_CHUNK = 10  # ten pages of very small print need two minutes; a function ends after 15
MOST_REASONS = 30
MOST_CANDIDATES = 50
BACKFILE = "backfile"
"""Decides by covers what becomes of old dossiers, where the machine decides of what it reads."""

# The states have a file of their own; whoever speaks of letters finds all of it here.
__all__ = [
    "LETTER_STEPS",
    "MACHINE",
    "MOST_CANDIDATES",
    "MOST_REASONS",
    "PAGES_PER_CHUNK",
    "Destination",
    "IllegalStepError",
    "Letter",
    "LetterNotInReviewError",
    "LetterState",
    "Step",
    "StoredObject",
    "batch_id_of",
    "is_in_progress",
    "letter_id_of",
]


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
class Letter:
    """A letter. ``pages`` are batch pages; ``version`` grows by one with every step.

    ``objections`` were found at the cut and mean that only a person may decide: printed codes contradict each other,
    the scanning centre counted other pages. ``confidence`` is the machine's, 0 to 1, in its decision. ``references``
    are signatures of what stands in it (`known_references`); once it is filed they lead to its dossier if it
    ``teaches``. ``taken_by``: who has it, of a forwarded letter that has arrived where it belongs. ``filing_version``
    is that of the newest word about where it lies. ``section``: of an old dossier's document, the register it lay in.

    From the review desk: ``claim``, who is at it; ``grounds``, what speaks for each candidate; ``doubts``, why people
    were asked; ``turns`` of pages by people; ``rearrangement``, what its pages become, and ``replaced_by``, what they
    became; ``made_from``, the letters its pages were in before; ``ordered_rescan`` and ``rescan``, the order it waits
    for and the one it came for.
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
    filing_version: int = 0
    lane: Lane = Lane.DAILY
    section: Section | None = None
    claim: Claim | None = None
    grounds: tuple[Ground, ...] = ()
    doubts: tuple[Reason, ...] = ()
    turns: tuple[PageTurn, ...] = ()
    rearrangement: Rearrangement | None = None
    made_from: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    ordered_rescan: str | None = None
    rescan: str | None = None

    @property
    def kind(self) -> str | None:
        """What kind of letter it is, once it has been looked into."""
        return self.facts.kind if self.facts else None

    @property
    def waits_for_a_person(self) -> bool:
        """In review or forwarded: a person may look at it and decide."""
        return self.state in {LetterState.REVIEW, LetterState.FORWARDED}

    @property
    def is_replaced(self) -> bool:
        """Its pages belong to other letters now: to those its own became, or to a new scan, which has its own."""
        return self.state is LetterState.REPLACED and not self.ordered_rescan

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
        return self.step(LetterState.READ, at)

    def know(
        self,
        facts: LetterFacts,
        confidence: float | None = None,
        references: tuple[str, ...] = (),
        grounds: Sequence[Ground] = (),
    ) -> Letter:
        """The letter with what was understood of it; goes with the step that follows."""
        rounded = None if confidence is None else round(confidence, 4)
        shown = tuple(replace(ground, reasons=ground.reasons[:MOST_REASONS]) for ground in grounds[:MOST_CANDIDATES])
        return replace(self, facts=facts.bounded(), confidence=rounded, references=references, grounds=shown)

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
        step = self._handed_over(at)
        asked = reasons[:MOST_REASONS]
        return replace(step, reasons=asked, doubts=asked, candidates=candidates[:MOST_CANDIDATES], decided_by=None)

    def assign(self, dossier_id: str, staff_id: str, at: datetime) -> Letter:
        """A person decided. Raises `LetterNotInReviewError` unless the letter waits for one."""
        reason = Reason("review.assigned", {"staff_id": staff_id, "dossier_id": dossier_id})
        step = self.decided_by_person(LetterState.IDENTIFIED, reason, staff_id, at)
        return replace(step, dossier_id=dossier_id, teaches=True)

    def redirect(self, destination: Destination, staff_id: str, at: datetime) -> Letter:
        """A person says where it goes instead of a dossier. Raises `LetterNotInReviewError`."""
        reason = Reason("forward.by_person", {"staff_id": staff_id})
        return replace(self.decided_by_person(LetterState.FORWARDED, reason, staff_id, at), destination=destination)

    def take(self, staff_id: str, at: datetime) -> Letter:
        """A forwarded letter has arrived: somebody has it. Raises `LetterNotInReviewError` for any other letter."""
        if self.state is not LetterState.FORWARDED:
            raise LetterNotInReviewError(self)
        return replace(self.step(LetterState.FORWARDED, at, by=staff_id), taken_by=staff_id)

    def file(self, dossier_id: str, inbox: str, at: datetime, filing_version: int = 0, by: str | None = None) -> Letter:
        """The document lies in the dossier and in somebody's inbox. Repeating it changes nothing.

        ``by``: who has moved it there before the first word of it came, which teaches.
        """
        if self.state is LetterState.FILED:
            return self
        step = self.step(LetterState.FILED, at, by or MACHINE)
        placed = replace(step, dossier_id=dossier_id, inbox=inbox, filing_version=filing_version)
        settled = replace(placed, destination=None, taken_by=None, rearrangement=None)
        return replace(settled, decided_by=by, teaches=True) if by else settled

    def refile(self, dossier_id: str, inbox: str, filing_version: int, by: str | None, at: datetime) -> Letter:
        """Where it lies by now; ``by`` moved it there, which teaches. An older word than the last changes nothing."""
        if self.state is not LetterState.FILED or filing_version <= self.filing_version:
            return self
        known = replace(self, filing_version=filing_version, version=self.version + 1)
        if dossier_id == self.dossier_id:
            return known
        history = (*self.history, Step(LetterState.FILED, at, by or MACHINE))
        moved = replace(known, dossier_id=dossier_id, inbox=inbox, history=history)
        return replace(moved, decided_by=by or self.decided_by, teaches=True)

    def refuse(self, reason: Reason, at: datetime) -> Letter:
        """The dossier could not take it (closed meanwhile, unknown): back to a person."""
        step = self._handed_over(at, reason)
        candidates = (self.dossier_id,) if self.dossier_id else ()
        undecided = replace(step, dossier_id=None, decided_by=None, teaches=False, rearrangement=None)
        return replace(undecided, reasons=(reason,), doubts=(reason,), candidates=candidates)

    def _handed_over(self, at: datetime, reason: Reason | None = None) -> Letter:
        """From the machine to a person; what waits for one does already."""
        if self.state not in MOVING:
            raise IllegalStepError(f"{self.letter_id}: {self.state} -> review by the machine")
        return self.step(LetterState.REVIEW, at, reason=reason)

    def give_up(self, at: datetime) -> Letter:
        """The machine failed too often, whatever the cause: a person takes over.

        What is on its way to a dossier is recalled first, or it could be filed after a person has decided otherwise.
        """
        reason = Reason("letter.stuck")
        if self.state is LetterState.IDENTIFIED:
            return self.step(LetterState.RECALLED, at, reason=reason)
        return self.refuse(reason, at)

    def _decided_by_machine(self, target: LetterState, reasons: tuple[Reason, ...], at: datetime) -> Letter:
        """Once, about what has been read; after that only people decide."""
        if self.state is not LetterState.READ:
            raise IllegalStepError(f"{self.letter_id}: {self.state} -> {target} by the machine")
        return replace(self.step(target, at), reasons=reasons[:MOST_REASONS], decided_by=MACHINE)

    def decided_by_person(self, target: LetterState, reason: Reason, staff_id: str, at: datetime) -> Letter:
        """A person decides about what waits for one. Raises `LetterNotInReviewError`."""
        if not self.waits_for_a_person:
            raise LetterNotInReviewError(self)
        step = self.step(target, at, by=staff_id, reason=reason)
        return replace(step, reasons=(reason,), decided_by=staff_id, destination=None, taken_by=None)

    def step(self, target: LetterState, at: datetime, by: str = MACHINE, reason: Reason | None = None) -> Letter:
        """The next line of its biography; it ends a claim. Raises `IllegalStepError`."""
        if target not in LETTER_STEPS[self.state]:
            raise IllegalStepError(f"{self.letter_id}: {self.state} -> {target}")
        history = (*self.history, Step(target, at, by, reason))
        return replace(self, state=target, since=at, history=history, version=self.version + 1, claim=None)


def is_in_progress(state: LetterState, decided_by: str | None) -> bool:
    """Whether the machine is still at it. What a person decided stays in review until it has reached its place."""
    return state not in SETTLED and decided_by in {None, MACHINE, BACKFILE}


def letter_id_of(batch_id: str, pages: tuple[int, ...]) -> str:
    """Content hash plus page range: the same batch cut again gives the same ids."""
    return f"{batch_id}-{pages[0]:04d}-{pages[-1]:04d}"


def batch_id_of(letter_id: str) -> str:
    """The batch a letter was cut from."""
    return letter_id.split("-", maxsplit=1)[0]
