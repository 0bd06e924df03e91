"""The routes of the intake on real tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from functions.intake.api import handler
from sozialakte.intake.letter import Destination, LetterState
from sozialakte.intake.store import IntakeStore
from tests.aws import AUDIT, INTAKE, LETTERS, rows
from tests.http_calls import Answer, Call
from tests.office import (
    BATCH_ID,
    CLERK,
    CLOSED,
    DOSSIER,
    FACTS,
    FILED,
    FOREIGN,
    FORWARDED,
    IN_REVIEW,
    MISSING,
    RECEIVED,
    TODAY,
    UNKNOWN_LETTER,
    batch,
    forwarded_letter,
    furnish,
    letter_in_review,
)

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def office(aws: None) -> None:  # noqa: ARG001 (opens the tables)
    furnish()


SAID = {
    "kind": "decision",
    "written_on": "2026-11-19",
    "urgent": True,
    "deadline": "2026-12-01",
    "unread_pages": [1],
    "proposed_cuts": [{"page": 2, "reason": "Seite eines Briefs"}],
    "notes": ["Seite ist nicht lesbar"],
    "confidence": 0.4,
}


def get(path: str, query: Mapping[str, str] | None = None) -> Answer:
    """As the mailroom's clerk."""
    return Call("GET", path, CLERK, "[mailroom]", query).to(handler)


def assign(body: object, *, letter_id: str = IN_REVIEW, staff: str = CLERK, request_id: str = "r-1") -> Answer:
    """The clerk decides."""
    path = f"/intake/letters/{letter_id}/assignment"
    return Call("POST", path, staff, "[mailroom]", body=body, request_id=request_id).to(handler)


def decision(version: int = 3, dossier_id: str = DOSSIER) -> dict[str, object]:
    """The body of an assignment."""
    return {"dossier_id": dossier_id, "version": version}


def test_batches_of_a_day_are_listed() -> None:
    answer = get("/intake/batches", {"day": TODAY})

    assert answer.status == 200
    assert answer.body == {
        "batches": [
            {
                "batch_id": BATCH_ID,
                "state": "cut",
                "file_name": "Stapel Müller.pdf",
                "received_at": "2026-11-21T07:00:00Z",
                "pages_in": 5,
                "pages_counted": None,
                "reason": None,
                "notes": [],
            }
        ],
        "next": None,
    }


def test_without_a_day_it_is_today_in_zurich() -> None:
    assert get("/intake/batches").body == get("/intake/batches", {"day": TODAY}).body
    assert get("/intake/batches", {"day": "2026-11-20"}).body == {"batches": [], "next": None}


def test_many_batches_come_page_by_page_each_once() -> None:
    store = IntakeStore(INTAKE)
    for number in range(60):
        store.add_batch(batch(f"{number:032x}", RECEIVED + timedelta(minutes=number)))

    seen, cursor = [], None
    while True:
        answer = get("/intake/batches", {"day": TODAY} | ({"cursor": cursor} if cursor else {}))
        page = answer.body["batches"]
        assert isinstance(page, list)
        seen += [entry["batch_id"] for entry in page]
        cursor = str(answer.body["next"])
        if answer.body["next"] is None:
            break

    assert len(seen) == len(set(seen)) == 61


def test_ledger_of_a_batch_accounts_for_every_page() -> None:
    answer = get(f"/intake/batches/{BATCH_ID}")

    assert answer.body["ledger"] == {
        "pages_in": 5,
        "filed": 2,
        "review": 1,
        "forwarded": 1,
        "separators": 1,
        "blanks": 0,
        "duplicates": 0,
        "rejected": 0,
        "in_progress": 0,
    }
    assert answer.body["pages"] == [
        {"page": 1, "fate": "filed", "reason": "Seite eines Briefs", "letter_id": FILED},
        {"page": 2, "fate": "filed", "reason": "Seite eines Briefs", "letter_id": FILED},
        {"page": 3, "fate": "separator", "reason": "Trennblatt (PATCHT)", "letter_id": None},
        {"page": 4, "fate": "review", "reason": "Seite eines Briefs", "letter_id": IN_REVIEW},
        {"page": 5, "fate": "forwarded", "reason": "Eine Bewerbung auf eine Stelle.", "letter_id": FORWARDED},
    ]
    letters = answer.body["letters"]
    assert isinstance(letters, list)
    assert [
        (letter["letter_id"], letter["state"], letter["dossier_id"], letter["destination"]) for letter in letters
    ] == [
        (FILED, "filed", DOSSIER, None),
        (IN_REVIEW, "review", None, None),
        (FORWARDED, "forwarded", None, "job_applications"),
    ]


