"""Broken glass on real tables: access for a while, for one person, before everybody's eyes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sozialakte.register import RegisterStore, Seal
from sozialakte.runtime.aws import client
from sozialakte.shared.access import Relation
from tests.apis import apis
from tests.aws import AUDIT, REGISTER, put_register, rows
from tests.http_calls import Answer, Call
from tests.office import (
    CLERK,
    COLLEAGUE,
    DEPUTY,
    DOSSIER,
    FILED,
    MISSING,
    REASON,
    RESPONSIBLE,
    SEALED,
    STRANGER,
    furnish,
    furnish_access,
)

pytestmark = pytest.mark.usefixtures("office")
BREAK = Call("POST", f"/access/dossiers/{DOSSIER}/break-glass", STRANGER, body={"reason": REASON})
READ = Call("GET", f"/dossiers/{DOSSIER}/documents/{FILED}", STRANGER)


@pytest.fixture
def office(aws: None) -> None:  # noqa: ARG001 (opens the tables)
    furnish()


def send(call: Call) -> Answer:
    return call.to(apis()[call.path.split("/")[1]].handle)


def notices(inbox: str, staff: str, role: str = "caseworker") -> list[dict[str, object]]:
    answer = send(Call("GET", "/access/broken-glass", staff, f"[{role}]", query={"inbox": inbox}))
    assert answer.status == 200
    found = answer.body["notices"]
    assert isinstance(found, list)
    return found


def test_a_stranger_reads_after_giving_a_reason_and_every_read_says_so() -> None:
    assert send(READ).status == 403

    given = send(BREAK)

    assert (given.status, given.body["told"]) == (201, [RESPONSIBLE, "team-nord"])
    assert send(replace(READ, request_id="second")).status == 200
    entry = next(row for row in rows(AUDIT) if row["request_id"] == "second")
    assert (entry["relation"], entry["role"], entry["allowed"]) == ("break_glass", "caseworker", True)


def test_access_ends_after_its_time() -> None:
    until = datetime.fromisoformat(str(send(BREAK).body["until"]))
    register = RegisterStore(REGISTER)

    assert register.relation_of(DOSSIER, STRANGER, until - timedelta(seconds=1)) is Relation.BREAK_GLASS
    assert register.relation_of(DOSSIER, STRANGER, until) is Relation.NONE
    assert register.relation_of(DOSSIER, CLERK, until - timedelta(seconds=1)) is Relation.NONE


def test_the_responsible_person_and_the_team_lead_see_who_and_why() -> None:
    send(BREAK)

    (own,), (team,) = notices(RESPONSIBLE, RESPONSIBLE), notices("team-nord", COLLEAGUE, "teamlead")

    assert (own["staff_id"], own["staff_name"], own["dossier_id"]) == (STRANGER, "Dario Test", DOSSIER)
    assert own["reason"] == team["reason"] == REASON, "words of people are data, whatever they look like"
    assert own["seen_by"] is None
    assert notices(RESPONSIBLE, DEPUTY) == [own]


def test_who_takes_note_first_is_remembered_in_that_inbox() -> None:
    send(BREAK)
    (notice,) = notices("team-nord", COLLEAGUE, "teamlead")
    receipt = Call(
        "POST", f"/access/broken-glass/{notice['notice_id']}/receipt", COLLEAGUE, "[teamlead]", {"inbox": "team-nord"}
    )

    seen = [send(receipt), send(replace(receipt, staff=RESPONSIBLE))]

    assert [answer.body["seen_by"] for answer in seen] == [COLLEAGUE, COLLEAGUE]
    assert notices(RESPONSIBLE, RESPONSIBLE)[0]["seen_by"] is None


def test_a_notice_that_does_not_lie_there_is_not_found() -> None:
    path = f"/access/broken-glass/20260101T000000000Z_{DOSSIER}_ma-1/receipt"

    assert (send(Call("POST", path, RESPONSIBLE)).problem) == "unknown_notice"
    assert send(Call("POST", "/access/broken-glass/x/receipt", RESPONSIBLE)).wrong_fields == ["path.notice_id"]


def test_a_request_that_comes_twice_is_one_notice() -> None:
    answers = [send(BREAK), send(BREAK)]

    assert answers[0].body == answers[1].body
    assert len(notices(RESPONSIBLE, RESPONSIBLE)) == 1


@pytest.mark.parametrize("staff", [RESPONSIBLE, DEPUTY, COLLEAGUE])
def test_who_has_access_needs_to_break_nothing(staff: str) -> None:
    answer = send(replace(BREAK, staff=staff))

    assert (answer.status, answer.problem) == (409, "access_not_needed")
    assert notices(RESPONSIBLE, RESPONSIBLE) == []


@pytest.mark.parametrize("reason", ["", "Notfall", " " * 200, "\u200b" * 200, "x" * 10_000, None, 7])
def test_without_a_reason_that_can_be_judged_nothing_opens(reason: object) -> None:
    answer = send(replace(BREAK, body={"reason": reason}))

    assert (answer.status, answer.wrong_fields) == (422, ["body.reason"])
    assert send(READ).status == 403


def test_sealed_and_missing_dossiers_break_alike() -> None:
    furnish_access()
    sealed, missing = (
        send(replace(BREAK, staff=RESPONSIBLE, path=f"/access/dossiers/{dossier_id}/break-glass"))
        for dossier_id in (SEALED, MISSING)
    )

    assert sealed.status == 403
    assert (sealed.body, sealed.headers) == (missing.body, missing.headers)


def test_a_seal_ends_broken_glass_and_hides_its_notices() -> None:
    send(BREAK)
    at = datetime.fromisoformat("2026-11-21T08:31:00+00:00")
    RegisterStore(REGISTER).access.decide(Seal(DOSSIER, (DEPUTY,), REASON, COLLEAGUE, at, 1))

    assert send(replace(READ, request_id="after")).status == 403
    assert notices(RESPONSIBLE, RESPONSIBLE) == []
    assert len(notices(RESPONSIBLE, DEPUTY)) == 1


def test_the_reason_stands_in_no_key_and_not_in_the_audit() -> None:
    send(BREAK)

    assert "Spital" not in str(rows(AUDIT))
    assert "Spital" not in str([(row["pk"], row["sk"]) for row in rows(REGISTER)])


def test_a_dossier_that_nobody_looks_after_is_told_to_the_office() -> None:
    dossier = RegisterStore(REGISTER).get_dossier(DOSSIER)
    put_register(replace(dossier, responsible=None))

    assert send(BREAK).body["told"] == ["office"]
    assert len(notices("office", CLERK, "teamlead")) == 1


def test_without_the_audit_nothing_opens() -> None:
    client("dynamodb").delete_table(TableName=AUDIT)
    before = rows(REGISTER)

    assert send(BREAK).status == 503
    assert rows(REGISTER) == before
