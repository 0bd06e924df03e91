"""The audit in DynamoDB: entries are added, never changed.

| to find | how |
|---|---|
| the entries of a day, in order of time | query ``DAY#<UTC date>``, ``<UTC time>#<entry_id>`` |
| who saw a subject, newest first | index ``by_subject``: ``subject`` / ``sk`` |
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from botocore.exceptions import BotoCoreError, ClientError

from sozialakte.audit.model import AuditEntry
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.dynamo import AlreadyExistsError, Item, Key, Query, Table
from sozialakte.shared.attempts import AttemptNotRecordedError


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
        try:
            self._table.put_new(_item(entry))
        except AlreadyExistsError:
            return
        except (ClientError, BotoCoreError) as error:
            raise AttemptNotRecordedError(entry.entry_id) from error

    def entries_of_day(self, day: date, limit: int, cursor: str | None = None) -> AuditPage:
        """Entries of a UTC day in order of time."""
        return self._page(Query(Key("pk").eq(f"DAY#{day.isoformat()}")), limit, cursor)

    def entries_about(self, subject: str, limit: int, cursor: str | None = None) -> AuditPage:
        """Entries about a subject, newest first."""
        return self._page(Query(Key("subject").eq(subject), index="by_subject", newest_first=True), limit, cursor)

    def _page(self, query: Query, limit: int, cursor: str | None) -> AuditPage:
        page = self._table.query_page(query, limit, cursor)
        return AuditPage(tuple(map(_entry_of, page.items)), page.next_cursor)


def _item(entry: AuditEntry) -> Item:
    at = entry.at.astimezone(UTC)
    keys = {"pk": f"DAY#{at.date().isoformat()}", "sk": f"{_sortable(at)}#{entry.entry_id}"}
    return {**keys, **adapter(AuditEntry).dump_python(entry, mode="json", exclude_none=True)}


def _sortable(at: datetime) -> str:
    # always with microseconds, or whole seconds would sort after their fractions
    return at.isoformat(timespec="microseconds")


def _entry_of(item: Item) -> AuditEntry:
    return adapter(AuditEntry).validate_python(
        {"part": None, "role": None} | {k: v for k, v in item.items() if k not in {"pk", "sk"}}
    )
