"""How many units DynamoDB counts for a call (on demand), computed from the sizes of the items.

moto answers no consumed capacity that depends on sizes, so we follow Amazon's own description (of 2026-11-21) in the
DynamoDB Developer Guide, "DynamoDB item sizes and formats" and "DynamoDB read and write operations":
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from math import ceil

Attributes = Mapping[str, Mapping[str, object]]
"""An item as it travels: ``{"pk": {"S": "..."}}``."""

READ_BLOCK, WRITE_BLOCK = 4096, 1024  # bytes of a unit
TRANSACTED = 2  # everything in a transaction counts twice
EVENTUALLY = 0.5  # of a consistent read


def item_size(item: Attributes) -> int:
    """Bytes of the item: names and values."""
    return sum(len(name.encode()) + _value_size(value) for name, value in item.items())


def read_units(sizes: Sequence[int], *, consistent: bool) -> float:
    """Units for one look at items that lie side by side (a query), or at one; finding nothing counts as one block."""
    return max(1, ceil(sum(sizes) / READ_BLOCK)) * (1 if consistent else EVENTUALLY)


def write_units(before: Attributes | None, after: Attributes | None, indexes: Iterable[Sequence[str]] = ()) -> float:
    """Units for one write: the larger of the item's two states, and each index that changes with it.

    ``indexes`` are the key attributes of each index; all of ours hold whole items. A refused write costs as much as the
    item that is there (``before`` and ``after`` are the same).
    """
    table = _blocks(max(_size(before), _size(after)))
    return table + sum(_index_units(before, after, keys) for keys in indexes)


def _index_units(before: Attributes | None, after: Attributes | None, keys: Sequence[str]) -> int:
    """An item is in an index when it has its keys; with other keys than before it is taken out and put in again."""
    old, new = _projected(before, keys), _projected(after, keys)
    if old == new:
        return 0
    if old and new and _keys(old, keys) == _keys(new, keys):
        return _blocks(max(item_size(old), item_size(new)))
    return sum(_blocks(item_size(each)) for each in (old, new) if each)


def _projected(item: Attributes | None, keys: Sequence[str]) -> Attributes | None:
    return item if item and all(key in item for key in keys) else None


def _keys(item: Attributes, keys: Sequence[str]) -> list[object]:
    return [item[key] for key in keys]


def _size(item: Attributes | None) -> int:
    return item_size(item) if item else 0


def _blocks(size: int) -> int:
    return max(1, ceil(size / WRITE_BLOCK))


def _value_size(value: Mapping[str, object]) -> int:
    ((kind, stored),) = value.items()
    match stored:
        case Mapping():
            return 3 + sum(len(str(name).encode()) + 1 + _value_size(entry) for name, entry in stored.items())
        case list() if kind == "L":
            return 3 + sum(1 + _value_size(entry) for entry in stored)
        case list():  # a set: "SS", "NS", "BS"
            return sum(_value_size({kind[0]: entry}) for entry in stored)
        case str() if kind == "N":
            return _number_size(stored)
        case str() | bytes():
            return len(stored.encode() if isinstance(stored, str) else stored)
    return 1  # a truth value or nothing


def _number_size(number: str) -> int:
    digits = Decimal(number).normalize().as_tuple()
    return ceil(len(digits.digits) / 2) + 1 + digits.sign
