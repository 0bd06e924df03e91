"""The list of forwarded letters as markup: per destination, taken letters gone, nothing undone by mistake."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from sozialakte.intake.letter import Letter
from tests.aws import AUDIT, counted_calls, rows
from tests.batches import OPEN
from tests.desk import furnish, get, now_is, post

pytestmark = pytest.mark.usefixtures("aws")
LIST = "/intake/desk/forwarded"


def forwarded(destination: str = "job_applications") -> Letter:
    letter, *_ = furnish()
    assert post(letter, "forwarding", {"destination": destination, "version": letter.version}).status == 200
    return now_is(letter)


def html(path: str, query: dict[str, str] | None = None) -> str:
    answer = get(path, query)
    assert answer.status == 200, answer.body
    return str(answer.body["html"])


def test_each_destination_lists_its_own_letters() -> None:
    letter = forwarded()

    shown = html(f"{LIST}/job_applications")

    assert f'data-open="{letter.letter_id}"' in shown
    assert "Weitergeleitet: Bewerbungen" in shown
    assert '<option value="job_applications" selected>' in shown
    assert "data-open" not in html(f"{LIST}/new_case")
    assert get(f"{LIST}/nowhere").status == 422


def test_the_letter_says_where_it_went_and_is_taken_with_one_key() -> None:
    letter = forwarded()
    shown = html(f"/intake/desk/{letter.letter_id}")

    taken = re.search(r'<button[^>]*data-key="e"[^>]*data-body="([^"]*)"[^>]*>', shown)

    assert taken
    assert " data-final" in taken.group(0), "undoing it would take the forwarding back"
    assert post(letter, "receipt", json.loads(unescape(taken.group(1)))).status == 200
    assert now_is(letter).taken_by
    assert get(f"{LIST}/job_applications").body["said"] == "Hier liegt kein Brief, dessen Empfang zu bestätigen ist."


def test_a_letter_in_review_has_nothing_to_be_taken() -> None:
    letter, *_ = furnish()

    assert 'data-key="e"' not in html(f"/intake/desk/{letter.letter_id}")


def test_the_list_costs_two_queries_at_most_and_is_in_the_audit() -> None:
    forwarded()

    with counted_calls() as calls:
        answer = get(f"{LIST}/job_applications")

    assert answer.body["said"] == "1 Brief liegt bereit."
    assert calls.count("Query") == 2, "the daily post, then old dossiers"
    seen = {(row["action"], row["subject"]) for row in rows(AUDIT) if "action" in row}
    assert ("list_forwarded", "forwarded#job_applications") in seen


def test_the_queue_offers_the_reasons_and_batches_that_wait() -> None:
    letter, *_ = furnish()

    shown = html("/intake/desk")

    assert "Der Brief nennt weder eine bekannte Person noch ein Dossier." in shown
    assert f'<option value="{letter.batch_id}">' in shown


def test_a_filter_stays_chosen_when_nothing_of_it_is_left() -> None:
    furnish()
    query = {"reason": "identify.several_dossiers", "batch": "0" * 32}

    shown = html("/intake/desk", query)

    assert shown.count("selected>Nichts mehr davon") == 2
    assert "Kein Brief entspricht der Auswahl." in shown
    assert get("/intake/desk", {"reason": "<script>"}).status == 422


def test_candidates_carry_the_type_of_the_dossier_in_words() -> None:
    letter, *_ = furnish()

    answer = get(f"/intake/review/{letter.letter_id}")

    candidates = answer.body["candidates"]
    assert isinstance(candidates, list)
    assert [(one["dossier_id"], one["type"], one["type_text"]) for one in candidates] == [
        (OPEN, "economic_assistance", "Wirtschaftliche Sozialhilfe")
    ]
