"""The routes of the dossiers on real tables."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from functions.dossiers.api import handler
from sozialakte.intake.letter import letter_id_of
from sozialakte.shared.clock import utc_now
from tests.aws import AUDIT, rows
from tests.http_calls import Answer, Call
from tests.office import (
    BATCH_ID,
    DEPUTY,
    DOSSIER,
    FILED,
    FOREIGN,
    RECEIVED,
    RESPONSIBLE,
    STRANGER,
    UNCLAIMED,
    file_document,
    furnish,
)

pytestmark = pytest.mark.usefixtures("office")
DOCUMENTS = f"/dossiers/{DOSSIER}/documents"


@pytest.fixture
def office(aws: None) -> None:  # noqa: ARG001 (opens the tables)
    furnish()


def get(path: str, query: Mapping[str, str] | None = None, staff: str = RESPONSIBLE) -> Answer:
    """As a caseworker."""
    return Call("GET", path, staff, query=query).to(handler)


def cursor_of(key: object) -> str:
    """A cursor made by hand."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def test_my_inbox_shows_what_was_filed_to_me_and_why() -> None:
    answer = get("/dossiers/inbox")

    assert answer.body["inbox"] == RESPONSIBLE
    assert answer.body["entries"] == [
        {
            "document_id": FILED,
            "dossier_id": DOSSIER,
            "kind": "decision",
            "sender": "Amt für Migration",
            "subject": "Ihre Bewilligung",
            "written_on": "2026-11-19",
            "urgent": False,
            "deadline": None,
            "page_count": 2,
            "received_at": "2026-11-21T07:00:00Z",
            "filed_at": "2026-11-21T07:00:00Z",
            "reason": "Seite eines Briefs",
            "note": None,
            "state": "new",
            "since": "2026-11-21T07:00:00Z",
            "changed": {"by": "machine", "at": "2026-11-21T07:00:00Z", "what": ["abgelegt"]},
            "version": 1,
        }
    ]
    assert [(entry["subject"], entry["action"]) for entry in rows(AUDIT)] == [(f"inbox#{RESPONSIBLE}", "read_inbox")]


def test_inbox_of_a_colleague_or_of_whom_one_stands_in_for_may_be_read_of_others_not() -> None:
    assert get("/dossiers/inbox", {"inbox": RESPONSIBLE}, staff="ma-103").status == 200
    assert get("/dossiers/inbox", {"inbox": RESPONSIBLE}, staff=DEPUTY).status == 200
    assert get("/dossiers/inbox", {"inbox": "ma-999"}).status == 403


def test_what_is_urgent_is_seen_first_the_soonest_deadline_on_top() -> None:
    """Today is the 21st. An old deadline gives way after 30 days; the plain inbox still has all."""
    deadlines = [date(2026, 12, 1), date(2026, 11, 23), date(2026, 10, 22), date(2026, 10, 21)]
    for number, deadline in enumerate(deadlines, start=1):
        file_document(letter_id_of(f"{number:032x}", (1,)), deadline=deadline)

    urgent, everything = entries({"urgent": "true"}), entries({"urgent": "false"})

    assert [(entry["urgent"], entry["deadline"]) for entry in urgent] == [
        (True, "2026-10-22"),
        (True, "2026-11-23"),
        (True, "2026-12-01"),
    ]
    assert len(everything) == 5


def test_urgent_entries_come_page_by_page_each_once() -> None:
    for number in range(60):
        file_document(letter_id_of(f"{number:032x}", (1,)), deadline=date(2026, 12, 1) + timedelta(days=number % 7))

    first = get("/dossiers/inbox", {"urgent": "true"})
    second = get("/dossiers/inbox", {"urgent": "true", "cursor": str(first.body["next"])})

    assert isinstance(first.body["entries"], list)
    assert isinstance(second.body["entries"], list)
    seen = [(entry["deadline"], entry["document_id"]) for entry in first.body["entries"] + second.body["entries"]]
    assert (len(set(seen)), second.body["next"]) == (60, None)
    assert [deadline for deadline, _ in seen] == sorted(deadline for deadline, _ in seen)
    assert get("/dossiers/inbox", {"cursor": str(first.body["next"])}).wrong_fields == ["query.cursor"]


def test_what_is_urgent_for_others_is_guarded_like_their_inbox() -> None:
    file_document(letter_id_of("e" * 32, (1,)), deadline=date(2026, 12, 1))

    assert get("/dossiers/inbox", {"urgent": "true", "inbox": RESPONSIBLE}, staff=STRANGER).status == 403
    assert get("/dossiers/inbox", {"urgent": "vielleicht"}).wrong_fields == ["query.urgent"]


def entries(query: Mapping[str, str]) -> list[Mapping[str, object]]:
    """What the inbox answers."""
    found = get("/dossiers/inbox", query).body["entries"]
    assert isinstance(found, list)
    return found


def test_documents_of_a_dossier_are_listed_last_filed_first() -> None:
    newer = letter_id_of("c" * 32, (1,))
    file_document(newer, filed_at=RECEIVED + timedelta(hours=1))

    documents = get(DOCUMENTS).body["documents"]

    assert isinstance(documents, list)
    assert [document["document_id"] for document in documents] == [newer, UNCLAIMED, FILED]
    assert documents[2]["sha256"] == "b" * 64
    assert (documents[2]["sender"], documents[2]["written_on"]) == ("Amt für Migration", "2026-11-19")
    assert (documents[2]["unread_pages"], documents[2]["notes"]) == ([2], ["Seite ist nicht lesbar"])


