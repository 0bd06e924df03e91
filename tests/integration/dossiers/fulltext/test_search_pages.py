"""Whoever works on a case finds the page on which something stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from functions.dossiers.api import handler
from functions.dossiers.routes import fulltext
from sozialakte.dossiers.fulltext import search_pages
from sozialakte.dossiers.fulltext.files import key_of
from sozialakte.dossiers.fulltext.search_pages import Copies
from sozialakte.runtime.aws import client
from tests.aws import AUDIT, FULLTEXT, counted_calls, rows, take_json
from tests.fulltext import changed, file_read_document, index, move, rebuild, spoil
from tests.http_calls import Answer, Call
from tests.office import COLLEAGUE, DEPUTY, DOSSIER, RESPONSIBLE, SISTER, STRANGER, furnish_register

PATH = f"/dossiers/{DOSSIER}/documents/fulltext"


@pytest.fixture(autouse=True)
def office(aws: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 (opens the tables)
    furnish_register()
    monkeypatch.setattr(fulltext, "_COPIES", Copies(tmp_path / "copies"))


def ask(body: Mapping[str, object], staff: str = RESPONSIBLE) -> Answer:
    return Call("POST", PATH, staff, body=body).to(handler)


def found(words: str, skip: int = 0) -> list[tuple[str, int]]:
    answer = ask({"words": words, "skip": skip}).body["found"]
    assert isinstance(answer, list)
    return [(page["document_id"], page["page"]) for page in answer]


def test_a_page_is_shown_with_its_document_and_what_stands_around() -> None:
    document = file_read_document(
        1, "Deckblatt", "Die Miete <script>alert(1)</script> ist fällig", "unleserlich", unread_pages=(3,)
    )
    index(changed(document))

    assert ask({"words": "miete"}).body == {
        "found": [
            {
                "document_id": document,
                "page": 2,
                "page_count": 3,
                "kind": "decision",
                "register": "decisions",
                "subject": "Ihre Bewilligung",
                "dated": str(date(2026, 11, 19)),
                "snippet": [
                    {"text": "Die ", "hit": False},
                    {"text": "Miete", "hit": True},
                    {"text": " <script>alert(1)</script> ist fällig", "hit": False},
                ],
            }
        ],
        "documents": 1,
        "pages": 3,
        "unread_pages": 1,
        "next": None,
    }


def test_it_costs_one_get_and_the_documents_shown_are_read_as_they_are() -> None:
    index(changed(file_read_document(1, "Miete")))

    with counted_calls("s3") as first:
        ask({"words": "Miete"})
    with counted_calls("s3") as second, counted_calls("dynamodb") as reads:
        assert found("Miete")

    assert (first, second) == (["GetObject"], ["GetObject"])
    assert reads[reads.index("TransactWriteItems") + 1 :] == ["BatchGetItem"]


def test_what_was_indexed_since_is_found_too() -> None:
    one = file_read_document(1, "Miete")
    index(changed(one))
    assert found("Miete") == [(one, 1)]

    other = file_read_document(2, "Miete")
    index(changed(other))

    assert found("Miete") == sorted([(one, 1), (other, 1)])


def test_of_a_document_that_has_left_nothing_is_shown_though_the_index_is_behind() -> None:
    document = file_read_document(1, "Miete")
    index(changed(document))
    move(document, 1)

    assert found("Miete") == []


def test_hits_come_part_by_part_each_once() -> None:
    documents = [file_read_document(number, *["Miete"] * 9) for number in range(5)]
    index(*map(changed, documents))

    first = ask({"words": "Miete"})
    second = ask({"words": "Miete", "skip": first.body["next"]})
    third = found("Miete", 40)

    assert (first.body["next"], second.body["next"], len(third)) == (20, 40, 5)
    assert len({*found("Miete"), *found("Miete", 20), *third}) == 45
    assert found("Miete", 2000) == []


def test_a_dossier_without_documents_has_nothing_to_find() -> None:
    assert ask({"words": "Miete"}).body == {"found": [], "documents": 0, "pages": 0, "unread_pages": 0, "next": None}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "body.words"),
        ({"words": ""}, "body.words"),
        ({"words": "  "}, "body.words"),
        ({"words": "?!"}, "body.words"),
        ({"words": "x" * 10_000}, "body.words"),
        ({"words": "Mie\x00te"}, "body.words"),
        ({"words": 7}, "body.words"),
        ({"words": "Miete", "skip": -1}, "body.skip"),
        ({"words": "Miete", "skip": 2001}, "body.skip"),
        ({"words": "Miete", "order": "date"}, "body.order"),
    ],
)
def test_what_cannot_be_searched_for_is_said(body: Mapping[str, object], field: str) -> None:
    answer = ask(body)

    assert (answer.status, answer.wrong_fields) == (422, [field])
    assert "Miete" not in str(answer.body)


def test_a_broken_index_is_made_anew_and_the_caller_told_to_come_back() -> None:
    document = file_read_document(1, "Miete")
    index(changed(document))
    assert found("Miete")
    take_json("index")
    spoil()

    answer = ask({"words": "Miete"})

    assert (answer.status, answer.problem) == (503, "index_unusable")
    assert [message["dossier_id"] for message in take_json("index")] == [DOSSIER]
    assert rebuild() == []
    assert found("Miete") == [(document, 1)]


def test_an_index_that_is_gone_is_not_searched_in_a_copy() -> None:
    index(changed(file_read_document(1, "Miete")))
    assert found("Miete")
    client("s3").delete_object(Bucket=FULLTEXT, Key=key_of(DOSSIER))

    assert found("Miete") == []


def test_what_was_searched_stands_in_no_log_but_that_somebody_did(capsys: pytest.CaptureFixture[str]) -> None:
    ask({"words": "Kündigung"})

    assert [(e["subject"], e["action"]) for e in rows(AUDIT)] == [(f"dossier#{DOSSIER}", "search_pages")]
    assert "ndigung" not in str(rows(AUDIT)) + capsys.readouterr().out


def test_only_who_works_on_the_case_may_search() -> None:
    assert [ask({"words": "x"}, staff).status for staff in (DEPUTY, COLLEAGUE, STRANGER)] == [200, 200, 403]


def test_copies_on_disk_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = file_read_document(2, "Miete", dossier_id=SISTER)
    index(changed(file_read_document(1, "Miete")), changed(elsewhere, SISTER))
    monkeypatch.setattr(search_pages, "MOST_KEPT", 1)
    ask({"words": "Miete"})

    Call("POST", PATH.replace(DOSSIER, SISTER), body={"words": "Miete"}).to(handler)

    assert [path.name for path in fulltext._COPIES.folder.iterdir()] == [f"{SISTER}.sqlite"]  # noqa: SLF001
