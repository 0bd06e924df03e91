"""What a run notes about each entry it changes: all rows it touched as they were, so that they can be put back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sozialakte.register.stored_history import Key, last_write
from sozialakte.runtime.items import Item, MalformedItemError, text

NOTE = "row#"


def notes_of(run: str) -> str:
    """Partition of a run's notes."""
    return f"run#{run}"


def note_of(run: str, before: Mapping[Key, Item | None], after: Item) -> Item:
    """The note. ``before``: the rows touched as they were, None where there was none; the main row first."""
    key = next(iter(before))
    rows = [{"pk": pk, "sk": sk, "row": row} for (pk, sk), row in before.items()]
    wrote = last_write(after).version
    return {"pk": notes_of(run), "sk": f"{NOTE}{key[0]}|{key[1]}", "before": rows, "wrote": wrote}


def noted(note: Item) -> Iterator[tuple[Key, Item | None]]:
    """The rows of a note as they were, the main row first."""
    rows = note.get("before")
    if not isinstance(rows, list):
        raise MalformedItemError("a note without rows")
    for row in rows:
        yield (text(row, "pk"), text(row, "sk")), row["row"]
