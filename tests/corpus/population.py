"""The clients a corpus is about: families, twins, namesakes, people with a maiden name or with two dossiers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from sozialakte import register
from sozialakte.register import DossierStatus, DossierType, PersonRole
from sozialakte.register.model import DossierPerson
from sozialakte.register.records import Record
from sozialakte.shared.ahv_number import parse_ahv_number
from tests.demo import names
from tests.demo.people import Dossier, Person
from tests.demo.world import World

ASSISTANCE = DossierType.ECONOMIC_ASSISTANCE
PROTECTION = DossierType.ADULT_PROTECTION
RESPONSIBLE = "ma-101"


@dataclass
class Population:
    """The world's people by what is special about them. ``twins`` and ``namesakes`` are pairs with a dossier each."""

    world: World
    plain: list[Person] = field(default_factory=list)
    couples: list[tuple[Person, Person]] = field(default_factory=list)
    children: list[tuple[Person, Dossier, Dossier]] = field(default_factory=list)
    twins: list[tuple[Person, Person]] = field(default_factory=list)
    namesakes: list[tuple[Person, Person]] = field(default_factory=list)
    married: list[Person] = field(default_factory=list)
    wards: list[tuple[Person, Dossier, Dossier]] = field(default_factory=list)
    closed: list[Person] = field(default_factory=list)
    former_names: dict[str, str] = field(default_factory=dict)

    def dossier_of(self, person: Person) -> str:
        """The number of the first dossier the person is in."""
        return next(d.dossier_id for d in self.world.dossiers.values() if person.person_id in d.persons)

    def records(self) -> Iterator[Record]:
        """Everybody and everything as the register holds it."""
        for person in self.world.persons.values():
            yield _person(person, self.former_names.get(person.person_id))
        for dossier in self.world.dossiers.values():
            yield _dossier(dossier)
            for place, person_id in enumerate(dossier.persons):
                yield DossierPerson(dossier.dossier_id, person_id, PersonRole.MEMBER if place else PersonRole.MAIN)


def populate(seed: int) -> Population:
    """A population of some 480 people. The same seed gives the same people."""
    random = Random(seed)
    people = Population(World(random))
    for _ in range(240):
        people.plain.append(_client(people.world, random))
    for _ in range(30):
        _family(people, random)
    for _ in range(15):
        people.twins.append(_twins(people.world, random))
        people.namesakes.append(_namesakes(people.world, random))
        people.wards.append(_ward(people.world, random))
        people.closed.append(_former_client(people.world, random))
    for _ in range(25):
        people.married.append(_married(people, random))
    return people


def stranger(people: Population, random: Random, *, like: Person | None = None) -> Person:
    """Somebody the register does not know; ``like``: with the name of a client."""
    first, last = (like.first, like.last) if like else (None, None)
    person = _invent(people.world, random, first=first, last=last)
    del people.world.persons[person.person_id]
    return person


def _invent(
    world: World, random: Random, *, first: str | None = None, last: str | None = None, born: date | None = None
) -> Person:
    return world.invent(first=first, last=last or _family_name(random), born=born)


def _family_name(random: Random) -> str:
    name = random.choice(names.LAST)
    return f"{name}-{random.choice(names.LAST)}" if random.random() < 0.08 else name


def _client(world: World, random: Random) -> Person:
    person = _invent(world, random)
    kind = random.choices([ASSISTANCE, PROTECTION, DossierType.ALIMONY], weights=[8, 2, 1])[0]
    world.open_dossier(kind, [person], RESPONSIBLE)
    return person


def _family(people: Population, random: Random) -> None:
    world = people.world
    mother = _invent(world, random, first=random.choice(names.FEMALE), born=date(1980, 1, 1) + _days(random, 3000))
    father = world.move_in(_invent(world, random, first=random.choice(names.MALE), last=mother.last), mother)
    child = world.move_in(_invent(world, random, last=mother.last, born=date(2010, 1, 1) + _days(random, 4000)), mother)
    family = world.open_dossier(ASSISTANCE, [mother, father, child], RESPONSIBLE)
    protection = world.open_dossier(DossierType.CHILD_PROTECTION, [child], RESPONSIBLE)
    people.couples.append((mother, father))
    people.children.append((child, family, protection))


def _twins(world: World, random: Random) -> tuple[Person, Person]:
    one = _invent(world, random)
    other = world.move_in(_invent(world, random, last=one.last, born=one.born), one)
    for twin in (one, other):
        world.open_dossier(ASSISTANCE, [twin], RESPONSIBLE)
    return one, other


def _namesakes(world: World, random: Random) -> tuple[Person, Person]:
    one = _client(world, random)
    other = _invent(world, random, first=one.first, last=one.last)
    world.open_dossier(ASSISTANCE, [other], RESPONSIBLE)
    return one, other


def _ward(world: World, random: Random) -> tuple[Person, Dossier, Dossier]:
    person = _invent(world, random)
    assistance = world.open_dossier(ASSISTANCE, [person], RESPONSIBLE)
    return person, assistance, world.open_dossier(PROTECTION, [person], RESPONSIBLE)


def _former_client(world: World, random: Random) -> Person:
    person = _invent(world, random)
    world.open_dossier(ASSISTANCE, [person], RESPONSIBLE, closed=True)
    return person


def _married(people: Population, random: Random) -> Person:
    person = _invent(people.world, random, first=random.choice(names.FEMALE))
    people.world.open_dossier(ASSISTANCE, [person], RESPONSIBLE)
    people.former_names[person.person_id] = random.choice([name for name in names.LAST if name != person.last])
    return person


def _days(random: Random, most: int) -> timedelta:
    return timedelta(days=random.randrange(most))


def _person(person: Person, former: str | None) -> register.Person:
    street, _, number = person.street.rpartition(" ")
    return register.Person(
        person_id=person.person_id,
        family_name=person.last,
        given_names=person.first,
        birth_date=person.born,
        ahv_number=parse_ahv_number(person.ahv),
        former_family_names=(former,) if former else (),
        address=register.Address(street, number, person.postal_code, person.town),
    )


def _dossier(dossier: Dossier) -> register.Dossier:
    status = DossierStatus.CLOSED if dossier.closed else DossierStatus.OPEN
    return register.Dossier(dossier.dossier_id, dossier.type, dossier.commune, status, dossier.responsible)
