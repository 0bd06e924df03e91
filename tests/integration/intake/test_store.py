"""The intake table: every write is conditional, every list comes from an index."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sozialakte.intake.batch import BatchState, Upload
from sozialakte.intake.letter import LetterState
from sozialakte.intake.store import (
    BatchExistsError,
    IntakeStore,
    StaleBatchError,
    StaleLetterError,
    UnknownLetterError,
)
from sozialakte.shared.clock import zurich_date
from tests.aws import INTAKE, rows
from tests.builders import (
    BATCH_ID,
    DOSSIER,
    LATER,
    NOW,
    STAFF,
    a_batch,
    a_letter,
    a_letter_in,
    a_plan,
    letters_of,
)

pytestmark = pytest.mark.usefixtures("aws")

RECEIVED = a_batch(state=BatchState.RECEIVED)


@pytest.fixture
def store() -> IntakeStore:
    return IntakeStore(INTAKE)


# -- batches --


def test_an_upload_leads_to_its_batch(store: IntakeStore) -> None:
    store.add_batch(RECEIVED)

    assert store.find_upload(RECEIVED.upload) == store.find_batch(BATCH_ID) == RECEIVED
    assert store.find_upload(Upload("other.pdf", "v1")) is None
    assert store.find_batch("f" * 32) is None


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(RECEIVED, id="the same upload again"),
        pytest.param(replace(RECEIVED, upload=Upload("copy.pdf", "v1")), id="the same content elsewhere"),
        pytest.param(replace(RECEIVED, batch_id="f" * 32), id="the same upload with another content"),
    ],
)
def test_upload_and_content_are_claimed_once(store: IntakeStore, second: object) -> None:
    store.add_batch(RECEIVED)
    before = rows(INTAKE)

    with pytest.raises(BatchExistsError):
        store.add_batch(second)  # type: ignore[arg-type]  # pytest's parameters have no type

    assert rows(INTAKE) == before


def test_claimed_uploads_are_told_apart_from_lost_ones(store: IntakeStore) -> None:
    store.add_batch(RECEIVED)
    lost = [Upload(f"scan {number}.pdf", "v1") for number in range(120)]

    assert store.claimed([*lost, RECEIVED.upload]) == {RECEIVED.upload}
    assert store.claimed([]) == set()


def test_a_step_of_a_batch_needs_the_version_it_started_from(store: IntakeStore) -> None:
    store.add_batch(RECEIVED)
    cut = store.save_batch(RECEIVED.cut(LATER))
    store.save_batch(cut.close(LATER))

    with pytest.raises(StaleBatchError):
        store.save_batch(RECEIVED.cut(LATER))

    assert store.find_batch(BATCH_ID) == cut.close(LATER)


def test_the_same_step_of_a_batch_twice_is_once(store: IntakeStore) -> None:
    store.add_batch(RECEIVED)
    cut = store.save_batch(RECEIVED.cut(LATER))

    assert store.save_batch(RECEIVED.cut(LATER + timedelta(minutes=1))) == cut == store.find_batch(BATCH_ID)


def test_a_batch_that_does_not_exist_makes_no_step(store: IntakeStore) -> None:
    with pytest.raises(StaleBatchError):
        store.save_batch(RECEIVED.cut(LATER))

    assert not rows(INTAKE)


def test_the_ledger_finds_the_batch_with_its_letters_in_page_order(store: IntakeStore) -> None:
    batch = store.add_batch(a_batch(a_plan("L L LL S L"), state=BatchState.RECEIVED))
    letters = letters_of(batch)
    for letter in reversed(letters):
        store.add_letter(letter)

    assert store.find_batch_with_letters(BATCH_ID) == (batch, letters)
    assert store.letter_ids_of(BATCH_ID) == {letter.letter_id for letter in letters}
    assert store.find_batch_with_letters("f" * 32) is None


def test_a_day_lists_its_batches_newest_first_page_by_page(store: IntakeStore) -> None:
    received = [NOW + timedelta(minutes=minute) for minute in range(3)]
    for number, moment in enumerate(received):
        batch = replace(a_batch(batch_id=f"{number}" * 32), upload=Upload(f"{number}.pdf", "v1"), received_at=moment)
        store.add_batch(batch)
    store.add_batch(replace(a_batch(), upload=Upload("next-day.pdf", "v1"), received_at=NOW + timedelta(days=1)))

    first = store.batches_of_day(zurich_date(NOW), limit=2)
    second = store.batches_of_day(zurich_date(NOW), limit=2, cursor=first.next_cursor)

    assert [batch.received_at for batch in (*first.batches, *second.batches)] == received[::-1]
    assert second.next_cursor is None


# -- letters --


def test_a_letter_that_exists_stays_as_it_is(store: IntakeStore) -> None:
    moved = a_letter().read(LATER)
    store.add_letter(a_letter())
    store.save_letter(moved)

    store.add_letter(a_letter())

    assert store.letter(moved.letter_id) == moved


@pytest.mark.parametrize("letter_id", [f"{'f' * 32}-0001-0002", f"{BATCH_ID}-0007-0007", f"{BATCH_ID}-0001-0003"])
def test_an_unknown_letter_is_not_mistaken_for_another(store: IntakeStore, letter_id: str) -> None:
    store.add_letter(a_letter((1, 2)))

    with pytest.raises(UnknownLetterError):
        store.letter(letter_id)


def test_of_two_people_who_decide_only_the_first_one_counts(store: IntakeStore) -> None:
    waiting = a_letter_in(LetterState.REVIEW)
    _put(store, LetterState.REVIEW)
    first = store.save_letter(waiting.assign(DOSSIER, STAFF, LATER))

    with pytest.raises(StaleLetterError) as error:
        store.save_letter(waiting.assign("SH-2026-00999", "ma-102", LATER))

    assert error.value.current == first == store.letter(waiting.letter_id)


def test_a_letter_that_does_not_exist_makes_no_step(store: IntakeStore) -> None:
    with pytest.raises(StaleLetterError):
        store.save_letter(a_letter().read(LATER))

    assert not rows(INTAKE)


def test_chunks_are_counted_once_however_often_they_are_read(store: IntakeStore) -> None:
    letter = a_letter(tuple(range(1, 26)))
    store.add_letter(letter)

    done = [store.mark_chunk_read(letter.letter_id, chunk) for chunk in (2, 0, 0, 2, 1)]

    assert [len(chunks) for chunks in done] == [1, 2, 2, 2, 3]
    assert store.letter(letter.letter_id) == letter


def test_marking_a_chunk_never_makes_half_a_letter_or_touches_one_that_went_on(store: IntakeStore) -> None:
    gone_on = a_letter_in(LetterState.REVIEW, (8, 9))
    store.add_letter(gone_on)

    assert store.mark_chunk_read(a_letter((1, 2)).letter_id, 0) == frozenset()
    assert store.mark_chunk_read(gone_on.letter_id, 0) == frozenset()

    assert [row["letter_id"] for row in rows(INTAKE)] == [gone_on.letter_id]
    assert "chunks_read" not in rows(INTAKE)[0]


def test_letters_in_review_are_listed_oldest_first(store: IntakeStore) -> None:
    for number, pages in enumerate([(3,), (1,), (2,)]):
        letter = replace(a_letter_in(LetterState.REVIEW, pages), version=1, since=NOW + timedelta(minutes=number))
        store.add_letter(letter)
    store.add_letter(a_letter_in(LetterState.FILED, (4,)))

    first = store.letters_in_review(limit=2)
    second = store.letters_in_review(limit=2, cursor=first.next_cursor)

    assert [letter.pages for letter in (*first.letters, *second.letters)] == [(3,), (1,), (2,)]


@pytest.mark.parametrize("state", [LetterState.CUT, LetterState.READ, LetterState.IDENTIFIED])
def test_letters_are_stuck_when_they_are_older_than_they_may_be(store: IntakeStore, state: LetterState) -> None:
    letter = _put(store, state)

    assert list(store.letters_stuck(state, NOW)) == []
    assert list(store.letters_stuck(state, NOW + timedelta(seconds=1))) == [letter]
    others = set(LetterState) - {state}
    assert [found for other in others for found in store.letters_stuck(other, LATER)] == []


def test_batches_are_stuck_when_they_are_older_than_they_may_be(store: IntakeStore) -> None:
    store.add_batch(RECEIVED)

    assert list(store.batches_stuck(BatchState.RECEIVED, NOW)) == []
    assert list(store.batches_stuck(BatchState.RECEIVED, LATER)) == [RECEIVED]
    assert list(store.batches_stuck(BatchState.CUT, LATER)) == []


def _put(store: IntakeStore, state: LetterState) -> object:
    letter = a_letter_in(state)
    store.add_letter(letter)
    return letter
