"""Who saw a dossier, who saw a person's data: in words, page by page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from functions.audit.api import handler
from sozialakte.audit import record_attempt
from sozialakte.audit.answers import sentence
from sozialakte.audit.model import entry_of
from sozialakte.register.model import DossierPerson, PersonRole
from sozialakte.shared.access import Action, Relation, Role, decide
from sozialakte.shared.attempts import Attempt
from tests.attempts import an_attempt
from tests.aws import counted_calls, put_register
from tests.http_calls import Answer, Call
from tests.office import CLERK, COLLEAGUE, DOSSIER, FOREIGN, PERSON, RESPONSIBLE, SEALED, furnish, furnish_access

pytestmark = pytest.mark.usefixtures("office")
AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


@pytest.fixture
def office(aws: None) -> None:  # noqa: ARG001 (opens the tables)
    furnish()
    furnish_access()


def read(number: int, dossier_id: str = DOSSIER, relation: Relation = Relation.RESPONSIBLE) -> None:
    """Somebody opens a document, or tries to."""
    decision = decide([Role.CASEWORKER], relation, Action.READ_DOCUMENT)
    roles = frozenset({Role.CASEWORKER})
    at = AT + timedelta(minutes=number)
    record_attempt(Attempt(f"r-{number}", at, RESPONSIBLE, roles, f"dossier#{dossier_id}", decision, "document#x"))


def get(path: str, cursor: object = None, role: str = "auditor", staff: str = CLERK) -> Answer:
    query = {"cursor": str(cursor)} if cursor else None
    return Call("GET", path, staff, f"[{role}]", query).to(handler)


def traces(answer: Answer) -> list[dict[str, object]]:
    assert answer.status == 200
    found = answer.body["traces"]
    assert isinstance(found, list)
    return found


def test_a_team_lead_reads_in_words_who_saw_the_dossier_newest_first() -> None:
    read(1)
    read(2, relation=Relation.BREAK_GLASS)
    read(3, relation=Relation.NONE)

    own, refused, glass, first = traces(get(f"/audit/dossiers/{DOSSIER}", role="teamlead", staff=COLLEAGUE))

    assert own["action"] == "trace_dossier", "this look is written down too, before the answer"
    assert first["text"] == "Anna Beispiel hat ein Dokument geöffnet (zuständig)."
    assert glass["text"] == "Anna Beispiel hat ein Dokument geöffnet (Zugriff im Notfall)."
    assert refused["text"] == "Anna Beispiel wollte und durfte nicht: ein Dokument geöffnet (ohne Bezug)."
    assert (first["staff_name"], first["part"], first["role"]) == ("Anna Beispiel", "document#x", "caseworker")


def test_a_long_list_comes_page_by_page_each_entry_once() -> None:
    for number in range(60):
        read(number)

    first = get(f"/audit/dossiers/{DOSSIER}")
    second = get(f"/audit/dossiers/{DOSSIER}", first.body["next"])

    seen = [str(trace["at"]) for trace in traces(first) + traces(second)]
    assert second.body["next"] is None
    assert len(seen) == len(set(seen)) == 61
    assert seen == sorted(seen, reverse=True)


def test_a_page_takes_one_query_of_the_audit_however_long_the_list() -> None:
    for number in range(60):
        read(number)
    with counted_calls() as calls:
        get(f"/audit/dossiers/{DOSSIER}")

    after_the_entry = calls[calls.index("TransactWriteItems") + 1 :]
    assert after_the_entry == ["Query", "BatchGetItem"], "the entries, and the names of who saw"


def all_pages(path: str) -> list[tuple[str, int]]:
    """Subject and number of entries of each page."""
    pages, cursor = [], None
    while True:
        answer = get(path, cursor)
        pages.append((str(answer.body["subject"]), len(traces(answer))))
        cursor = answer.body["next"]
        if cursor is None:
            return pages


def test_who_saw_my_data_goes_through_the_person_and_every_dossier_of_now_and_before() -> None:
    put_register(
        DossierPerson(FOREIGN, PERSON, PersonRole.FORMER),
        DossierPerson(SEALED, PERSON, PersonRole.MEMBER),
    )
    for number in range(55):
        read(number)
    read(70, FOREIGN)
    read(71, SEALED)

    pages = all_pages(f"/audit/persons/{PERSON}")

    assert pages == [
        (f"person#{PERSON}", 1),
        (f"dossier#{DOSSIER}", 50),
        (f"dossier#{DOSSIER}", 5),
        (f"dossier#{SEALED}", 1),
        (f"dossier#{FOREIGN}", 1),
    ]


def test_an_unknown_person_is_no_empty_list() -> None:
    assert get("/audit/persons/P-999999").problem == "unknown_person"
    assert get("/audit/persons/756.9217.0769.85").wrong_fields == ["path.person_id"]


@pytest.mark.parametrize("cursor", ["x", "-", "9-", "99-", "0-x", "00-e30", "1-eyJsaXN0IjoieCJ9", "A" * 600, "A" * 601])
def test_garbage_is_no_cursor(cursor: str) -> None:
    assert get(f"/audit/persons/{PERSON}", cursor).wrong_fields == ["query.cursor"]


def test_a_cursor_of_one_dossier_opens_no_other() -> None:
    for number in range(60):
        read(number)
    cursor = get(f"/audit/dossiers/{DOSSIER}").body["next"]

    assert get(f"/audit/dossiers/{FOREIGN}", cursor).wrong_fields == ["query.cursor"]


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("relation", Relation)
def test_every_action_and_relation_can_be_said(action: Action, relation: Relation) -> None:
    attempt = an_attempt(AT)
    entry = entry_of(replace(attempt, decision=decide([Role.MAILROOM], relation, action)))

    assert sentence(entry, "Eva <b>Post</b>").startswith("Eva <b>Post</b> ")
