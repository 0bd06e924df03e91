"""What follows from a state is sent; a batch closes when every page has its fate."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.intake.publish_changes import handler
from sozialakte.dossiers import FileDocument
from sozialakte.intake.batch import BatchState, ManifestCheck, Upload
from sozialakte.intake.desk.model import PageTurn
from sozialakte.intake.desk.steps import turn
from sozialakte.intake.known_references import Lesson
from sozialakte.intake.letter import Letter, LetterState
from sozialakte.intake.letter_facts import LetterFacts
from sozialakte.intake.messages import IdentifyLetter, ReadPages
from sozialakte.intake.model import Lane
from sozialakte.intake.records import batch_item, lesson_item, letter_item
from sozialakte.intake.store import IntakeStore
from sozialakte.runtime.aws import client
from sozialakte.runtime.items import Item
from sozialakte.shared.reasons import Reason
from tests.aws import INTAKE, SCANS, take_json, upload
from tests.builders import BATCH_ID, DOSSIER, LATER, NOW, STAFF, a_batch, a_letter, a_letter_in, a_plan
from tests.lambda_events import Context, failed_ids, stream_event

pytestmark = pytest.mark.usefixtures("aws")

ONE_REQUEST = 65_536  # bytes; SQS bills more as several requests


def publish(new: Item, old: Item | None = None) -> None:
    assert not failed_ids(handler(stream_event((old, new)), Context()))


def test_a_cut_letter_is_read_chunk_by_chunk() -> None:
    letter = a_letter(tuple(range(1, 24)))

    publish(letter_item(letter))

    messages = [ReadPages.parse(body) for body in take_json("read")]
    assert [(message.letter_id, message.chunk) for message in messages] == [(letter.letter_id, n) for n in range(3)]


def test_pages_of_an_old_dossier_wait_on_their_own_queue_also_when_a_person_turned_them() -> None:
    old = replace(a_letter_in(LetterState.REVIEW), lane=Lane.BACKFILE)
    turned = turn(old, [PageTurn(1, 90)], STAFF, LATER)

    publish(letter_item(turned), old=letter_item(old))

    assert [ReadPages.parse(body).letter_id for body in take_json("oldpages")] == [old.letter_id]
    assert not take_json("read")


def test_a_letter_that_was_read_is_identified() -> None:
    letter = a_letter_in(LetterState.READ)

    publish(letter_item(letter))

    assert [IdentifyLetter.parse(body).letter_id for body in take_json("identify")] == [letter.letter_id]


def test_an_identified_letter_is_filed_where_and_as_it_was_decided() -> None:
    letter = a_letter_in(LetterState.REVIEW).assign(DOSSIER, STAFF, LATER)

    publish(letter_item(letter))

    (message,) = (FileDocument.parse(body) for body in take_json("file"))
    assert (message.dossier_id, message.attempt, message.decided_by) == (DOSSIER, letter.version, STAFF)
    assert (message.sha256, message.object_version, message.page_count) == (letter.sha256, "v1", 2)
    assert [reason.code for reason in message.reasons] == ["review.assigned"]


def test_what_a_letter_says_about_itself_goes_with_it() -> None:
    notes = (Reason("page.unreadable"),)
    facts = LetterFacts("decision", NOW.date(), "Gericht", "Entscheid", True, LATER.date(), (2,), notes=notes)
    read = a_letter_in(LetterState.READ).know(facts)

    publish(letter_item(read.identify(DOSSIER, (), LATER)))

    (message,) = (FileDocument.parse(body) for body in take_json("file"))
    assert (message.kind, message.sender, message.subject) == ("decision", "Gericht", "Entscheid")
    assert (message.written_on, message.urgent, message.deadline) == (NOW.date(), True, LATER.date())
    assert (message.unread_pages, [note.reason() for note in message.notes]) == ((2,), list(notes))


def test_the_longest_facts_fit_into_a_message() -> None:
    long = LetterFacts(sender="ä" * 999, subject="ä" * 999, unread_pages=tuple(range(1, 2001)))

    publish(letter_item(a_letter_in(LetterState.READ).know(long).identify(DOSSIER, (), LATER)))

    (body,) = take_json("file")
    assert len(json.dumps(body)) < ONE_REQUEST


def test_a_forwarded_letter_waits_for_a_person() -> None:
    publish(letter_item(a_letter_in(LetterState.FORWARDED)))

    assert not any(take_json(queue) for queue in ("scans", "read", "identify", "file"))


def test_a_mark_on_a_row_has_no_consequence() -> None:
    row = letter_item(a_letter())

    publish({**row, "chunks_read": {0}}, old=row)

    assert not take_json("read")


def test_a_claim_on_an_upload_and_a_lesson_have_no_consequence() -> None:
    publish({"pk": "UPLOAD#1", "sk": "UPLOAD", "entity": "upload", "upload_id": "1", "batch_id": BATCH_ID})
    publish(lesson_item(Lesson("a" * 32, DOSSIER, a_letter().letter_id, LATER, STAFF)))

    assert not any(take_json(queue) for queue in ("scans", "read", "identify", "file"))


@pytest.mark.parametrize("last", [LetterState.FILED, LetterState.REVIEW, LetterState.FORWARDED])
def test_the_last_letter_that_gets_its_fate_closes_the_batch(last: LetterState) -> None:
    store = _with_batch(a_letter_in(LetterState.FILED, (1, 2)), a_letter_in(last, (4,)))

    publish(letter_item(a_letter_in(last, (4,))))

    assert _state(store) is BatchState.CLOSED


@pytest.mark.parametrize("other", [LetterState.CUT, LetterState.READ, LetterState.IDENTIFIED])
def test_a_batch_stays_open_while_a_letter_is_on_its_way(other: LetterState) -> None:
    store = _with_batch(a_letter_in(LetterState.FILED, (1, 2)), a_letter_in(other, (4,)))

    publish(letter_item(a_letter_in(LetterState.FILED, (1, 2))))

    assert _state(store) is BatchState.CUT


def test_a_batch_whose_letters_were_faster_closes_when_it_is_cut() -> None:
    store = _with_batch(a_letter_in(LetterState.FILED, (1, 2)), a_letter_in(LetterState.FILED, (4,)))

    publish(batch_item(a_batch()))

    assert _state(store) is BatchState.CLOSED


def test_a_batch_that_is_still_being_cut_does_not_close() -> None:
    store = IntakeStore(INTAKE)
    store.add_batch(a_batch(a_plan("S B"), state=BatchState.RECEIVED))

    publish(batch_item(a_batch(a_plan("S B"), state=BatchState.RECEIVED)))

    assert _state(store) is BatchState.RECEIVED


def test_a_batch_of_separators_only_closes() -> None:
    store = IntakeStore(INTAKE)
    batch = a_batch(a_plan("S B"))
    store.add_batch(batch)

    publish(batch_item(batch))

    assert _state(store) is BatchState.CLOSED


def test_publishing_twice_closes_once() -> None:
    store = _with_batch(a_letter_in(LetterState.FILED, (1, 2)), a_letter_in(LetterState.FILED, (4,)))
    row = batch_item(a_batch())

    publish(row)
    closed = store.find_batch(BATCH_ID)
    publish(row)

    assert store.find_batch(BATCH_ID) == closed


@pytest.mark.parametrize("state", [BatchState.CLOSED, BatchState.REJECTED, BatchState.DUPLICATE])
def test_the_upload_of_a_final_batch_may_expire_and_nothing_is_left_to_do(state: BatchState) -> None:
    batch = replace(a_batch(state=state), upload=upload("Stapel 1.pdf", b"scan"))
    IntakeStore(INTAKE).add_batch(batch)

    publish(batch_item(batch))

    assert _tags(batch.upload) == [{"Key": "settled", "Value": "yes"}]
    assert not list(IntakeStore(INTAKE).batches_stuck(state, LATER + timedelta(days=1)))


def test_the_manifest_of_a_final_batch_may_expire_with_it() -> None:
    manifest = upload("a.csv", b"file;pages")
    batch = replace(a_batch(state=BatchState.CLOSED), upload=upload("a.pdf", b"1")).checked(ManifestCheck(manifest, 4))
    IntakeStore(INTAKE).add_batch(batch)

    publish(batch_item(batch))

    assert [_tags(one) for one in (batch.upload, manifest)] == [[{"Key": "settled", "Value": "yes"}]] * 2


@pytest.mark.parametrize("state", [BatchState.RECEIVED, BatchState.CUT])
def test_the_upload_of_an_open_batch_stays(state: BatchState) -> None:
    uploaded = upload("Stapel 1.pdf", b"scan")

    publish(batch_item(replace(a_batch(state=state), upload=uploaded)))

    assert not _tags(uploaded)


def test_a_row_that_cannot_be_published_stays_on_the_stream() -> None:
    identified = letter_item(a_letter_in(LetterState.IDENTIFIED)) | {"dossier_id": None}

    answer = handler(stream_event((None, identified), (None, letter_item(a_letter()))), Context())

    assert failed_ids(answer) == ["1"]
    assert not take_json("file")


def _with_batch(*letters: Letter) -> IntakeStore:
    store = IntakeStore(INTAKE)
    store.add_batch(a_batch(a_plan("LL S L")))
    for letter in letters:
        store.add_letter(letter)
    return store


def _state(store: IntakeStore) -> BatchState:
    batch = store.find_batch(BATCH_ID)
    assert batch is not None
    return batch.state


def _tags(uploaded: Upload) -> list[object]:
    answer = client("s3").get_object_tagging(Bucket=SCANS, Key=uploaded.key, VersionId=uploaded.version_id)
    return list(answer["TagSet"])
