"""The register as of a day: a person, a dossier with everybody in it, and how it came to be.

| access pattern | how | reads |
|---|---|---|
| person as of a day | get of the main row, then of the version, if it is an earlier one | 1 or 2 |
| dossier with its persons as of a day | query pk=dossier#<id>, batch get of persons, of earlier versions | 2 or 3 |
| history of a dossier | query pk=dossier#<id> | 1 |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sozialakte.register.history import Span, Version, version_on
from sozialakte.register.model import Dossier, DossierPerson, Person, PersonRole
from sozialakte.register.records import MEMBER, dossier_key, dossier_of, dossier_person_of, person_key, person_of
from sozialakte.register.stored_history import (
    Key,
    LastWrite,
    earlier_key_on,
    from_main_on,
    last_write,
    span_of,
    spans_in,
    version_of,
)
from sozialakte.runtime.dynamo import Item, Query, Table
from sozialakte.runtime.dynamo import Key as Attribute


@dataclass(frozen=True)
class PersonThen:
    """What the register says of a person as of a day."""

    person: Person
    span: Span


@dataclass(frozen=True)
class PlaceThen:
    """Somebody's place in a dossier as of a day; ``person`` is None where nothing is known of them as of that day."""

    place: DossierPerson
    span: Span
    person: PersonThen | None = None


@dataclass(frozen=True)
class DossierThen:
    """A dossier as of a day with those in it, by their ids; ``written``: who wrote the dossier last."""

    dossier: Dossier
    span: Span
    places: tuple[PlaceThen, ...]
    written: LastWrite


@dataclass(frozen=True)
class DossierHistory:
    """All versions of a dossier and of the places in it, the oldest first."""

    dossier: tuple[tuple[Dossier, Span], ...]
    places: tuple[PlaceThen, ...]


@dataclass(frozen=True)
class Past:
    """What the register's table held when."""

    table: Table

    def person(self, person_id: str, day: date) -> PersonThen | None:
        """The person as of the day; None if nothing was known of them."""
        return self._persons([person_id], day).get(person_id)

    def dossier(self, dossier_id: str, day: date) -> DossierThen | None:
        """The dossier as of the day with the persons in it; None if there was none."""
        rows = self._rows(dossier_id)
        main = rows.get(dossier_key(dossier_id))
        span = _span_on(main, rows, day) if main else None
        if main is None or span is None:
            return None
        places = [place for place in _places_on(rows, day) if place.place.role is not PersonRole.FORMER]
        persons = self._persons([place.place.person_id for place in places], day)
        known = (PlaceThen(one.place, one.span, persons.get(one.place.person_id)) for one in places)
        return DossierThen(dossier_of(_as_row(main, span.version)), span, tuple(known), last_write(main))

    def history(self, dossier_id: str) -> DossierHistory:
        """How the dossier and the places in it have changed; empty for one that does not exist."""
        rows = self._rows(dossier_id)
        main = rows.get(dossier_key(dossier_id))
        dossier = [(dossier_of(_as_row(main, span.version)), span) for span in spans_in(main, rows)] if main else []
        places = [_place(row, span) for row in _place_rows(rows) for span in spans_in(row, rows)]
        return DossierHistory(tuple(dossier), tuple(places))

    def _rows(self, dossier_id: str) -> dict[Key, Item]:
        found = self.table.query(Query(Attribute("pk").eq(dossier_key(dossier_id)[0])))
        return {(str(row["pk"]), str(row["sk"])): row for row in found}

    def _persons(self, ids: Iterable[str], day: date) -> dict[str, PersonThen]:
        mains = {str(row["pk"]): row for row in self.table.get_many([person_key(one) for one in sorted(set(ids))])}
        earlier = self._earlier(mains.values(), day)
        versions = {pk: earlier.get(pk) or version_on(from_main_on(row), day) for pk, row in mains.items()}
        then = (
            PersonThen(person_of(_as_row(mains[pk], version)), span_of(mains[pk], version))
            for pk, version in versions.items()
            if version
        )
        return {one.person.person_id: one for one in then}

    def _earlier(self, mains: Iterable[Item], day: date) -> dict[str, Version]:
        """Of those whose main version begins later, the one that held on the day, if there was one."""
        later = [row for row in mains if version_on(from_main_on(row), day) is None]
        keys = [key for row in later if (key := earlier_key_on(row, day))]
        return {str(row["pk"]): version_of(row) for row in self.table.get_many(keys)}


def _place_rows(rows: Mapping[Key, Item]) -> Iterator[Item]:
    return (row for (_, sk), row in sorted(rows.items()) if sk.startswith(MEMBER))


def _places_on(rows: Mapping[Key, Item], day: date) -> Iterator[PlaceThen]:
    for row in _place_rows(rows):
        if span := _span_on(row, rows, day):
            yield _place(row, span)


def _place(row: Item, span: Span) -> PlaceThen:
    return PlaceThen(dossier_person_of(_as_row(row, span.version)), span)


def _span_on(row: Item, rows: Mapping[Key, Item], day: date) -> Span | None:
    return next((span for span in reversed(list(spans_in(row, rows))) if span.version.valid_from <= day), None)


def _as_row(row: Item, version: Version) -> Item:
    return {"pk": row["pk"], "sk": row["sk"], **version.value}
