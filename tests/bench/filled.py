"""Full tables: a stage in which so many documents were filed before.

The rows of letters that went through the real functions are copied into other partitions, and every hundredth into the
same dossier, inbox and the like, straight into moto's memory: written one by one they would take an hour.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from typing import Any

from moto.backends import get_backend
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict
from moto.dynamodb.models.table import Table

from tests.aws import ACCOUNT, DOSSIERS, INDEXES, INTAKE, REGION, REGISTER
from tests.quick_moto import partitions_of

DOCUMENTS_A_DOSSIER = 5
_NEAR = 100  # one copy in so many, and at least one, lies in the partition of the original
_GROWING = frozenset({"document", "inbox_entry", "lesson", "move", "note", "task"})
"""Rows whose partition, or whose list in an index, grows with the documents: of a dossier, an inbox, a sender."""


@dataclass(frozen=True)
class Stock:
    """The rows to be copied, by table: what filing some letters leaves, and a register."""

    rows: dict[str, list[Item]]
    letters: int
    dossiers: int


def stock(letters: int, dossiers: int) -> Stock:
    """What lies in the tables now, after so many letters were filed in a register of so many dossiers."""
    return Stock({name: _table(name).all_items() for name in (INTAKE, DOSSIERS, REGISTER)}, letters, dossiers)


@contextmanager
def filled(shelf: Stock, documents: int) -> Iterator[None]:
    """The tables as if so many documents had been filed before."""
    copies = {
        INTAKE: documents // shelf.letters,
        DOSSIERS: documents // shelf.letters,
        REGISTER: documents // DOCUMENTS_A_DOSSIER // shelf.dossiers,
    }
    gc.disable()  # half a million small objects, none of them garbage
    for name, times in copies.items():
        _fill(_table(name), shelf.rows[name], times)
    gc.freeze()
    gc.enable()
    yield
    gc.unfreeze()


@contextmanager
def crowded(shelf: Stock, times: int) -> Iterator[None]:
    """The tables with so many times the rows: as many in the same dossier and inbox, and as many dossiers beside."""
    for name, rows in shelf.rows.items():
        _fill(_table(name), rows, times, near=1)
    yield


def _fill(table: Table, rows: Iterable[Item], times: int, near: int = _NEAR) -> None:
    """Every ``near``-th copy of a row that grows lies beside it."""
    still: dict[DynamoType, Any] = defaultdict(dict)
    partitions = partitions_of(table)
    for row in rows:
        beside = max(1, times // near) if _entity(row) in _GROWING else 0
        for number in range(times):
            near_by = number < beside
            filler = _copy(row, f"~{number}", INDEXES[table.name], near=near_by)
            (partitions if near_by else still)[filler.hash_key][filler.range_key] = filler
    partitions.still = still


def _copy(row: Item, suffix: str, indexes: Iterable[tuple[str, ...]], *, near: bool) -> Item:
    """Another row with the same values. Beside the original, in its partition and its lists, it differs in its sort
    key, else in all partition keys.
    """
    filler = copy(row)
    filler.attrs = LimitedSizeDict()
    dict.update(filler.attrs, row.attrs)  # around the check of the size, which was passed before
    for name in ["sk"] if near else ["pk", *(keys[1] for keys in indexes if keys[1] in row.attrs)]:
        dict.__setitem__(filler.attrs, name, DynamoType({"S": row.attrs[name].value + suffix}))
    filler.hash_key, filler.range_key = filler.attrs["pk"], filler.attrs["sk"]
    return filler


def _entity(row: Item) -> str:
    return str(row.attrs["entity"].value) if "entity" in row.attrs else ""


def _table(name: str) -> Table:
    return get_backend("dynamodb")[ACCOUNT][REGION].tables[name]
