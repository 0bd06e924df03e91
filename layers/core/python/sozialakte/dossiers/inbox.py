"""What waits in an inbox, and how many: pure.

The counts of an inbox change in the transaction that changes an entry. ``overdue`` changes by itself at midnight, so
what is counted is the urgent entries of each day they are due.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sozialakte.dossiers.edits import Edit
from sozialakte.dossiers.model import Document
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.reasons import Reason

URGENT_FOR = timedelta(days=30)
"""So long after its day an urgent entry still stands among the urgent ones; then the others would drown in old ones."""
LABELS = ("kind", "subject", "written_on", "sender", "urgent", "deadline")
"""What an entry says of its document."""
NEW_ENTRIES = "new"
"""What the number of all new entries is counted under, beside the days on which urgent ones are due."""


class EntryState(StrEnum):
    """Whether somebody still has to look at it."""

    NEW = "new"
    DONE = "done"


@dataclass(frozen=True)
class InboxEntry:
    """A document in somebody's inbox (a staff id, ``team-<team>`` or ``office``), and why it lies there.

    One entry a document, wherever it goes; ``since``: when it came to where it stands. ``note``: of who forwarded it.
    ``team``: the inbox of the team that filed or finished it is counted for, ``first_done_at``: when it first was done.
    """

    inbox: str
    document_id: str
    dossier_id: str
    kind: str
    page_count: int
    received_at: datetime
    filed_at: datetime
    reason: Reason
    written_on: date | None = None
    sender: str | None = None
    subject: str | None = None
    urgent: bool = False
    deadline: date | None = None
    state: EntryState = EntryState.NEW
    moved_at: datetime | None = None
    note: str | None = None
    edit: Edit | None = None
    version: int = 1
    team: str | None = None
    first_done_at: datetime | None = None

    @property
    def due(self) -> date | None:
        """Of an urgent one: the day by which somebody must act. Without a deadline that is the day it was filed."""
        return (self.deadline or zurich_date(self.filed_at)) if self.urgent else None

    @property
    def since(self) -> datetime:
        """When it came into this inbox or was done."""
        return self.moved_at or self.filed_at

    @property
    def last_edit(self) -> Edit:
        """Who changed it last; the machine put it here."""
        return self.edit or Edit("machine", self.filed_at, ("filed",))

    def done(self, by: str, at: datetime, team: str | None = None) -> InboxEntry:
        """Nobody has to look at it any more; ``team``: the inbox of the team it lay in."""
        first = self.first_done_at or at
        return self._changed("done", by, at, state=EntryState.DONE, team=team or self.team, first_done_at=first)

    def reopen(self, by: str, at: datetime) -> InboxEntry:
        """Somebody has to look at it again."""
        return self._changed("reopened", by, at, state=EntryState.NEW)

    def forward(self, inbox: str, note: str | None, by: str, at: datetime) -> InboxEntry:
        """It waits for somebody else."""
        reason = Reason("inbox.forwarded", {"staff_id": by})
        return self._changed("forwarded", by, at, state=EntryState.NEW, inbox=inbox, reason=reason, note=note)

    def follow(self, dossier_id: str, inbox: str, by: str, at: datetime) -> InboxEntry:
        """Its document lies in another dossier: whoever looks after that one has to see it."""
        reason = Reason("inbox.moved_here", {"staff_id": by})
        place = replace(self, dossier_id=dossier_id)
        return place._changed("dossier", by, at, state=EntryState.NEW, inbox=inbox, reason=reason, note=None)  # noqa: SLF001 of the same class

    def label(self, document: Document) -> InboxEntry:
        """With what its document says now; a step of its own only if that makes it urgent, or due on another day."""
        labels = {name: getattr(document, name) for name in LABELS}
        labelled = replace(self, **labels)
        if labelled.due == self.due:
            return labelled
        return replace(labelled, edit=document.last_edit, version=self.version + 1)

    def _changed(self, what: str, by: str, at: datetime, **changes: object) -> InboxEntry:
        edit = Edit(by, at, (what,))
        return replace(self, **changes, moved_at=at, edit=edit, version=self.version + 1)  # type: ignore[arg-type]


@dataclass(frozen=True)
class InboxCounts:
    """How much waits in an inbox: all, what is urgent, and of that what is overdue."""

    new: int
    urgent: int
    overdue: int


class Counted(NamedTuple):
    """What is counted together: entries of one dossier in an inbox, under `NEW_ENTRIES` or the day they are due."""

    inbox: str
    dossier_id: str
    name: str


def counted_under(entry: InboxEntry | None) -> Counter[Counted]:
    """What an entry is counted under: nothing if it is done."""
    if entry is None or entry.state is EntryState.DONE:
        return Counter()
    days = [entry.due.isoformat()] if entry.due else []
    return Counter(Counted(entry.inbox, entry.dossier_id, name) for name in (NEW_ENTRIES, *days))


def count_changes(before: InboxEntry | None, after: InboxEntry) -> Counter[Counted]:
    """By how much the counts change."""
    counts = counted_under(after)
    counts.subtract(counted_under(before))
    return counts


def counts_on(day: date, counters: Mapping[str, int]) -> InboxCounts:
    """The counts of an inbox on a day, from its counters by name; urgent is what the urgent list shows."""
    due = {name: number for name, number in counters.items() if name != NEW_ENTRIES}
    since, today = (day - URGENT_FOR).isoformat(), day.isoformat()
    return InboxCounts(
        new=counters.get(NEW_ENTRIES, 0),
        urgent=sum(number for name, number in due.items() if name >= since),
        overdue=sum(number for name, number in due.items() if since <= name < today),
    )
