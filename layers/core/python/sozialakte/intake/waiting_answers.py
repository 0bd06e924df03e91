"""What the routes about letters that wait for a person take and give. Reasons are put into words here."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date, datetime
from typing import Annotated

from pydantic import ConfigDict, Field

from sozialakte.intake.answers import ProposedCutAnswer
from sozialakte.intake.letter import Destination, Letter
from sozialakte.intake.letter_facts import LetterFacts
from sozialakte.intake.store import LetterPage
from sozialakte.shared.ids import DossierId
from sozialakte.shared.model import Model
from sozialakte.shared.reasons import without
from sozialakte.shared.texts import say

SeenVersion = Annotated[int, Field(ge=1, description="`version` of the letter the person saw")]


class WaitingLetter(Model):
    """A letter that waits for a person: why and since when, what it says about itself, and the dossiers in question.

    ``destination`` is where a forwarded one goes, ``taken_by`` who has it there. ``confidence`` is the machine's.
    ``reason_codes`` filter the queue. ``claimed_by``: who is at it, until when.
    """

    letter_id: str
    batch_id: str
    pages: list[int]
    kind: str | None
    sender: str | None
    subject: str | None
    written_on: date | None
    urgent: bool
    deadline: date | None
    unread_pages: list[int]
    proposed_cuts: list[ProposedCutAnswer]
    notes: list[str]
    received_at: datetime
    since: datetime
    waiting_minutes: int
    reasons: list[str]
    reason_codes: list[str]
    confidence: float | None
    candidates: list[str]
    destination: str | None
    taken_by: str | None
    claimed_by: str | None
    claimed_until: datetime | None
    made_from: list[str]
    version: int

    @classmethod
    def of(cls, letter: Letter, now: datetime, hidden: AbstractSet[str]) -> WaitingLetter:
        """The letter in words, as if there were no ``hidden`` dossiers."""
        facts = letter.facts or LetterFacts()
        reasons = without(letter.reasons, hidden)
        claim = letter.claim if letter.claim and letter.claim.holds(now) else None
        return cls(
            letter_id=letter.letter_id,
            batch_id=letter.batch_id,
            pages=list(letter.pages),
            kind=letter.kind,
            sender=facts.sender,
            subject=facts.subject,
            written_on=facts.written_on,
            urgent=facts.urgent,
            deadline=facts.deadline,
            unread_pages=list(facts.unread_pages),
            proposed_cuts=[ProposedCutAnswer.of(cut) for cut in facts.proposed_cuts],
            notes=[say(note) for note in facts.notes],
            received_at=letter.received_at,
            since=letter.since,
            waiting_minutes=max(0, int((now - letter.since).total_seconds() // 60)),
            reasons=[say(reason) for reason in reasons],
            reason_codes=[reason.code for reason in reasons],
            confidence=letter.confidence,
            candidates=[dossier_id for dossier_id in letter.candidates if dossier_id not in hidden],
            destination=letter.destination,
            taken_by=letter.taken_by,
            claimed_by=claim.by if claim else None,
            claimed_until=claim.until if claim else None,
            made_from=list(letter.made_from),
            version=letter.version,
        )


class WaitingList(Model):
    """Letters that wait, the one that has waited longest first; ``next`` is the cursor of the next page."""

    letters: list[WaitingLetter]
    next: str | None

    @classmethod
    def of(cls, page: LetterPage, now: datetime, hidden: AbstractSet[str]) -> WaitingList:
        """The list in words, as if there were no ``hidden`` dossiers."""
        return cls(letters=[WaitingLetter.of(letter, now, hidden) for letter in page.letters], next=page.next_cursor)


class AssignLetter(Model):
    """It belongs into this dossier."""

    model_config = ConfigDict(extra="forbid", strict=True)

    dossier_id: DossierId
    version: SeenVersion


class ForwardLetter(Model):
    """It belongs into no dossier, but there."""

    model_config = ConfigDict(extra="forbid", strict=True)

    destination: Annotated[Destination, Field(strict=False)]
    version: SeenVersion


class TakeLetter(Model):
    """It has arrived where it belongs."""

    model_config = ConfigDict(extra="forbid", strict=True)

    version: SeenVersion


class LetterDecided(Model):
    """The decision is stored. With a dossier, filing follows."""

    letter_id: str
    state: str
    dossier_id: str | None
    destination: str | None
    taken_by: str | None
    version: int

    @classmethod
    def of(cls, letter: Letter, hidden: AbstractSet[str] = frozenset()) -> LetterDecided:
        """The letter after the decision, without the name of a ``hidden`` dossier it is recalled from."""
        return cls(
            letter_id=letter.letter_id,
            state=letter.state,
            dossier_id=None if letter.dossier_id in hidden else letter.dossier_id,
            destination=letter.destination,
            taken_by=letter.taken_by,
            version=letter.version,
        )