def test_a_batch_says_of_its_letters_what_they_are_but_not_who_writes() -> None:
    """The auditor sees batches, and whose letters they are is none of their business."""
    body = Call("GET", f"/intake/batches/{BATCH_ID}", CLERK, "[auditor]").to(handler).body

    letters = body["letters"]
    assert isinstance(letters, list)
    assert {name: letters[1][name] for name in SAID} == SAID
    assert not any(str(private) in str(body) for private in (FACTS.sender, FACTS.subject))


def test_unknown_batch_is_not_found() -> None:
    answer = get(f"/intake/batches/{'e' * 32}")

    assert (answer.status, answer.problem) == (404, "unknown_batch")


def test_review_shows_the_longest_waiting_first_with_reasons_and_candidates() -> None:
    older = letter_in_review("a" * 32, RECEIVED - timedelta(days=1))
    IntakeStore(INTAKE).add_letter(older)

    answer = get("/intake/review")

    letters = answer.body["letters"]
    assert isinstance(letters, list)
    assert [letter["letter_id"] for letter in letters] == [older.letter_id, IN_REVIEW]
    assert letters[1]["reasons"] == ["Seite eines Briefs"]
    assert letters[1]["candidates"] == [DOSSIER]
    assert letters[1]["version"] == 3


def test_review_shows_what_a_letter_says_about_itself() -> None:
    (letter,) = waiting("/intake/review")

    said = {**SAID, "sender": "Amt für Migration", "subject": "Ihre Bewilligung"}
    assert {name: letter[name] for name in said} == said


def test_forwarded_letters_wait_by_destination_the_oldest_first() -> None:
    store = IntakeStore(INTAKE)
    older = forwarded_letter("a" * 32, since=RECEIVED - timedelta(days=1))
    store.add_letter(older)
    store.add_letter(replace(forwarded_letter("b" * 32), destination=Destination.OTHER_OFFICE))

    letters = waiting("/intake/forwarded", {"destination": "job_applications"})

    assert [letter["letter_id"] for letter in letters] == [older.letter_id, FORWARDED]
    assert (letters[1]["destination"], letters[1]["taken_by"], letters[1]["candidates"]) == (
        "job_applications",
        None,
        [],
    )
    assert letters[1]["reasons"] == ["Eine Bewerbung auf eine Stelle."]
    assert waiting("/intake/forwarded", {"destination": "new_case"}) == []
    assert FORWARDED not in [letter["letter_id"] for letter in waiting("/intake/review")]


def test_many_forwarded_letters_come_page_by_page_each_once() -> None:
    store = IntakeStore(INTAKE)
    for number in range(60):
        store.add_letter(forwarded_letter(f"{number:032x}", since=RECEIVED + timedelta(minutes=number)))

    first = get("/intake/forwarded", {"destination": "job_applications"})
    second = get("/intake/forwarded", {"destination": "job_applications", "cursor": str(first.body["next"])})

    assert isinstance(first.body["letters"], list)
    assert isinstance(second.body["letters"], list)
    seen = [letter["letter_id"] for letter in first.body["letters"] + second.body["letters"]]
    assert (len(seen), len(set(seen)), second.body["next"]) == (61, 61, None)
    foreign = get("/intake/forwarded", {"destination": "new_case", "cursor": str(first.body["next"])})
    assert foreign.wrong_fields == ["query.cursor"]


@pytest.mark.parametrize("query", [{}, {"destination": ""}, {"destination": "review"}, {"destination": "New_Case"}])
def test_forwarded_letters_are_asked_for_by_a_destination_there_is(query: Mapping[str, str]) -> None:
    answer = get("/intake/forwarded", query)

    assert (answer.status, answer.wrong_fields) == (422, ["query.destination"])


def waiting(path: str, query: Mapping[str, str] | None = None) -> list[Mapping[str, object]]:
    """The letters of a list."""
    letters = get(path, query).body["letters"]
    assert isinstance(letters, list)
    return letters


@pytest.mark.parametrize(("letter_id", "version"), [(IN_REVIEW, "version-1"), (FORWARDED, "version-5")])
def test_letter_in_review_comes_with_a_short_lived_address_of_exactly_the_record(letter_id: str, version: str) -> None:
    answer = get(f"/intake/review/{letter_id}")

    address = urlsplit(str(answer.body["url"]))
    signed = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert address.path.endswith(f"/letters/{letter_id}/original.pdf")
    assert LETTERS in address.netloc + address.path
    assert signed["versionId"] == version
    assert signed["X-Amz-Algorithm"] == "AWS4-HMAC-SHA256"
    assert 60 <= int(signed["X-Amz-Expires"]) <= 120
    assert signed["response-content-type"] == "application/pdf"
    assert signed["response-content-disposition"] == f'inline; filename="{letter_id}.pdf"'


