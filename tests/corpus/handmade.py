"""The letters of ``handmade.yaml`` and the register they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sozialakte.register import Address, DossierStatus, DossierType, PersonRole
from sozialakte.register.model import Dossier, DossierPerson, Person
from sozialakte.register.records import Record
from sozialakte.shared.ahv_number import parse_ahv_number

FILE = Path(__file__).parent / "handmade.yaml"
COMMUNE = 1024
REVIEW = "review"


@dataclass(frozen=True)
class HandmadeLetter:
    """A letter, its ``truth`` (a dossier, a destination or `REVIEW`) and where else it ``may`` go without harm."""

    case: str
    truth: str
    why: str
    text: str
    may: frozenset[str]

    @property
    def dossier(self) -> str | None:
        """The dossier it belongs to, if that can be known."""
        return self.truth if "-" in self.truth else None


def handmade_letters() -> list[HandmadeLetter]:
    """All letters, in order."""
    return [
        HandmadeLetter(one["case"], one["truth"], one["why"], one["text"], frozenset(one.get("may", ())))
        for one in _file()["letters"]
    ]


def handmade_register() -> Iterator[Record]:
    """Everybody and everything the letters are about, as the register holds it."""
    for row in _file()["people"]:
        yield _person(row)
    for dossier_id, kind, status, owners, members in _file()["dossiers"]:
        yield Dossier(dossier_id, DossierType(kind), COMMUNE, DossierStatus(status))
        yield from (DossierPerson(dossier_id, person_id, PersonRole.MAIN) for person_id in owners)
        yield from (DossierPerson(dossier_id, person_id, PersonRole.MEMBER) for person_id in members)


def _person(row: list[Any]) -> Person:
    person_id, family, given, born, ahv, street, house, code, town, *former = row
    return Person(
        person_id=person_id,
        family_name=family,
        given_names=given,
        birth_date=date.fromisoformat(str(born)),
        ahv_number=parse_ahv_number(ahv),
        former_family_names=tuple(former[0]) if former else (),
        address=Address(street, house, code, town),
    )


@cache
def _file() -> Mapping[str, Any]:
    contents: Mapping[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return contents
