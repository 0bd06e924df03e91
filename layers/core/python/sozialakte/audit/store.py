"""The audit in DynamoDB: entries are added, never changed.

| to find | how |
|---|---|
| the entries of a day, in order of time | query ``DAY#<UTC date>``, ``<UTC time>#<entry_id>`` |
| who saw a subject, newest first | index ``by_subject``: ``subject`` / ``sk`` |
| whether a day is closed | ``FENCE#<UTC date>``, first digit of the entry's id |
| the seals, in order of their days | query ``SEALS``, ``<UTC date>`` |

An entry is added in one transaction with the condition that its day is not closed; into a closed day nothing comes any
more, what is late goes into the next open one. Sixteen fences a day, or transactions at the same moment would meet at
one and wait for each other. A day is sealed only after all its fences stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, timedelta

from botocore.exceptions import BotoCoreError, ClientError

from sozialakte.audit.chain import DaySeal, Line, line_of
from sozialakte.audit.model import AuditEntry
from sozialakte.audit.rows import day_key, find_entry, item_of
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.dynamo import (
    NEW,
    AlreadyExistsError,
    Check,
    ConditionFailedError,
    Item,
    Key,
    Put,
    Query,
    Table,
    WriteConflictError,
    transact,
)
from sozialakte.runtime.items import to_attributes
from sozialakte.shared.attempts import AttemptNotRecordedError

_FENCES = "0123456789abcdef"  # an entry's id begins with one of them
_SEALS = "SEALS"


@dataclass(frozen=True)
class AuditPage:
    """A page of entries and the cursor of the next."""

    entries: tuple[AuditEntry, ...]
    next_cursor: str | None


class AuditStore:
    """The audit table."""

    def __init__(self, table: str) -> None:
        self._table = Table(table)

    def record(self, entry: AuditEntry) -> None:
        """Add the entry; the same entry again stays one. Raises `AttemptNotRecordedError` if it cannot be written."""
        day = entry.at.astimezone(UTC).date()
        try:
            while not self._is_recorded(entry, day):
                day += timedelta(days=1)
        except (ClientError, BotoCoreError, WriteConflictError) as error:
            raise AttemptNotRecordedError(entry.entry_id) from error

    def _is_recorded(self, entry: AuditEntry, day: date) -> bool:
        """Add the entry to the day, unless it is there; False if the day is closed."""
        name = self._table.name
        fence = Check(name, _fence_of(day), entry.entry_id[0], NEW)
        try:
            transact([Put(name, item_of(entry, day), NEW), fence])
        except ConditionFailedError as error:
            return error.index == 0
        return True

    def close(self, day: date) -> None:
        """Let nothing more into the day; doing it twice is doing it once. Raises `WriteConflictError`."""
        transact([Put(self._table.name, {"pk": _fence_of(day), "sk": number}) for number in _FENCES])

    def lines_of_day(self, day: date) -> Iterator[Line]:
        """The entries of a UTC day in order, as the chain sees them: all attributes, whoever wrote them."""
        where = Key("pk").eq(day_key(day))
        for item in self._table.query(Query(where, consistent=True)):
            content = {name: value for name, value in item.items() if name not in {"pk", "sk"}}
            yield line_of(str(item["sk"]), to_attributes(content))

    def first_key_of_day(self, day: date) -> str | None:
        """The key of the first row of a UTC day, whoever wrote it; None if nothing was written on it."""
        found = self._table.query_page(Query(Key("pk").eq(day_key(day)), consistent=True), limit=1).items
        return str(found[0]["sk"]) if found else None

    def add_seal(self, seal: DaySeal) -> DaySeal:
        """Write the seal of a day; the one that stands, if another process was quicker."""
        stored = adapter(DaySeal).dump_python(seal, mode="json")
        try:
            self._table.put_new({"pk": _SEALS, "sk": seal.day.isoformat(), **stored})
        except AlreadyExistsError as error:
            return _seal_of(error.existing or {})
        return seal

    def last_seal(self) -> DaySeal | None:
        """The seal of the last day that has one."""
        query = Query(Key("pk").eq(_SEALS), newest_first=True, consistent=True)
        found = self._table.query_page(query, limit=1).items
        return _seal_of(found[0]) if found else None

    def seals(self, first: date, last: date) -> Iterator[DaySeal]:
        """The seals of these days, both included, in order."""
        where = Key("pk").eq(_SEALS) & Key("sk").between(first.isoformat(), last.isoformat())
        return map(_seal_of, self._table.query(Query(where, consistent=True)))

    def entries_of_day(self, day: date, limit: int, cursor: str | None = None) -> AuditPage:
        """Entries of a UTC day in order of time."""
        return self._page(Query(Key("pk").eq(day_key(day))), limit, cursor)

    def entries_about(self, subject: str, limit: int, cursor: str | None = None) -> AuditPage:
        """Entries about a subject, newest first; a row that has not the form we write is none."""
        return self._page(Query(Key("subject").eq(subject), index="by_subject", newest_first=True), limit, cursor)

    def _page(self, query: Query, limit: int, cursor: str | None) -> AuditPage:
        page = self._table.query_page(query, limit, cursor)
        return AuditPage(tuple(entry for entry in map(find_entry, page.items) if entry), page.next_cursor)


def _fence_of(day: date) -> str:
    return f"FENCE#{day.isoformat()}"


def _seal_of(item: Item) -> DaySeal:
    return adapter(DaySeal).validate_python({name: item[name] for name in DaySeal.__dataclass_fields__})
