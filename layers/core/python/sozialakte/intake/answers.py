"""What the routes of the intake take and give. Reasons are put into words here; who needs codes reads the events."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from sozialakte.intake.batch import Batch
from sozialakte.intake.ledger import Fate, Ledger, PageAccount
from sozialakte.intake.letter import Letter
from sozialakte.shared.ids import DossierId
from sozialakte.shared.texts import say


class BatchSummary(BaseModel):
    """A batch in the list of a day."""

    batch_id: str
    state: str
    file_name: str
    received_at: datetime
    pages_in: int
    reason: str | None

    @classmethod
    def of(cls, batch: Batch) -> BatchSummary:
        """The summary of a batch."""
        return cls(
            batch_id=batch.batch_id,
            state=batch.state,
            file_name=batch.file_name,
            received_at=batch.received_at,
            pages_in=batch.pages_in,
            reason=say(batch.reason) if batch.reason else None,
        )


class BatchList(BaseModel):
    """Batches of a day, newest first; ``next`` is the cursor of the next page."""

    batches: list[BatchSummary]
    next: str | None


class LedgerCounts(BaseModel):
    """How many pages came in and how many met each fate."""

    pages_in: int
    filed: int
    review: int
    forwarded: int
    separators: int
    blanks: int
    duplicates: int
    rejected: int
    in_progress: int

    @classmethod
    def of(cls, ledger: Ledger) -> LedgerCounts:
        """The counts of a ledger."""
        return cls(
            pages_in=ledger.pages_in,
            filed=ledger.fates[Fate.FILED],
            review=ledger.fates[Fate.REVIEW],
            forwarded=ledger.fates[Fate.FORWARDED],
            separators=ledger.fates[Fate.SEPARATOR],
            blanks=ledger.fates[Fate.BLANK],
            duplicates=ledger.fates[Fate.DUPLICATE],
            rejected=ledger.fates[Fate.REJECTED],
            in_progress=ledger.fates[Fate.IN_PROGRESS],
        )


class PageAnswer(BaseModel):
    """What became of a page, and why."""

    page: int
    fate: str
    reason: str
    letter_id: str | None

    @classmethod
    def of(cls, account: PageAccount) -> PageAnswer:
        """The line of the ledger in words."""
        return cls(page=account.page, fate=account.fate, reason=say(account.reason), letter_id=account.letter_id)


class LetterAnswer(BaseModel):
    """A letter of a batch."""

    letter_id: str
    pages: list[int]
    state: str
    kind: str | None
    dossier_id: str | None
    reasons: list[str]
    inbox: str | None

    @classmethod
    def of(cls, letter: Letter) -> LetterAnswer:
        """The letter in words."""
        return cls(
            letter_id=letter.letter_id,
            pages=list(letter.pages),
            state=letter.state,
            kind=letter.kind,
            dossier_id=letter.dossier_id,
            reasons=[say(reason) for reason in letter.reasons],
            inbox=letter.inbox,
        )


class BatchDetail(BaseModel):
    """A batch with the proof of every page."""

    batch: BatchSummary
    ledger: LedgerCounts
    pages: list[PageAnswer]
    letters: list[LetterAnswer]


class ReviewEntry(BaseModel):
    """A letter that waits for a person: why, since when, and the dossiers in question."""

    letter_id: str
    batch_id: str
    pages: list[int]
    kind: str | None
    received_at: datetime
    since: datetime
    reasons: list[str]
    candidates: list[str]
    version: int

    @classmethod
    def of(cls, letter: Letter) -> ReviewEntry:
        """The letter in words."""
        return cls(
            letter_id=letter.letter_id,
            batch_id=letter.batch_id,
            pages=list(letter.pages),
            kind=letter.kind,
            received_at=letter.received_at,
            since=letter.since,
            reasons=[say(reason) for reason in letter.reasons],
            candidates=list(letter.candidates),
            version=letter.version,
        )


class ReviewList(BaseModel):
    """Letters in review, the one that has waited longest first."""

    letters: list[ReviewEntry]
    next: str | None


class ReviewDetail(BaseModel):
    """A letter in review with a short-lived address of its original."""

    letter: ReviewEntry
    url: str
    expires_at: datetime


class AssignLetter(BaseModel):
    """The decision of a person; ``version`` is that of the letter they saw."""

    model_config = ConfigDict(extra="forbid", strict=True)

    dossier_id: DossierId
    version: Annotated[int, Field(ge=1)]


class LetterAssigned(BaseModel):
    """The decision is stored; filing follows."""

    letter_id: str
    dossier_id: str
    state: str
    version: int
