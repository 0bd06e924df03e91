"""What DynamoDB refuses and moto takes: a number or a list where an index has a text for its key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from moto.backends import get_backend


def refused_rows(account: str, region: str, indexes: Mapping[str, Iterable[tuple[str, ...]]]) -> list[str]:
    """Table, row and attribute of each key of an index that is no text."""
    tables = get_backend("dynamodb")[account][region].tables
    return [
        f"{name} {item.attrs['pk'].value} {key}"
        for name, found in indexes.items()
        for item in (tables[name].all_items() if name in tables else ())
        for key in sorted({key for _, *keys in found for key in keys})
        if key in item.attrs and item.attrs[key].type != "S"
    ]
