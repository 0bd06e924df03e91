"""The five files of the register feed: their columns, and each row as a record of the register.

| file | columns |
|---|---|
| staff.csv | staff_id; name; team; deputies (staff ids in order, separated by blanks; may be empty); active (yes, no) |
| persons.csv | person_id; family_name; given_names; birth_date (may be empty); ahv_number (may be empty) |
| also, if known | former_family_names (separated by ``|``); street; house_number; postal_code; town |
| dossiers.csv | dossier_id; type; commune (BFS number); status (open, closed); responsible (staff id; may be empty) |
| dossier_persons.csv | dossier_id; person_id; role (main, member, former: has left the dossier) |
| also, if known | relationship (`model.Relationship`); in_support_unit, in_household (yes, no): with the main person |
| absences.csv | staff_id; first_day; last_day (both included; no last day: the absence is withdrawn) |
| all but absences | valid_from, if known: since when the row holds; else it holds from the day of the import |

A file may hold all rows or only those that have changed; rows that are missing stay as they are. A row says all about
what it names: the former names and the address of a person are gone if the row, or the file, is without them. Of an
address postal code and town must be there; the house number may stand with the street. Dossiers and places in dossiers
may be planned (``valid_from`` after today) once they exist; who somebody is, is said when it holds.
Dates are ``2026-03-12`` or ``12.03.2026``. Types: `model.DossierType`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sozialakte.register.csv_files import Row
from sozialakte.register.feed_fields import (
    Fields,
    ahv_number,
    birth_date,
    commune,
    day,
    day_until,
    deputies_of,
    former_names,
    house_number,
    name,
    one_of,
    postal_code,
    shaped,
    yes_or_no,
)
from sozialakte.register.model import (
    PERSON_ID,
    STAFF_ID,
    TEAM_ID,
    Absence,
    Address,
    Dossier,
    DossierPerson,
    DossierStatus,
    DossierType,
    Person,
    PersonRole,
    Relationship,
    StaffMember,
)
from sozialakte.register.records import Record, dossier_key, person_key, staff_key
from sozialakte.shared.id_forms import DOSSIER_ID

STAFF = "staff.csv"
PERSONS = "persons.csv"
DOSSIERS = "dossiers.csv"
DOSSIER_PERSONS = "dossier_persons.csv"
ABSENCES = "absences.csv"
VALID_FROM = "valid_from"
_ADDRESS = ("street", "house_number", "postal_code", "town")


def valid_from(fields: Fields, today: date, *, may_be_planned: bool) -> date | None:
    """Since when the row holds, or None: from the day of the import on."""
    if VALID_FROM not in fields.row.values:
        return None
    return fields.read_optional(VALID_FROM, day if may_be_planned else day_until(today))


def _staff_member(fields: Fields, _today: date) -> StaffMember | None:
    staff_id = fields.read("staff_id", shaped(STAFF_ID))
    full_name = fields.read("name", name)
    team = fields.read("team", shaped(TEAM_ID))
    deputies = fields.read("deputies", deputies_of(staff_id, STAFF_ID))
    active = fields.read("active", yes_or_no)
    if staff_id is None or full_name is None or team is None or deputies is None or active is None:
        return None
    return StaffMember(staff_id, full_name, team, deputies, active)


def _person(fields: Fields, today: date) -> Person | None:
    person_id = fields.read("person_id", shaped(PERSON_ID))
    family_name = fields.read("family_name", name)
    given_names = fields.read("given_names", name)
    born = fields.read_optional("birth_date", birth_date(today))
    number = fields.read_optional("ahv_number", ahv_number)
    former = fields.read("former_family_names", former_names)
    address = _address(fields)
    if person_id is None or family_name is None or given_names is None or former is None:
        return None
    return Person(person_id, family_name, given_names, born, number, former, address)


def _address(fields: Fields) -> Address | None:
    if not any(fields.row.values[column] for column in _ADDRESS):
        return None
    street = fields.read_optional("street", name)
    number = fields.read_optional("house_number", house_number)
    code = fields.read("postal_code", postal_code)
    town = fields.read("town", name)
    return None if code is None or town is None else Address(street, number, code, town)


def _dossier(fields: Fields, _today: date) -> Dossier | None:
    dossier_id = fields.read("dossier_id", shaped(DOSSIER_ID))
    dossier_type = fields.read("type", one_of(DossierType))
    carrier = fields.read("commune", commune)
    status = fields.read("status", one_of(DossierStatus))
    responsible = fields.read_optional("responsible", shaped(STAFF_ID))
    if dossier_id is None or dossier_type is None or carrier is None or status is None:
        return None
    return Dossier(dossier_id, dossier_type, carrier, status, responsible)


def _dossier_person(fields: Fields, _today: date) -> DossierPerson | None:
    dossier_id = fields.read("dossier_id", shaped(DOSSIER_ID))
    person_id = fields.read("person_id", shaped(PERSON_ID))
    role = fields.read("role", one_of(PersonRole))
    relationship = fields.read_optional("relationship", one_of(Relationship))
    supported = fields.read_optional("in_support_unit", yes_or_no)
    housed = fields.read_optional("in_household", yes_or_no)
    if dossier_id is None or person_id is None or role is None:
        return None
    return DossierPerson(dossier_id, person_id, role, relationship, supported, housed)


def _absence(fields: Fields, _today: date) -> Absence | None:
    staff_id = fields.read("staff_id", shaped(STAFF_ID))
    first_day = fields.read("first_day", day)
    last_day = fields.read_optional("last_day", day)
    if staff_id is None or first_day is None:
        return None
    if last_day is None:
        return Absence(staff_id, first_day, first_day - timedelta(days=1))  # withdrawn: it covers no day
    if last_day < first_day:
        fields.problems.append(fields.row.problem("last_day", "import.ends_before_start"))
    return Absence(staff_id, first_day, last_day)


Key = tuple[str, str]


@dataclass(frozen=True)
class FeedFile:
    """One file of the feed: its columns, how a row is parsed, and the key of what the first column names, if new."""

    name: str
    columns: tuple[str, ...]
    parse: Callable[[Fields, date], Record | None]
    names: Callable[[str], Key] | None = None
    optional: tuple[str, ...] = ()
    may_be_planned: bool = False

    def named_in(self, row: Row) -> frozenset[Key]:
        """What the row brings into being, even if something else in it is wrong: one mistake gives one problem."""
        return frozenset({self.names(row.values[self.columns[0]])}) if self.names else frozenset()


FEED = (
    FeedFile(
        STAFF, ("staff_id", "name", "team", "deputies", "active"), _staff_member, staff_key, optional=(VALID_FROM,)
    ),
    FeedFile(
        PERSONS,
        ("person_id", "family_name", "given_names", "birth_date", "ahv_number"),
        _person,
        person_key,
        optional=("former_family_names", *_ADDRESS, VALID_FROM),
    ),
    FeedFile(
        DOSSIERS,
        ("dossier_id", "type", "commune", "status", "responsible"),
        _dossier,
        dossier_key,
        optional=(VALID_FROM,),
        may_be_planned=True,
    ),
    FeedFile(
        DOSSIER_PERSONS,
        ("dossier_id", "person_id", "role"),
        _dossier_person,
        optional=("relationship", "in_support_unit", "in_household", VALID_FROM),
        may_be_planned=True,
    ),
    FeedFile(ABSENCES, ("staff_id", "first_day", "last_day"), _absence),
)
"""In the order in which they are written: what is referred to comes before what refers to it."""


def references_of(record: Record) -> tuple[tuple[str, Key], ...]:
    """What the record refers to: column and key."""
    match record:
        case StaffMember():
            return tuple(("deputies", staff_key(deputy)) for deputy in record.deputies)
        case Dossier():
            return (("responsible", staff_key(record.responsible)),) if record.responsible else ()
        case DossierPerson():
            return ("dossier_id", dossier_key(record.dossier_id)), ("person_id", person_key(record.person_id))
        case Absence():
            return (("staff_id", staff_key(record.staff_id)),)
        case Person():
            return ()
