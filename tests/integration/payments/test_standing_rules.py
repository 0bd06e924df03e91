"""A standing rule is entered by one person and approved by another; nobody overwrites what they have not seen."""

from __future__ import annotations

from decimal import Decimal

import pytest

from functions.payments.routes.standing_rules import StandingRuleRoutes
from sozialakte.audit import record_attempt
from sozialakte.payments.category_store import CategoryStore
from sozialakte.payments.rule_store import RuleStore
from sozialakte.payments.standing_rules import RuleState, StandingRule, rule_behind
from sozialakte.register.model import (
    Dossier,
    DossierPerson,
    DossierStatus,
    DossierType,
    Person,
    PersonRole,
    StaffMember,
)
from sozialakte.runtime.http import Api
from sozialakte.shared.money import Money
from tests.aws import PAYMENTS, counted_calls, put_register, rows
from tests.builders import DOSSIER, NOW, OTHER_DOSSIER
from tests.coding import CATEGORIES, CREDITOR_ID, RENT, RULE_ID, a_rule, rent
from tests.http_calls import Answer, Call

pytestmark = pytest.mark.usefixtures("furnished")

PATH = f"/payments/dossiers/{DOSSIER}/rules"
RULE = {
    "rule_id": RULE_ID,
    "creditor_id": CREDITOR_ID,
    "name": "Miete <b>Wohnung</b>",
    "amount": "1450.00",
    "tolerance": "10.00",
    "lines": [{"category": "21"}],
    "valid_from": "2026-01-01",
}


@pytest.fixture
def furnished(aws: None) -> None:  # noqa: ARG001
    put_register(
        StaffMember("ma-101", "Erika Muster", "nord"),
        StaffMember("ma-102", "Hans Beispiel", "nord"),
        StaffMember("ma-104", "Fremd", "sued"),
        Dossier(DOSSIER, DossierType.ECONOMIC_ASSISTANCE, 1061, DossierStatus.OPEN, "ma-101"),
        Person("P-000123", "Müller", "Anna"),
        DossierPerson(DOSSIER, "P-000123", PersonRole.MAIN),
    )
    store = CategoryStore(PAYMENTS)
    store.replace(store.get(), CATEGORIES, "operator", NOW)


def call(
    method: str, path: str = PATH, body: object = None, *, staff: str = "ma-101", groups: str = "[caseworker]"
) -> Answer:
    api = Api(audit=record_attempt)
    StandingRuleRoutes(api).add()
    return Call(method, path, staff, groups, body=body).to(api.handle)


def stored() -> StandingRule:
    return RuleStore(PAYMENTS).get(DOSSIER, RULE_ID)


def entered() -> None:
    assert call("POST", body=RULE).status == 200


def approve(staff: str = "ma-102", version: int = 1) -> Answer:
    return call("POST", f"{PATH}/{RULE_ID}/approval", {"version": version}, staff=staff)


def end(staff: str = "ma-102", version: int = 1, reason: str = "umgezogen") -> Answer:
    return call("POST", f"{PATH}/{RULE_ID}/ending", {"version": version, "reason": reason}, staff=staff)


def test_a_rule_waits_for_a_second_person() -> None:
    entered()
    assert (stored().state, stored().set_by) == (RuleState.PROPOSED, "ma-101")

    own = approve("ma-101")
    assert (own.status, own.problem) == (409, "rule_same_person")

    answer = approve()
    assert (answer.status, answer.body["state"], answer.body["version"]) == (200, "approved", 2)
    assert answer.body["last_change"] == "freigegeben"
    assert call("GET").body["rules"] == [answer.body]


def test_the_same_step_again_changes_nothing() -> None:
    entered()
    entered()
    approve()
    approved = rows(PAYMENTS)
    assert approve().status == 200
    assert rows(PAYMENTS) == approved

    assert end(version=2).status == 200
    assert end(version=2).status == 200
    assert stored().version == 3


def test_another_rule_of_the_same_id_is_refused() -> None:
    entered()

    assert call("POST", body=RULE | {"amount": "1500.00"}).problem == "changed_meanwhile"
    assert call("POST", body=RULE, staff="ma-102").problem == "changed_meanwhile"


