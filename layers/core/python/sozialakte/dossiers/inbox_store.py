"""Inboxes in DynamoDB.

| to find | how |
|---|---|
| the entry of a document, in whichever inbox it lies | get ``LETTER#<document_id>`` / ``ENTRY`` |
| what is new or done in an inbox, the last come first | index ``by_list``: ``list_key``, then batch get |
| what is urgent in an inbox, soonest first | index ``by_urgency``: ``urgent_key`` / ``due``, then batch get |
| the counts of an inbox | query ``INBOX#<inbox>``, ``COUNT#<day>`` of the last 30 days to ``COUNT#new`` |

An entry is one row that changes its inbox, so it is never in two. Its counters change in the same transaction: each is
a row, so that people who work in one inbox wait for each other as little as possible.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sozialakte.dossiers.edits import ChangedMeanwhileError, UnknownThingError
from sozialakte.dossiers.inbox import (
    NEW_ENTRIES,
    URGENT_FOR,
    EntryState,
    InboxCounts,
    InboxEntry,
    count_changes,
    counters_of,
    counts_on,
)
from sozialakte.dossiers.lists import BY_LIST, BY_URGENCY, read_list
from sozialakte.dossiers.model import Document
from sozialakte.dossiers.records import entry_item, entry_key, entry_lists, entry_of, inbox_key
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
from sozialakte.runtime.items import Item, number

_LAST_DAY = date.max.isoformat()
_LABELS = ("kind", "subject", "written_on")
_PLACE = ("inbox", "dossier_id", "state", "moved_at", "reason", "note", "edit", "version")
_LISTS = ("list_key", "list_order", "urgent_key", "due")


class CountsChangedError(Exception):
    """Somebody worked in the inbox while it was counted; try again."""


@dataclass(frozen=True)
class InboxPage:
    """A page of inbox entries and the cursor of the next."""

    entries: tuple[InboxEntry, ...]
    next_cursor: str | None


class InboxStore:
    """The inboxes in the dossiers table."""

    def __init__(self, table: str) -> None:
        self._table = Table(table)

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

    def counts(self, inbox: str, day: date) -> InboxCounts:
        """How much waits in an inbox on a day, as it is right now."""
        since = (day - URGENT_FOR).isoformat()
        return counts_on(day, {name: number(row, "entries") for name, row in self._counters(inbox, since).items()})

    def recount(self, inbox: str) -> Mapping[str, tuple[int, int]]:
        """Set the counters of an inbox to what lies in it; those that were wrong, with both numbers.

        Raises `CountsChangedError` if somebody works there meanwhile.
        """
        rows = self._counters(inbox, "")
        counted = {name: number(row, "entries") for name, row in rows.items()}
        found = counters_of(self._all_new(inbox))
        names = sorted({*counted, *found})
        wrong = {name: (counted.get(name, 0), found.get(name, 0)) for name in names}
        wrong = {name: numbers for name, numbers in wrong.items() if numbers[0] != numbers[1]}
        for name, (_, right) in wrong.items():
            self._set_counter(inbox, name, rows.get(name), right)
        return wrong

    def _all_new(self, inbox: str) -> list[InboxEntry]:
        key = inbox_key(inbox)
        lines = self._table.query(Query(Key("list_key").eq(key), index=BY_LIST))
        keys = [(str(line["pk"]), str(line["sk"])) for line in lines]
        rows = self._table.get_many(keys, consistent=True)
        return [entry_of(row) for row in rows if row.get("list_key") == key]

    def _set_counter(self, inbox: str, name: str, before: Item | None, entries: int) -> None:
        unchanged = Attr("entries").eq(before["entries"]) if before else NEW
        try:
            self._table.update(inbox_key(inbox), f"COUNT#{name}", Change(assign={"entries": entries}), when=unchanged)
        except ConditionFailedError as error:
            raise CountsChangedError(inbox) from error

    def _counters(self, inbox: str, since: str) -> dict[str, Item]:
        """The counters by name: days from ``since`` on, and `NEW_ENTRIES`, which sorts behind them."""
        names = Key("sk").between(f"COUNT#{since}", f"COUNT#{NEW_ENTRIES}")
        rows = self._table.query(Query(Key("pk").eq(inbox_key(inbox)) & names, consistent=True))
        return {str(row["sk"]).removeprefix("COUNT#"): row for row in rows}

    def _entries(self, query: Query, limit: int, cursor: str | None, key: tuple[str, str]) -> InboxPage:
        page = read_list(self._table, query, limit, cursor, key)
        return InboxPage(tuple(map(entry_of, page.rows)), page.next_cursor)


def entry_parts(table: str, before: InboxEntry | None, after: InboxEntry) -> list[Part]:
    """A new entry, or a step of one, with what it does to the counts, as parts of a transaction."""
    written = Put(table, entry_item(after), NEW) if before is None else _step(table, before, after)
    counters = [
        Update(table, inbox_key(inbox), f"COUNT#{name}", Change(add={"entries": change}))
        for (inbox, name), change in sorted(count_changes(before, after).items())
    ]
    return [written, *counters]


def label_part(table: str, document: Document) -> Part:
    """The document's labels in its entry. No step of the entry: whoever is working on it is not held up."""
    stored = adapter(Document).dump_python(document, mode="json")
    return Update(
        table, *entry_key(document.document_id), Change(assign={name: stored[name] for name in _LABELS}), EXISTS
    )


def _step(table: str, before: InboxEntry, after: InboxEntry) -> Part:
    """Only where it stands: its labels may change meanwhile."""
    stored = adapter(InboxEntry).dump_python(after, mode="json")
    lists = entry_lists(after)
    change = Change(
        assign={name: stored[name] for name in _PLACE} | lists,
        remove=tuple(name for name in _LISTS if name not in lists),
    )
    return Update(table, *entry_key(after.document_id), change, Attr("version").eq(before.version))
