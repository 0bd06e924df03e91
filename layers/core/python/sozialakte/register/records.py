"""The register's rows as they are stored, both ways. Keys are listed in `store`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from sozialakte.register.model import (
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
from sozialakte.register.stored_history import from_main_on
from sozialakte.register.typo_keys import keys_to_find
from sozialakte.runtime.items import Item, MalformedItemError, flag, number, optional_text, text, texts
from sozialakte.shared.ahv_number import AhvNumber

Record = Person | Dossier | DossierPerson | StaffMember | Absence

CURRENT = "current"
"""Sort key of the value that holds now; earlier values lie beside it (`stored_history`)."""
ABSENCE = "absence#"
LOAD = "load#"
MEMBER = "person#"
NAME_KEYS = "name_keys"
"""Attribute of a person: the keys of `person_names` under which the table leads to them."""


def person_key(person_id: str) -> tuple[str, str]:
    """Key of a person."""
    return f"person#{person_id}", CURRENT


def dossier_key(dossier_id: str) -> tuple[str, str]:
    """Key of a dossier; its persons share the partition."""
    return f"dossier#{dossier_id}", CURRENT


def staff_key(staff_id: str) -> tuple[str, str]:
    """Key of a member of staff; the absences share the partition."""
    return f"staff#{staff_id}", CURRENT


def name_key(key: str) -> tuple[str, str]:
    """Key of the row that holds who is found under this key of `person_names`."""
    return f"name#{key}", CURRENT


def load_key(staff_id: str, dossier_id: str) -> tuple[str, str]:
    """Key of the row that leads from a member of staff to a dossier they have, or will have."""
    return staff_key(staff_id)[0], f"{LOAD}{dossier_id}"


def in_charge(row: Item | None) -> set[tuple[str, str]]:
    """The keys of all rows that lead to a dossier's row from who has it or will have it; none for other rows."""
    if row is None or not text(row, "pk").startswith("dossier#") or row["sk"] != CURRENT:
        return set()
    holders = {version.value.get("responsible") for version in from_main_on(row)} - {None}
    return {load_key(str(holder), _id(row, "pk")) for holder in holders}


def places_key(person_id: str) -> tuple[str, str]:
    """Key of the row that leads from a person to all dossiers they are or were in."""
    return f"person#{person_id}", "places"


def place_in(row: Item | None) -> set[tuple[str, str]]:
    """Person and dossier of the row of somebody's place in a dossier, one or none; none for other rows."""
    if row is None or not text(row, "sk").startswith(MEMBER):
        return set()
    return {(text(row, "sk").removeprefix(MEMBER), _id(row, "pk"))}


def key_of(record: Record) -> tuple[str, str]:
    """Where a record is stored: the same record always in the same place."""
    match record:
        case Person():
            return person_key(record.person_id)
        case Dossier():
            return dossier_key(record.dossier_id)
        case StaffMember():
            return staff_key(record.staff_id)
        case DossierPerson():
            return dossier_key(record.dossier_id)[0], f"{MEMBER}{record.person_id}"
        case Absence():
            return staff_key(record.staff_id)[0], f"{ABSENCE}{record.first_day.isoformat()}"


def item_of(record: Record) -> Item:
    """The row of a record. What is not known is left out: an index takes no empty key."""
    pk, sk = key_of(record)
    return {"pk": pk, "sk": sk, **value_of(record)}


def value_of(record: Record) -> Item:
    """The attributes of a record without its key."""
    return _known(_attributes(record))


def _attributes(record: Record) -> Item:
    match record:
        case Person():
            return _attributes_of_person(record)
        case Dossier():
            facts: Item = {"type": record.type.value, "commune": record.commune, "status": record.status.value}
            return {**facts, "responsible": record.responsible}
        case StaffMember():
            who: Item = {"name": record.name, "team": record.team}
            return {**who, "deputies": list(record.deputies), "active": record.active}
        case DossierPerson():
            place: Item = {"person_id": record.person_id, "role": record.role.value}
            belongs = {"in_support_unit": record.in_support_unit, "in_household": record.in_household}
            return {**place, "relationship": record.relationship and record.relationship.value, **belongs}
        case Absence():
            return {"last_day": record.last_day.isoformat()}


def _attributes_of_person(person: Person) -> Item:
    return {
        "family_name": person.family_name,
        "given_names": person.given_names,
        "birth_date": person.birth_date.isoformat() if person.birth_date else None,
        "ahv_number": person.ahv_number,
        "former_family_names": list(person.former_family_names) or None,
        "address": _known(asdict(person.address)) if person.address else None,
        NAME_KEYS: list(keys_to_find(person)),
    }


def _known(attributes: Mapping[str, object]) -> Item:
    return {name: value for name, value in attributes.items() if value is not None}


def person_of(item: Mapping[str, object]) -> Person:
    """The person in a row."""
    birth_date = optional_text(item, "birth_date")
    ahv_number = optional_text(item, "ahv_number")
    return Person(
        person_id=_id(item, "pk"),
        family_name=text(item, "family_name"),
        given_names=text(item, "given_names"),
        birth_date=date.fromisoformat(birth_date) if birth_date else None,
        ahv_number=AhvNumber(ahv_number) if ahv_number else None,
        former_family_names=texts(item, "former_family_names"),
        address=_address_of(item.get("address")),
    )


def _address_of(stored: object) -> Address | None:
    if stored is None:
        return None
    if not isinstance(stored, dict):
        raise MalformedItemError("attribute address is no map")
    return Address(
        street=optional_text(stored, "street"),
        house_number=optional_text(stored, "house_number"),
        postal_code=text(stored, "postal_code"),
        town=text(stored, "town"),
    )


def dossier_of(item: Mapping[str, object]) -> Dossier:
    """The dossier in a row."""
    return Dossier(
        dossier_id=_id(item, "pk"),
        type=DossierType(text(item, "type")),
        commune=number(item, "commune"),
        status=DossierStatus(text(item, "status")),
        responsible=optional_text(item, "responsible"),
    )


def dossier_person_of(item: Mapping[str, object]) -> DossierPerson:
    """A person's place in a dossier in a row."""
    relationship = optional_text(item, "relationship")
    return DossierPerson(
        dossier_id=_id(item, "pk"),
        person_id=text(item, "person_id"),
        role=PersonRole(text(item, "role")),
        relationship=Relationship(relationship) if relationship else None,
        in_support_unit=flag(item, "in_support_unit"),
        in_household=flag(item, "in_household"),
    )


def staff_member_of(item: Mapping[str, object]) -> StaffMember:
    """The member of staff in a row."""
    return StaffMember(
        staff_id=_id(item, "pk"),
        name=text(item, "name"),
        team=text(item, "team"),
        deputies=texts(item, "deputies"),
        active=item.get("active") is True,
    )


def absence_of(item: Mapping[str, object]) -> Absence:
    """The absence in a row."""
    first_day = date.fromisoformat(_id(item, "sk"))
    return Absence(_id(item, "pk"), first_day, date.fromisoformat(text(item, "last_day")))


def _id(item: Mapping[str, object], key: str) -> str:
    _, separator, identity = text(item, key).partition("#")
    if not separator:
        raise MalformedItemError(f"{key} names nobody")
    return identity
