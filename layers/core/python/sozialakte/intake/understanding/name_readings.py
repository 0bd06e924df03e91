"""A name as it was read, and which of its words may be the family name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

PARTICLES = frozenset(
    {"von", "van", "vom", "de", "da", "di", "del", "della", "dos", "do", "du", "la", "le", "el", "al"}
)
"""Words in small letters inside a name."""


@dataclass(frozen=True)
class PersonName:
    """A name as written. ``given`` may be an initial, or empty where only the family name stands."""

    family: str
    given: str


def read_name(words: Sequence[str], *, family_first: bool = False) -> tuple[PersonName, ...]:
    """The readings of a name: MÜLLER Anna says which is the family name, of Anna Maria Müller nobody knows."""
    capitals = [word for word in words if word.isupper() and len(word.rstrip(".")) > 1]
    if 0 < len(capitals) < len(words):
        return (PersonName(" ".join(capitals), " ".join(word for word in words if word not in capitals)),)
    if len(words) < 2:
        return (PersonName(" ".join(words), ""),)
    last = next(at for at in range(len(words) - 1, -1, -1) if not at or words[at - 1] not in PARTICLES)
    first = next(at + 1 for at, word in enumerate(words) if word not in PARTICLES)
    natural = [(words[last:], words[:last]), (words[last - 1 :], words[: last - 1])]
    reversed_ = [(words[:first], words[first:]), (words[: first + 1], words[first + 1 :])]
    pairs = (*reversed_, *natural) if family_first else (natural[0], reversed_[0], natural[1], reversed_[1])
    readings = (PersonName(" ".join(family), " ".join(given)) for family, given in pairs if family and given)
    return tuple(dict.fromkeys(readings))
