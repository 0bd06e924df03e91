"""The intake table: every write is conditional, every list comes from an index."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sozialakte.intake.batch import BatchState, ManifestCheck, Upload
from sozialakte.intake.known_references import KnownReference
from sozialakte.intake.letter import MACHINE, Destination, Letter, LetterState
from sozialakte.intake.letter_facts import LetterFacts
from sozialakte.intake.model import Lane, PlannedLetter
from sozialakte.intake.store import (
    BatchExistsError,
    IntakeStore,
    StaleBatchError,
    StaleLetterError,
    UnknownLetterError,
)
from sozialakte.runtime.cursors import InvalidCursorError
from sozialakte.shared.clock import zurich_date
from tests.aws import INTAKE, rows
from tests.builders import (
    BATCH_ID,
    DOSSIER,
    LATER,
    NOW,
    OTHER_DOSSIER,
    STAFF,
    a_batch,
    a_letter,
    a_letter_in,
    a_plan,
    letters_of,
)

pytestmark = pytest.mark.usefixtures("aws")

MANIFEST = Upload("2026-01/Stapel 1.csv", "v1")
RECEIVED = a_batch(state=BatchState.RECEIVED).checked(ManifestCheck(MANIFEST, 4))


@pytest.fixture
def store() -> IntakeStore:
    return IntakeStore(INTAKE)


# -- batches --


def test_an_upload_leads_to_its_batch(store: IntakeStore) -> None:
    store.add_batch(RECEIVED)

    assert store.find_upload(RECEIVED.upload) == store.find_batch(BATCH_ID) == RECEIVED
    assert store.find_upload(MANIFEST) == RECEIVED
    assert store.find_upload(Upload("other.pdf", "v1")) is None
    assert store.find_batch("f" * 32) is None


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(RECEIVED, id="the same upload again"),
        pytest.param(replace(RECEIVED, upload=Upload("copy.pdf", "v1")), id="the same content elsewhere"),
        pytest.param(replace(RECEIVED, batch_id="f" * 32), id="the same upload with another content"),
        pytest.param(
            replace(RECEIVED, batch_id="e" * 32, upload=MANIFEST, manifest=None), id="the first one's manifest alone"
        ),
        pytest.param(
            replace(RECEIVED, batch_id="d" * 32, upload=Upload("Stapel 1.tif", "v1")), id="the first one's manifest"
        ),
    ],
)
def test_upload_and_content_are_claimed_once(store: IntakeStore, second: object) -> None:
    store.add_batch(RECEIVED)
    before = rows(INTAKE)

    with pytest.raises(BatchExistsError):
        store.add_batch(second)  # type: ignore[arg-type]  # pytest's parameters have no type

    assert rows(INTAKE) == before


def test_a_manifest_that_comes_late_is_written_with_its_claim_or_not_at_all(store: IntakeStore) -> None:
    store.add_batch(RECEIVED)
    correction = Upload(MANIFEST.key, "v2")
    late = RECEIVED.compare_late(ManifestCheck(correction, 6))

    store.save_late(late, correction)

    assert store.find_upload(correction) == late
    for other in (Upload(MANIFEST.key, "v3"), correction):
        with pytest.raises(StaleBatchError):
            store.save_late(late, other)
    assert store.find_upload(Upload(MANIFEST.key, "v3")) is None


def test_a_manifest_that_was_corrected_is_claimed_once(store: IntakeStore) -> None:
    store.add_batch(RECEIVED)
    first = Upload(MANIFEST.key, "v0")

    store.claim(first, BATCH_ID)
    store.claim(first, "f" * 32)

    assert store.find_upload(first) == RECEIVED


def test_letters_of_fronts_and_backs_come_as_they_are_read(store: IntakeStore) -> None:
    plan = replace(a_plan("LLLL"), letters=(PlannedLetter((4, 1)), PlannedLetter((3, 2))))
    store.add_batch(a_batch(plan))
    for planned in reversed(plan.letters):
        store.add_letter(a_letter(planned.pages))

    found = store.find_batch_with_letters(BATCH_ID)

    assert found is not None
    assert [letter.pages for letter in found[1]] == [(4, 1), (3, 2)]
    assert store.letter(f"{BATCH_ID}-0003-0002").pages == (3, 2)


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


def test_forwarded_letters_are_listed_by_destination_oldest_first_until_somebody_takes_them(
    store: IntakeStore,
) -> None:
    applications = [_forwarded(store, (page,), Destination.JOB_APPLICATIONS, minutes=-page) for page in (1, 2, 3)]
    elsewhere = _forwarded(store, (7,), Destination.OTHER_OFFICE)

    first = store.letters_forwarded(Destination.JOB_APPLICATIONS, limit=2)
    second = store.letters_forwarded(Destination.JOB_APPLICATIONS, limit=2, cursor=first.next_cursor)
    assert [*first.letters, *second.letters] == applications[::-1]
    assert store.letters_forwarded(Destination.OTHER_OFFICE, 9).letters == (elsewhere,)
    assert store.letters_forwarded(Destination.NEW_CASE, 9).letters == store.letters_in_review(9).letters == ()

    store.save_letter(elsewhere.take(STAFF, LATER))
    assert store.letters_forwarded(Destination.OTHER_OFFICE, 9).letters == ()


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


def test_forwarded_old_dossiers_come_after_the_daily_post_page_by_page(store: IntakeStore) -> None:
    old = [_forwarded(store, (page,), Destination.NEW_CASE, -100 + page, Lane.BACKFILE) for page in (1, 2, 3)]
    daily = [_forwarded(store, (page,), Destination.NEW_CASE, page) for page in (4, 5)]

    listed: list[Letter] = []
    cursor: str | None = None
    for _ in range(9):
        page = store.letters_forwarded(Destination.NEW_CASE, 3, cursor)
        listed, cursor = [*listed, *page.letters], page.next_cursor
        if cursor is None:
            break

    assert listed == [*daily, *old]
    found = store.letters_waiting(NOW - timedelta(days=1), NOW + timedelta(days=1))
    assert {letter.letter_id for letter in found} == {letter.letter_id for letter in listed}
    with pytest.raises(InvalidCursorError):
        store.letters_forwarded(Destination.NEW_CASE, 3, "x")


def _forwarded(
    store: IntakeStore, pages: tuple[int, ...], destination: Destination, minutes: int = 0, lane: Lane = Lane.DAILY
) -> Letter:
    read = replace(a_letter(pages), lane=lane).read(NOW)
    store.add_letter(read)
    return store.save_letter(read.forward(destination, (), NOW + timedelta(minutes=minutes)))


# -- what letters teach --

SIGNATURE, ANOTHER = "a" * 32, "b" * 32


def test_where_a_reference_was_filed_is_known_with_the_letter_and_who_decided(store: IntakeStore) -> None:
    by_machine = _filed(store, (1,), at=NOW)
    by_person = _filed(store, (2,), at=LATER, by=STAFF)

    assert store.find_known_references([SIGNATURE]) == (
        KnownReference(SIGNATURE, DOSSIER, 2, by_person.letter_id, LATER, by_person=True),
    )
    assert by_machine.decided_by == MACHINE


def test_references_are_told_apart_and_in_the_order_asked(store: IntakeStore) -> None:
    _filed(store, (1,), references=(SIGNATURE, ANOTHER))
    _filed(store, (2,), references=(SIGNATURE,), dossier_id=OTHER_DOSSIER, at=LATER)

    found = store.find_known_references([ANOTHER, "c" * 32, SIGNATURE])

    assert [(known.signature, known.dossier_id) for known in found] == [
        (ANOTHER, DOSSIER),
        (SIGNATURE, OTHER_DOSSIER),
        (SIGNATURE, DOSSIER),
    ]
    assert store.find_known_references([]) == ()


def test_a_letter_filed_twice_teaches_once(store: IntakeStore) -> None:
    filed = _filed(store, (1,))
    before = rows(INTAKE)

    with pytest.raises(StaleLetterError):
        store.save_letter(filed)

    assert rows(INTAKE) == before
    assert [known.letters for known in store.find_known_references([SIGNATURE])] == [1]


def test_what_could_not_be_filed_teaches_nothing(store: IntakeStore) -> None:
    """The letter and its lessons are one write: somebody else was faster, so neither is stored."""
    identified = _identified(store, (1,))
    store.save_letter(identified.give_up(LATER))

    with pytest.raises(StaleLetterError):
        store.save_letter(identified.file(DOSSIER, STAFF, LATER))

    assert store.find_known_references([SIGNATURE]) == ()


def test_only_the_newest_letters_of_a_reference_are_looked_at(store: IntakeStore) -> None:
    for page in range(1, 31):
        _filed(store, (page,), at=NOW + timedelta(days=page))

    (known,) = store.find_known_references([SIGNATURE])

    assert (known.letters, known.last_filed_at) == (20, NOW + timedelta(days=30))


def _identified(
    store: IntakeStore,
    pages: tuple[int, ...],
    *,
    dossier_id: str = DOSSIER,
    by: str = MACHINE,
    references: tuple[str, ...] = (SIGNATURE,),
) -> Letter:
    read = a_letter(pages).read(NOW)
    store.add_letter(read)
    known = read.know(LetterFacts(), references=references)
    if by == MACHINE:
        return store.save_letter(known.identify(dossier_id, (), NOW, teaches=True))
    return store.save_letter(store.save_letter(known.review((), (), NOW)).assign(dossier_id, by, NOW))


def _filed(
    store: IntakeStore,
    pages: tuple[int, ...],
    *,
    at: datetime = NOW,
    dossier_id: str = DOSSIER,
    by: str = MACHINE,
    references: tuple[str, ...] = (SIGNATURE,),
) -> Letter:
    identified = _identified(store, pages, dossier_id=dossier_id, by=by, references=references)
    return store.save_letter(identified.file(dossier_id, STAFF, at))
