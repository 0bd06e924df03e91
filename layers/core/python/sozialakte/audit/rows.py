"""The rows of the entries, both ways. Only what has the form we write is an entry: the seals prove nothing else."""

from __future__ import annotations

import re
from datetime import UTC, date

from pydantic import ValidationError

from sozialakte.audit.chain import FIRST_DAY
from sozialakte.audit.model import AuditEntry
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.dynamo import Item
from sozialakte.runtime.logging import logger

_DAY = re.compile(r"DAY#(\d{4}-\d{2}-\d{2})", re.ASCII)
_KEYS = frozenset({"pk", "sk"})


def day_key(day: date) -> str:
    """Partition of the entries of a UTC day."""
    return f"DAY#{day.isoformat()}"


def item_of(entry: AuditEntry, day: date) -> Item:
    """The row of an entry; ``day`` is its own, or a later one if that is closed."""
    keys = {"pk": day_key(day), "sk": _sort_key(entry)}
    return {**keys, **adapter(AuditEntry).dump_python(entry, mode="json", exclude_none=True)}


def find_entry(item: Item) -> AuditEntry | None:
    """The entry in a row; None if we never write such a row: other attributes, another key, a day no seal covers."""
    content = {name: value for name, value in item.items() if name not in _KEYS}
    try:
        entry = adapter(AuditEntry).validate_python({"part": None, "role": None} | content)
    except ValidationError:
        entry = None
    if entry and _lies_where_we_write(entry, str(item["pk"]), str(item["sk"])):
        return entry
    logger.warning("audit_row_is_no_entry", pk=str(item["pk"]), sk=str(item["sk"]))
    return None


def _lies_where_we_write(entry: AuditEntry, pk: str, sk: str) -> bool:
    day = _day_of(pk)
    return day is not None and sk == _sort_key(entry) and day >= max(FIRST_DAY, entry.at.astimezone(UTC).date())


def _day_of(pk: str) -> date | None:
    found = _DAY.fullmatch(pk)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:  # no day of the calendar
        return None


def _sort_key(entry: AuditEntry) -> str:
    # always with microseconds, or whole seconds would sort after their fractions
    return f"{entry.at.astimezone(UTC).isoformat(timespec='microseconds')}#{entry.entry_id}"
