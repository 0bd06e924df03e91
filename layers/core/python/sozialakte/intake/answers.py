"""What the routes about batches give. Reasons are put into words here; who needs codes reads the events."""

from __future__ import annotations

from datetime import date, datetime

from sozialakte.intake.batch import Batch
from sozialakte.intake.ledger import Fate, Ledger, PageAccount
from sozialakte.intake.letter import Letter
from sozialakte.intake.letter_facts import LetterFacts, ProposedCut
from sozialakte.shared.model import Model
from sozialakte.shared.texts import say


class BatchSummary(Model):
    """A batch in the list of a day. ``pages_counted``: by the scanning centre; ``notes``: how we differ from it."""

    batch_id: str
    state: str
    file_name: str
    received_at: datetime
    pages_in: int
    pages_counted: int | None
    reason: str | None
    notes: list[str]

    @classmethod
    def of(cls, batch: Batch) -> BatchSummary:
        """The summary of a batch."""
        return cls(
            batch_id=batch.batch_id,
            state=batch.state,
            file_name=batch.file_name,
            received_at=batch.received_at,
            pages_in=batch.pages_in,
            pages_counted=batch.manifest.counted if batch.manifest else None,
            reason=say(batch.reason) if batch.reason else None,
            notes=[say(note) for note in batch.notes],
        )


class BatchList(Model):
    """Batches of a day, newest first; ``next`` is the cursor of the next page."""

    batches: list[BatchSummary]
    next: str | None


class LedgerCounts(Model):
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


class PageAnswer(Model):
    """What became of a page, and why."""

    page: int
    fate: str
    reason: str
    letter_id: str | None

    @classmethod
    def of(cls, account: PageAccount) -> PageAnswer:
        """The line of the ledger in words."""
        return cls(page=account.page, fate=account.fate, reason=say(account.reason), letter_id=account.letter_id)


class ProposedCutAnswer(Model):
    """Another letter may begin with page ``page`` of this one (its own numbering)."""

    page: int
    reason: str

    @classmethod
    def of(cls, cut: ProposedCut) -> ProposedCutAnswer:
        """The proposal in words."""
        return cls(page=cut.page, reason=say(cut.reason))


class LetterAnswer(Model):
    """A letter of a batch. Without sender and subject: who proves a batch need not know who writes to clients."""

    letter_id: str
    pages: list[int]
    state: str
    kind: str | None
    dossier_id: str | None
    destination: str | None
    confidence: float | None
    reasons: list[str]
    inbox: str | None
    written_on: date | None
    urgent: bool
    deadline: date | None
    unread_pages: list[int]
    proposed_cuts: list[ProposedCutAnswer]
    notes: list[str]

    @classmethod
    def of(cls, letter: Letter) -> LetterAnswer:
        """The letter in words."""
        facts = letter.facts or LetterFacts()
        return cls(
            letter_id=letter.letter_id,
            pages=list(letter.pages),
            state=letter.state,
            kind=letter.kind,
            dossier_id=letter.dossier_id,
            destination=letter.destination,
            confidence=letter.confidence,
            reasons=[say(reason) for reason in letter.reasons],
            inbox=letter.inbox,
            written_on=facts.written_on,
            urgent=facts.urgent,
            deadline=facts.deadline,
            unread_pages=list(facts.unread_pages),
            proposed_cuts=[ProposedCutAnswer.of(cut) for cut in facts.proposed_cuts],
            notes=[say(note) for note in facts.notes],
        )


class BatchDetail(Model):
    """A batch with the proof of every page."""

    batch: BatchSummary
    ledger: LedgerCounts
    pages: list[PageAnswer]
    letters: list[LetterAnswer]