def test_letter_that_left_review_is_no_longer_shown() -> None:
    answer = get(f"/intake/review/{FILED}")

    assert (answer.status, answer.problem) == (409, "letter_not_in_review")
    assert "url" not in answer.body


def test_assigned_letter_is_identified_by_that_person() -> None:
    answer = assign(decision())

    assert answer.status == 202
    assert answer.body == {
        "letter_id": IN_REVIEW,
        "state": "identified",
        "dossier_id": DOSSIER,
        "destination": None,
        "taken_by": None,
        "version": 4,
    }
    letter = IntakeStore(INTAKE).letter(IN_REVIEW)
    assert (letter.state, letter.dossier_id, letter.decided_by) == (LetterState.IDENTIFIED, DOSSIER, CLERK)
    assert [entry["part"] for entry in rows(AUDIT)] == [f"dossier#{DOSSIER}"]


def test_assignment_delivered_twice_is_one_assignment_and_one_entry() -> None:
    assert assign(decision()).body == assign(decision()).body
    assert IntakeStore(INTAKE).letter(IN_REVIEW).version == 4
    assert len(rows(AUDIT)) == 1


def test_second_decision_is_refused_and_told_who_was_first() -> None:
    assign(decision())

    answer = assign(decision(dossier_id=FOREIGN), staff="ma-201", request_id="r-2")

    assert (answer.status, answer.problem) == (409, "letter_changed")
    assert (answer.body["by"], answer.body["version"], answer.body["state"]) == (CLERK, 4, "identified")
    assert str(answer.body["at"]).startswith("2026-11-21T08:30:00")
    assert IntakeStore(INTAKE).letter(IN_REVIEW).dossier_id == DOSSIER


def test_decision_on_an_outdated_letter_is_refused() -> None:
    assert assign(decision(version=2)).problem == "letter_changed"


def test_letter_that_does_not_wait_in_review_cannot_be_assigned() -> None:
    answer = assign(decision(version=4), letter_id=FILED)

    assert (answer.status, answer.problem) == (409, "letter_not_in_review")


def test_what_the_machine_forwarded_wrongly_is_assigned_like_any_other() -> None:
    assert assign(decision(), letter_id=FORWARDED).status == 202

    letter = IntakeStore(INTAKE).letter(FORWARDED)
    assert (letter.dossier_id, letter.destination, letter.decided_by) == (DOSSIER, None, CLERK)
    assert waiting("/intake/forwarded", {"destination": "job_applications"}) == []


def post(what: str, body: object, letter_id: str, staff: str = CLERK, request_id: str = "r-1") -> Answer:
    """The clerk decides otherwise."""
    path = f"/intake/letters/{letter_id}/{what}"
    return Call("POST", path, staff, "[mailroom]", body=body, request_id=request_id).to(handler)


ELSEWHERE = {"destination": "other_office", "version": 3}
TAKEN = {"version": 3}


@pytest.mark.parametrize("letter_id", [IN_REVIEW, FORWARDED])
def test_a_person_forwards_what_belongs_into_no_dossier(letter_id: str) -> None:
    answer = post("forwarding", ELSEWHERE, letter_id)

    assert (answer.status, answer.body["state"], answer.body["destination"]) == (200, "forwarded", "other_office")
    (letter,) = waiting("/intake/forwarded", {"destination": "other_office"})
    assert (letter["letter_id"], letter["reasons"]) == (letter_id, [f"Weitergeleitet durch {CLERK}"])
    assert IntakeStore(INTAKE).letter(letter_id).decided_by == CLERK
    assert rows(AUDIT)[0]["part"] == "destination#other_office"


def test_a_letter_that_somebody_takes_leaves_the_list_and_keeps_its_fate() -> None:
    answer = post("receipt", TAKEN, FORWARDED)

    assert (answer.status, answer.body["taken_by"], answer.body["destination"]) == (200, CLERK, "job_applications")
    assert waiting("/intake/forwarded", {"destination": "job_applications"}) == []
    assert get(f"/intake/batches/{BATCH_ID}").body["ledger"] == {
        **dict.fromkeys(("blanks", "duplicates", "rejected", "in_progress"), 0),
        **dict.fromkeys(("review", "forwarded", "separators"), 1),
        "pages_in": 5,
        "filed": 2,
    }
    assert get(f"/intake/review/{FORWARDED}").status == 200, "whoever took it can still read it"


