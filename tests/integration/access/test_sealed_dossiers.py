"""A sealed dossier exists for the named persons only: its routes, its mail, the lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from functions.dossiers.file_document import handler as file_document_handler
from sozialakte.dossiers.store import DossierStore
from sozialakte.register import RegisterStore, StaffMember
from sozialakte.register.model import Absence
from tests.apis import apis
from tests.aws import AUDIT, DOSSIERS, REGISTER, keep_letter_file, put_register, rows
from tests.builders import a_file_document, a_letter
from tests.http_calls import Answer, Call
from tests.lambda_events import Context, failed_ids, sqs_event
from tests.office import (
    CLERK,
    COLLEAGUE,
    DEPUTY,
    DOSSIER,
    FILED,
    MISSING,
    REASON,
    RESPONSIBLE,
    STRANGER,
    furnish,
)

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def office(aws: None) -> None:  # noqa: ARG001 (opens the tables)
    furnish()


def send(call: Call) -> Answer:
    return call.to(apis()[call.path.split("/")[1]].handle)


def seal(*named: str, version: int = 0, staff: str = COLLEAGUE, role: str = "teamlead") -> Answer:
    body = {"named": list(named), "reason": REASON, "version": version}
    return send(
        Call("POST", f"/access/dossiers/{DOSSIER}/seal", staff, f"[{role}]", body=body, request_id=f"s{version}")
    )


def unseal(version: int, staff: str, role: str = "teamlead") -> Answer:
    body = {"reason": REASON, "version": version}
    return send(Call("POST", f"/access/dossiers/{DOSSIER}/unsealing", staff, f"[{role}]", body=body))


def readers() -> set[str]:
    """Who may open the dossier's document now."""
    call = Call("GET", f"/dossiers/{DOSSIER}/documents/{FILED}")
    everybody = (RESPONSIBLE, DEPUTY, COLLEAGUE, STRANGER, CLERK)
    return {staff for staff in everybody if send(replace(call, staff=staff)).status == 200}


def inbox_of(inbox: str, staff: str) -> list[object]:
    found = send(Call("GET", "/dossiers/inbox", staff, query={"inbox": inbox})).body["entries"]
    assert isinstance(found, list)
    return [entry["document_id"] for entry in found]


def deliver_letter() -> str:
    """A letter for the dossier comes in and is filed; its id."""
    letter = a_letter()
    version = keep_letter_file(letter.original.key, b"letter")
    original = replace(letter.original, version_id=version)
    message = a_file_document(replace(letter, original=original, sha256=sha256(b"letter").hexdigest()))
    asked = message.model_copy(update={"dossier_id": DOSSIER})
    assert failed_ids(file_document_handler(sqs_event(asked.to_json()), Context())) == []
    return letter.letter_id


def test_from_the_seal_on_only_the_named_see_the_dossier_and_afterwards_those_who_did_before() -> None:
    assert readers() == {RESPONSIBLE, DEPUTY, COLLEAGUE}

    assert seal(STRANGER).body["version"] == 1
    assert readers() == {STRANGER}

    assert unseal(1, STRANGER).body["sealed"] is False
    assert readers() == {RESPONSIBLE, DEPUTY, COLLEAGUE}


def test_mail_that_lay_in_an_inbox_before_the_seal_is_gone_for_all_but_the_named() -> None:
    assert inbox_of(RESPONSIBLE, RESPONSIBLE) == [FILED]

    seal(DEPUTY)

    assert inbox_of(RESPONSIBLE, RESPONSIBLE) == []
    assert inbox_of(RESPONSIBLE, COLLEAGUE) == []
    assert inbox_of(RESPONSIBLE, DEPUTY) == [FILED]


def test_a_letter_to_a_sealed_dossier_is_filed_and_reaches_the_named_alone() -> None:
    put_register(StaffMember("ma-105", "Fritz Kollege", "ost"))
    seal(STRANGER)

    letter_id = deliver_letter()

    assert DossierStore(DOSSIERS).find_document(DOSSIER, letter_id) is not None
    assert inbox_of(STRANGER, STRANGER) == [letter_id]
    assert inbox_of(STRANGER, "ma-105") == [], "the colleague sees the inbox, not this letter"
    assert inbox_of(RESPONSIBLE, RESPONSIBLE) == []


