"""Whether a name that was read is a person's name, and the keys under which a person is found by name. Pure.

A key stands for a family name, or a part of one, with the first given name, both blurred: everything that may be the
same name has the same key. What was found by a key is then judged by `fit_of_name`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from sozialakte.register.model import Person
from sozialakte.shared.names import blur, foldings

MAX_PARTS = 3
"""So many parts of a family name have their own key: "da Silva Santos Lopes" has three."""
_PARTICLES = frozenset(
    blur("al bin d da dal de degli dei del della den der des di do dos du e el la le les ten ter und van vom von y zu")
    .split()
)  # fmt: skip


@dataclass(frozen=True)
class NameAsked:
    """A name as it was read, with the mistakes of the scan. Which one is the family name is the reader's guess."""

    family_name: str
    given_names: str


class NameFit(StrEnum):
    """How exactly a name fits, best first.

    EXACT: umlauts, accents, hyphens and capitals do not count. MISREAD: only after folding what scanners take for one
    another. PART: a part of a double name (Müller for Müller-Meier, and the reverse), or further given names differ.
    """

    EXACT = "exact"
    MISREAD = "misread"
    PART = "part"


@dataclass(frozen=True)
class NameMatch:
    """Somebody whose name fits; ``former``: a former family name does."""

    person: Person
    fit: NameFit
    former: bool


def fit_of_name(asked: NameAsked, person: Person) -> NameMatch | None:
    """How the name fits the person, the current family name before former ones if equally well; None if it does not."""
    matches = list(_matches(asked, person))
    return min(matches, key=rank) if matches else None


def rank(match: NameMatch) -> tuple[int, bool]:
    """Smaller is better."""
    return list(NameFit).index(match.fit), match.former


def keys_of_person(person: Person) -> tuple[str, ...]:
    """All keys under which the person is found, sorted."""
    families = (person.family_name, *person.former_family_names)
    keys = {key for family in families for key in _keys(_forms(family), person.given_names)}
    return tuple(sorted(keys))


def keys_asked(asked: NameAsked) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys of the whole name, and those of the parts of a double name: for when nobody has the whole one."""
    whole, *parts = _forms(asked.family_name)
    return tuple(_keys([whole], asked.given_names)), tuple(_keys(parts, asked.given_names))


def _keys(families: list[str], given_names: str) -> Iterator[str]:
    """Hashed, because trails of calls copy keys: no secret, but nobody reads names in passing."""
    for family in filter(None, families):
        for given in sorted(_first_names(blur(given_names).split())):
            yield sha256(f"{family} {given}".encode()).hexdigest()[:32]


def _forms(family_name: str) -> list[str]:
    """The blurred family name in one word, then the parts of a double name as far as they have keys."""
    words = blur(family_name).split()
    parts = _parts(words) if len(words) > 1 else []
    return ["".join(words), *parts[:MAX_PARTS]]


def _parts(words: list[str]) -> list[str]:
    return [word for word in words if word not in _PARTICLES] or words


def _first_names(given: list[str]) -> set[str]:
    """Hans-Peter is called Hans, or is the Hanspeter of another list."""
    return {given[0], "".join(given[:2])} if given else set()


def _matches(asked: NameAsked, person: Person) -> Iterator[NameMatch]:
    given = _fit_of_given(asked.given_names, person.given_names)
    if given is None:
        return
    for index, family_name in enumerate((person.family_name, *person.former_family_names)):
        family = _fit_of_family(asked.family_name, family_name)
        if family is not None:
            yield NameMatch(person, max(given, family, key=list(NameFit).index), former=index > 0)


def _fit_of_family(asked: str, known: str) -> NameFit | None:
    if any("".join(one.split()) == "".join(other.split()) != "" for one, other in _spelt(asked, known)):
        return NameFit.EXACT
    ours, theirs = blur(asked).split(), blur(known).split()
    if not ours or not theirs:
        return None
    if "".join(ours) == "".join(theirs):
        return NameFit.MISREAD
    fewer, more = sorted((set(_parts(ours)), set(_parts(theirs))), key=len)
    return NameFit.PART if fewer <= more else None


def _fit_of_given(asked: str, known: str) -> NameFit | None:
    fits = [_fit_of_words(one.split(), other.split()) for one, other in _spelt(asked, known)]
    if NameFit.EXACT in fits:
        return NameFit.EXACT
    blurred = _fit_of_words(blur(asked).split(), blur(known).split())
    return NameFit.MISREAD if blurred is NameFit.EXACT else blurred


def _fit_of_words(ours: list[str], theirs: list[str]) -> NameFit | None:
    if not _first_names(ours) & _first_names(theirs):
        return None
    return NameFit.EXACT if "".join(ours) == "".join(theirs) or _agree(ours[1:], theirs[1:]) else NameFit.PART


def _agree(ours: list[str], theirs: list[str]) -> bool:
    """Further given names: those of the shorter list stand in the longer one, perhaps as initials."""
    fewer, more = sorted((ours, theirs), key=len)
    return all(any(_same_or_initial(one, other) for other in more) for one in fewer)


def _same_or_initial(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return shorter == longer or (len(shorter) == 1 and longer.startswith(shorter))


def _spelt(asked: str, known: str) -> Iterator[tuple[str, str]]:
    """Both names in either spelling of umlauts."""
    return zip(foldings(asked), foldings(known), strict=True)
