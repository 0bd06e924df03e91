"""What is written comes back the same; the indexes hold exactly the unfinished work."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.batch import Batch, BatchState
from sozialakte.intake.known_references import Lesson
from sozialakte.intake.letter import MOST_REASONS, Destination, Letter, LetterState
from sozialakte.intake.letter_facts import LetterFacts, ProposedCut
from sozialakte.intake.letter_states import FINISHED
from sozialakte.intake.model import Code, PageFate, PageFinding
from sozialakte.intake.records import batch_item, batch_of, lesson_item, lesson_of, letter_item, letter_of
from sozialakte.runtime.items import from_attributes, to_attributes
from sozialakte.shared.reasons import Reason
from tests.builders import (
    DOSSIER,
    MOMENTS,
    NOW,
    STAFF,
    a_batch,
    a_letter,
    a_letter_in,
    a_plan,
    batches,
    letters,
)

_HEX = st.text("0123456789abcdef", min_size=32, max_size=32)
ITEM_LIMIT = 400_000  # bytes, DynamoDB's limit for a row


@given(batches())
def test_a_batch_comes_back_as_it_was(batch: Batch) -> None:
    assert batch_of(from_attributes(to_attributes(batch_item(batch)))) == batch


@given(letters())
def test_a_letter_comes_back_as_it_was(letter: Letter) -> None:
    assert letter_of(from_attributes(to_attributes(letter_item(letter)))) == letter


def test_a_letter_written_before_there_were_facts_keeps_its_kind_and_what_speaks_against_it() -> None:
    new = {"facts", "objections", "references", "destination", "taken_by", "teaches", "confidence"}
    row = {name: value for name, value in letter_item(a_letter_in(LetterState.REVIEW)).items() if name not in new}

    letter = letter_of(row | {"kind": "kesb", "disputed": True})

    assert (letter.kind, letter.objections) == ("kesb", (Reason("page.codes_contradict"),))
    assert letter_of(row | {"kind": None, "disputed": False}) == a_letter_in(LetterState.REVIEW)


@given(batches())
def test_a_batch_stands_in_the_index_of_work_in_every_state_until_it_is_settled(batch: Batch) -> None:
    assert batch_item(batch)["state_key"] == f"batch#{batch.state}"


@given(letters())
def test_only_what_waits_for_somebody_is_in_the_index_of_work(letter: Letter) -> None:
    expected: str | None = f"letter#{letter.state}"
    if letter.state is LetterState.FORWARDED:
        expected = f"letter#forwarded#{letter.destination}"
    if letter.state in FINISHED or letter.taken_by:
        expected = None

    assert letter_item(letter).get("state_key") == expected


def test_each_destination_has_its_own_list() -> None:
    read = a_letter_in(LetterState.READ)
    keys = {letter_item(read.forward(destination, (), NOW))["state_key"] for destination in Destination}

    assert len(keys) == len(Destination)


@given(letters())
def test_what_a_letter_says_stands_in_no_key(letter: Letter) -> None:
    told = replace(letter, facts=LetterFacts(sender="Anna Muster", subject="Anna Muster, geb. 1970"))
    row = letter_item(told)
    keys = {name: value for name, value in row.items() if name in {"pk", "sk", "state_key", "since"}}

    assert "Muster" not in str(keys)


@given(st.builds(Lesson, _HEX, st.just(DOSSIER), st.just(a_letter().letter_id), MOMENTS, st.sampled_from([STAFF])))
def test_a_lesson_comes_back_as_it_was(lesson: Lesson) -> None:
    assert lesson_of(from_attributes(to_attributes(lesson_item(lesson)))) == lesson


def test_lessons_of_a_reference_stand_in_the_order_of_filing() -> None:
    days = [NOW + timedelta(days=day) for day in (9, 0, 400)]
    rows = [lesson_item(Lesson("a" * 32, DOSSIER, a_letter().letter_id, day, STAFF)) for day in days]

    assert len({row["pk"] for row in rows}) == 1
    assert sorted(range(3), key=lambda row: str(rows[row]["sk"])) == [1, 0, 2]


def test_letters_lie_in_the_partition_of_their_batch_in_page_order() -> None:
    keys = [letter_item(a_letter_in(LetterState.CUT, pages))["sk"] for pages in [(1, 2), (10,), (11, 12), (120,)]]

    assert keys == sorted(keys, key=str)
    assert {letter_item(a_letter_in(LetterState.CUT))["pk"]} == {batch_item(a_batch())["pk"]}


def test_the_day_of_a_batch_is_the_one_in_zurich() -> None:
    late = replace(a_batch(), received_at=datetime(2026, 1, 5, 23, 30, tzinfo=UTC))

    assert batch_item(late)["day"] == "2026-01-06"


def test_texts_of_codes_are_not_kept() -> None:
    """A code on a page may be a QR-bill with an amount and a name."""
    finding = PageFinding(1, PageFate.SEPARATOR, Reason("page.separator_patch"), (Code("QRCode", "Anna Muster"),))
    plan = replace(a_plan("S"), findings=(finding,))

    assert "Muster" not in json.dumps(batch_item(a_batch(plan)), default=str)


@pytest.mark.parametrize("sketch", ["L S " * 1000, "L " * 1500, "LLLLL S B " * 400])
def test_a_big_batch_fits_into_a_row(sketch: str) -> None:
    written = to_attributes(batch_item(a_batch(a_plan(sketch), state=BatchState.RECEIVED)))

    assert len(json.dumps(written)) < ITEM_LIMIT


def test_the_longest_letter_is_far_from_filling_a_row() -> None:
    """Two thousand pages in one letter, everything the machine may say about it, and fifty people who decided."""
    reason = Reason("identify.conflict", {"dossier_ids": ", ".join([DOSSIER] * 20)})
    cuts = tuple(ProposedCut(page, reason) for page in range(2, 2000))
    pages = tuple(range(1, 2001))
    facts = LetterFacts("other", NOW.date(), "ä" * 9999, "ö" * 9999, True, NOW.date(), pages, cuts, (reason,) * 99)
    read = a_letter_in(LetterState.READ, pages).know(facts, 0.5, ("a" * 32,) * 5)
    shown = read.review((reason,) * 10 * MOST_REASONS, (DOSSIER,) * 999, NOW)
    letter = shown
    for _ in range(50):
        letter = letter.redirect(Destination.OTHER_OFFICE, STAFF, NOW)
    letter = replace(letter, reasons=shown.reasons, candidates=shown.candidates)

    assert len(json.dumps(to_attributes(letter_item(letter)))) < ITEM_LIMIT / 2
