"""A seeded world of people and dossiers: letters speak about it, and the register knows it.

The same seed invents the same world, of any size. AHV numbers have a right check digit and start with 756.9999, a block
that shows that they are invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count
from random import Random

from stdnum import ean

from sozialakte.register import DossierType
from tests.demo import names
from tests.demo.people import PREFIX, Dossier, Person, Staff

YEAR = 2026  # of the newest dossier numbers


@dataclass
class World:
    """Everybody and every dossier. Grows while it is invented; people and dossiers are found by id."""

    random: Random
    staff: dict[str, Staff] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    dossiers: dict[str, Dossier] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def invent(self, *, last: str | None = None, first: str | None = None, born: date | None = None) -> Person:
        """Invent a person; what is given is taken. Nobody gets the same name by accident."""
        female = first in names.FEMALE if first else self.random.random() < 0.5
        first = first or self._unused(names.FEMALE if female else names.MALE, [p.first for p in self.persons.values()])
        last = last or self._unused(names.LAST, [p.last for p in self.persons.values()])
        commune = self.random.choice([1061, 1061, 1061, 1059])
        number = next(self.numbers)
        person = Person(
            person_id=f"P-{100100 + 7 * number:06d}",
            first=first,
            last=last,
            born=born or date(1948, 1, 1) + timedelta(days=self.random.randrange(56 * 365)),
            female=female,
            ahv=self._ahv(number),
            street=f"{self.random.choice(names.STREETS)} {self.random.randrange(1, 88)}",
            postal_code=self.random.choice(names.COMMUNES[commune][1]),
            commune=commune,
        )
        self.persons[person.person_id] = person
        return person

    def move_in(self, person: Person, home: Person) -> Person:
        """The person with the address of somebody else."""
        moved = replace(person, street=home.street, postal_code=home.postal_code, commune=home.commune)
        self.persons[person.person_id] = moved
        return moved

    def open_dossier(
        self, kind: DossierType, persons: Sequence[Person], responsible: str | None, *, closed: bool = False
    ) -> Dossier:
        """A dossier with a fresh number; ``closed``: it has been closed since."""
        serial = 117 + 13 * len(self.dossiers) + self.random.randrange(9)
        dossier = Dossier(
            dossier_id=f"{PREFIX[kind]}-{YEAR - self.random.randrange(3)}-{serial:05d}",
            type=kind,
            persons=tuple(person.person_id for person in persons),
            commune=persons[0].commune,
            responsible=responsible,
            closed=closed,
        )
        self.dossiers[dossier.dossier_id] = dossier
        return dossier

    def rename(self, person: Person, formerly: str) -> Person:
        """The person with a last name they had before a marriage."""
        self.persons[person.person_id] = replace(person, former_last=(formerly,))
        return self.persons[person.person_id]

    def stranger(self, first: str | None = None) -> Person:
        """Somebody whom the register does not know."""
        person = self.invent(first=first)
        del self.persons[person.person_id]
        return person

    def _unused(self, pool: Sequence[str], used: Sequence[str]) -> str:
        return self.random.choice([name for name in pool if name not in used] or list(pool))

    def _ahv(self, number: int) -> str:
        # Steps of 173: of the first 500 numbers none is one misread digit away from another one.
        body = f"7569999{10007 + 173 * number % 89_983:05d}"
        return body + ean.calc_check_digit(body)
