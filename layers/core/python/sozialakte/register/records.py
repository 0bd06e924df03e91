"""The register's rows as they are stored, both ways. Keys are listed in `store`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sozialakte.register.model import (
    Absence,
    Dossier,
    DossierPerson,
    DossierStatus,
    DossierType,
    Person,
    PersonRole,
    StaffMember,
)
from sozialakte.runtime.items import Item, MalformedItemError, number, optional_text, text, texts
from sozialakte.shared.ahv_number import AhvNumber

Record = Person | Dossier | DossierPerson | StaffMember | Absence

CURRENT = "current"
"""Sort key of the value that holds now; earlier values will lie beside it in the same partition."""
ABSENCE = "absence#"
MEMBER = "person#"


def person_key(person_id: str) -> tuple[str, str]:
    """Key of a person."""
    return f"person#{person_id}", CURRENT


def dossier_key(dossier_id: str) -> tuple[str, str]:
    """Key of a dossier; its persons share the partition."""
    return f"dossier#{dossier_id}", CURRENT


def staff_key(staff_id: str) -> tuple[str, str]:
    """Key of a member of staff; the absences share the partition."""
    return f"staff#{staff_id}", CURRENT


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
    known = {name: value for name, value in _attributes(record).items() if value is not None}
    return {"pk": pk, "sk": sk, **known}


def _attributes(record: Record) -> Item:
    match record:
        case Person():
            birth_date = record.birth_date.isoformat() if record.birth_date else None
            names: Item = {"family_name": record.family_name, "given_names": record.given_names}
            return {**names, "birth_date": birth_date, "ahv_number": record.ahv_number}
        case Dossier():
            facts: Item = {"type": record.type.value, "commune": record.commune, "status": record.status.value}
            return {**facts, "responsible": record.responsible}
        case StaffMember():
            who: Item = {"name": record.name, "team": record.team}
            return {**who, "deputies": list(record.deputies), "active": record.active}
        case DossierPerson():
            return {"person_id": record.person_id, "role": record.role.value}
        case Absence():
            return {"last_day": record.last_day.isoformat()}


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
    return DossierPerson(_id(item, "pk"), _id(item, "sk"), PersonRole(text(item, "role")))


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
