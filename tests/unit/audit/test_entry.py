"""What an audit entry holds, and that one attempt is one entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sozialakte.audit import entry_of
from sozialakte.shared.access import Action, Relation, Role, decide
from sozialakte.shared.attempts import Attempt

ROLES = frozenset({Role.TEAMLEAD, Role.CASEWORKER})
ATTEMPT = Attempt(
    request_id="r-1",
    at=datetime(2026, 11, 21, 8, 30, tzinfo=UTC),
    staff_id="ma-101",
    roles=ROLES,
    subject="dossier#SH-2026-00123",
    decision=decide(ROLES, Relation.TEAM, Action.READ_DOCUMENT),
    part="document#x/original",
)


def test_entry_says_who_did_what_to_which_subject_when_and_why_it_was_allowed() -> None:
    entry = entry_of(ATTEMPT)

    assert (entry.staff_id, entry.action, entry.subject, entry.part) == (
        "ma-101",
        Action.READ_DOCUMENT,
        "dossier#SH-2026-00123",
        "document#x/original",
    )
    assert (entry.at, entry.request_id, entry.relation) == (ATTEMPT.at, "r-1", Relation.TEAM)
    assert (entry.allowed, entry.role, entry.roles) == (True, Role.CASEWORKER, (Role.CASEWORKER, Role.TEAMLEAD))


def test_same_attempt_is_the_same_entry() -> None:
    assert entry_of(ATTEMPT) == entry_of(replace(ATTEMPT, roles=frozenset(sorted(ROLES, reverse=True))))


def test_every_other_attempt_is_another_entry() -> None:
    refused = decide([], Relation.TEAM, Action.READ_DOCUMENT)
    others = [
        replace(ATTEMPT, request_id="r-2"),
        replace(ATTEMPT, staff_id="ma-102"),
        replace(ATTEMPT, subject="dossier#SH-2026-00124"),
        replace(ATTEMPT, part=None),
        replace(ATTEMPT, decision=refused),
        replace(ATTEMPT, decision=decide(ROLES, Relation.TEAM, Action.LIST_DOCUMENTS)),
    ]

    assert len({entry_of(attempt).entry_id for attempt in [ATTEMPT, *others]}) == len(others) + 1
