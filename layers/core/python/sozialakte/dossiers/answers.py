"""What the routes of the dossiers give. Reasons are put into words here."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel

from sozialakte.dossiers.model import Document, InboxEntry
from sozialakte.shared.texts import say


class Rendition(StrEnum):
    """The record itself, or the copy one can search and copy text from."""

    ORIGINAL = "original"
    SEARCHABLE = "searchable"


class InboxEntryAnswer(BaseModel):
    """A new document in an inbox, what it says about itself, and why it lies there."""

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
        )


class InboxAnswer(BaseModel):
    """An inbox, the last filed first, or what is urgent in it; ``next`` is the cursor of the next page."""

    inbox: str
    entries: list[InboxEntryAnswer]
    next: str | None


class DocumentAnswer(BaseModel):
    """A document of a dossier, what it says about itself, who decided that it belongs there, and why.

    Nothing is found by a search on ``unread_pages``: they could not be read.
    """

    document_id: str
    kind: str
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

    @classmethod
    def of(cls, document: Document) -> DocumentAnswer:
        """The document in words."""
        return cls(
            document_id=document.document_id,
            kind=document.kind,
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
            reasons=[say(reason) for reason in document.reasons],
        )


class DocumentList(BaseModel):
    """Documents of a dossier, the last filed first; ``next`` is the cursor of the next page."""

    documents: list[DocumentAnswer]
    next: str | None


class DocumentAddress(BaseModel):
    """Where one document can be fetched for a short while."""

    url: str
    expires_at: datetime
