"""File a letter in its dossier: the original on hold, the document listed, an entry in the right person's inbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sozialakte.dossiers.files import RecordFiles
from sozialakte.dossiers.inbox import InboxEntry
from sozialakte.dossiers.messages import FileDocument, WithdrawFiling
from sozialakte.dossiers.model import NO_INBOX, Document, Filing, FilingState
from sozialakte.dossiers.store import DossierStore
from sozialakte.register import Recipient, RegisterStore
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.reasons import Reason


@dataclass(frozen=True)
class FileLetter:
    """The use case with what it works on."""

    store: DossierStore
    files: RecordFiles
    register: RegisterStore
    now: datetime

    def __call__(self, message: FileDocument) -> None:
        """File the letter, refuse it, or announce again what became of it.

        Raises `OriginalChangedError` if the stored original is not the one that was cut.
        """
        version = self._to_be_decided(message)
        if version:
            self._decide(message, version)

    def withdraw(self, message: WithdrawFiling) -> None:
        """File the letter no more, or announce again what became of it. A filing asked for before comes too late."""
        version = self._to_be_decided(message)
        if version:
            self._refuse(message, version, Reason("filing.withdrawn"))

    def _to_be_decided(self, message: FileDocument | WithdrawFiling) -> int | None:
        """The version of the row to be written; none if that is done."""
        filing = self.store.find_filing(message.letter_id)
        if filing and (filing.state is FilingState.FILED or filing.attempt >= message.attempt):
            # Asked again, so the answer got lost; a new version makes the publisher repeat it.
            self.store.save_filing(filing.announce_again())
            return None
        return filing.version + 1 if filing else 1

    def _decide(self, message: FileDocument, version: int) -> None:
        dossier = self.register.find_dossier(message.dossier_id)
        if dossier is None:
            self._refuse(message, version, Reason("filing.unknown_dossier", {"dossier_id": message.dossier_id}))
        elif not dossier.is_open:
            self._refuse(message, version, Reason("filing.closed_dossier", {"dossier_id": message.dossier_id}))
        else:
            self._file(message, version)

    def _refuse(self, message: FileDocument | WithdrawFiling, version: int, reason: Reason) -> None:
        self.store.save_filing(
            Filing(
                letter_id=message.letter_id,
                dossier_id=message.dossier_id,
                attempt=message.attempt,
                state=FilingState.REFUSED,
                at=self.now,
                reason=reason,
                version=version,
                asked_by=_asked_by(message),
            )
        )

    def _file(self, message: FileDocument, version: int) -> None:
        recipient = self._recipient(message)
        self.files.protect(message.object_key, message.object_version, message.sha256)
        filing = Filing(
            letter_id=message.letter_id,
            dossier_id=message.dossier_id,
            attempt=message.attempt,
            state=FilingState.FILED,
            at=self.now,
            inbox=recipient.inbox,
            version=version,
            asked_by=message.asked_by,
        )
        self.store.file(filing, self._document(message, recipient), self._entry(message, recipient))

    def _recipient(self, message: FileDocument) -> Recipient:
        if message.for_inbox:
            return self.register.find_recipient(message.dossier_id, zurich_date(self.now))
        return Recipient(NO_INBOX, Reason("inbox.old_document"))

    def _document(self, message: FileDocument, recipient: Recipient) -> Document:
        return Document(
            document_id=message.letter_id,
            dossier_id=message.dossier_id,
            letter_id=message.letter_id,
            sha256=message.sha256,
            object_key=message.object_key,
            object_version=message.object_version,
            searchable_key=message.searchable_key,
            page_count=message.page_count,
            kind=message.kind,
            received_at=message.received_at,
            filed_at=self.now,
            inbox=recipient.inbox,
            decided_by=message.decided_by,
            reasons=tuple(reason.reason() for reason in message.reasons),
            written_on=message.written_on,
            sender=message.sender,
            subject=message.subject,
            urgent=message.urgent,
            deadline=message.deadline,
            unread_pages=message.unread_pages,
            notes=tuple(note.reason() for note in message.notes),
            section=message.section,
        )

    def _entry(self, message: FileDocument, recipient: Recipient) -> InboxEntry | None:
        if recipient.inbox == NO_INBOX:
            return None
        return InboxEntry(
            inbox=recipient.inbox,
            document_id=message.letter_id,
            dossier_id=message.dossier_id,
            kind=message.kind,
            page_count=message.page_count,
            received_at=message.received_at,
            filed_at=self.now,
            reason=recipient.reason,
            written_on=message.written_on,
            sender=message.sender,
            subject=message.subject,
            urgent=message.urgent,
            deadline=message.deadline,
            team=self.register.team_inbox_of(recipient.inbox),
        )


def _asked_by(message: FileDocument | WithdrawFiling) -> str:
    return message.asked_by if isinstance(message, FileDocument) else "intake"
