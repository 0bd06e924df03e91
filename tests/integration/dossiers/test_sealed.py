"""A sealed dossier is in no list of those who are not named: not found, no task, no move, nothing in an inbox."""

from __future__ import annotations

from datetime import date

import pytest

from functions.dossiers.api import handler
from sozialakte.register import RegisterStore, Seal
from tests.aws import REGISTER
from tests.http_calls import Answer, Call
from tests.office import (
    COLLEAGUE,
    DEPUTY,
    DOSSIER,
    FILED,
    REASON,
    RECEIVED,
    RESPONSIBLE,
    SISTER,
    STRANGER,
    file_document,
    furnish,
)

DOCUMENT = f"/dossiers/{DOSSIER}/documents/{FILED}"


@pytest.fixture(autouse=True)
def office(aws: None) -> None:  # noqa: ARG001 (opens the tables)
    furnish()


def ask(method: str, path: str, body: object = None, staff: str = RESPONSIBLE) -> Answer:
    return Call(method, path, staff, body=body).to(handler)


def seal(dossier_id: str, named: str = STRANGER) -> None:
    """For one person alone."""
    RegisterStore(REGISTER).access.decide(Seal(dossier_id, (named,), REASON, COLLEAGUE, RECEIVED, 1))


def shown_in_inbox(staff: str) -> tuple[int, int]:
    """So many new and urgent entries of the responsible person's inbox; the lists must show what is counted."""
    entries, urgent, counts = (
        Call("GET", path, staff, query={"inbox": RESPONSIBLE, **query}).to(handler).body
        for path, query in (
            ("/dossiers/inbox", {}),
            ("/dossiers/inbox", {"urgent": "true"}),
            ("/dossiers/inbox/counts", {}),
        )
    )
    listed = len(entries["entries"]), len(urgent["entries"])  # type: ignore[arg-type]
    assert (counts["new"], counts["urgent"]) == listed
    return listed


def test_only_those_named_find_it() -> None:
    seal(DOSSIER)
    found = {
        staff: len(ask("POST", "/dossiers/search", {"dossier_id": DOSSIER}, staff).body["dossiers"])  # type: ignore[arg-type]
        for staff in (RESPONSIBLE, COLLEAGUE, STRANGER)
    }

    assert found == {RESPONSIBLE: 0, COLLEAGUE: 0, STRANGER: 1}


def test_its_tasks_and_entries_leave_the_lists() -> None:
    assert ask("GET", "/dossiers/tasks").body["tasks"]
    assert ask("GET", "/dossiers/inbox").body["entries"]
    seal(DOSSIER)

    assert ask("GET", "/dossiers/tasks").body["tasks"] == []
    assert ask("GET", "/dossiers/inbox").body["entries"] == []


def test_an_inbox_counts_for_everybody_what_its_lists_show_them() -> None:
    file_document("9" * 32, deadline=date(2026, 12, 1))
    assert shown_in_inbox(RESPONSIBLE) == shown_in_inbox(DEPUTY) == shown_in_inbox(COLLEAGUE) == (2, 1)
    seal(DOSSIER, DEPUTY)

    assert shown_in_inbox(RESPONSIBLE) == shown_in_inbox(COLLEAGUE) == (0, 0)
    assert shown_in_inbox(DEPUTY) == (2, 1)


def test_what_comes_while_a_dossier_is_sealed_is_counted_once_it_is_no_more() -> None:
    seal(DOSSIER, STRANGER)
    file_document("9" * 32, deadline=date(2026, 12, 1))
    assert shown_in_inbox(RESPONSIBLE) == (0, 0)
    lifted = Seal(DOSSIER, (STRANGER,), REASON, COLLEAGUE, RECEIVED, 2, holds=False)
    RegisterStore(REGISTER).access.decide(lifted)

    assert shown_in_inbox(RESPONSIBLE) == (2, 1)


def test_what_is_moved_out_of_a_sealed_dossier_is_counted_again() -> None:
    seal(DOSSIER, RESPONSIBLE)
    assert shown_in_inbox(DEPUTY) == (0, 0)
    move = {"version": 1, "to_dossier": SISTER, "reason": "Falsch abgelegt"}
    assert ask("POST", f"{DOCUMENT}/move", move).status == 200

    assert shown_in_inbox(DEPUTY) == (1, 0)


def test_what_was_moved_into_it_or_out_of_it_is_not_told_elsewhere() -> None:
    move = {"version": 1, "to_dossier": SISTER, "reason": "Falsch abgelegt"}
    assert ask("POST", f"{DOCUMENT}/move", move).status == 200
    assert ask("GET", f"/dossiers/{SISTER}/moves").body["moves"]
    seal(DOSSIER)

    assert ask("GET", f"/dossiers/{SISTER}/moves").body["moves"] == []


def test_its_entry_is_forwarded_to_those_named_only() -> None:
    seal(DOSSIER)
    answered = {
        to: ask("POST", f"{DOCUMENT}/forwarding", {"version": 1, "to": to}, STRANGER).status
        for to in (DEPUTY, "team-nord", STRANGER)
    }

    assert answered == {DEPUTY: 422, "team-nord": 422, STRANGER: 200}
