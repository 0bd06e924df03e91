"""A whole inbox goes to whoever took the case load over: nothing new stays where nobody looks any more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from functions.dossiers.api import handler
from sozialakte.dossiers.hand_inbox_over import AT_ONCE
from sozialakte.intake.letter import letter_id_of
from sozialakte.register import Dossier, DossierStatus, DossierType, RegisterStore, Seal
from tests.aws import REGISTER, put_register
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

pytestmark = pytest.mark.usefixtures("office")
IN_THE_SISTER = letter_id_of("c" * 32, (1,))
TO_THE_STRANGER = {"to": STRANGER, "note": "Übernahme <b>Ost</b>"}


@pytest.fixture
def office(aws: None) -> None:  # noqa: ARG001 (opens the tables)
    """The stranger, of another team, has taken one of the two dossiers over; in both something is new."""
    furnish()
    file_document(IN_THE_SISTER, SISTER)
    put_register(
        Dossier(DOSSIER, DossierType.ECONOMIC_ASSISTANCE, 4401, DossierStatus.OPEN, STRANGER), on=date(2026, 11, 21)
    )


def hand_over(body: Mapping[str, object], query: Mapping[str, str] | None = None, groups: str = "[teamlead]") -> Answer:
    """As the lead of the predecessor's team, who has nothing to do with what has gone to the other team."""
    query = {"inbox": RESPONSIBLE, **(query or {})}
    return Call("POST", "/dossiers/inbox/handover", COLLEAGUE, groups, query, body).to(handler)


def entries(staff: str) -> list[Mapping[str, object]]:
    found = Call("GET", "/dossiers/inbox", staff).to(handler).body["entries"]
    assert isinstance(found, list)
    return found


def new(staff: str) -> object:
    return Call("GET", "/dossiers/inbox/counts", staff).to(handler).body["new"]


def test_what_is_new_follows_its_dossier_and_the_rest_stays() -> None:
    assert (
        Call(
            "POST", f"/dossiers/{DOSSIER}/documents/{FILED}/forwarding", COLLEAGUE, body={"version": 1, "to": STRANGER}
        )
        .to(handler)
        .status
        == 403
    )

    answer = hand_over(TO_THE_STRANGER)

    assert (answer.status, answer.body) == (200, {"moved": 1, "kept": 1, "next": None})
    assert [entry["document_id"] for entry in entries(RESPONSIBLE)] == [IN_THE_SISTER]
    (came,) = entries(STRANGER)
    assert (came["document_id"], came["note"]) == (FILED, "Übernahme <b>Ost</b>")
    assert came["changed"] == {"by": COLLEAGUE, "at": "2026-11-21T08:30:00.123000Z", "what": ["weitergegeben"]}
    assert (new(RESPONSIBLE), new(STRANGER)) == (1, 1)


def test_sent_twice_it_happens_once() -> None:
    hand_over(TO_THE_STRANGER)

    assert hand_over(TO_THE_STRANGER).body == {"moved": 0, "kept": 1, "next": None}
    assert (new(RESPONSIBLE), new(STRANGER)) == (1, 1)


def test_a_full_inbox_goes_page_by_page() -> None:
    for number in range(AT_ONCE):
        file_document(letter_id_of(f"{number:032x}", (1,)))

    first = hand_over(TO_THE_STRANGER)
    second = hand_over(TO_THE_STRANGER, {"cursor": str(first.body["next"])})

    assert second.body["next"] is None
    assert [int(str(first.body[name])) + int(str(second.body[name])) for name in ("moved", "kept")] == [AT_ONCE + 1, 1]
    assert new(STRANGER) == AT_ONCE + 1


def test_what_is_sealed_from_who_hands_over_stays_and_is_not_counted() -> None:
    RegisterStore(REGISTER).access.decide(Seal(DOSSIER, (STRANGER,), REASON, DEPUTY, RECEIVED, 1))

    assert hand_over(TO_THE_STRANGER).body == {"moved": 0, "kept": 1, "next": None}
    assert entries(STRANGER) == []


def test_only_who_leads_the_team_hands_an_inbox_over_and_to_another_one() -> None:
    assert hand_over(TO_THE_STRANGER, groups="[caseworker]").status == 403
    same = hand_over({"to": RESPONSIBLE})
    assert (same.wrong_fields, "derselbe Posteingang" in str(same.body)) == (["body.to"], True)
    assert hand_over({"to": "MA 1"}).wrong_fields == ["body.to"]
