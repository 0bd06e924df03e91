"""Records survive the table unchanged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from sozialakte.register.model import (
    Absence,
    Address,
    Dossier,
    DossierPerson,
    DossierStatus,
    DossierType,
    Person,
    PersonRole,
    StaffMember,
)
from sozialakte.register.records import (
    NAME_KEYS,
    Record,
    absence_of,
    dossier_of,
    dossier_person_of,
    item_of,
    person_of,
    staff_member_of,
)
from sozialakte.runtime.items import Item, MalformedItemError
from sozialakte.shared.ahv_number import parse_ahv_number

AHV = parse_ahv_number("756.9217.0769.85")
DOSSIER_ID = "SH-2026-00123"
HOME = Address("Bahnhofstrasse", "12", "6003", "Luzern")


@pytest.mark.parametrize(
    ("record", "read"),
    [
        (Person("P-000123", "Müller", "Anna Maria", date(1975, 3, 12), AHV), person_of),
        (Person("P-000124", "Müller", "Beat"), person_of),
        (Person("P-000125", "Frei", "Ida", former_family_names=("Roth", "Egli"), address=HOME), person_of),
        (Person("P-000126", "Frei", "Urs", address=Address(None, None, "6103", "Schwarzenberg")), person_of),
        (Dossier(DOSSIER_ID, DossierType.ASYLUM, 2939, DossierStatus.OPEN, "ma-101"), dossier_of),
        (Dossier(DOSSIER_ID, DossierType.ALIMONY, 2939, DossierStatus.CLOSED), dossier_of),
        (DossierPerson(DOSSIER_ID, "P-000123", PersonRole.MEMBER), dossier_person_of),
        (StaffMember("ma-101", "Anna Beispiel", "nord", ("ma-103", "ma-102")), staff_member_of),
        (StaffMember("ma-102", "Beat Muster", "nord", (), active=False), staff_member_of),
        (Absence("ma-101", date(2026, 7, 1), date(2026, 7, 21)), absence_of),
    ],
)
def test_what_is_stored_is_what_was_given(record: Record, read: Callable[[Item], Record]) -> None:
    assert read(item_of(record)) == record


def test_what_is_not_known_is_not_in_an_index() -> None:
    assert not {"ahv_number", "birth_date", "person_id"} & item_of(Person("P-000124", "Müller", "Beat")).keys()


def test_a_person_of_an_older_import_has_no_former_names_and_no_address() -> None:
    older = {name: value for name, value in item_of(Person("P-000124", "Müller", "Beat")).items() if name != NAME_KEYS}
    assert person_of(older) == Person("P-000124", "Müller", "Beat")


def test_a_broken_row_is_named_as_such() -> None:
    with pytest.raises(MalformedItemError):
        person_of({"pk": "person#P-1", "sk": "current", "family_name": 3})
    with pytest.raises(MalformedItemError):
        person_of({**item_of(Person("P-000124", "Müller", "Beat")), "address": "Bahnhofstrasse 12"})
    with pytest.raises(MalformedItemError):
        dossier_of({"pk": "P-1", "sk": "current"})