@pytest.mark.parametrize(
    ("rendition", "file", "version"),
    [("original", "original.pdf", ["version-2"]), ("searchable", "searchable.pdf", None)],
)
def test_document_is_given_by_a_short_lived_address(rendition: str, file: str, version: list[str] | None) -> None:
    answer = get(f"{DOCUMENTS}/{FILED}", {"rendition": rendition})

    address = urlsplit(str(answer.body["url"]))
    signed = parse_qs(address.query)
    assert address.path.endswith(f"/letters/{FILED}/{file}")
    assert signed.get("versionId") == version
    assert 60 <= int(signed["X-Amz-Expires"][0]) <= 120
    ends_in = datetime.fromisoformat(str(answer.body["expires_at"])) - utc_now()
    assert timedelta(seconds=55) < ends_in <= timedelta(seconds=120)
    assert [entry["part"] for entry in rows(AUDIT)] == [f"document#{FILED}/{rendition}"]


def test_document_of_another_dossier_is_not_found_in_this_one() -> None:
    elsewhere = letter_id_of("d" * 32, (1,))
    file_document(elsewhere, FOREIGN)

    answer = get(f"{DOCUMENTS}/{elsewhere}")

    assert (answer.status, answer.problem) == (404, "unknown_document")


def test_signed_address_carries_ids_only() -> None:
    url = str(get(f"{DOCUMENTS}/{FILED}").body["url"])

    assert "Beispiel" not in url
    assert DOSSIER not in url


def test_pages_of_a_dossier_follow_each_other() -> None:
    for number in range(60):
        file_document(letter_id_of(f"{number:032x}", (1,)), filed_at=RECEIVED + timedelta(minutes=number))

    first = get(DOCUMENTS)
    second = get(DOCUMENTS, {"cursor": str(first.body["next"])})

    assert isinstance(first.body["documents"], list)
    assert isinstance(second.body["documents"], list)
    seen = [document["document_id"] for document in first.body["documents"] + second.body["documents"]]
    assert len(seen) == len(set(seen)) == 62
    assert second.body["next"] is None


def test_cursor_of_another_dossier_opens_nothing() -> None:
    for number in range(60):
        file_document(letter_id_of(f"{number:032x}", (1,)), FOREIGN, RECEIVED + timedelta(minutes=number))
    foreign = get(f"/dossiers/{FOREIGN}/documents", staff=STRANGER).body["next"]
    assert foreign

    answer = get(DOCUMENTS, {"cursor": str(foreign)})

    assert (answer.status, answer.wrong_fields) == (422, ["query.cursor"])


def test_garbage_is_no_cursor() -> None:
    garbage = [
        "",
        "x",
        "!!!",
        "../..",
        "ä",
        "A" * 5000,
        cursor_of([]),
        cursor_of({}),
        cursor_of({"list": "x", "after": {"pk": "DOSSIER#x"}}),
        base64.urlsafe_b64encode(b"[" * 400).decode().rstrip("="),
    ]

    answers = [get(DOCUMENTS, {"cursor": cursor}) for cursor in garbage]

    assert [(answer.status, answer.wrong_fields) for answer in answers] == [(422, ["query.cursor"])] * len(garbage)


def test_ids_of_the_wrong_form_are_refused() -> None:
    paths = [
        "/dossiers/SH-2026-123/documents",
        "/dossiers/sh-2026-00123/documents",
        "/dossiers/SH-2026-00123 /documents",
        "/dossiers/SH-2026-٠٠١٢٣/documents",
        "/dossiers/../documents",
        "/dossiers/%2e%2e/documents",
        f"{DOCUMENTS}/..",
        f"{DOCUMENTS}/{BATCH_ID}",
        f"{DOCUMENTS}/{FILED}x",
        f"{DOCUMENTS}/{FILED.upper()}",
        f"{DOCUMENTS}/{'9' * 5000}",
    ]

    answers = [get(path) for path in paths]

    assert [(answer.status, answer.problem) for answer in answers] == [(422, "invalid_request")] * len(paths)
    assert rows(AUDIT) == []


def test_unknown_parameters_and_choices_are_refused() -> None:
    queries = [{"curser": "x"}, {"rendition": "raw"}, {"rendition": "original,searchable"}]

    assert [get(f"{DOCUMENTS}/{FILED}", query).wrong_fields for query in queries] == [
        ["query.curser"],
        ["query.rendition"],
        ["query.rendition"],
    ]


def test_inboxes_of_the_wrong_form_are_refused() -> None:
    inboxes = ["", "MA-101", "ma-101#x", "inbox/ma-101", "-", "a" * 65, "team-"]

    answers = [get("/dossiers/inbox", {"inbox": inbox}) for inbox in inboxes]

    assert [(answer.status, answer.wrong_fields) for answer in answers] == [(422, ["query.inbox"])] * len(inboxes)


def test_unknown_addresses_are_problems_too() -> None:
    unknown = [("GET", "/dossiers"), ("GET", f"{DOCUMENTS}/"), ("DELETE", DOCUMENTS), ("GET", "/dossiers//documents")]

    answers = [Call(method, path).to(handler) for method, path in unknown]

    assert [(answer.status, answer.problem) for answer in answers] == [(404, "not_found")] * len(unknown)
    assert {answer.headers["content-type"] for answer in answers} == {"application/problem+json"}
