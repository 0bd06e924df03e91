"""Who plays in the demo: a world in which every way of finding a dossier, and of not finding one, has its people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from tests.demo.people import Dossier, DossierType, Person, Staff
from tests.demo.world import World

ASSISTANCE = DossierType.ASSISTANCE
STAFF = (
    Staff("ma-101", "Katharina Lötscher", "sozialhilfe-1", is_lead=True),
    Staff("ma-102", "Dominik Baumeler", "sozialhilfe-1", deputy="ma-101"),
    Staff("ma-103", "Sabrina Theiler", "sozialhilfe-1", deputy="ma-102", absent_from=date(2026, 1, 5)),
    Staff("ma-111", "Peter Wigger", "sozialhilfe-2", is_lead=True),
    Staff("ma-112", "Eliane Duss", "sozialhilfe-2", deputy="ma-111"),
    Staff("ma-113", "Martin Fallegger", "sozialhilfe-2", deputy="ma-112", left_on=date(2026, 7, 1)),
    Staff("ma-121", "Ruth Banz", "erwachsenenschutz", is_lead=True),
    Staff("ma-122", "Simon Kottmann", "erwachsenenschutz", deputy="ma-121"),
    Staff("ma-131", "Bettina Lipp", "kinder-alimente", is_lead=True),
    Staff("ma-132", "Joël Brun", "kinder-alimente", deputy="ma-131"),
)


@dataclass
class Cast:
    """The world and, by role, the people and dossiers that the demo's letters are about."""

    world: World
    people: dict[str, Person] = field(default_factory=dict)
    dossiers: dict[str, Dossier] = field(default_factory=dict)

    def client(self, role: str, responsible: str, kind: DossierType = ASSISTANCE, **known: str | date) -> Person:
        """A person with a dossier of their own, both under this role."""
        self.people[role] = self.world.invent(**known)
        self.dossiers[role] = self.world.open_dossier(kind, [self.people[role]], responsible)
        return self.people[role]

    def second_dossier(self, role: str, person: str, kind: DossierType, responsible: str) -> None:
        """Another dossier of somebody who has one."""
        self.dossiers[role] = self.world.open_dossier(kind, [self.people[person]], responsible)


def demo_cast(seed: int) -> Cast:
    """The cast of the committed batches: 25 people, among them twins, namesakes, a couple and people with two dossiers."""
    cast = Cast(World(Random(seed), {member.staff_id: member for member in STAFF}))
    _clear_cases(cast)
    _one_of_several(cast)
    _undecided(cast)
    _family(cast)
    for number, responsible in enumerate(("ma-102", "ma-112", "ma-122", "ma-132")):
        cast.client(f"other-{number}", responsible, list(DossierType)[number])
    return cast


def _clear_cases(cast: Cast) -> None:
    cast.client("tenant", "ma-102")
    cast.client("insured", "ma-103")
    cast.client("patient", "ma-112")
    cast.client("worker", "ma-112")
    cast.client("applicant", "ma-113")
    cast.client("debtor", "ma-102")
    cast.client("replier", "ma-103")
    cast.client("pensioner", "ma-122", DossierType.ADULT_PROTECTION)
    cast.client("policyholder", "ma-112")


def _one_of_several(cast: Cast) -> None:
    """People whom only a second look tells apart: twins, and a ward whose letter's kind decides between two dossiers."""
    twin = cast.client("twin", "ma-102")
    cast.client("other-twin", "ma-112", last=twin.last, born=twin.born)
    cast.client("ward", "ma-102")
    cast.second_dossier("ward-protection", "ward", DossierType.ADULT_PROTECTION, "ma-122")


def _undecided(cast: Cast) -> None:
    namesake = cast.client("namesake", "ma-102")
    cast.client("other-namesake", "ma-112", first=namesake.first, last=namesake.last)
    cast.client("neighbour", "ma-102")
    cast.client("other-neighbour", "ma-122", DossierType.ADULT_PROTECTION)
    cast.client("doubled", "ma-112")
    cast.second_dossier("doubled-alimony", "doubled", DossierType.ALIMONY, "ma-132")
    cast.people["stranger"] = cast.world.stranger()


def _family(cast: Cast) -> None:
    """A couple in one dossier, with a child who is in it too and has a dossier of its own."""
    world = cast.world
    mother = world.invent()
    father = world.move_in(world.invent(last=mother.last), mother)
    child = world.move_in(world.invent(last=mother.last, born=date(2017, 5, 9)), mother)
    cast.people |= {"mother": mother, "father": father, "child": child}
    cast.dossiers["family"] = world.open_dossier(ASSISTANCE, [mother, father, child], "ma-112")
    cast.dossiers["child"] = world.open_dossier(DossierType.CHILD_PROTECTION, [child], "ma-132")
