"""The register by API: as of a day, its history, closing, giving away, absences, case loads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from functions.register.api import handler
from sozialakte.register import (
    BrokenGlass,
    Dossier,
    DossierStatus,
    DossierType,
    Person,
    PersonRole,
    RegisterStore,
    Seal,
)
from sozialakte.register.model import DossierPerson, Relationship
from sozialakte.shared.access import Relation
from sozialakte.shared.clock import midnight_in_zurich
from tests.aws import REGISTER, counted_calls, put_register
from tests.http_calls import Answer, Call
from tests.office import (
    BROKEN_UNTIL,
    COLLEAGUE,
    DEPUTY,
    DOSSIER,
    MISSING,
    NOBODYS,
    REASON,
    RECEIVED,
    RESPONSIBLE,
    STRANGER,
    furnish_register,
)

ANNA, BEAT = "P-000001", "P-000002"
AT = f"/register/dossiers/{DOSSIER}"
STAFF = f"/register/staff/{RESPONSIBLE}"
WHY = {"reason": "Weggezogen", "version": 1}


@pytest.fixture(autouse=True)
def office(aws: None) -> None:  # noqa: ARG001 (the tables come first)
    """The office, and two persons in its dossier: one has left the household."""
    furnish_register()
    put_register(Person(ANNA, "Muster", "Anna"), Person(BEAT, "Muster", "Beat"))
    put_register(Person(ANNA, "Frei", "Anna"), on=date(2026, 6, 1))
    put_register(DossierPerson(DOSSIER, ANNA, PersonRole.MAIN))
    for housed, on in ((True, date(2020, 1, 1)), (False, date(2026, 3, 1))):
        belongs = DossierPerson(DOSSIER, BEAT, PersonRole.MEMBER, Relationship.SPOUSE, True, housed)
        put_register(belongs, on=on)


def ask(method: str, path: str, body: object = None, query: Mapping[str, str] | None = None) -> Answer:
    """As the team lead."""
    return Call(method, path, COLLEAGUE, "[teamlead]", query, body).to(handler)


def seal(dossier_id: str) -> None:
    """For the stranger alone."""
    RegisterStore(REGISTER).access.decide(Seal(dossier_id, (STRANGER,), REASON, COLLEAGUE, RECEIVED, 1))


def break_glass(dossier_id: str, staff_id: str) -> None:
    """For a working day."""
    glass = BrokenGlass(dossier_id, staff_id, REASON, RECEIVED, BROKEN_UNTIL, ("office",))
    RegisterStore(REGISTER).access.open(glass)


def people(as_of: str) -> list[tuple[object, ...]]:
    """Family name, and whether in the household, as of a day."""
    answer = ask("GET", AT, query={"as_of": as_of})
    found: list[dict[str, dict[str, object]]] = answer.body["persons"]  # type: ignore[assignment]
    return [(one["person"]["family_name"], one["relationship"], one["in_household"]) for one in found]


def test_a_dossier_is_shown_as_of_any_day() -> None:
    assert people("2026-02-28") == [("Muster", None, None), ("Muster", "spouse", True)]
    assert people("2026-03-01") == [("Muster", None, None), ("Muster", "spouse", False)]
    assert people("2026-06-01") == [("Frei", None, None), ("Muster", "spouse", False)]
    assert ask("GET", AT, query={"as_of": "2019-12-31"}).problem == "no_dossier_then"


def test_a_dossier_as_of_the_past_takes_one_query_and_two_reads_by_key() -> None:
    with counted_calls() as calls:
        assert people("2026-02-28")
    of_the_guard = ["Query", "Query", "Query", "TransactWriteItems"]
    assert calls == [*of_the_guard, "Query", "BatchGetItem", "BatchGetItem"]


def test_the_history_tells_since_when_until_when_and_who_said_so() -> None:
    answer = ask("GET", f"{AT}/history").body
    beat = [one for one in answer["persons"] if one["person_id"] == BEAT]  # type: ignore[attr-defined]
    assert [(one["validity"]["valid_from"], one["validity"]["valid_to"]) for one in beat] == [
        ("2020-01-01", "2026-03-01"),
        ("2026-03-01", None),
    ]
    assert beat[0]["validity"]["source"] == "feed"


def test_closing_and_reopening_have_a_day_and_a_reason() -> None:
    closed = ask("POST", f"{AT}/closing", {"day": "2026-10-01", **WHY})
    assert (closed.status, closed.body["version"]) == (200, 2)
    reopened = ask("POST", f"{AT}/reopening", {"day": "2026-12-01", "reason": "<b>Rückkehr</b>", "version": 2})
    assert reopened.body["version"] == 3

    history = ask("GET", f"{AT}/history").body["dossier"]
    assert [(one["status"], one["validity"]["reason"]) for one in history] == [  # type: ignore[attr-defined]
        ("open", None),
        ("closed", "Weggezogen"),
        ("open", "<b>Rückkehr</b>"),
    ]


def test_who_is_second_learns_who_was_first() -> None:
    body = {"day": "2026-12-01", **WHY}
    first = ask("POST", f"{AT}/responsible", {"to": DEPUTY, **body})
    assert ask("POST", f"{AT}/responsible", {"to": DEPUTY, **body}) == first
    second = ask("POST", f"{AT}/closing", body)
    assert (second.status, second.problem) == (409, "dossier_changed")
    assert (second.body["by"], second.body["what"], second.body["version"]) == (COLLEAGUE, "responsible", 2)
    assert f"von {COLLEAGUE} geändert: Zuständigkeit." in str(second.body["detail"])


def test_who_comes_after_the_feed_learns_it_in_words() -> None:
    closed = Dossier(DOSSIER, DossierType.ALIMONY, 4401, DossierStatus.CLOSED, RESPONSIBLE)
    put_register(closed, on=date(2026, 11, 20))

    second = ask("POST", f"{AT}/closing", {"day": "2026-12-01", **WHY})

    assert (second.body["by"], second.body["what"]) == ("feed", "status, type")
    said = "von dem Fallsystem geändert: offen oder geschlossen, Art des Dossiers."
    assert said in str(second.body["detail"])


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/responsible", {"to": "ma-404", "day": "2026-12-01", **WHY}, "body.to"),
        ("/responsible", {"to": DEPUTY, "day": "2026-01-01", **WHY}, "body.day"),
        ("/responsible", {"to": DEPUTY, "day": "2126-01-01", **WHY}, "body.day"),
        ("/closing", {"day": "2019-01-01", **WHY}, "body.day"),
        ("/closing", {"day": "2026-11-31", **WHY}, "body.day"),
        ("/closing", {"day": "2026-11-01", "reason": " ", "version": 1}, "body.reason"),
        ("/closing", {"day": "2026-11-01", "reason": "x" * 10_000, "version": 1}, "body.reason"),
        ("/closing", {"day": "2026-11-01", "reason": "weg\u202egezogen", "version": 1}, "body.reason"),
        ("/closing", {"day": "2026-11-01", "reason": "weg\x00gezogen", "version": 1}, "body.reason"),
    ],
)
def test_what_cannot_be_is_refused_by_field(path: str, body: object, field: str) -> None:
    answer = ask("POST", f"{AT}{path}", body)
    assert (answer.status, answer.wrong_fields) == (422, [field])


def test_a_dossier_that_nobody_has_is_given_to_somebody_by_a_team_lead() -> None:
    path = f"/register/dossiers/{NOBODYS}"
    assert ask("GET", path).body["dossier"]["responsible"] is None  # type: ignore[index]
    assert ask("POST", f"{path}/responsible", {"to": COLLEAGUE, "day": "2026-11-21", **WHY}).status == 200
    assert ask("GET", path).body["dossier"]["responsible"] == COLLEAGUE  # type: ignore[index]


def test_broken_glass_does_not_keep_a_team_lead_from_giving_away_what_nobody_has() -> None:
    break_glass(NOBODYS, COLLEAGUE)

    path = f"/register/dossiers/{NOBODYS}"
    assert ask("GET", path).status == 200
    assert ask("POST", f"{path}/responsible", {"to": DEPUTY, "day": "2026-11-21", **WHY}).status == 200


def test_a_sealed_dossier_that_nobody_has_is_there_for_those_named_only() -> None:
    seal(NOBODYS)

    path = f"/register/dossiers/{NOBODYS}"
    refused = ask("GET", path)
    assert (refused.status, refused.body) == (403, ask("GET", f"/register/dossiers/{MISSING}").body)
    assert ask("POST", f"{path}/responsible", {"to": DEPUTY, "day": "2026-11-21", **WHY}).status == 403
    assert Call("GET", path, STRANGER, "[caseworker]").to(handler).status == 200


def test_what_holds_from_a_day_on_counts_for_access_from_that_day_on() -> None:
    body = {"to": STRANGER, "day": "2026-12-01", **WHY}
    assert ask("POST", f"{AT}/responsible", body).status == 200

    register = RegisterStore(REGISTER)
    relations = [
        register.relation_of(DOSSIER, STRANGER, midnight_in_zurich(date(2026, *day))) for day in ((11, 30), (12, 1))
    ]
    assert relations == [Relation.NONE, Relation.RESPONSIBLE]


def test_taking_case_loads_back_names_no_sealed_dossier() -> None:
    body = {"to": DEPUTY, "day": "2026-12-01", "reason": "Austritt"}
    handed = ask("POST", f"{STAFF}/handover", body).body
    assert ask("POST", f"{AT}/closing", {"day": "2026-11-01", "reason": "Weggezogen", "version": 2}).status == 200
    undo = f"/register/handovers/{handed['handover_id']}/undo"
    assert [one["entry"] for one in ask("POST", undo, {}).body["refused"]] == [f"dossier#{DOSSIER}"]  # type: ignore[attr-defined]

    seal(DOSSIER)
    assert ask("POST", undo, {}).body["refused"] == []


def test_absences_are_entered_changed_and_withdrawn() -> None:
    days = {"first_day": "2026-12-21", "last_day": "2027-01-03"}
    assert ask("POST", f"{STAFF}/absences", days).body["absences"] == [days]
    longer = {**days, "last_day": "2027-01-10"}
    assert ask("POST", f"{STAFF}/absences", longer).body["absences"] == [longer]
    assert ask("POST", f"{STAFF}/absences/withdrawal", {"first_day": "2026-12-21"}).body["absences"] == []
    assert ask("POST", f"{STAFF}/absences/withdrawal", {"first_day": "2026-12-22"}).status == 200
    assert ask("POST", f"{STAFF}/absences", {**days, "last_day": "2026-12-20"}).wrong_fields == ["body.last_day"]
    assert ask("POST", "/register/staff/team-nord/absences", days).problem == "unknown_staff"


def test_a_case_load_is_handed_over_told_and_taken_back() -> None:
    body = {"to": DEPUTY, "day": "2026-12-01", "reason": "Austritt"}
    handed = ask("POST", f"{STAFF}/handover", body).body
    assert (handed["state"], handed["dossiers"], handed["left"]) == ("done", 3, 0)
    told = Call("GET", f"/register/staff/{DEPUTY}/handovers", DEPUTY).to(handler).body["handovers"]
    assert [one["dossiers"] for one in told] == [3]  # type: ignore[attr-defined]

    undone = ask("POST", f"/register/handovers/{handed['handover_id']}/undo", {}).body
    assert (undone["restored"], undone["refused"]) == (3, [])
    assert ask("POST", f"{STAFF}/handover", {**body, "day": "2026-11-20"}).wrong_fields == ["body.day"]
    assert ask("POST", f"{STAFF}/handover", {**body, "to": RESPONSIBLE}).wrong_fields == ["body.to"]
