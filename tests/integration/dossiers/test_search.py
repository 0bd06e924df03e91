"""Whoever answers the telephone finds the clients of their team, however the name is typed, and nobody else's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from functions.dossiers.api import handler
from sozialakte.register.model import DossierPerson, Person, PersonRole
from sozialakte.shared.ahv_number import AhvNumber
from tests.aws import AUDIT, put_register, rows
from tests.http_calls import Answer, Call
from tests.office import COLLEAGUE, DEPUTY, DOSSIER, FOREIGN, RESPONSIBLE, STRANGER, furnish_register

AHV = AhvNumber("7569217076985")


@pytest.fixture(autouse=True)
def clients(aws: None) -> None:  # noqa: ARG001 (opens the tables)
    furnish_register()
    put_register(
        Person("P-000001", "Brändli", "Anna Maria", date(1980, 5, 17), AHV),
        Person("P-000002", "Brändli", "Anna", date(1991, 1, 1)),
        DossierPerson(DOSSIER, "P-000001", PersonRole.MAIN),
        DossierPerson(FOREIGN, "P-000002", PersonRole.MAIN),
    )


def search(body: Mapping[str, object], staff: str = RESPONSIBLE) -> Answer:
    return Call("POST", "/dossiers/search", staff, body=body).to(handler)


def found(body: Mapping[str, object], staff: str = RESPONSIBLE) -> list[str]:
    dossiers = search(body, staff).body["dossiers"]
    assert isinstance(dossiers, list)
    return [dossier["dossier_id"] for dossier in dossiers]


@pytest.mark.parametrize(
    "name",
    [
        "Anna Brändli",
        "Braendli Anna",
        "brandli, anna",
        "Brändil Anna",
        "Anna Brändl",
        "Anna Brendli",
        "Bra\u0308ndli",
        "Ana Brändli",
    ],
)
def test_a_name_is_found_however_it_is_typed(name: str) -> None:
    assert found({"name": name}) == [DOSSIER]


@pytest.mark.parametrize(
    "body",
    [
        {"ahv_number": "756.9217.0769.85"},
        {"birth_date": "1980-05-17"},
        {"dossier_id": DOSSIER},
        {"birth_date": "1980-05-17", "name": "Anna Brändli"},
    ],
)
def test_a_number_or_a_birth_date_is_enough(body: Mapping[str, object]) -> None:
    assert [found(body, staff) for staff in (RESPONSIBLE, DEPUTY, COLLEAGUE, STRANGER)] == [[DOSSIER]] * 3 + [[]]


def test_whose_name_was_shown_stands_in_the_audit() -> None:
    search({"name": "Anna Brändli"})

    assert sorted((e["subject"], e.get("part")) for e in rows(AUDIT)) == [
        (f"dossier#{DOSSIER}", "found"),
        ("dossiers", None),
    ]


@pytest.mark.parametrize(
    "body", [{}, {"name": "x"}, {"name": "x" * 10_000}, {"ahv_number": "7569217076984"}, {"name": "a\x00b"}]
)
def test_what_says_nothing_is_refused(body: Mapping[str, object]) -> None:
    assert search(body).status == 422


def test_another_birth_date_is_another_person() -> None:
    assert found({"name": "Anna Brändli", "birth_date": "1980-05-18"}) == []
