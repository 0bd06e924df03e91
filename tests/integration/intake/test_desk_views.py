"""The desk's views through the real function."""

from __future__ import annotations

import pytest

from tests.aws import AUDIT, counted_calls, rows
from tests.batches import OPEN
from tests.desk import furnish, get, post

pytestmark = pytest.mark.usefixtures("aws")


def test_the_queue_and_a_letter_are_given_as_markup() -> None:
    (letter,) = furnish()

    queue, detail = get("/intake/desk"), get(f"/intake/desk/{letter.letter_id}")

    assert (queue.status, queue.body["said"]) == (200, "1 Brief wartet. Davon dringend: 1.")
    assert f'data-open="{letter.letter_id}"' in str(queue.body["html"])
    assert detail.status == 200
    assert OPEN in str(detail.body["html"])
    assert detail.headers["content-type"] == "application/json", "no browser shows it as a page of its own"
    assert detail.headers["cache-control"] == "no-store"


def test_filters_are_those_of_the_list() -> None:
    furnish()

    assert "Kein Brief entspricht" in str(get("/intake/desk", {"kind": "kesb"}).body["html"])
    assert get("/intake/desk", {"kind": "unheard_of"}).status == 422
    assert get("/intake/desk", {"curser": "x"}).status == 422


def test_a_letter_that_was_decided_is_a_conflict_that_names_who() -> None:
    (letter,) = furnish()
    post(letter, "assignment", {"dossier_id": OPEN, "version": letter.version}, staff="ma-777")

    answer = get(f"/intake/desk/{letter.letter_id}")

    assert (answer.status, answer.problem, answer.body["by"]) == (409, "letter_not_in_review", "ma-777")


def test_what_is_shown_is_in_the_audit_first() -> None:
    (letter,) = furnish()

    get("/intake/desk")
    get(f"/intake/desk/{letter.letter_id}")

    seen = {(row["action"], row["subject"]) for row in rows(AUDIT) if "action" in row}
    assert {("list_review", "review"), ("read_letter", f"letter#{letter.letter_id}")} <= seen


def test_a_view_of_the_queue_asks_for_the_letters_and_for_what_is_sealed() -> None:
    furnish()

    with counted_calls() as calls:
        get("/intake/desk")

    assert calls.count("Query") == 2
