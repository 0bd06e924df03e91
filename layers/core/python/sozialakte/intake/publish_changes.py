"""The intake's one publisher: the state a row has reached says what follows from it (DESIGN 3).

It runs after the write, from the table's stream, at least once for every new version of a row; all it does may be
repeated. `reconcile` calls the same functions for rows that got stuck.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sozialakte.dossiers import FileDocument, WithdrawFiling
from sozialakte.intake.batch import Batch, BatchState, letter_key
from sozialakte.intake.desk.store import DeskStore
from sozialakte.intake.desk.tie_rescan import TieRescan
from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.letter import Letter, LetterState
from sozialakte.intake.letter_facts import LetterFacts
from sozialakte.intake.letter_news import news_of
from sozialakte.intake.letter_states import SETTLED
from sozialakte.intake.messages import IdentifyLetter, MakeParts, PicturePages, ReadPages
from sozialakte.intake.model import Lane
from sozialakte.intake.store import IntakeStore
from sozialakte.payments import LetterSettled, RegisterBills, ask_for_bills, letter_settled
from sozialakte.runtime.queues import Queue
from sozialakte.shared.messages import Message, ReasonBody

_COME_FROM = frozenset({LetterState.CUT, LetterState.READ, LetterState.BLANK})
"""Whoever comes to people from here has not been pictured, or lies otherwise now."""


class NothingToFileError(ValueError):
    """A letter is called identified and names no dossier."""


@dataclass(frozen=True)
class PublisherSettings:
    """What a function must be told that publishes."""

    intake_table: str
    scans_bucket: str
    backfile_bucket: str
    read_queue_url: str
    oldpages_queue_url: str
    identify_queue_url: str
    file_queue_url: str
    desk_queue_url: str
    bills_queue_url: str


@dataclass(frozen=True)
class Queues:
    """Where the intake's work goes. ``old_pages`` are those of old dossiers: they wait by themselves."""

    read: Queue
    identify: Queue
    file: Queue
    old_pages: Queue
    desk: Queue
    bills: Queue


@dataclass(frozen=True)
class PublishChanges:
    """The use case with what it works on."""

    store: IntakeStore
    files: IntakeFiles
    queues: Queues
    now: datetime
    desk: DeskStore
    looked_at: set[str] = field(default_factory=set)

    def letter(self, letter: Letter) -> None:
        """Send the messages of the letter's state; a letter whose fate is known may complete its batch.

        A scan that was ordered takes the place of the old one first, before anybody reads it.
        """
        if letter.state is LetterState.CUT and letter.rescan:
            letter = TieRescan(self.desk, self.now)(letter)
        for message in messages_of(letter):
            self._queue_of(message, letter.lane).send(message.to_json())
        if letter.state in SETTLED:
            self.close(letter.batch_id)

    def batch(self, batch: Batch) -> None:
        """The transport copies of a batch that is final may expire; one that is cut may be complete already."""
        if batch.is_final:
            for upload in batch.transport_copies:
                self.files.settle(upload)
            self.store.mark_settled(batch.batch_id)
        elif batch.state is BatchState.CUT:
            self.close(batch.batch_id)

    def close(self, batch_id: str) -> None:
        """Close the batch if every page has its fate.

        Looked at once a run: all changes of the run were written before it began, so the first look sees them all.
        """
        if batch_id in self.looked_at:
            return
        batch = self.store.find_batch(batch_id)
        if batch and batch.state is BatchState.CUT and not self.store.has_letter_in_progress(batch_id):
            self.store.save_batch(batch.close(self.now))
        self.looked_at.add(batch_id)

    def _queue_of(self, message: Message, lane: Lane) -> Queue:
        if isinstance(message, ReadPages):
            return self.queues.old_pages if lane is Lane.BACKFILE else self.queues.read
        if isinstance(message, (PicturePages, MakeParts)):
            return self.queues.desk
        if isinstance(message, (RegisterBills, LetterSettled)):
            return self.queues.bills
        return self.queues.identify if isinstance(message, IdentifyLetter) else self.queues.file


def publisher_of(settings: PublisherSettings, now: datetime) -> PublishChanges:
    """The publisher of a stage."""
    return PublishChanges(
        IntakeStore(settings.intake_table),
        IntakeFiles(scans=settings.scans_bucket, letters="", backfile=settings.backfile_bucket),
        Queues(
            read=Queue(settings.read_queue_url),
            identify=Queue(settings.identify_queue_url),
            file=Queue(settings.file_queue_url),
            old_pages=Queue(settings.oldpages_queue_url),
            desk=Queue(settings.desk_queue_url),
            bills=Queue(settings.bills_queue_url),
        ),
        now,
        DeskStore(settings.intake_table),
    )


def messages_of(letter: Letter) -> Iterator[Message]:
    """What the letter's state asks for next.

    Its bills are asked for before it is identified: a letter that somebody decided about cannot have been passed over.
    """
    yield from _about_bills(letter)
    if letter.state is LetterState.CUT:
        yield from (ReadPages(letter_id=letter.letter_id, chunk=chunk) for chunk in range(letter.chunks))
    elif letter.state is LetterState.READ:
        yield IdentifyLetter(letter_id=letter.letter_id)
    elif letter.state is LetterState.IDENTIFIED:
        yield _file_document(letter)
    elif letter.state is LetterState.RECALLED and letter.dossier_id:
        yield WithdrawFiling(letter_id=letter.letter_id, dossier_id=letter.dossier_id, attempt=letter.version)
    elif letter.state is LetterState.REARRANGING and _leads(letter):
        yield MakeParts(letter_id=letter.letter_id)
    elif letter.waits_for_a_person and letter.history[-2:][0].state in _COME_FROM:
        yield PicturePages(letter_id=letter.letter_id)


def _about_bills(letter: Letter) -> Iterator[Message]:
    news = news_of(letter)
    if news is None:
        return
    if letter.state is LetterState.READ or (letter.state is LetterState.REVIEW and not news.reading):
        yield ask_for_bills(news)
    if news.fate:
        yield letter_settled(news)


def _leads(letter: Letter) -> bool:
    return letter.rearrangement is not None and letter.rearrangement.sources[0] == letter.letter_id


def _file_document(letter: Letter) -> FileDocument:
    if letter.dossier_id is None or letter.decided_by is None:
        raise NothingToFileError(letter.letter_id)
    facts = letter.facts or LetterFacts()
    return FileDocument(
        letter_id=letter.letter_id,
        dossier_id=letter.dossier_id,
        attempt=letter.version,
        sha256=letter.sha256,
        object_key=letter.original.key,
        object_version=letter.original.version_id,
        searchable_key=letter_key(letter.letter_id, "searchable.pdf"),
        page_count=len(letter.pages),
        kind=facts.kind,
        received_at=letter.received_at,
        reasons=tuple(ReasonBody.of(reason) for reason in letter.reasons),
        decided_by=letter.decided_by,
        written_on=facts.written_on,
        sender=facts.sender,
        subject=facts.subject,
        urgent=facts.urgent,
        deadline=facts.deadline,
        unread_pages=facts.unread_pages,
        notes=tuple(ReasonBody.of(note) for note in facts.notes),
        section=letter.section,
        for_inbox=letter.lane is Lane.DAILY,
    )
