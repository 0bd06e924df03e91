"""The register's questions against a table, with the number of calls they take."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from sozialakte.register import RegisterStore, UnknownDossierError
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
from sozialakte.register.responsibility import MAX_STAFF_ASKED
from sozialakte.shared.access import Relation
from sozialakte.shared.ahv_number import parse_ahv_number
from tests.aws import REGISTER, counted_calls, put_register

pytestmark = pytest.mark.usefixtures("aws")

DAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
AHV = parse_ahv_number("756.9217.0769.85")
BORN = date(1975, 3, 12)
ANNA = Person("P-000123", "Müller", "Anna", BORN, AHV)
BEAT = Person("P-000124", "Müller", "Beat", BORN)
HELP = Dossier("SH-2026-00123", DossierType.ECONOMIC_ASSISTANCE, 2939, DossierStatus.OPEN, "ma-1")
WARD = Dossier("SH-2025-00007", DossierType.ADULT_PROTECTION, 2939, DossierStatus.CLOSED, "ma-2")


@pytest.fixture
def store() -> RegisterStore:
    """Two persons in one dossier, one of them in a second one."""
    put_register(ANNA, BEAT, HELP, WARD)
    put_register(
        DossierPerson(HELP.dossier_id, ANNA.person_id, PersonRole.MAIN),
        DossierPerson(HELP.dossier_id, BEAT.person_id, PersonRole.MEMBER),
        DossierPerson(WARD.dossier_id, ANNA.person_id, PersonRole.MAIN),
    )
    return RegisterStore(REGISTER)


def test_persons_are_found_by_number_and_by_birth_date(store: RegisterStore) -> None:
    assert store.find_persons_by_ahv(AHV) == (ANNA,)
    assert set(store.find_persons_by_birth_date(BORN)) == {ANNA, BEAT}
    assert store.find_persons_by_birth_date(date(1975, 3, 13)) == ()
    assert store.find_person("P-000124") == BEAT
    assert store.find_person("P-999999") is None


def test_persons_and_dossiers_are_found_from_each_other(store: RegisterStore) -> None:
    assert [place.dossier for place in store.find_places_of_person(ANNA.person_id)] == [WARD, HELP]
    assert [place.dossier for place in store.find_places_of_person(BEAT.person_id)] == [HELP]
    assert store.find_places_of_person("P-999999") == ()
    assert store.find_persons_of_dossier(HELP.dossier_id) == (ANNA, BEAT)


def test_however_many_persons_or_dossiers_there_are_two_reads_are_enough(store: RegisterStore) -> None:
    with counted_calls() as calls:
        assert len(store.find_places_of_person(ANNA.person_id)) == 2
        assert len(store.find_persons_of_dossier(HELP.dossier_id)) == 2
    assert calls == ["Query", "BatchGetItem"] * 2


def test_an_unknown_dossier_is_named_as_such(store: RegisterStore) -> None:
    assert store.find_dossier("SH-2026-99999") is None
    with pytest.raises(UnknownDossierError):
        store.get_dossier("SH-2026-99999")
    with pytest.raises(UnknownDossierError):
        store.find_recipient("SH-2026-99999", DAY)
    assert store.relation_of("SH-2026-99999", "ma-1", NOON) is Relation.NONE


def test_mail_goes_to_who_is_there_that_day(store: RegisterStore) -> None:
    put_register(
        StaffMember("ma-1", "Eins", "nord", ("ma-2", "ma-3")),
        StaffMember("ma-2", "Zwei", "nord", ("ma-4",)),
        StaffMember("ma-3", "Drei", "nord", active=False),
        StaffMember("ma-4", "Vier", "sued"),
        Absence("ma-1", DAY, DAY),
        Absence("ma-1", date(2020, 1, 1), date(2020, 2, 1)),
        Absence("ma-2", date(2026, 1, 1), date(2026, 12, 31)),
    )
    assert store.find_recipient(HELP.dossier_id, DAY).inbox == "ma-4"
    assert store.find_recipient(HELP.dossier_id, date(2026, 11, 22)).inbox == "ma-1"
    assert store.relation_of(HELP.dossier_id, "ma-4", NOON) is Relation.DEPUTY
    assert store.relation_of(HELP.dossier_id, "ma-4", NOON + timedelta(days=1)) is Relation.NONE
    assert store.relation_to_inbox("ma-1", "ma-2") is Relation.TEAM
    assert store.relation_to_inbox("ma-2", "ma-4") is Relation.DEPUTY


def test_a_present_responsible_person_takes_two_reads(store: RegisterStore) -> None:
    put_register(StaffMember("ma-1", "Eins", "nord", ("ma-2",)))
    with counted_calls() as calls:
        store.find_recipient(HELP.dossier_id, DAY)
    assert calls == ["Query", "Query"]


def test_a_chain_of_absent_people_has_an_end(store: RegisterStore) -> None:
    for number in range(1, 40):
        staff_id = f"ma-{number}"
        put_register(StaffMember(staff_id, "Name", "nord", (f"ma-{number + 1}",)), Absence(staff_id, DAY, DAY))
    with counted_calls() as calls:
        assert store.find_recipient(HELP.dossier_id, DAY).inbox == "team-nord"
    assert len(calls) == 1 + MAX_STAFF_ASKED
    with counted_calls() as calls:
        assert store.relation_of(HELP.dossier_id, "ma-39", NOON) is Relation.TEAM
    assert len(calls) == 2 + MAX_STAFF_ASKED


def test_saving_twice_is_saving_once(store: RegisterStore) -> None:
    put_register(ANNA)
    put_register(ANNA)
    assert store.find_persons_by_ahv(AHV) == (ANNA,)
