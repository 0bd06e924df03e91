"""Correct what was filed: other labels, or another dossier, attributed and for everybody to see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sozialakte.dossiers.edits import ChangedMeanwhileError, UnknownThingError
from sozialakte.dossiers.inbox import InboxEntry
from sozialakte.dossiers.inbox_store import InboxStore
from sozialakte.dossiers.model import Document, Labels, Move
from sozialakte.dossiers.store import DossierStore, FilingChangedError
from sozialakte.register import RegisterStore
from sozialakte.runtime.dynamo import WriteConflictError
from sozialakte.shared.clock import zurich_date

_ATTEMPTS = 3  # while its letter is announced again or its entry is being worked on


@dataclass(frozen=True)
class CorrectDocument:
    """A person corrects a document of a dossier; ``version`` is the one they saw.

    The same correction by the same person again changes nothing. Each raises `UnknownThingError` if the document does
    not lie in the dossier (`MovedAwayError`: any more), `ChangedMeanwhileError` if somebody else was faster.
    """

    store: DossierStore
    inboxes: InboxStore
    register: RegisterStore
    document_id: str
    version: int
    staff_id: str
    now: datetime

    def relabel(self, dossier_id: str, labels: Labels) -> Document:
        """Kind, register, subject, sender, date or urgency. Raises `WriteConflictError` as `move` does."""
        return _until_unchanged(lambda: self._relabel(dossier_id, labels))

    def _relabel(self, dossier_id: str, labels: Labels) -> Document:
        document = self.store.get_document(dossier_id, self.document_id)
        relabelled = document.relabel(labels, self.staff_id, self.now)
        if relabelled is document and (document.version == self.version or self._did(document, labels.given)):
            return document
        self._require_seen(document)
        entry = self.inboxes.get(self.document_id) if document.has_entry else None
        self.store.save_labels(relabelled, entry)
        return relabelled

    def move(self, dossier_id: str, to_dossier: str, reason: str) -> Document:
        """It lies in the wrong dossier. Raises `WriteConflictError` if others keep changing its letter or entry."""
        return _until_unchanged(lambda: self._move(dossier_id, to_dossier, reason))

    def _move(self, dossier_id: str, to_dossier: str, reason: str) -> Document:
        done = self.store.find_document(to_dossier, self.document_id, consistent=True)
        if done and self._did(done, ("dossier",)):
            return done
        document = self.store.get_document(dossier_id, self.document_id)
        self._require_seen(document)
        filing = self.store.find_filing(document.letter_id)
        if filing is None:
            raise UnknownThingError(document.letter_id)
        inbox = self._inbox(document, to_dossier)
        moved = document.move(to_dossier, inbox, self.staff_id, self.now)
        move = Move(self.document_id, dossier_id, to_dossier, reason, self.staff_id, self.now, version=moved.version)
        self.store.move(moved, move, filing.move(to_dossier, inbox, self.staff_id), self._entries(moved))
        return moved

    def _inbox(self, document: Document, to_dossier: str) -> str:
        if document.has_entry:
            return self.register.find_recipient(to_dossier, zurich_date(self.now)).inbox
        return document.inbox

    def _entries(self, moved: Document) -> tuple[InboxEntry, InboxEntry] | None:
        """The inbox entry before and after the move."""
        if not moved.has_entry:
            return None
        entry = self.inboxes.get(moved.document_id)
        return entry, entry.follow(moved.dossier_id, moved.inbox, self.staff_id, self.now)

    def _require_seen(self, document: Document) -> None:
        if document.version != self.version:
            raise ChangedMeanwhileError(document.version, document.last_edit)

    def _did(self, document: Document, what: Iterable[str]) -> bool:
        """This very correction was made before and its answer got lost."""
        edit = document.last_edit
        next_version = document.version == self.version + 1
        return next_version and edit.by == self.staff_id and set(edit.what) <= set(what)


def _until_unchanged(correct: Callable[[], Document]) -> Document:
    for _ in range(_ATTEMPTS):
        try:
            return correct()
        except FilingChangedError:
            continue
    raise WriteConflictError
