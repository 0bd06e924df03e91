"""What of an inbox somebody sees, and how much that is: the lists show exactly what is counted.

The office's inbox has what nobody looks after: there only seals hide something. In every other one what came before its
dossier went elsewhere is shown only to who still has to do with that dossier.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sozialakte.dossiers.inbox import EntryState, InboxCounts, InboxEntry, counted_under, counts_on
from sozialakte.dossiers.inbox_store import InboxStore
from sozialakte.dossiers.work import Task
from sozialakte.register import OFFICE_INBOX, RegisterStore, Sight, sight_of


@dataclass(frozen=True)
class ShowInbox:
    """The use case with what it works on: how ``staff_id`` sees an inbox on a day."""

    store: InboxStore
    register: RegisterStore
    staff_id: str
    today: date

    def entries(self, inbox: str, entries: Iterable[InboxEntry]) -> list[InboxEntry]:
        """Those of the entries that the person may see."""
        listed = list(entries)
        dossiers = {entry.dossier_id for entry in listed}
        if inbox == OFFICE_INBOX:
            hidden = self.register.access.hidden_from(self.staff_id, dossiers)
            return [entry for entry in listed if entry.dossier_id not in hidden]
        sight = self._sight(dossiers)
        return [entry for entry in listed if not sight.hides(entry.dossier_id, _came(entry))]

    def tasks(self, tasks: Iterable[Task]) -> tuple[Task, ...]:
        """Those of somebody's tasks that they may see."""
        listed = list(tasks)
        sight = self._sight({task.dossier_id for task in listed})
        return tuple(task for task in listed if not sight.hides(task.dossier_id, task.created_at))

    def counts(self, inbox: str) -> InboxCounts:
        """How much that is, as it is right now."""
        if inbox == OFFICE_INBOX:
            return self.store.counts(inbox, self.today, self.register.access.all_hidden_from(self.staff_id))
        totals, shares = self.store.shared_counts(inbox, self.today)
        sight = self._sight(shares)
        for dossier_id in sight.sealed & shares.keys():
            totals -= shares[dossier_id]
        return counts_on(self.today, totals - self._gone(inbox, sight))

    def _gone(self, inbox: str, sight: Sight) -> Counter[str]:
        """What is counted of entries whose dossier went elsewhere; the inbox is read only if there may be such."""
        entries = self.store.all_new(inbox) if sight.gone else []
        gone = (entry for entry in entries if entry.dossier_id in sight.gone)
        hidden = (entry for entry in gone if sight.hides(entry.dossier_id, _came(entry)))
        return Counter(place.name for entry in hidden for place in counted_under(entry))

    def _sight(self, dossiers: Iterable[str]) -> Sight:
        return sight_of(self.register, self.staff_id, dossiers, self.today)


def _came(entry: InboxEntry) -> datetime:
    """When it came to where it lies; what is done stays where it was."""
    return entry.since if entry.state is EntryState.NEW else entry.filed_at