def test_mail_goes_to_the_next_named_when_the_first_is_away_and_never_to_a_deputy_or_team() -> None:
    today = date(2026, 11, 21)
    seal(RESPONSIBLE, STRANGER)
    register = RegisterStore(REGISTER)
    put_register(Absence(RESPONSIBLE, today, today))
    assert register.find_recipient(DOSSIER, today).inbox == STRANGER

    put_register(Absence(STRANGER, today, today))
    assert register.find_recipient(DOSSIER, today).inbox == RESPONSIBLE


def test_lists_know_which_dossiers_to_hide() -> None:
    seal(STRANGER)
    book = RegisterStore(REGISTER).access

    assert book.hidden_from(RESPONSIBLE, [DOSSIER, MISSING]) == {DOSSIER}
    assert book.hidden_from(STRANGER, [DOSSIER]) == frozenset()
    assert book.hidden_from(RESPONSIBLE, []) == frozenset()
    assert book.all_hidden_from(RESPONSIBLE) == {DOSSIER}
    assert book.all_hidden_from(STRANGER) == frozenset()


def test_a_decision_on_an_outdated_view_tells_who_decided_meanwhile() -> None:
    seal(RESPONSIBLE, STRANGER)

    answer = seal(COLLEAGUE, version=0, staff=RESPONSIBLE)

    assert (answer.status, answer.problem) == (409, "seal_changed")
    assert (answer.body["by"], answer.body["version"]) == (COLLEAGUE, 1)
    assert readers() == {RESPONSIBLE, STRANGER}


def test_the_same_decision_sent_again_is_no_conflict() -> None:
    answers = [seal(COLLEAGUE, version=0) for _ in range(2)]

    assert answers[0].body == answers[1].body
    assert [row["version"] for row in rows(REGISTER) if str(row["sk"]).startswith("sealing#")] == [1]


def test_every_decision_stays_with_who_when_and_why() -> None:
    seal(STRANGER)
    seal(STRANGER, DEPUTY, version=1, staff=STRANGER)
    unseal(2, DEPUTY)

    kept = [row for row in rows(REGISTER) if str(row["sk"]).startswith("sealing#")]
    assert [(row["by"], row["named"], row["holds"]) for row in kept] == [
        (COLLEAGUE, [STRANGER], True),
        (STRANGER, [STRANGER, DEPUTY], True),
        (DEPUTY, [], False),
    ]
    assert {row["reason"] for row in kept} == {REASON}
    parts = {entry.get("part") for entry in rows(AUDIT) if entry["action"] == "seal_dossier"}
    assert parts == {f"named#{STRANGER}", f"named#{STRANGER} {DEPUTY}"}


def test_the_auditor_is_the_way_out_when_nobody_named_is_left_and_cannot_name_themself() -> None:
    seal(STRANGER)
    put_register(StaffMember(STRANGER, "Dario Test", "ost", active=False))
    assert readers() == set()

    assert seal(CLERK, version=1, staff=CLERK, role="auditor").problem == "self_named"
    assert seal(DEPUTY, version=1, staff=CLERK, role="auditor").status == 200
    assert readers() == {DEPUTY}


def test_auditors_learn_that_and_for_whom_a_dossier_is_sealed() -> None:
    path = f"/access/dossiers/{DOSSIER}/seal"
    before = send(Call("GET", path, CLERK, "[auditor]"))
    seal(STRANGER)
    after = send(Call("GET", path, CLERK, "[auditor]", request_id="after"))

    assert (before.body["sealed"], before.body["version"], before.body["named"]) == (False, 0, [])
    assert (after.body["sealed"], after.body["version"], after.body["named"]) == (True, 1, [STRANGER])


def test_only_people_who_work_here_can_be_named() -> None:
    put_register(StaffMember("ma-300", "Gone", "ost", active=False))

    for named in (["ma-999"], ["ma-300"], [STRANGER, "ma-300"], ["team-nord"], ["office"]):
        assert seal(*named).wrong_fields == ["body.named"]
    assert seal().wrong_fields == ["body.named"]
    assert seal(*[f"ma-{number}" for number in range(13)]).wrong_fields == ["body.named"]
    assert readers() == {RESPONSIBLE, DEPUTY, COLLEAGUE}


def test_what_is_not_sealed_cannot_be_unsealed() -> None:
    assert unseal(0, CLERK, "auditor").problem == "not_sealed"
    assert seal(DEPUTY, version=5).problem == "seal_changed"
