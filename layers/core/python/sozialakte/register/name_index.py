"""Persons by name: for each key of `person_names` a row with the ids of everybody who has it.

The rows of a person's keys are written in one transaction with the person (`chronicle`), who holds the list of them: so
no row leads to a name that has changed, whoever else imports meanwhile and wherever an import breaks off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sozialakte.register.model import Person
from sozialakte.register.person_names import NameAsked, NameMatch, fit_of_name, keys_asked, rank
from sozialakte.register.records import NAME_KEYS, name_key, person_key, person_of
from sozialakte.runtime.dynamo import Change, Item, Part, Table, Update
from sozialakte.runtime.items import texts

MAX_NAMES_ASKED = 40
"""So many names in one question: the 20 of a long letter, in both orders."""
MAX_PERSONS_OF_NAME = 20
"""So many persons of one name are read; a name that more people bear identifies nobody."""
_HOLDERS = "persons"


class TooManyNamesError(ValueError):
    """More than `MAX_NAMES_ASKED` names in one question."""


@dataclass(frozen=True)
class NameAnswer:
    """Who bears the name that was asked for, the best fit first.

    ``too_many``: there are others, who were not read: nobody here may be taken for the only one.
    """

    asked: NameAsked
    matches: tuple[NameMatch, ...]
    too_many: bool


@dataclass(frozen=True)
class NameIndex:
    """The rows of names in the register's table."""

    table: Table

    def find(self, names: Sequence[NameAsked]) -> tuple[NameAnswer, ...]:
        """An answer for each name. Raises `TooManyNamesError`."""
        if len(names) > MAX_NAMES_ASKED:
            raise TooManyNamesError(f"{len(names)} names")
        keys = {asked: keys_asked(asked) for asked in names}
        holders = self._holders({key for both in keys.values() for key in (*both[0], *both[1])})
        bearers = {asked: _united(whole, holders) or _united(parts, holders) for asked, (whole, parts) in keys.items()}
        persons = self.persons({bearer for ids in bearers.values() for bearer in ids[:MAX_PERSONS_OF_NAME]})
        return tuple(_answer(asked, bearers[asked], persons) for asked in names)

    def persons(self, ids: Iterable[str]) -> dict[str, Person]:
        """Those of the persons who exist, by id."""
        found = map(person_of, self.table.get_many([person_key(person_id) for person_id in sorted(set(ids))]))
        return {person.person_id: person for person in found}

    def bearers(self, keys: Iterable[tuple[str, str]]) -> set[str]:
        """The ids of everybody to whom one of these rows leads."""
        return set[str]().union(*map(_ids, self.table.get_many(sorted(set(keys)))))

    def _holders(self, keys: set[str]) -> dict[str, set[str]]:
        rows = self.table.get_many([name_key(key) for key in sorted(keys)])
        return {str(row["pk"]).partition("#")[2]: _ids(row) for row in rows}


def moves_of_names(table: str, before: Item | None, after: Item | None) -> Iterator[Part]:
    """What a change of a person's row changes in the rows of names; nothing for rows that bear no names."""
    wanted, stored = set(texts(after or {}, NAME_KEYS)), set(texts(before or {}, NAME_KEYS))
    members = {_HOLDERS: {str((after or before or {}).get("pk")).partition("#")[2]}}
    for key in sorted(wanted - stored):
        yield Update(table, *name_key(key), Change(add=members))
    for key in sorted(stored - wanted):
        yield Update(table, *name_key(key), Change(discard=members))


def _ids(row: Item) -> set[str]:
    """The set is gone when its last member is."""
    stored = row.get(_HOLDERS)
    return set(map(str, stored)) if isinstance(stored, set) else set()


def _united(keys: Iterable[str], holders: Mapping[str, set[str]]) -> list[str]:
    return sorted(set[str]().union(*(holders.get(key, set()) for key in keys)))


def _answer(asked: NameAsked, bearers: Sequence[str], persons: Mapping[str, Person]) -> NameAnswer:
    read = (persons[bearer] for bearer in bearers[:MAX_PERSONS_OF_NAME] if bearer in persons)
    matches = (match for person in read if (match := fit_of_name(asked, person)))
    best_first = sorted(matches, key=lambda match: (rank(match), match.person.person_id))
    return NameAnswer(asked, tuple(best_first), len(bearers) > MAX_PERSONS_OF_NAME)
