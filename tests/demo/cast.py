"""Who plays in the demo: a world in which every way of finding a dossier, and of not finding one, has its people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from sozialakte.register import DossierType
from tests.demo.people import Dossier, Person, Staff
from tests.demo.world import World

ASSISTANCE = DossierType.ECONOMIC_ASSISTANCE
STAFF = (
    Staff("ma-101", "Katharina Lötscher", "sozialhilfe-1"),
    Staff("ma-102", "Dominik Baumeler", "sozialhilfe-1", ("ma-101",)),
    Staff("ma-103", "Sabrina Theiler", "sozialhilfe-1", ("ma-102",), absent_from=date(2026, 1, 5)),
    Staff("ma-111", "Peter Wigger", "sozialhilfe-2"),
    Staff("ma-112", "Eliane Duss", "sozialhilfe-2", ("ma-111",)),
    Staff("ma-113", "Martin Fallegger", "sozialhilfe-2", ("ma-112",), has_left=True),
    Staff("ma-121", "Ruth Banz", "erwachsenenschutz"),
    Staff("ma-122", "Simon Kottmann", "erwachsenenschutz", ("ma-121",)),
    Staff("ma-131", "Bettina Lipp", "kinder-alimente"),
    Staff("ma-132", "Joël Brun", "kinder-alimente", ("ma-131",)),
    Staff("ma-201", "Irma Zurgilgen", "poststelle"),
    Staff("ma-301", "Paul Inderbitzin", "revision"),
    Staff("ma-401", "Doris Achermann", "rechnungswesen"),
    Staff("ma-402", "Markus Felber", "rechnungswesen"),
)


@dataclass
class Cast:
    """The world and, by role, the people and dossiers that the demo's letters are about."""

    world: World
    people: dict[str, Person] = field(default_factory=dict)
    dossiers: dict[str, Dossier] = field(default_factory=dict)

    def client(
        self,
        role: str,
        responsible: str | None,
        kind: DossierType = ASSISTANCE,
        *,
        first: str | None = None,
        last: str | None = None,
        born: date | None = None,
    ) -> Person:
        """A person with a dossier of their own, both under this role."""
        self.people[role] = self.world.invent(first=first, last=last, born=born)
        self.dossiers[role] = self.world.open_dossier(kind, [self.people[role]], responsible)
        return self.people[role]

    def second_dossier(
        self, role: str, person: str, kind: DossierType, responsible: str, *, closed: bool = False
    ) -> None:
        """Another dossier of somebody who has one."""
        self.dossiers[role] = self.world.open_dossier(kind, [self.people[person]], responsible, closed=closed)


def demo_cast(seed: int) -> Cast:
    """The cast of the committed batches: twins, namesakes, a couple, people with two dossiers among them."""
    cast = Cast(World(Random(seed), {member.staff_id: member for member in STAFF}))
    _clear_cases(cast)
    _one_of_several(cast)
    _undecided(cast)
    _family(cast)
    cast.client("returned", "ma-102")
    cast.second_dossier("returned-before", "returned", ASSISTANCE, "ma-101", closed=True)
    cast.client("unassigned", None)
    cast.client("minor", "ma-132", DossierType.CHILD_PROTECTION, born=date(2014, 2, 21))
    cast.client("alimony", "ma-132", DossierType.ALIMONY)
    _of_tuesday(cast)
    return cast


def _clear_cases(cast: Cast) -> None:
    cast.client("tenant", "ma-102")
    cast.client("insured", "ma-103")
    cast.client("patient", "ma-112")
    cast.client("worker", "ma-112")
    cast.client("applicant", "ma-113")
    cast.client("debtor", "ma-102")
    cast.client("replier", "ma-103")
    cast.client("pensioner", "ma-122", DossierType.ADULT_PROTECTION, born=date(1951, 10, 6))
    cast.client("policyholder", "ma-112")


def _one_of_several(cast: Cast) -> None:
    """People whom a second look tells apart: twins, and a ward whose letter's kind decides between two dossiers."""
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
    mother = world.invent(first="Nicole", born=date(1986, 3, 14))
    father = world.move_in(world.invent(first="Daniel", last=mother.last, born=date(1984, 8, 2)), mother)
    child = world.move_in(world.invent(last=mother.last, born=date(2017, 5, 9)), mother)
    cast.people |= {"mother": mother, "father": father, "child": child}
    cast.dossiers["family"] = world.open_dossier(ASSISTANCE, [mother, father, child], "ma-112")
    cast.dossiers["child"] = world.open_dossier(DossierType.CHILD_PROTECTION, [child], "ma-132")


def _of_tuesday(cast: Cast) -> None:
    """A maiden name, a couple with a dossier each, a father whom nobody knows, and people who are no clients."""
    wife = cast.client("wife", "ma-112", first="Claudia")
    cast.people["wife"] = cast.world.rename(wife, formerly="Arnold")
    for role, responsible in (
        ("writer", "ma-102"),
        ("payer", "ma-112"),
        ("other-payer", "ma-102"),
        ("widow", "ma-112"),
    ):
        cast.client(role, responsible)
    cast.client("husband", "ma-102", first="Reto")
    cast.client("partner", "ma-112", first="Vera")
    cast.client("mother-of-his-child", "ma-112", first="Livia", born=date(1991, 5, 27))
    for role, first in (("absent-father", "Urs"), ("newcomer", "Sonja"), ("candidate", "Nadja"), ("taxpayer", "Beat")):
        cast.people[role] = cast.world.stranger(first)
