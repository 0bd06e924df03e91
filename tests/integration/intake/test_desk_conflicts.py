"""The review desk tells how things stand now: who was first and what they did, and who is in a dossier today."""

from __future__ import annotations

from datetime import date

import pytest

from sozialakte.intake.store import IntakeStore
from sozialakte.register import PersonRole
from sozialakte.register.model import DossierPerson
from tests.aws import INTAKE, put_register
from tests.batches import MAILROOM, OPEN
from tests.desk import UNKNOWN, WAITED_SINCE, furnish, get, now_is, post

pytestmark = pytest.mark.usefixtures("aws")

COLLEAGUE = "ma-901"


@pytest.mark.parametrize(
    ("what", "body", "told"),
    [
        ("rejection", {"reason": "duplicate"}, "Schon vorhanden, zurückgewiesen durch ma-901"),
        ("kind", {"kind": "bill"}, "Als Rechnung bezeichnet durch ma-901"),
        ("rescan", {"reason": "cut_off"}, "Abgeschnitten: neuer Scan {rescan} bestellt durch ma-901"),
        ("assignment", {"dossier_id": OPEN}, "erkannt"),
    ],
)
def test_the_second_is_told_who_was_first_and_what_they_did(what: str, body: dict[str, object], told: str) -> None:
    (letter,) = furnish()
    post(letter, what, {"version": letter.version, **body}, COLLEAGUE)

    second = post(letter, "forwarding", {"version": letter.version, "destination": "new_case"})

    assert (second.status, second.problem) == (409, "letter_changed")
    assert (second.body["by"], second.body["letter_id"], second.body["what"]) == (
        COLLEAGUE,
        letter.letter_id,
        told.format(rescan=now_is(letter).ordered_rescan),
    )
    assert OPEN not in str(second.body)


def test_of_a_merge_the_letter_that_somebody_has_is_named() -> None:
    first, second = furnish("LSL", [UNKNOWN] * 3)
    others = [{"letter_id": second.letter_id, "version": second.version}]
    post(second, "claim", staff=COLLEAGUE)

    claimed = post(first, "merge", {"version": first.version, "others": others})
    post(second, "rejection", {"version": second.version, "reason": "advertising"}, COLLEAGUE)
    changed = post(first, "merge", {"version": first.version, "others": others})

    assert (claimed.problem, claimed.body["letter_id"]) == ("letter_claimed", second.letter_id)
    assert (changed.problem, changed.body["letter_id"]) == ("letter_changed", second.letter_id)
    assert now_is(first) == first


def test_news_of_where_a_letter_lies_is_no_line_of_its_biography_and_breaks_no_undo() -> None:
    """It was moved away and back before the intake heard of it: a version without a line."""
    (letter,) = furnish()
    post(letter, "assignment", {"version": letter.version, "dossier_id": OPEN})
    filed = now_is(letter).file(OPEN, "ma-1", WAITED_SINCE, 1)
    IntakeStore(INTAKE).save_letter(filed)
    IntakeStore(INTAKE).save_letter(filed.refile(OPEN, "ma-1", 3, MAILROOM, WAITED_SINCE))

    answer = post(letter, "undo", {"version": filed.version})

    assert (answer.status, answer.problem) == (409, "letter_filed")


def test_who_has_left_a_dossier_by_today_is_not_shown_in_it_though_it_was_planned_before() -> None:
    (letter,) = furnish("L", (UNKNOWN,))
    (candidate,) = get(f"/intake/review/{letter.letter_id}").body["candidates"]  # type: ignore[misc]
    leaver = candidate["persons"][0]["person_id"]  # type: ignore[has-type]
    left = DossierPerson(OPEN, leaver, PersonRole.FORMER)
    put_register(left, on=date(2026, 11, 1), since=date(2026, 11, 20))

    (candidate,) = get(f"/intake/review/{letter.letter_id}").body["candidates"]  # type: ignore[misc]

    assert leaver not in [person["person_id"] for person in candidate["persons"]]  # type: ignore[has-type]
