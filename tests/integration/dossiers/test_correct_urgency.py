"""Sender, urgent mark and deadline of a filed document are corrected: lists and counts follow, and the case system."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import pytest

from functions.dossiers import publish_changes
from functions.dossiers.api import handler
from sozialakte.dossiers.inbox_store import InboxStore
from sozialakte.dossiers.recount_inbox import RecountInbox
from sozialakte.runtime.dynamo import Table
from tests.aws import DOSSIERS, take_json
from tests.http_calls import Answer, Call
from tests.lambda_events import Context, stream_event
from tests.office import COLLEAGUE, DOSSIER, FILED, RESPONSIBLE, furnish

pytestmark = pytest.mark.usefixtures("office")
DOCUMENT = f"/dossiers/{DOSSIER}/documents/{FILED}"
URGENT = {"version": 1, "urgent": True, "deadline": "2026-12-04"}


@pytest.fixture
def office(aws: None) -> None:  # noqa: ARG001 (opens the tables)
    """One document in the responsible person's inbox, not urgent."""
    furnish()


def label(body: Mapping[str, object], staff: str = RESPONSIBLE) -> Answer:
    return Call("POST", f"{DOCUMENT}/labels", staff, body=body).to(handler)


def urgent() -> list[object]:
    """The days of what the urgent list shows; it is what is counted, and no counter has drifted."""
    found = Call("GET", "/dossiers/inbox", RESPONSIBLE, query={"urgent": "true"}).to(handler).body["entries"]
    counts = Call("GET", "/dossiers/inbox/counts", RESPONSIBLE).to(handler).body
    listed = [entry["deadline"] for entry in cast("list[Mapping[str, object]]", found)]
    assert (counts["new"], counts["urgent"]) == (1, len(listed))
    assert RecountInbox(InboxStore(DOSSIERS))(RESPONSIBLE) == {}
    return listed


def test_what_becomes_urgent_stands_among_the_urgent_ones_and_is_counted() -> None:
    assert urgent() == []

    answer = label(URGENT)

    assert (answer.status, answer.body["urgent"], answer.body["deadline"]) == (200, True, "2026-12-04")
    assert answer.body["changed"]["what"] == ["Dringlichkeit", "Frist"]  # type: ignore[index]
    assert urgent() == ["2026-12-04"]
    assert label(URGENT).body == answer.body, "sent twice it happened once"
    assert urgent() == ["2026-12-04"]


def test_another_deadline_none_and_not_urgent_after_all() -> None:
    label(URGENT)
    label({"version": 2, "deadline": "2026-12-11"})
    assert urgent() == ["2026-12-11"]

    label({"version": 3, "deadline": None})
    assert urgent() == [None], "due on the day it was filed"

    assert label({"version": 4, "urgent": False}).body["urgent"] is False
    assert urgent() == []


def test_a_sender_is_corrected_found_and_taken_off() -> None:
    label({"version": 1, "sender": "Müller & Söhne <b>AG</b>"})

    for asked in ("Müller", "Mueller", "MULLER", "Mu\N{COMBINING DIAERESIS}ller", "müller & SOEHNE"):
        found = Call("POST", f"/dossiers/{DOSSIER}/documents/search", RESPONSIBLE, body={"sender": asked}).to(handler)
        assert FILED in str(found.body), asked
    other = Call("POST", f"/dossiers/{DOSSIER}/documents/search", RESPONSIBLE, body={"sender": "Möller"}).to(handler)
    assert FILED not in str(other.body)
    (entry,) = cast("list[object]", Call("GET", "/dossiers/inbox", RESPONSIBLE).to(handler).body["entries"])
    assert "Müller & Söhne <b>AG</b>" in str(entry)
    assert label({"version": 2, "sender": None}).body["sender"] is None


def test_who_is_at_the_entry_is_told_of_another_deadline_but_not_of_another_sender() -> None:
    label({"version": 1, "sender": "Stadtwerke"}, COLLEAGUE)
    assert Call("POST", f"{DOCUMENT}/completion", RESPONSIBLE, body={"version": 1}).to(handler).status == 200
    Call("POST", f"{DOCUMENT}/reopening", RESPONSIBLE, body={"version": 2}).to(handler)

    label({**URGENT, "version": 2}, COLLEAGUE)
    told = Call("POST", f"{DOCUMENT}/completion", RESPONSIBLE, body={"version": 3}).to(handler)

    assert (told.status, told.body["by"], told.body["what"]) == (409, COLLEAGUE, "urgent, deadline")


def test_what_is_done_stays_done() -> None:
    Call("POST", f"{DOCUMENT}/completion", RESPONSIBLE, body={"version": 1}).to(handler)

    assert label(URGENT).status == 200

    assert Call("GET", "/dossiers/inbox/counts", RESPONSIBLE).to(handler).body["urgent"] == 0
    assert RecountInbox(InboxStore(DOSSIERS))(RESPONSIBLE) == {}


def test_the_case_system_is_told() -> None:
    key = (f"DOSSIER#{DOSSIER}", f"DOCUMENT#{FILED}")
    before = Table(DOSSIERS).get(*key)
    label(URGENT)

    publish_changes.handler(stream_event((before, Table(DOSSIERS).get(*key))), Context())

    (told,) = take_json("handover")
    assert (told["change"], told["document_id"], told["document_version"]) == ("relabelled", FILED, 2)


@pytest.mark.parametrize(
    ("field", "value"), [("sender", ""), ("sender", "x" * 10_000), ("deadline", "31.12.2026"), ("urgent", "ja")]
)
def test_what_is_no_label_is_refused(field: str, value: object) -> None:
    assert label({"version": 1, field: value}).wrong_fields == [f"body.{field}"]
