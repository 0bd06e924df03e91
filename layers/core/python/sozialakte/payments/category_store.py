"""The category list in the payments table.

| to find | how |
|---|---|
| the list that holds | get ``CATEGORIES`` / ``CURRENT`` |
| a list of before | get ``CATEGORIES`` / ``WAS#<version>`` |

A list is one row: it is replaced as a whole, by one write that names the version it replaces. The longest list we know
has 45 categories (12 KB of the 400 KB a row may have).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sozialakte.payments.categories import CategoryList
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.dynamo import NEW, Attr, ConditionFailedError, Put, Table, transact

FRESH_FOR = timedelta(minutes=5)
"""So long a function goes on with the list it has read."""
_PARTITION, _CURRENT = "CATEGORIES", "CURRENT"
_read: dict[str, tuple[datetime, CategoryList]] = {}


class CategoriesChangedError(Exception):
    """Somebody else imported a list meanwhile."""


@dataclass(frozen=True)
class CategoryStore:
    """The category list of a service in its payments table."""

    table: str

    def get(self) -> CategoryList:
        """The list that holds; an empty one before the first import."""
        item = Table(self.table).get(_PARTITION, _CURRENT, consistent=True)
        return _list_of(item) if item else CategoryList()

    def as_of(self, now: datetime) -> CategoryList:
        """The list as this function read it within the last `FRESH_FOR`, else as it is."""
        at, known = _read.get(self.table, (None, CategoryList()))
        if at is None or not known.categories or not at <= now < at + FRESH_FOR:
            known = self.get()
            _read[self.table] = (now, known)
        return known

    def replace(self, before: CategoryList, after: CategoryList, by: str, at: datetime) -> CategoryList:
        """``after`` takes the place of ``before``, which is kept. Raises `CategoriesChangedError`."""
        numbered = replace(after, version=before.version + 1)
        stored = adapter(CategoryList).dump_python(numbered, mode="json", exclude_none=True)
        facts = {**stored, "entity": "categories", "imported_by": by, "imported_at": at.isoformat()}
        when = Attr("version").eq(before.version) if before.version else NEW
        try:
            transact(
                [
                    Put(self.table, {**facts, "pk": _PARTITION, "sk": _CURRENT}, when),
                    Put(self.table, {**facts, "pk": _PARTITION, "sk": f"WAS#{numbered.version:06d}"}),
                ]
            )
        except ConditionFailedError as error:
            raise CategoriesChangedError from error
        return numbered


def _list_of(item: Mapping[str, object]) -> CategoryList:
    return adapter(CategoryList).validate_python({name: item[name] for name in ("categories", "version")})
