"""What people do with an entry of an inbox: it is done, it is open again, somebody else is to look at it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sozialakte.dossiers.edits import ChangedMeanwhileError
from sozialakte.dossiers.inbox import EntryState, InboxEntry
from sozialakte.dossiers.inbox_store import InboxStore
from sozialakte.dossiers.relations import may_work_on
from sozialakte.register import RegisterStore, team_inbox
from sozialakte.shared.clock import zurich_date


class NoReceiverError(ValueError):
    """Whoever reads that inbox has no relation to the dossier; ``field`` is where it was named."""

    def __init__(self, inbox: str, field: str = "to") -> None:
        super().__init__(inbox)
        self.field = field


@dataclass(frozen=True)
class SettleEntry:
    """A person settles the entry of a document of a dossier; ``version`` is the one they saw.

    The same step by the same person again changes nothing. Each raises `UnknownThingError`, `MovedAwayError`,
    `ChangedMeanwhileError`.
    """

    store: InboxStore
    dossier_id: str
    document_id: str
    version: int
    staff_id: str
    now: datetime

    def done(self, register: RegisterStore) -> InboxEntry:
        """Nobody has to look at it any more; by whomever it was done. Counted for the team whose inbox it lies in."""
        entry = self._entry()
        if entry.state is EntryState.DONE:
            return entry
        return self._save(entry, entry.done(self.staff_id, self.now, register.team_inbox_of(entry.inbox)))

    def reopen(self, register: RegisterStore) -> InboxEntry:
        """Somebody has to look at it again: whoever it lay with, or if that may not be, who has the dossier."""
        entry = self._entry()
        if entry.state is EntryState.NEW:
            return entry
        reopened = entry.reopen(self.staff_id, self.now)
        if not _may_receive(register, self.dossier_id, entry.inbox, self.now):
            recipient = register.find_recipient(self.dossier_id, zurich_date(self.now))
            reopened = replace(reopened, inbox=recipient.inbox, reason=recipient.reason)
        return self._save(entry, reopened)

    def forward(self, inbox: str, note: str | None, register: RegisterStore) -> InboxEntry:
        """A colleague is to look at it. Raises `NoReceiverError` if they have nothing to do with the dossier."""
        entry = self._entry()
        told = note is None or note == entry.note
        if told and entry.inbox == inbox and entry.state is EntryState.NEW:
            return entry
        if not _may_receive(register, self.dossier_id, inbox, self.now):
            raise NoReceiverError(inbox)
        return self._save(entry, entry.forward(inbox, note, self.staff_id, self.now))

    def _entry(self) -> InboxEntry:
        return self.store.get_in(self.dossier_id, self.document_id)

    def _save(self, before: InboxEntry, after: InboxEntry) -> InboxEntry:
        if before.version != self.version:
            raise ChangedMeanwhileError(before.version, before.last_edit)
        self.store.save(before, after)
        return after


def _may_receive(register: RegisterStore, dossier_id: str, inbox: str, now: datetime) -> bool:
    """Staff with a relation to the dossier, or the team of who is responsible unless it is sealed."""
    if may_work_on(register, dossier_id, inbox, now):
        return True
    guarded = register.access.find(dossier_id, now)
    responsible = guarded.dossier.responsible if guarded and guarded.seal is None else None
    member = register.find_staff_member(responsible) if responsible else None
    return member is not None and inbox == team_inbox(member.team)
