"""Persons, their dossiers and the staff who look after them: the pure types of the register."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sozialakte.shared.ahv_number import AhvNumber

OFFICE_INBOX = "office"
_TEAM_INBOX = "team-"

PERSON_ID = re.compile(r"[A-Z]{1,3}-[0-9]{3,9}")
"""A person's number in the case system, for example ``P-000123``. Its shape keeps AHV numbers out: ids are logged."""
STAFF_ID = re.compile(r"(?!team-|office$)[a-z][a-z0-9]*(-[a-z0-9]+)*")
"""The user name of a member of staff, for example ``ma-101``. Never like the inbox of a team or of the office."""
TEAM_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""The short name of a team, for example ``intake-nord``."""


class DossierType(StrEnum):
    """What a dossier is about; a person may have one of each."""

    ECONOMIC_ASSISTANCE = "economic_assistance"
    ADULT_PROTECTION = "adult_protection"
    CHILD_PROTECTION = "child_protection"
    ALIMONY = "alimony"
    ASYLUM = "asylum"
    VOLUNTARY_COUNSELLING = "voluntary_counselling"


PROTECTION = frozenset({DossierType.ADULT_PROTECTION, DossierType.CHILD_PROTECTION})
"""In a dossier of these types the main person is a ward."""


class DossierStatus(StrEnum):
    """Whether letters may still go in."""

    OPEN = "open"
    CLOSED = "closed"


class PersonRole(StrEnum):
    """How a person belongs to a dossier: applicant, ward or debtor; other member of the support unit; not any more."""

    MAIN = "main"
    MEMBER = "member"
    FORMER = "former"


class Relationship(StrEnum):
    """What a person is to the main person of a dossier."""

    SPOUSE = "spouse"
    PARTNER = "partner"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    OTHER = "other"


@dataclass(frozen=True)
class Address:
    """Where somebody lives, as the case system writes it. Hamlets have no streets, some houses no number."""

    street: str | None
    house_number: str | None
    postal_code: str
    town: str


@dataclass(frozen=True)
class Person:
    """A client or a member of a client's support unit. ``former_family_names``: those before a marriage or a change."""

    person_id: str
    family_name: str
    given_names: str
    birth_date: date | None = None
    ahv_number: AhvNumber | None = None
    former_family_names: tuple[str, ...] = ()
    address: Address | None = None


@dataclass(frozen=True)
class Dossier:
    """A dossier. ``commune`` is the BFS number of the commune that carries it, ``responsible`` a staff id."""

    dossier_id: str
    type: DossierType
    commune: int
    status: DossierStatus
    responsible: str | None = None

    @property
    def is_open(self) -> bool:
        """Letters may go in."""
        return self.status is DossierStatus.OPEN


@dataclass(frozen=True)
class DossierPerson:
    """A person's place in a dossier (n:m), and how the person belongs to the main one; None: the feed does not say.

    ``in_support_unit``: supported together with the main person (Unterstuetzungseinheit, SKOS guidelines C.3);
    ``in_household``: lives in the same household, supported or not.
    """

    dossier_id: str
    person_id: str
    role: PersonRole
    relationship: Relationship | None = None
    in_support_unit: bool | None = None
    in_household: bool | None = None


@dataclass(frozen=True)
class Place:
    """A dossier and the role a certain person has in it."""

    dossier: Dossier
    role: PersonRole


@dataclass(frozen=True)
class StaffMember:
    """A member of staff. ``deputies`` stand in, the first one first; not ``active`` means: has left."""

    staff_id: str
    name: str
    team: str
    deputies: tuple[str, ...] = ()
    active: bool = True


@dataclass(frozen=True)
class Absence:
    """Days on which a member of staff is away, both ends included."""

    staff_id: str
    first_day: date
    last_day: date

    def covers(self, day: date) -> bool:
        """The person is away on ``day``."""
        return self.first_day <= day <= self.last_day


def team_inbox(team: str) -> str:
    """The inbox of a team."""
    return _TEAM_INBOX + team


def team_of_inbox(inbox: str) -> str | None:
    """The team whose inbox this is, or None."""
    return inbox.removeprefix(_TEAM_INBOX) if inbox.startswith(_TEAM_INBOX) else None
