"""What is written comes back the same; the indexes hold exactly the unfinished work."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given

from sozialakte.intake.batch import Batch, BatchState
from sozialakte.intake.letter import Letter, LetterState
from sozialakte.intake.model import Code, PageFate, PageFinding
from sozialakte.intake.records import batch_item, batch_of, letter_item, letter_of
from sozialakte.runtime.items import from_attributes, to_attributes
from sozialakte.shared.reasons import Reason
from tests.builders import a_batch, a_letter_in, a_plan, batches, letters

ITEM_LIMIT = 400_000  # bytes, DynamoDB's limit for a row


@given(batches())
def test_a_batch_comes_back_as_it_was(batch: Batch) -> None:
    assert batch_of(from_attributes(to_attributes(batch_item(batch)))) == batch


@given(letters())
def test_a_letter_comes_back_as_it_was(letter: Letter) -> None:
    assert letter_of(from_attributes(to_attributes(letter_item(letter)))) == letter


@given(batches())
def test_a_batch_stands_in_the_index_of_work_in_every_state_until_it_is_settled(batch: Batch) -> None:
    assert batch_item(batch)["state_key"] == f"batch#{batch.state}"


@given(letters())
def test_only_unfinished_letters_are_in_the_index_of_work(letter: Letter) -> None:
    expected = None if letter.state is LetterState.FILED else f"letter#{letter.state}"

    assert letter_item(letter).get("state_key") == expected


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
