"""What the routes of the dossiers give. Reasons are put into words here."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from sozialakte.dossiers.edits import Edit
from sozialakte.dossiers.hand_inbox_over import InboxHandedOver
from sozialakte.dossiers.inbox import EntryState, InboxCounts, InboxEntry
from sozialakte.dossiers.model import Document, Move
from sozialakte.dossiers.notices import InboxNotice
from sozialakte.dossiers.registers import Register
from sozialakte.shared.model import Model
from sozialakte.shared.reasons import Reason, without
from sozialakte.shared.texts import say


class Rendition(StrEnum):
    """The record itself, or the copy one can search and copy text from."""

    ORIGINAL = "original"
    SEARCHABLE = "searchable"


class EditAnswer(Model):
    """Who changed something last, when, and what in words."""

    by: str
    at: datetime
    what: list[str]

    @classmethod
    def of(cls, edit: Edit) -> EditAnswer:
        """The change in words."""
        return cls(by=edit.by, at=edit.at, what=words_of_edit(edit))


def words_of_edit(edit: Edit) -> list[str]:
    """What was changed, in words."""
    return [say(Reason(f"edited.{what}")) for what in edit.what]


class InboxEntryAnswer(Model):
    """A document in an inbox, what it says about itself, and why it lies there; ``note``: of who forwarded it."""

    document_id: str
    dossier_id: str
    kind: str
    sender: str | None
    subject: str | None
    written_on: date | None
    urgent: bool
    deadline: date | None
    page_count: int
    received_at: datetime
    filed_at: datetime
    reason: str
    note: str | None
    state: EntryState
    since: datetime
    changed: EditAnswer
    version: int

    @classmethod
    def of(cls, entry: InboxEntry) -> InboxEntryAnswer:
        """The entry in words."""
        return cls(
            document_id=entry.document_id,
            dossier_id=entry.dossier_id,
            kind=entry.kind,
            sender=entry.sender,
            subject=entry.subject,
            written_on=entry.written_on,
            urgent=entry.urgent,
            deadline=entry.deadline,
            page_count=entry.page_count,
            received_at=entry.received_at,
            filed_at=entry.filed_at,
            reason=say(entry.reason),
            note=entry.note,
            state=entry.state,
            since=entry.since,
            changed=EditAnswer.of(entry.last_edit),
            version=entry.version,
        )


class InboxAnswer(Model):
    """An inbox, the last come first, or what is urgent in it; ``next`` is the cursor of the next page.

    ``notices`` stand on the first page of what is new, urgent or not, until somebody takes note.
    """

    inbox: str
    entries: list[InboxEntryAnswer]
    notices: list[InboxNotice]
    next: str | None


class InboxCountsAnswer(Model):
    """How much waits in an inbox: all, what is urgent (until 30 days after its day), and of that what is overdue.

    Beside them the notices.
    """

    inbox: str
    new: int
    urgent: int
    overdue: int
    notices: int

    @classmethod
    def of(cls, inbox: str, counts: InboxCounts, notices: int) -> InboxCountsAnswer:
        """The counts of an inbox."""
        return cls(inbox=inbox, new=counts.new, urgent=counts.urgent, overdue=counts.overdue, notices=notices)


class InboxOverAnswer(Model):
    """How many entries went to the other inbox, and how many stay: theirs is no relation to the dossier.

    ``next`` is the cursor of those not looked at yet: ask again with it.
    """

    moved: int
    kept: int
    next: str | None

    @classmethod
    def of(cls, handed: InboxHandedOver) -> InboxOverAnswer:
        """What became of a request."""
        return cls(moved=handed.moved, kept=handed.kept, next=handed.next_cursor)


class DocumentAnswer(Model):
    """A document of a dossier, what it says about itself, who decided that it belongs there, and why.

    Nothing is found by a search on ``unread_pages``: they could not be read.
    """

    document_id: str
    kind: str
    register_: Annotated[Register, Field(serialization_alias="register")]
    register_name: str
    sender: str | None
    subject: str | None
    written_on: date | None
    urgent: bool
    deadline: date | None
    unread_pages: list[int]
    notes: list[str]
    page_count: int
    sha256: str
    received_at: datetime
    filed_at: datetime
    inbox: str
    decided_by: str
    reasons: list[str]
    changed: EditAnswer
    version: int

    @classmethod
    def of(cls, document: Document, hidden: AbstractSet[str]) -> DocumentAnswer:
        """The document in words, without reasons that name a ``hidden`` dossier (it may have lain there before)."""
        return cls(
            document_id=document.document_id,
            kind=document.kind,
            register_=document.lies_in,
            register_name=say(Reason(f"register.{document.lies_in}")),
            sender=document.sender,
            subject=document.subject,
            written_on=document.written_on,
            urgent=document.urgent,
            deadline=document.deadline,
            unread_pages=list(document.unread_pages),
            notes=[say(note) for note in document.notes],
            page_count=document.page_count,
            sha256=document.sha256,
            received_at=document.received_at,
            filed_at=document.filed_at,
            inbox=document.inbox,
            decided_by=document.decided_by,
            reasons=[say(reason) for reason in without(document.reasons, hidden)],
            changed=EditAnswer.of(document.last_edit),
            version=document.version,
        )


class DocumentList(Model):
    """Documents of a dossier, the newest letter first; ``next`` is the cursor of the next page.

    A page of a filtered list may be short, even empty, and still have a ``next``.
    """

    documents: list[DocumentAnswer]
    next: str | None


class DocumentAddress(Model):
    """Where one document can be fetched for a short while."""

    url: str
    expires_at: datetime


class MoveAnswer(Model):
    """A document came to a dossier or left it: from where to where, why, and who moved it."""

    document_id: str
    from_dossier: str
    to_dossier: str
    reason: str
    by: str
    at: datetime

    @classmethod
    def of(cls, move: Move) -> MoveAnswer:
        """The move."""
        return cls(
            document_id=move.document_id,
            from_dossier=move.from_dossier,
            to_dossier=move.to_dossier,
            reason=move.reason,
            by=move.by,
            at=move.at,
        )


class MoveList(Model):
    """What came to a dossier or left it, the last first; ``next`` is the cursor of the next page."""

    moves: list[MoveAnswer]
    next: str | None
