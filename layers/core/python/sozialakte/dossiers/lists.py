"""Lists people page through: an index gives a page of keys, then the rows are read as they are now.

So a list never shows what has changed or gone since, at two calls whatever the table holds. The indexes carry keys and
what is filtered by, nothing else: a filter reads some 300 bytes a document.
"""

from __future__ import annotations

from dataclasses import dataclass

from sozialakte.runtime.dynamo import Item, Query, Table

BY_LIST, BY_REGISTER, BY_URGENCY = "by_list", "by_register", "by_urgency"
MOST_SIFTED = 2000
"""So many documents are looked through for one page of a filtered list; a page may be short, ``next`` goes on."""


@dataclass(frozen=True)
class ListPage:
    """The rows of a page in the order of the list, and the cursor of the next."""

    rows: tuple[Item, ...]
    next_cursor: str | None


def read_list(table: Table, query: Query, limit: int, cursor: str | None, key: tuple[str, str]) -> ListPage:
    """A page of the list ``key`` (name and value of the index's partition). Raises `InvalidCursorError`."""
    read = (
        table.sift_page(query, limit, MOST_SIFTED, cursor) if query.matching else table.query_page(query, limit, cursor)
    )
    keys = [(str(line["pk"]), str(line["sk"])) for line in read.items]
    rows = {(str(row["pk"]), str(row["sk"])): row for row in table.get_many(keys, consistent=True)}
    name, value = key
    return ListPage(tuple(rows[one] for one in keys if one in rows and rows[one].get(name) == value), read.next_cursor)
