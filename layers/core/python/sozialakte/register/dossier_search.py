"""Find dossiers by what somebody on the telephone says: a name with mistakes, AHV number, birth date or the number.

| access pattern | reads, whatever the register holds |
|---|---|
| by name | batch get of the name's keys, of the persons |
| by AHV number, birth date | one query of the index |
| by the dossier's number | one query of its persons, batch get of them |
| then in each case | batch get of the persons' places, of dossiers and roles |
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sozialakte.register.model import Dossier, Person, PersonRole
from sozialakte.register.records import MEMBER, dossier_key, dossier_of, dossier_person_of, name_key, places_key
from sozialakte.register.store import RegisterStore
from sozialakte.register.typo_keys import closeness, is_close, keys_sought
from sozialakte.runtime.items import Item
from sozialakte.shared.ahv_number import AhvNumber

MOST_PERSONS = 50
"""So many persons are looked at, the closest names first; then one has to say more."""


@dataclass(frozen=True)
class Sought:
    """What is known of the dossier or somebody in it; all that is said must fit."""

    dossier_id: str | None = None
    ahv_number: AhvNumber | None = None
    birth_date: date | None = None
    name: str | None = None


@dataclass(frozen=True)
class Hit:
    """A dossier and those of its people who fit."""

    dossier: Dossier
    persons: tuple[Person, ...]


@dataclass(frozen=True)
class DossierSearch:
    """The search in the register. Whom the hits may be shown to is not its business."""

    register: RegisterStore

    def __call__(self, sought: Sought) -> tuple[Hit, ...]:
        """Dossiers that fit, the closest name first, then by number. Those who left a dossier are not in it."""
        persons = self._closest(sought, [person for person in self._candidates(sought) if _fits(sought, person)])
        by_number = sought.dossier_id is not None
        places = {p.person_id: {str(sought.dossier_id)} for p in persons} if by_number else self._places(persons)
        wanted = set().union(*places.values()) if places else set()
        if by_number and not (sought.name or sought.ahv_number or sought.birth_date):
            wanted = {str(sought.dossier_id)}  # also a dossier that nobody is in
        return self._hits(persons, places, sorted(wanted))

    def _candidates(self, sought: Sought) -> Iterable[Person]:
        """By what says most."""
        if sought.dossier_id is not None:
            return self.register.find_persons_of_dossier(sought.dossier_id)
        if sought.ahv_number is not None:
            return self.register.find_persons_by_ahv(sought.ahv_number)
        if sought.birth_date is not None:
            return self.register.find_persons_by_birth_date(sought.birth_date)
        return self.register.find_persons_under(map(name_key, keys_sought(sought.name or "")))

    def _closest(self, sought: Sought, persons: Sequence[Person]) -> tuple[Person, ...]:
        ranked = sorted(persons, key=lambda one: (-closeness(sought.name or "", one), one.person_id))
        return tuple(islice(ranked, MOST_PERSONS))

    def _places(self, persons: Sequence[Person]) -> dict[str, set[str]]:
        rows = self.register.find_rows(places_key(person.person_id) for person in persons)
        return {pk.partition("#")[2]: _dossiers_in(row) for (pk, _), row in rows.items()}

    def _hits(
        self, persons: Sequence[Person], places: Mapping[str, set[str]], wanted: Sequence[str]
    ) -> tuple[Hit, ...]:
        named = [(person, place) for person in persons for place in sorted(places.get(person.person_id, ()))]
        roles = {
            (place, person.person_id): (dossier_key(place)[0], f"{MEMBER}{person.person_id}") for person, place in named
        }
        rows = self.register.find_rows([*map(dossier_key, wanted), *roles.values()])
        there = [(person, place) for person, place in named if self._is_in(rows.get(roles[place, person.person_id]))]
        order = dict.fromkeys([*(place for _, place in there), *(one for one in wanted if not named)])
        return tuple(
            Hit(
                dossier_of(self.register.as_of_today(rows[dossier_key(place)])),
                tuple(person for person, at in there if at == place),
            )
            for place in order
            if dossier_key(place) in rows
        )

    def _is_in(self, row: Item | None) -> bool:
        return row is not None and dossier_person_of(self.register.as_of_today(row)).role is not PersonRole.FORMER


def _fits(sought: Sought, person: Person) -> bool:
    return (
        (sought.ahv_number is None or person.ahv_number == sought.ahv_number)
        and (sought.birth_date is None or person.birth_date == sought.birth_date)
        and (sought.name is None or is_close(sought.name, person))
    )


def _dossiers_in(row: Item) -> set[str]:
    stored = row.get("dossiers")
    return set(map(str, stored)) if isinstance(stored, set) else set()
