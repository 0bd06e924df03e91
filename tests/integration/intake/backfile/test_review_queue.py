"""At the review desk, too, the daily post goes first, however many documents of old dossiers wait for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.intake.api import handler
from sozialakte.intake.desk import store as desk
from sozialakte.intake.letter import Letter, letter_id_of
from sozialakte.intake.model import Lane
from sozialakte.intake.store import IntakeStore
from sozialakte.runtime.cursors import InvalidCursorError
from tests.aws import INTAKE, counted_calls
from tests.http_calls import Call
from tests.office import CLERK, RECEIVED, letter_in_review

pytestmark = pytest.mark.usefixtures("aws")


def waits(page: int, lane: Lane, days: int = 0) -> Letter:
    """A letter that has waited for so many days."""
    since, batch_id = RECEIVED - timedelta(days=days, minutes=page), f"{page:032x}"
    letter = replace(letter_in_review(batch_id, since), letter_id=letter_id_of(batch_id, (page,)), pages=(page,))
    IntakeStore(INTAKE).add_letter(replace(letter, lane=lane))
    return letter


def looks() -> list[list[str]]:
    """All pages of the queue."""
    store, cursor, seen = desk.DeskStore(INTAKE), None, []
    while True:
        page = store.waiting(cursor)
        seen.append([letter.letter_id for letter in page.letters])
        cursor = page.next_cursor
        if cursor is None:
            return seen


def ids(*groups: Sequence[Letter]) -> list[str]:
    return [letter.letter_id for group in groups for letter in group]


def test_old_documents_come_last_though_they_have_waited_longest() -> None:
    old = [waits(page, Lane.BACKFILE, days=9) for page in (3, 2, 1)]
    daily = [waits(page, Lane.DAILY) for page in (12, 11)]

    with counted_calls() as calls:
        answer = Call("GET", "/intake/review", CLERK, "[mailroom]").to(handler)

    assert answer.status == 200
    letters = answer.body["letters"]
    assert isinstance(letters, list)
    assert [letter["letter_id"] for letter in letters] == ids(daily, old)
    assert calls.count("Query") <= 2 + 1, "the queue in two, and the seals that hold"


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 6, 7])
def test_page_by_page_each_comes_once_and_the_daily_post_first(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "_LOOKED_AT", size)
    old = [waits(page, Lane.BACKFILE, days=9) for page in (3, 2, 1)]
    daily = [waits(page, Lane.DAILY) for page in (13, 12, 11)]

    seen = looks()

    assert [letter_id for page in seen for letter_id in page] == ids(daily, old)
    assert max(map(len, seen)) <= size + 1


def test_where_only_old_documents_wait_they_are_shown_at_once() -> None:
    assert looks() == [[]]
    old = waits(1, Lane.BACKFILE)
    assert looks() == [[old.letter_id]]


def test_a_cursor_of_another_list_is_refused() -> None:
    with pytest.raises(InvalidCursorError):
        desk.DeskStore(INTAKE).waiting("e30")
