"""Inboxes in DynamoDB.

| to find | how |
|---|---|
| the entry of a document, in whichever inbox it lies | get ``LETTER#<document_id>`` / ``ENTRY`` |
| what is new or done in an inbox, the last come first | index ``by_list``: ``list_key``, then batch get |
| what is urgent in an inbox, soonest first | index ``by_urgency``: ``urgent_key`` / ``due``, then batch get |
| how many there are | `inbox_counters` |
| how long they took | `lead_counters` |

An entry is one row that changes its inbox, so it is never in two. Its counters change in the same transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sozialakte.dossiers.edits import ChangedMeanwhileError, UnknownThingError
from sozialakte.dossiers.inbox import LABELS, EntryState, InboxCounts, InboxEntry
from sozialakte.dossiers.inbox_counters import InboxCounters, Place, counter_parts
from sozialakte.dossiers.lead_counters import lead_parts
from sozialakte.dossiers.lists import BY_LIST, BY_URGENCY, read_list
from sozialakte.dossiers.model import Document
from sozialakte.dossiers.records import document_key, entry_item, entry_key, entry_lists, entry_of, inbox_key, not_here
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.dynamo import (
    EXISTS,
    NEW,
    Attr,
    Change,
    ConditionFailedError,
    Key,
    Part,
    Put,
    Query,
    Table,
    Update,
    transact,
)

_LAST_DAY = date.max.isoformat()
_PLACE = ("inbox", "dossier_id", "state", "moved_at", "reason", "note", "edit", "version", "team", "first_done_at")
_LISTS = ("list_key", "list_order", "urgent_key", "due")


@dataclass(frozen=True)
class InboxPage:
    """A page of inbox entries and the cursor of the next."""

    entries: tuple[InboxEntry, ...]
    next_cursor: str | None


class InboxStore:
    """The inboxes in the dossiers table."""

    def __init__(self, table: str) -> None:
        self._table = Table(table)
        self._counters = InboxCounters(self._table)

    def find(self, document_id: str) -> InboxEntry | None:
        """The entry of a document."""
        item = self._table.get(*entry_key(document_id), consistent=True)
        return entry_of(item) if item else None

    def get(self, document_id: str) -> InboxEntry:
        """The entry of a document. Raises `UnknownThingError`."""
        entry = self.find(document_id)
        if entry is None:
            raise UnknownThingError(document_id)
        return entry

    def get_in(self, dossier_id: str, document_id: str) -> InboxEntry:
        """The entry of a document of this dossier. Raises `UnknownThingError`, `MovedAwayError`."""
        entry = self.get(document_id)
        if entry.dossier_id != dossier_id:
            raise not_here(self._table.get(*document_key(dossier_id, document_id), consistent=True), document_id)
        return entry

    def save(self, before: InboxEntry, after: InboxEntry) -> None:
        """Write a step of an entry together with the counts. Raises `ChangedMeanwhileError`."""
        try:
            transact(entry_parts(self._table.name, before, after))
        except ConditionFailedError as error:
            current = entry_of(error.existing) if error.existing else before
            raise ChangedMeanwhileError(current.version, current.last_edit) from error

    def inbox(self, inbox: str, limit: int, cursor: str | None = None, state: EntryState = EntryState.NEW) -> InboxPage:
        """Entries of an inbox, the last come (or done) first. Raises `InvalidCursorError`."""
        key = inbox_key(inbox, state)
        query = Query(Key("list_key").eq(key), index=BY_LIST, newest_first=True)
        return self._entries(query, limit, cursor, ("list_key", key))

    def urgent_in(self, inbox: str, since: date, limit: int, cursor: str | None = None) -> InboxPage:
        """Urgent entries of an inbox that are due on ``since`` or later, the soonest first."""
        key = inbox_key(inbox)
        where = Key("urgent_key").eq(key) & Key("due").between(since.isoformat(), _LAST_DAY)
        return self._entries(Query(where, index=BY_URGENCY), limit, cursor, ("urgent_key", key))

    def counts(self, inbox: str, day: date, hidden: Collection[str] = ()) -> InboxCounts:
        """How much waits in an inbox on a day, as it is right now, without what is of the ``hidden`` dossiers."""
        return self._counters.counts(inbox, day, hidden)

    def shared_counts(self, inbox: str, day: date) -> tuple[Counter[str], dict[str, Counter[str]]]:
        """The counters of an inbox by name on a day, and of each dossier of which something new lies in it."""
        return self._counters.shared(inbox, day)

    def all_new(self, inbox: str) -> list[InboxEntry]:
        """All that is new in an inbox."""
        key = inbox_key(inbox)
        lines = self._table.query(Query(Key("list_key").eq(key), index=BY_LIST))
        keys = [(str(line["pk"]), str(line["sk"])) for line in lines]
        rows = self._table.get_many(keys, consistent=True)
        return [entry_of(row) for row in rows if row.get("list_key") == key]

    def recount(self, inbox: str) -> Mapping[Place, tuple[int, int]]:
        """Set the counters of an inbox to what lies in it; those that were wrong, with both numbers.

        Raises `CountsChangedError` if somebody works there meanwhile.
        """
        return self._counters.recount(inbox, self.all_new(inbox))

    def _entries(self, query: Query, limit: int, cursor: str | None, key: tuple[str, str]) -> InboxPage:
        page = read_list(self._table, query, limit, cursor, key)
        return InboxPage(tuple(map(entry_of, page.rows)), page.next_cursor)


def entry_parts(table: str, before: InboxEntry | None, after: InboxEntry) -> list[Part]:
    """A new entry, or a step of one, with what it does to counts and lead times, as parts of a transaction."""
    written = Put(table, entry_item(after), NEW) if before is None else _step(table, before, after)
    return [written, *counter_parts(table, before, after), *lead_parts(table, before, after)]


def label_parts(table: str, before: InboxEntry, document: Document) -> list[Part]:
    """The document's labels in its entry. No step of the entry unless it is due on another day, which is counted:
    else whoever is working on it is not held up.
    """
    after = before.label(document)
    if after.version != before.version:
        return [_step(table, before, after, (*_PLACE, *LABELS)), *counter_parts(table, before, after)]
    stored = adapter(InboxEntry).dump_python(after, mode="json")
    labels = Change(assign={name: stored[name] for name in LABELS})
    return [Update(table, *entry_key(document.document_id), labels, EXISTS)]


def _step(table: str, before: InboxEntry, after: InboxEntry, names: tuple[str, ...] = _PLACE) -> Part:
    """Only where it stands: its labels may change meanwhile."""
    stored = adapter(InboxEntry).dump_python(after, mode="json")
    lists = entry_lists(after)
    change = Change(
        assign={name: stored[name] for name in names} | lists,
        remove=tuple(name for name in _LISTS if name not in lists),
    )
    return Update(table, *entry_key(after.document_id), change, Attr("version").eq(before.version))
