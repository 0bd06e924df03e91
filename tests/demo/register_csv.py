"""Writes the demo's register as the five CSV files that ``sozialakte register import`` reads."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from tests.demo.people import Dossier, Person, Staff
from tests.demo.world import World

LAST_DAY = date(2099, 12, 31)
"""Absences of the demo end here: it must not go stale."""

Row = Mapping[str, str]


def write_register(world: World, folder: Path) -> list[Path]:
    """Write the files into the folder and name them."""
    folder.mkdir(parents=True, exist_ok=True)
    staff = list(world.staff.values())
    dossiers = list(world.dossiers.values())
    files = {
        "staff.csv": map(_staff, staff),
        "persons.csv": map(_person, world.persons.values()),
        "dossiers.csv": map(_dossier, dossiers),
        "dossier_persons.csv": (row for dossier in dossiers for row in _persons_of(dossier)),
        "absences.csv": (row for member in staff for row in _absences(member)),
    }
    return [_write(folder / name, list(rows)) for name, rows in files.items()]


def _staff(member: Staff) -> Row:
    return {
        "staff_id": member.staff_id,
        "name": member.name,
        "team": member.team,
        "deputies": " ".join(member.deputies),
        "active": "no" if member.has_left else "yes",
    }


def _person(person: Person) -> Row:
    street, _, house_number = person.street.rpartition(" ")
    return {
        "person_id": person.person_id,
        "family_name": person.last,
        "given_names": person.first,
        "birth_date": person.born.isoformat(),
        "ahv_number": person.ahv_shown,
        "former_family_names": "|".join(person.former_last),
        "street": street,
        "house_number": house_number,
        "postal_code": person.postal_code,
        "town": person.town,
    }


def _dossier(dossier: Dossier) -> Row:
    return {
        "dossier_id": dossier.dossier_id,
        "type": dossier.type,
        "commune": str(dossier.commune),
        "status": "closed" if dossier.closed else "open",
        "responsible": dossier.responsible or "",
    }


def _persons_of(dossier: Dossier) -> Iterable[Row]:
    for place, person_id in enumerate(dossier.persons):
        role = "member" if place else "main"
        yield {"dossier_id": dossier.dossier_id, "person_id": person_id, "role": role}


def _absences(member: Staff) -> Iterable[Row]:
    if member.absent_from:
        days = {"first_day": member.absent_from.isoformat(), "last_day": LAST_DAY.isoformat()}
        yield {"staff_id": member.staff_id, **days}


def _write(path: Path, rows: list[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path
