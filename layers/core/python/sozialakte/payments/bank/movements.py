"""How often money of a payment moved, from what tells of it. Pure.

A bank tells a movement in several messages. Its own number is the same movement, whatever day stands beside it. Some
banks number a statement otherwise than a notification: numbers are compared within a kind of message alone, and across
kinds a day and an amount are as many movements as the kind has that tells the most. What has no number is one of those
with its day and amount, if there is one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sozialakte.payments.iso20022.bank_message import MessageKind

_NUMBERED = "t:"
_KINDS = frozenset(map(str, MessageKind))


@dataclass(frozen=True)
class Movement:
    """Money of one day and amount that went or came, ``count`` times; ``why`` in the bank's words.

    ``keys``: what told of it (`telling_key`).
    """

    on: date | None = None
    amount: Decimal | None = None
    currency: str = ""
    why: str = ""
    keys: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its day and amount."""
        return f"{self.on or '-'}/{self.currency} {self.amount}"

    @property
    def count(self) -> int:
        """How often it happened."""
        return most_numbers(self.keys)

    @property
    def names(self) -> Iterator[str]:
        """A name for each time that it happened; they stay, whatever more is told."""
        for number in range(1, self.count + 1):
            yield self.name if number == 1 else f"{self.name}#{number}"


def telling_key(kind: str, number: str, entry_key: str) -> str:
    """What tells of a movement: the bank's own number in a kind of message if it gave one, else the entry."""
    return f"{_NUMBERED}{kind}:{number}" if number else f"e:{entry_key}"


def most_numbers(keys: Iterable[str]) -> int:
    """How many movements these tell of, at least: the most numbers that one kind of message has, and never none."""
    kinds = Counter(kind for kind, number in map(_numbered, keys) if number)
    return max(kinds.values(), default=1)


def with_telling(known: tuple[Movement, ...], told: Movement) -> tuple[Movement, ...]:
    """With one more telling (the only key of ``told``), in an order that does not depend on that of the telling."""
    (key,) = told.keys
    number = _numbered(key)[1]
    same = next((one for one in known if number and number in {_numbered(of)[1] for of in one.keys}), None)
    alike = same or next((one for one in known if one.name == told.name), None)
    others = (one for one in known if one is not alike)
    joined = replace(alike, keys=tuple(sorted({*alike.keys, key}))) if alike else told
    return tuple(sorted((*others, joined), key=lambda one: one.name))


def _numbered(key: str) -> tuple[str, str]:
    """The kind of message and the number in it; no number, if it has none."""
    if not key.startswith(_NUMBERED):
        return "", ""
    kind, _, number = key.removeprefix(_NUMBERED).partition(":")
    return (kind, number) if kind in _KINDS else ("", key.removeprefix(_NUMBERED))