def test_decisions_delivered_twice_are_one_and_one_entry() -> None:
    assert post("forwarding", ELSEWHERE, IN_REVIEW).body == post("forwarding", ELSEWHERE, IN_REVIEW).body
    assert (
        post("receipt", TAKEN, FORWARDED, request_id="r-2").body
        == post("receipt", TAKEN, FORWARDED, request_id="r-2").body
    )

    assert [IntakeStore(INTAKE).letter(letter_id).version for letter_id in (IN_REVIEW, FORWARDED)] == [4, 4]
    assert len(rows(AUDIT)) == 2


@pytest.mark.parametrize(("what", "body"), [("forwarding", ELSEWHERE), ("receipt", TAKEN)])
def test_of_two_who_decide_the_second_is_told_who_was_first(what: str, body: object) -> None:
    post(what, body, FORWARDED)

    answer = post(what, body, FORWARDED, staff="ma-201", request_id="r-2")

    assert (answer.status, answer.problem, answer.body["by"]) == (409, "letter_changed", CLERK)


@pytest.mark.parametrize(
    ("what", "body", "letter_id"),
    [("forwarding", ELSEWHERE, FILED), ("receipt", TAKEN, FILED), ("receipt", TAKEN, IN_REVIEW)],
)
def test_only_what_waits_is_forwarded_and_only_what_is_forwarded_is_taken(
    what: str, body: dict[str, object], letter_id: str
) -> None:
    version = IntakeStore(INTAKE).letter(letter_id).version

    answer = post(what, body | {"version": version}, letter_id)

    assert (answer.status, answer.problem) == (409, "letter_not_in_review")


@pytest.mark.parametrize(
    ("what", "body", "fields"),
    [
        ("forwarding", {"version": 3}, ["body.destination"]),
        ("forwarding", {"destination": "archive", "version": 3}, ["body.destination"]),
        ("forwarding", {"destination": ["new_case"], "version": 3}, ["body.destination"]),
        ("forwarding", {"destination": "new_case", "version": "3"}, ["body.version"]),
        ("receipt", {}, ["body.version"]),
        ("receipt", {"version": 3, "staff": "ma-1"}, ["body.staff"]),
    ],
)
def test_wrong_decisions_are_refused_field_by_field(what: str, body: object, fields: list[str]) -> None:
    answer = post(what, body, FORWARDED)

    assert (answer.status, answer.wrong_fields) == (422, fields)
    assert IntakeStore(INTAKE).letter(FORWARDED).version == 3


def test_unknown_letter_is_not_found() -> None:
    assert assign(decision(), letter_id=UNKNOWN_LETTER).problem == "unknown_letter"


@pytest.mark.parametrize("dossier_id", [MISSING, CLOSED])
def test_letter_goes_into_no_unknown_or_closed_dossier(dossier_id: str) -> None:
    answer = assign(decision(dossier_id=dossier_id))

    assert (answer.status, answer.wrong_fields) == (422, ["body.dossier_id"])
    assert IntakeStore(INTAKE).letter(IN_REVIEW).state is LetterState.REVIEW


def test_wrong_bodies_are_refused_field_by_field() -> None:
    wrong: list[tuple[object, list[str]]] = [
        ({}, ["body.dossier_id", "body.version"]),
        (decision() | {"inbox": "x"}, ["body.inbox"]),
        (decision() | {"version": "3"}, ["body.version"]),
        (decision() | {"version": True}, ["body.version"]),
        (decision() | {"version": 0}, ["body.version"]),
        (decision() | {"dossier_id": "SH-2026-00123\n"}, ["body.dossier_id"]),
        (decision() | {"dossier_id": "../../etc/passwd"}, ["body.dossier_id"]),
        (decision() | {"dossier_id": "SH-٢٠٢٦-٠٠١٢٣"}, ["body.dossier_id"]),
        (decision() | {"dossier_id": ["SH-2026-00123"]}, ["body.dossier_id"]),
        ([decision()], ["body."]),
        ("no json", ["body."]),
        ('{"dossier_id": "\\ud800", "version": 3}', ["body.dossier_id"]),
        ("[" * 60_000, ["body."]),
        ("null", ["body."]),
    ]

    answers = [assign(body) for body, _ in wrong]

    assert [answer.status for answer in answers] == [422] * len(wrong)
    assert [answer.wrong_fields for answer in answers] == [fields for _, fields in wrong]
    assert IntakeStore(INTAKE).letter(IN_REVIEW).state is LetterState.REVIEW


def test_only_real_calendar_days_are_days() -> None:
    wrong = ["", "heute", "2026-02-30", "1795249800", "2026-11-21T00:00:00", "2026-11-21Z"]

    answers = [get("/intake/batches", {"day": day}) for day in wrong]

    assert [(answer.status, answer.wrong_fields) for answer in answers] == [(422, ["query.day"])] * len(wrong)
