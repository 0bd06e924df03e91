"""Corrections on real tables: labels, moves, entries; nothing is in two places, conflicts tell who was faster."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from functions.dossiers import publish_changes
from functions.dossiers.api import handler
from sozialakte.dossiers.correct_document import CorrectDocument
from sozialakte.dossiers.inbox import InboxEntry
from sozialakte.dossiers.inbox_store import InboxStore
from sozialakte.dossiers.model import Document
from sozialakte.dossiers.store import DossierStore
from sozialakte.register import Dossier, DossierStatus, DossierType, RegisterStore, Seal, StaffMember
from sozialakte.runtime.dynamo import Table
from tests.aws import DOSSIERS, REGISTER, counted_calls, put_register, rows, take_json
from tests.http_calls import Answer, Call
from tests.lambda_events import Context, stream_event
from tests.office import (
    COLLEAGUE,
    DEPUTY,
    DOSSIER,
    FILED,
    FOREIGN,
    REASON,
    RECEIVED,
    RESPONSIBLE,
    SISTER,
    STRANGER,
    UNCLAIMED,
    furnish,
)

pytestmark = pytest.mark.usefixtures("office")
DOCUMENT = f"/dossiers/{DOSSIER}/documents/{FILED}"
MOVE = {"version": 1, "to_dossier": SISTER, "reason": "Gehört <b>ins</b> andere Dossier"}


@pytest.fixture
def office(aws: None) -> None:  # noqa: ARG001 (opens the tables)
    furnish()


def post(path: str, body: Mapping[str, object], staff: str = RESPONSIBLE) -> Answer:
    return Call("POST", path, staff, body=body).to(handler)


def get(path: str, query: Mapping[str, str] | None = None, staff: str = RESPONSIBLE) -> Mapping[str, object]:
    return Call("GET", path, staff, query=query).to(handler).body


def counts(staff: str = RESPONSIBLE) -> tuple[object, object, object]:
    body = get("/dossiers/inbox/counts", staff=staff)
    return body["new"], body["urgent"], body["overdue"]


def test_of_two_who_correct_one_document_the_second_is_told_by_whom_and_what() -> None:
    first = post(f"{DOCUMENT}/labels", {"version": 1, "kind": "bill"}, COLLEAGUE)
    second = post(f"{DOCUMENT}/labels", {"version": 1, "subject": "Anderes"})

    assert (first.status, first.body["register"], first.body["register_name"]) == (200, "finance", "2 Finanzen")
    assert (second.status, second.problem) == (409, "changed_meanwhile")
    assert (second.body["by"], second.body["what"], second.body["version"]) == (COLLEAGUE, "kind", 2)
    assert "Art" in str(second.body["detail"])


def test_a_corrected_label_shows_in_the_inbox_and_holds_nobody_up_there() -> None:
    post(f"{DOCUMENT}/labels", {"version": 1, "subject": "Neuer Betreff"})

    (entry,) = [e for e in get("/dossiers/inbox")["entries"] if e["document_id"] == FILED]  # type: ignore[attr-defined]
    assert entry["subject"] == "Neuer Betreff"
    assert post(f"{DOCUMENT}/completion", {"version": 1}).status == 200


def test_a_moved_document_lies_in_the_other_dossier_only_and_both_show_it() -> None:
    assert post(f"{DOCUMENT}/move", MOVE).status == 200

    store = DossierStore(DOSSIERS)
    filing = store.find_filing(FILED)
    assert store.find_document(DOSSIER, FILED) is None
    assert store.find_document(SISTER, FILED) is not None
    assert filing is not None
    assert (filing.dossier_id, filing.moved_by, filing.version) == (SISTER, RESPONSIBLE, 2)
    assert get(f"/dossiers/{DOSSIER}/moves") == get(f"/dossiers/{SISTER}/moves")
    (move,) = get(f"/dossiers/{DOSSIER}/moves")["moves"]  # type: ignore[misc]
    assert move["reason"] == MOVE["reason"]  # type: ignore[has-type]
    left_behind = Table(DOSSIERS).get(f"DOSSIER#{DOSSIER}", f"DOCUMENT#{FILED}")
    assert left_behind is not None
    assert "subject" not in left_behind


def test_a_move_sent_twice_moves_once_and_there_and_back_is_where_it_was() -> None:
    assert [post(f"{DOCUMENT}/move", MOVE).status for _ in range(2)] == [200, 200]

    back = {"version": 2, "to_dossier": DOSSIER, "reason": "Doch nicht"}
    assert post(f"/dossiers/{SISTER}/documents/{FILED}/move", back).status == 200
    assert DossierStore(DOSSIERS).find_document(DOSSIER, FILED) is not None
    assert DossierStore(DOSSIERS).find_document(SISTER, FILED) is None


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("labels", {"version": 1, "kind": "bill"}),
        ("move", MOVE),
        ("completion", {"version": 1}),
        ("forwarding", {"version": 1, "to": "team-nord"}),
        ("notes", {"note_id": "1" * 32, "text": "Rückruf"}),
    ],
)
def test_who_still_sees_a_moved_document_where_it_was_is_told_who_moved_it(
    what: str, body: Mapping[str, object]
) -> None:
    post(f"{DOCUMENT}/move", MOVE)

    told = post(f"{DOCUMENT}/{what}", body, COLLEAGUE)

    assert (told.status, told.problem) == (409, "changed_meanwhile")
    assert (told.body["by"], told.body["what"], told.body["version"]) == (RESPONSIBLE, "dossier", 2)
    assert "anderes Dossier" in str(told.body["detail"])


def test_a_document_that_is_moved_while_somebody_labels_it_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    save_labels = DossierStore.save_labels

    def late(store: DossierStore, document: Document, entry: InboxEntry | None) -> None:
        register = RegisterStore(REGISTER, date(2026, 11, 21))
        correct = CorrectDocument(
            DossierStore(DOSSIERS), InboxStore(DOSSIERS), register, FILED, 1, RESPONSIBLE, RECEIVED
        )
        if DossierStore(DOSSIERS).find_document(DOSSIER, FILED):
            correct.move(DOSSIER, SISTER, "Falsch abgelegt")
        save_labels(store, document, entry)

    monkeypatch.setattr(DossierStore, "save_labels", late)
    told = post(f"{DOCUMENT}/labels", {"version": 1, "kind": "bill"}, COLLEAGUE)

    assert (told.status, told.body.get("by"), told.body.get("what")) == (409, RESPONSIBLE, "dossier")


def test_a_document_that_went_to_a_dossier_sealed_from_me_is_only_gone() -> None:
    post(f"{DOCUMENT}/move", MOVE)
    RegisterStore(REGISTER).access.decide(Seal(SISTER, (STRANGER,), REASON, COLLEAGUE, RECEIVED, 1))

    told = post(f"{DOCUMENT}/labels", {"version": 1, "kind": "bill"}, COLLEAGUE)

    assert (told.status, told.problem) == (404, "unknown_thing")


def test_a_note_to_who_has_the_entry_already_does_not_get_lost() -> None:
    forwarding = f"{DOCUMENT}/forwarding"
    first = post(forwarding, {"version": 1, "to": COLLEAGUE, "note": "Bitte prüfen"})
    again = post(forwarding, {"version": 1, "to": COLLEAGUE, "note": "Bitte prüfen"})
    second = post(forwarding, {"version": 1, "to": COLLEAGUE, "note": "Frist läuft"}, DEPUTY)
    third = post(forwarding, {"version": 2, "to": COLLEAGUE, "note": "Frist läuft"}, DEPUTY)

    assert (first.status, again.body) == (200, first.body)
    assert (second.status, second.body["by"]) == (409, RESPONSIBLE)
    assert (third.status, third.body["note"], third.body["version"]) == (200, "Frist läuft", 3)
    assert counts(COLLEAGUE) == (1, 0, 0)


def test_nobody_moves_a_document_into_a_dossier_they_have_no_relation_to() -> None:
    assert post(f"{DOCUMENT}/move", {**MOVE, "to_dossier": FOREIGN}).status == 403
    assert post(f"{DOCUMENT}/move", MOVE, STRANGER).status == 403
    assert post(f"{DOCUMENT}/move", {**MOVE, "to_dossier": DOSSIER}).wrong_fields == ["body.to_dossier"]


def test_counts_are_right_at_once_whatever_happens_to_an_entry() -> None:
    assert (counts(), counts(COLLEAGUE)) == ((1, 0, 0), (0, 0, 0))

    forwarded = post(f"{DOCUMENT}/forwarding", {"version": 1, "to": COLLEAGUE, "note": "Bitte prüfen"})
    assert (forwarded.status, forwarded.body["note"]) == (200, "Bitte prüfen")
    assert (counts(), counts(COLLEAGUE)) == ((0, 0, 0), (1, 0, 0))

    post(f"{DOCUMENT}/completion", {"version": 2}, COLLEAGUE)
    assert counts(COLLEAGUE) == (0, 0, 0)
    post(f"{DOCUMENT}/reopening", {"version": 3}, COLLEAGUE)
    assert counts(COLLEAGUE) == (1, 0, 0)


def test_an_entry_does_not_come_back_to_somebody_who_has_left() -> None:
    post(f"{DOCUMENT}/completion", {"version": 1})
    put_register(
        StaffMember(RESPONSIBLE, "Anna Beispiel", "nord", active=False),
        Dossier(DOSSIER, DossierType.ECONOMIC_ASSISTANCE, 4401, DossierStatus.OPEN, COLLEAGUE),
        on=date(2026, 11, 21),
    )

    reopened = post(f"{DOCUMENT}/reopening", {"version": 2}, COLLEAGUE)

    assert (reopened.status, reopened.body["state"]) == (200, "new")
    assert reopened.body["reason"] == f"{COLLEAGUE} ist zuständig."
    assert (counts(COLLEAGUE), counts_of(RESPONSIBLE)) == ((1, 0, 0), 0)


def counts_of(inbox: str) -> object:
    """As a colleague of the same team sees it."""
    return get("/dossiers/inbox/counts", {"inbox": inbox}, COLLEAGUE)["new"]


@pytest.mark.parametrize(
    ("what", "body", "field"),
    [
        ("notes", {"note_id": "3" * 32, "text": "x" * 10_000}, "text"),
        (f"documents/{FILED}/labels", {"version": 1, "subject": "x" * 10_000}, "subject"),
        (f"documents/{FILED}/move", {**MOVE, "reason": "x" * 10_000}, "reason"),
        ("documents/search", {"sender": "x" * 10_000}, "sender"),
        ("documents/fulltext", {"words": "x" * 10_000}, "words"),
    ],
)
def test_of_a_text_that_is_too_long_people_are_told_so(what: str, body: Mapping[str, object], field: str) -> None:
    answer = post(f"/dossiers/{DOSSIER}/{what}", body)

    (error,) = answer.body["errors"]  # type: ignore[misc]
    assert (answer.status, error["field"], error["detail"]) == (422, field, "Der Wert ist zu lang.")  # type: ignore[has-type]


def test_who_cannot_be_given_a_task_is_told_at_the_field_that_named_them() -> None:
    task = {"task_id": "1" * 32, "text": "Anrufen", "due": "2026-12-01", "assignee": STRANGER}

    assert post(f"/dossiers/{DOSSIER}/tasks", task).wrong_fields == ["body.assignee"]


def test_an_entry_is_forwarded_only_to_who_may_see_the_dossier() -> None:
    assert post(f"{DOCUMENT}/forwarding", {"version": 1, "to": STRANGER}).wrong_fields == ["body.to"]
    assert post(f"{DOCUMENT}/forwarding", {"version": 1, "to": "team-nord"}).status == 200
    assert post(f"/dossiers/{SISTER}/documents/{UNCLAIMED}/completion", {"version": 1}).status == 404


def test_corrections_are_told_to_those_who_hand_documents_over() -> None:
    before = {(row["pk"], row["sk"]): row for row in rows(DOSSIERS)}
    post(f"{DOCUMENT}/labels", {"version": 1, "kind": "bill"})
    post(f"{DOCUMENT}/move", {**MOVE, "version": 2})
    changed = [(before.get((row["pk"], row["sk"])), row) for row in rows(DOSSIERS)]
    publish_changes.handler(stream_event(*[pair for pair in changed if pair[0] != pair[1]]), Context())

    told = [(m["dossier_id"], m["change"], m["document_version"]) for m in take_json("handover")]
    assert sorted(told) == [(DOSSIER, "moved_out", 3), (SISTER, "moved_in", 3)]
    (settled,) = take_json("settle")
    assert (settled["dossier_id"], settled["moved_by"], settled["filing_version"]) == (SISTER, RESPONSIBLE, 2)


@pytest.mark.parametrize(
    "body", [{"register": "decisions"}, {"sender": "migration"}, {"kind": "decision", "urgent": False}]
)
def test_filtered_lists_need_two_calls(body: Mapping[str, object]) -> None:
    with counted_calls() as calls:
        answer = post(f"/dossiers/{DOSSIER}/documents/search", body)

    assert len(answer.body["documents"]) == 2  # type: ignore[arg-type]
    assert sorted(call for call in calls[-2:]) == ["BatchGetItem", "Query"]


@pytest.mark.parametrize(
    "body",
    [{"register": "finance"}, {"kind": "bill"}, {"urgent": True}, {"sender": "Steueramt"}, {"since": "2026-11-20"}],
)
def test_filters_leave_out_what_does_not_fit(body: Mapping[str, object]) -> None:
    assert post(f"/dossiers/{DOSSIER}/documents/search", body).body["documents"] == []


def test_html_is_a_text_and_control_characters_are_refused() -> None:
    note = {"note_id": "2" * 32, "text": "<script>alert(1)</script> Zu\u0308rich"}
    assert post(f"/dossiers/{DOSSIER}/notes", note).body["text"] == "<script>alert(1)</script> Zürich"
    for text in ("a\x00b", "a\u202eb", "", " ", "x" * 10_000, "\ud800"):
        answer = post(f"/dossiers/{DOSSIER}/notes", {"note_id": "3" * 32, "text": text})
        assert (answer.status, answer.wrong_fields) == (422, ["body.text"]), repr(text)