def test_who_saw_an_older_version_is_told_who_did_what() -> None:
    entered()
    end("ma-102")

    assert end("ma-101").problem == "rule_past"

    approve_late = approve("ma-101")
    assert approve_late.problem == "rule_past"


def test_of_two_changes_at_once_the_second_is_told_of_the_first() -> None:
    entered()
    approve()

    told = end("ma-101", version=1)

    assert (told.status, told.problem) == (409, "changed_meanwhile")
    assert (told.body["by"], told.body["version"]) == ("ma-102", 2)
    assert "ma-102: freigegeben" in str(told.body["detail"])


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"valid_to": "2025-12-31"}, ["body.valid_to"]),
        ({"tolerance": "1450.00"}, ["body.tolerance"]),
        ({"lines": [{"category": "99"}]}, ["body.lines.0.category"]),
        ({"valid_from": "2025-12-31"}, ["body.lines.0.category"]),  # the list begins with 2026
        ({"lines": [{"category": "21"}, {"category": "21", "person_id": "P-000999"}]}, ["body.lines.1.person_id"]),
        ({"amount": "0.00"}, ["body.amount"]),
        ({"amount": "1'450.00"}, ["body.amount"]),
        ({"amount": 1450}, ["body.amount"]),
        ({"months": 5}, ["body.months"]),
        ({"lines": []}, ["body.lines"]),
        ({"name": "Miete\x00"}, ["body.name"]),
        ({"name": "x" * 81}, ["body.name"]),
        ({"creditor_id": "CH4431999123000889012"}, ["body.creditor_id"]),
        ({"valid_from": "1.1.2026"}, ["body.valid_from"]),
        ({"state": "approved"}, ["body.state"]),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, object], fields: list[str]) -> None:
    answer = call("POST", body=RULE | change)

    assert (answer.status, answer.wrong_fields) == (422, fields)
    assert RuleStore(PAYMENTS).of_dossier(DOSSIER) == ()


def test_names_are_kept_in_one_form_and_as_they_are() -> None:
    call("POST", body=RULE | {"name": "Pra\u0308mie <script>"})

    assert stored().name == "Pr\u00e4mie <script>"


def test_it_is_for_those_who_look_after_the_dossier() -> None:
    entered()

    for groups in ("[caseworker]", "[teamlead]", "[accounting]", "[administrator]"):
        assert approve("ma-104").status == 403
        assert call("GET", staff="ma-104", groups=groups).status == 403
        assert call("POST", body=RULE | {"rule_id": "b" * 32}, staff="ma-104", groups=groups).status == 403
    assert call("GET", groups="[accounting]").status == 403
    assert stored().state is RuleState.PROPOSED


def test_a_rule_of_another_dossier_is_not_there() -> None:
    entered()
    put_register(Dossier(OTHER_DOSSIER, DossierType.ECONOMIC_ASSISTANCE, 1061, DossierStatus.OPEN, "ma-101"))

    elsewhere = PATH.replace(DOSSIER, OTHER_DOSSIER)
    assert call("POST", f"{elsewhere}/{RULE_ID}/approval", {"version": 1}, staff="ma-102").problem == "unknown_thing"
    assert call("GET", elsewhere).body["rules"] == []


def test_a_list_takes_one_query_of_the_payments() -> None:
    entered()
    call("GET")

    with counted_calls() as calls:
        RuleStore(PAYMENTS).of_dossier(DOSSIER)

    assert calls == ["Query"]


def test_the_rule_behind_a_coding_is_found_by_what_was_submitted() -> None:
    rule = a_rule(state=RuleState.APPROVED)
    day, asked = NOW.date(), Money(RENT)

    assert rule_behind([rule], asked, day, [rent()]) == rule
    assert rule_behind([rule], asked, day, [rent(category="33")]) is None
    assert rule_behind([rule], asked, day, [rent(person_id="P-000123")]) is None
    assert rule_behind([rule], Money(RENT + Decimal("10.05")), day, [rent()]) is None
    assert rule_behind([a_rule()], asked, day, [rent()]) is None
