"""The daily seal: a chain of SHA-256 over a day's entries in order, bound to the seal of the day before. Pure.

    digest of an entry   sha256(canonical JSON of all its attributes but the keys)
    link 0               sha256(canonical JSON of the day and the previous day's seal)
    link n               sha256(link n-1, key and digest of entry n)
    seal                 sha256(canonical JSON of day, count, the last link (head), previous seal)

Canonical JSON: keys sorted, no blanks, ASCII. Attributes come typed, as DynamoDB writes them (``{"S": "x"}``): a number
that became a text is a change.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import zip_longest

GENESIS = "0" * 64
"""What the first day is bound to."""
FIRST_DAY = date(2026, 1, 1)
"""Nothing is older than the project: where the proof begins, and no entry lies before it."""


@dataclass(frozen=True)
class Line:
    """An entry in the list of a sealed day: its key (time and id) and the digest of its content."""

    key: str
    digest: str


@dataclass(frozen=True)
class DaySeal:
    """The seal of a UTC day: so many entries, the last link of their chain, bound to the seal of the day before."""

    day: date
    count: int
    head: str
    previous: str
    seal: str


@dataclass(frozen=True)
class Fault:
    """The first thing that is wrong: ``code`` is a text of the catalogue, ``entry`` the key of the bad entry."""

    code: str
    day: date
    entry: str | None = None


def line_of(key: str, attributes: Mapping[str, object]) -> Line:
    """An entry's line; ``attributes`` are typed, without the table's keys."""
    return Line(key, _hash(attributes))


def seal_of(day: date, previous: str, lines: Iterable[Line]) -> DaySeal:
    """The seal over these lines, which come in order of their keys."""
    head, count = _hash({"day": day.isoformat(), "previous": previous}), 0
    for line in lines:
        head = sha256(f"{head}\n{line.key}\n{line.digest}".encode()).hexdigest()
        count += 1
    return DaySeal(day, count, head, previous, _hash(_sealed(day, count, head, previous)))


def fault_of_seal(seal: DaySeal, before: DaySeal | None, listed: Sequence[Line] | None) -> Fault | None:
    """What is wrong with a seal, with its place behind the one before, or with the list it stands for.

    ``before`` None: nothing is known of the day before (it is the first one looked at).
    """
    if seal.seal != _hash(_sealed(seal.day, seal.count, seal.head, seal.previous)):
        return Fault("audit.seal_changed", seal.day)
    if before and before.day + timedelta(days=1) != seal.day:
        return Fault("audit.seal_missing", before.day + timedelta(days=1))
    if before and before.seal != seal.previous:
        return Fault("audit.chain_broken", seal.day)
    if listed is None:
        return Fault("audit.list_missing", seal.day)
    return None if seal_of(seal.day, seal.previous, listed) == seal else Fault("audit.list_changed", seal.day)


def fault_of_entries(day: date, listed: Sequence[Line], found: Iterable[Line]) -> Fault | None:
    """The first entry of the day that is not as it was sealed; both come in order of their keys."""
    lines = list(found)
    for was, now in zip_longest(listed, lines):
        if was != now:
            return _first_fault(day, was, now, _Known(listed, lines))
    return None


@dataclass(frozen=True)
class _Known:
    """Both lists: whether a content that is out of place has its place elsewhere."""

    listed: Sequence[Line]
    found: Sequence[Line]

    def was_sealed(self, line: Line) -> bool:
        return any(line.digest == other.digest for other in self.listed)

    def is_there(self, line: Line) -> bool:
        return any(line.digest == other.digest for other in self.found)


def _first_fault(day: date, was: Line | None, now: Line | None, known: _Known) -> Fault:
    """Keys are in order: the smaller one of the two is the entry that is wrong here."""
    if was and (now is None or was.key < now.key):
        return Fault("audit.reordered" if known.is_there(was) else "audit.removed", day, was.key)
    if now and (was is None or now.key < was.key):
        return Fault("audit.reordered" if known.was_sealed(now) else "audit.inserted", day, now.key)
    here = now or was
    moved = now is not None and known.was_sealed(now)
    return Fault("audit.reordered" if moved else "audit.changed", day, here.key if here else None)


def _sealed(day: date, count: int, head: str, previous: str) -> Mapping[str, object]:
    return {"day": day.isoformat(), "count": count, "head": head, "previous": previous}


def _hash(content: Mapping[str, object]) -> str:
    written = json.dumps(content, sort_keys=True, separators=(",", ":"), default=_plain)
    return sha256(written.encode()).hexdigest()


def _plain(value: object) -> str:
    """Bytes, which no entry of ours has: somebody else's hand."""
    if isinstance(value, bytes | bytearray):
        return value.hex()
    raise TypeError(f"no attribute of DynamoDB: {type(value).__name__}")
