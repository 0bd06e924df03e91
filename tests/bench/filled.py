"""Full tables: a stage in which so many documents were filed before.

The rows of letters that went through the real functions are copied into other partitions, and every hundredth into the
same dossier, inbox and the like, straight into moto's memory: written one by one they would take an hour.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from typing import Any

from moto.backends import get_backend
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict
from moto.dynamodb.models.table import Table

from tests.aws import ACCOUNT, AUDIT, DOSSIERS, INDEXES, INTAKE, PARTNERS, PAYMENTS, REGION, REGISTER
from tests.quick_moto import partitions_of

DOCUMENTS_A_DOSSIER = 5
_NEAR = 100  # one copy in so many, and at least one, lies in the partition of the original
_GROWING = frozenset({"document", "inbox_entry", "lesson", "move", "note", "task"})
"""Rows whose partition, or whose list in an index, grows with the documents: of a dossier, an inbox, a sender."""
_LISTED = ("DAY#", "DOSSIER#", "BATCH#", "BUNDLE#", "NOTES#", "RECEIPT#", "RESCAN#", "UPLOAD#", "glass#")
"""Partitions of what some route lists, beside the entries of inboxes."""


_A_BILL = {
    "invoice": 1.0,
    "journal_entry": 1.0,
    "booked_voucher": 1.0,
    "money": 0.1,
    "claim": 0.1,
    "payment_run": 0.003,
    "bank_file": 0.01,
    "bank_payment": 0.01,
    "bank_batch": 0.01,
}
"""How many rows of a kind there are for each bill: one credit or claim for ten, three runs a day, and for one in
a hundred something in the words of the bank that a person looks at.
"""


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
        beside = max(1, times // _NEAR)
        _fill(_table(name), [(row, beside if _entity(row) in _GROWING else 0, times) for row in shelf.rows[name]])
    gc.freeze()
    gc.enable()
    yield
    gc.unfreeze()


@contextmanager
def crowded(beside: int, elsewhere: int) -> Iterator[None]:
    """The tables as they are, with copies of each row: of what routes list so many in the same list, of all else in
    partitions of their own.
    """
    gc.disable()
    for name in (INTAKE, DOSSIERS, REGISTER, PARTNERS, AUDIT):
        rows = _table(name).all_items()
        _fill(_table(name), [(row, *((beside, beside) if _listed(row) else (0, elsewhere))) for row in rows])
    gc.freeze()  # or a route would be billed for looking through the tables for garbage
    gc.enable()
    yield
    gc.unfreeze()


@contextmanager
def many_invoices(bills: int) -> Iterator[None]:
    """So many copies of the invoices and what was booked of them, with money, claims and runs to match; all in the
    lists of the one they copy: by dossier, creditor, state, month...
    """
    table = _table(PAYMENTS)
    rows = table.all_items()
    alike = Counter(_entity(row) for row in rows)
    gc.disable()
    times = {entity: int(bills * share) // alike[entity] for entity, share in _A_BILL.items() if alike[entity]}
    _fill(table, [(row, times[_entity(row)], times[_entity(row)]) for row in rows if _entity(row) in times])
    gc.freeze()
    gc.enable()
    yield
    gc.unfreeze()


def _listed(row: Item) -> bool:
    return str(row.attrs["pk"].value).startswith(_LISTED) or _entity(row) in _GROWING


def _fill(table: Table, rows: Iterable[tuple[Item, int, int]]) -> None:
    """Copies of rows: so many beside the row, so many in all."""
    still: dict[DynamoType, Any] = defaultdict(dict)
    partitions = partitions_of(table)
    for row, beside, times in rows:
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
