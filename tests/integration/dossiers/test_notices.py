"""Whoever leads the team of a dossier finds in the own inbox that its glass was broken, until somebody takes note."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import pytest

from functions.access.api import handler as access
from functions.dossiers.api import handler
from sozialakte.register import RegisterStore, Seal
from tests.aws import REGISTER
from tests.http_calls import Call
from tests.office import COLLEAGUE, DEPUTY, DOSSIER, REASON, RECEIVED, RESPONSIBLE, STRANGER, furnish_register


@pytest.fixture(autouse=True)
def office(aws: None) -> None:  # noqa: ARG001 (opens the tables)
    """A stranger breaks the glass of a dossier of the team Nord; the request comes twice."""
    furnish_register()
    for _ in range(2):
        call = Call("POST", f"/access/dossiers/{DOSSIER}/break-glass", STRANGER, body={"reason": REASON})
        assert call.to(access).status == 201


def notices(staff: str, groups: str = "[teamlead]", **query: str) -> list[Mapping[str, str]]:
    """Those in an inbox, on its first page; as many as are counted."""
    wanted = {name: value for name, value in query.items() if name == "inbox"}
    listed = Call("GET", "/dossiers/inbox", staff, groups, query or None).to(handler).body["notices"]
    counted = Call("GET", "/dossiers/inbox/counts", staff, groups, wanted or None).to(handler).body["notices"]
    found = cast("list[Mapping[str, str]]", listed)
    assert counted == len(found) or "state" in query
    return found


def test_the_team_lead_is_told_once_who_and_why() -> None:
    (notice,) = notices(COLLEAGUE)

    assert (notice["kind"], notice["inbox"], notice["reason"]) == ("notice", "team-nord", REASON)
    assert notice["text"] == f"Dario Test sieht im Notfall das Dossier {DOSSIER} ein."
    assert notices(COLLEAGUE, inbox="team-nord") == [notice]
    assert notices(COLLEAGUE, state="done") == []


def test_who_is_responsible_is_told_too_and_colleagues_are_not() -> None:
    assert [notice["inbox"] for notice in notices(RESPONSIBLE, "[caseworker]")] == [RESPONSIBLE]
    assert notices(COLLEAGUE, "[caseworker]") == []
    assert notices(COLLEAGUE, "[caseworker]", inbox="team-nord") == []
    assert notices(DEPUTY) == [], "who leads another team"


def test_it_leaves_the_inbox_when_somebody_has_taken_note() -> None:
    (notice,) = notices(COLLEAGUE)
    query = {"inbox": notice["inbox"]}

    call = Call("POST", f"/access/broken-glass/{notice['notice_id']}/receipt", COLLEAGUE, "[teamlead]", query)

    assert call.to(access).status == 200
    assert notices(COLLEAGUE) == []
    assert len(notices(RESPONSIBLE, "[caseworker]")) == 1, "everybody told takes note for themselves"


def test_of_a_dossier_sealed_since_nobody_else_is_told() -> None:
    RegisterStore(REGISTER).access.decide(Seal(DOSSIER, (RESPONSIBLE,), REASON, COLLEAGUE, RECEIVED, 1))

    assert notices(COLLEAGUE) == []
    assert len(notices(RESPONSIBLE, "[caseworker]")) == 1
