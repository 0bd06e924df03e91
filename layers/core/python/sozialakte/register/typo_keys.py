"""Keys under which a person is found by a name typed with a mistake, and how close a name is. Pure.

Of family name and first given name in one word, blurred, a key for the whole and one for each letter left out: two
words with a letter wrong, missing, too many or two exchanged have a key in common (symmetric deletion).
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import permutations

from sozialakte.register.model import Person
from sozialakte.register.person_names import NameAsked, keys_asked, keys_of_person
from sozialakte.shared.names import blur

MOST_KEYS = 45
"""Keys of one person: with those of a former spelling, versions and notes of a run they fit into one transaction."""
MOST_KEYS_ASKED = 100
_MOST_WORDS = 4
_LONGEST = 20  # letters of a name that count
_CLOSE = 0.8  # share of letters in common and in order; one mistake in five letters


def keys_to_find(person: Person) -> tuple[str, ...]:
    """All keys of a person: those of `person_names`, then the whole name, the family name alone, and with mistakes."""
    whole = _whole(person.family_name, person.given_names)
    parts = (person.family_name, *blur(person.family_name).split())
    families = [f"family {blur(part).replace(' ', '')}" for part in parts]
    mistyped = [f"typed {spelt}" for spelt in (whole, *_one_letter_less(whole))]
    keys = [*keys_of_person(person), *map(_hashed, (*families, *mistyped))]
    return tuple(sorted(dict.fromkeys(keys[:MOST_KEYS])))


def keys_sought(name: str) -> tuple[str, ...]:
    """The keys of a name somebody typed, in whatever order, the exact ones first."""
    words = blur(name).split()[:_MOST_WORDS]
    if len(words) == 1:
        return (_hashed(f"family {words[0]}"),)
    exact = [f"typed {spelt}" for spelt in _orders(words)]
    mistyped = [f"typed {less}" for spelt in _orders(words) for less in _one_letter_less(spelt)]
    keys = [*_split_keys(words), *map(_hashed, (*exact, *mistyped))]
    return tuple(dict.fromkeys(keys))[:MOST_KEYS_ASKED]


def closeness(name: str, person: Person) -> float:
    """From 0 to 1 how close the typed name is to the person's, former family names too."""
    words = blur(name).split()[:_MOST_WORDS]
    families = (person.family_name, *person.former_family_names)
    if len(words) == 1:
        return float(any(words[0] in {*blur(family).split(), blur(family).replace(" ", "")} for family in families))
    known = [_whole(family, given) for family in families for given in _given_names(person)]
    return max((SequenceMatcher(None, one, other).ratio() for one in _orders(words) for other in known), default=0.0)


def is_close(name: str, person: Person) -> bool:
    """Whether somebody who typed this may have meant the person."""
    return closeness(name, person) >= _CLOSE


def _given_names(person: Person) -> tuple[str, ...]:
    return (person.given_names, "".join(person.given_names.split()))


def _whole(family_name: str, given_names: str) -> str:
    first = blur(given_names).split()[:1]
    return "".join([*blur(family_name).split(), *first])[:_LONGEST]


def _orders(words: list[str]) -> list[str]:
    """All words from each one on, and every two of them."""
    turned = ["".join([*words[at:], *words[:at]]) for at in range(len(words))]
    pairs = ["".join(pair) for pair in permutations(words, 2)]
    return list(dict.fromkeys(spelt[:_LONGEST] for spelt in (*turned, *pairs)))


def _one_letter_less(spelt: str) -> Iterator[str]:
    return (spelt[:at] + spelt[at + 1 :] for at in range(len(spelt)))


def _split_keys(words: list[str]) -> Iterator[str]:
    for at in range(1, len(words)):
        first, rest = " ".join(words[:at]), " ".join(words[at:])
        for asked in (NameAsked(first, rest), NameAsked(rest, first)):
            for keys in keys_asked(asked):
                yield from keys


def _hashed(spelt: str) -> str:
    return sha256(spelt.encode()).hexdigest()[:32]
