"""Hand what is new in an inbox to somebody else: after a case load went elsewhere, or when somebody has left."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sozialakte.dossiers.edits import ChangedMeanwhileError, UnknownThingError
from sozialakte.dossiers.inbox import InboxEntry
from sozialakte.dossiers.inbox_store import InboxStore
from sozialakte.dossiers.settle_entry import NoReceiverError, SettleEntry
from sozialakte.register import RegisterStore

AT_ONCE = 25
"""Entries by one request: each is a transaction, and the request must end before the gateway does (29 seconds)."""


@dataclass(frozen=True)
class InboxHandedOver:
    """How many entries went, how many stay as they are, and the cursor of those not looked at yet."""

    moved: int
    kept: int
    next_cursor: str | None


@dataclass(frozen=True)
class HandInboxOver:
    """A person hands over what is new in ``inbox``. An entry goes only to who has to do with its dossier today.

    ``hidden``: which of some dossiers do not exist for this person; their entries stay, and nothing says so.
    """

    store: InboxStore
    register: RegisterStore
    hidden: Callable[[Collection[str]], Collection[str]]
    staff_id: str
    now: datetime

    def __call__(self, inbox: str, to: str, note: str | None, cursor: str | None = None) -> InboxHandedOver:
        """Some entries, the last come first; the same again finds those gone. Raises `InvalidCursorError`."""
        page = self.store.inbox(inbox, AT_ONCE, cursor)
        hidden = self.hidden({entry.dossier_id for entry in page.entries})
        went = [self._forward(entry, to, note) for entry in page.entries if entry.dossier_id not in hidden]
        return InboxHandedOver(sum(went), len(went) - sum(went), page.next_cursor)

    def _forward(self, entry: InboxEntry, to: str, note: str | None) -> bool:
        settle = SettleEntry(self.store, entry.dossier_id, entry.document_id, entry.version, self.staff_id, self.now)
        try:
            settle.forward(to, note, self.register)
        except (NoReceiverError, ChangedMeanwhileError, UnknownThingError):
            return False  # not theirs to see, or somebody is at it right now
        return True
