"""Nothing depends on a message or a stream record surviving: what stands still is found and put back on its way."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from functions.intake.reconcile import handler
from sozialakte.intake.batch import BatchState, ManifestCheck, Upload
from sozialakte.intake.desk.pictures import picture_key
from sozialakte.intake.desk.store import DeskStore
from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.letter import LetterState
from sozialakte.intake.model import Lane
from sozialakte.intake.patience import Patience
from sozialakte.intake.publish_changes import PublishChanges, Queues
from sozialakte.intake.reconcile import Reconcile, Reconciled, StillStuckError
from sozialakte.intake.store import IntakeStore
from sozialakte.runtime.queues import Queue
from sozialakte.runtime.s3_events import new_objects
from sozialakte.shared.clock import utc_now
from tests.aws import (
    BACKFILE,
    DOSSIERS,
    INTAKE,
    LETTERS,
    QUEUES,
    SCANS,
    put_register,
    queue_url,
    rows,
    send,
    take,
    take_json,
    upload,
)
from tests.batches import OPEN, register
from tests.builders import BATCH_ID, NOW, a_batch, a_letter_in, a_plan
from tests.lambda_events import Context
from tests.pipeline import Pipeline

pytestmark = pytest.mark.usefixtures("aws")

QUARTER = timedelta(minutes=15)
NONE = timedelta(0)


def reconcile(patience: timedelta = NONE, now: datetime | None = None) -> Reconciled:
    queues = Queues(*(Queue(queue_url(name)) for name in ("read", "identify", "file", "oldpages", "desk", "bills")))
    store, files, desk = IntakeStore(INTAKE), IntakeFiles(SCANS, LETTERS, BACKFILE), DeskStore(INTAKE)
    publisher = PublishChanges(store, files, queues, now or utc_now() + QUARTER, desk)
    arrivals = {Lane.DAILY: Queue(queue_url("scans")), Lane.BACKFILE: Queue(queue_url("backfile"))}
    return Reconcile(publisher, arrivals, Patience(patience, QUARTER), files)()


def announced() -> list[Upload]:
    return [Upload(*found) for body in take("scans") for found in new_objects(json.loads(body), SCANS)]


def test_an_upload_nobody_heard_of_is_announced() -> None:
    lost = [upload("Stapel Müller + Söhne.pdf", b"1"), upload("Stapel Müller + Söhne.pdf", b"2")]

    assert reconcile() == Reconciled(uploads=2, batches=0, letters=0)
    assert set(announced()) == set(lost)


def test_an_upload_with_a_batch_is_left_alone() -> None:
    uploaded = upload("a.pdf", b"1")
    IntakeStore(INTAKE).add_batch(replace(a_batch(state=BatchState.REJECTED), upload=uploaded))

    assert reconcile().uploads == 0
    assert not announced()


def test_a_manifest_is_announced_until_a_batch_has_taken_it() -> None:
    manifest, file = upload("a.csv", b"file;pages\na.pdf;4\n"), upload("a.pdf", b"1")
    assert reconcile().uploads == 2
    assert set(announced()) == {manifest, file}

    IntakeStore(INTAKE).add_batch(replace(a_batch(), upload=file).checked(ManifestCheck(manifest, 4)))

    assert reconcile().uploads == 0


def test_a_young_upload_is_left_alone() -> None:
    upload("a.pdf", b"1")

    assert reconcile(timedelta(hours=1)).uploads == 0


def test_more_uploads_than_one_look_up_are_all_found() -> None:
    lost = {upload(f"{number}.pdf", b"") for number in range(230)}

    assert reconcile().uploads == 230
    assert set(announced()) == lost


def test_a_batch_half_cut_is_announced_again() -> None:
    batch = a_batch(state=BatchState.RECEIVED)
    IntakeStore(INTAKE).add_batch(batch)

    assert reconcile().batches == 1
    assert announced() == [batch.upload]


def test_a_complete_batch_that_was_not_closed_is_closed() -> None:
    store = IntakeStore(INTAKE)
    store.add_batch(a_batch(a_plan("LL")))
    store.add_letter(a_letter_in(LetterState.FILED))

    reconcile()

    batch = store.find_batch(BATCH_ID)
    assert batch is not None
    assert batch.state is BatchState.CLOSED


@pytest.mark.parametrize(
    ("state", "queue", "kind"),
    [
        (LetterState.CUT, "read", "intake.read-pages"),
        (LetterState.READ, "identify", "intake.identify-letter"),
        (LetterState.IDENTIFIED, "file", "dossiers.file-document"),
    ],
)
def test_a_letter_on_its_way_is_sent_on_again(state: LetterState, queue: str, kind: str) -> None:
    letter = replace(a_letter_in(state), since=utc_now())
    IntakeStore(INTAKE).add_letter(letter)

    assert reconcile().letters == 1
    assert [(body["type"], body["letter_id"]) for body in take_json(queue)] == [(kind, letter.letter_id)]


@pytest.mark.parametrize("state", [LetterState.BLANK, LetterState.FILED])
def test_a_letter_with_its_fate_is_left_alone(state: LetterState) -> None:
    IntakeStore(INTAKE).add_letter(a_letter_in(state))

    assert reconcile().letters == 0
    assert not any(take(queue) for queue in QUEUES)


@pytest.mark.parametrize("state", [LetterState.REVIEW, LetterState.FORWARDED])
def test_a_letter_that_waits_for_a_person_without_pictures_is_sent_to_be_pictured(state: LetterState) -> None:
    letter = replace(a_letter_in(state), since=utc_now())
    IntakeStore(INTAKE).add_letter(letter)

    assert reconcile().letters == 1
    assert [(body["type"], body["letter_id"]) for body in take_json("desk")] == [
        ("intake.picture-pages", letter.letter_id)
    ]


def test_a_letter_with_a_picture_of_its_last_page_is_left_alone() -> None:
    letter = replace(a_letter_in(LetterState.REVIEW), since=utc_now())
    IntakeStore(INTAKE).add_letter(letter)
    IntakeFiles(SCANS, LETTERS).keep_picture(picture_key(letter, len(letter.pages)), b"jpeg")

    assert reconcile().letters == 0


def test_a_young_letter_is_left_alone() -> None:
    letter = replace(a_letter_in(LetterState.CUT), since=utc_now())
    IntakeStore(INTAKE).add_letter(letter)

    assert reconcile(timedelta(hours=1)).letters == 0


def test_the_schedule_looks_at_what_is_older_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUCK_AFTER_MINUTES", "30")
    store = IntakeStore(INTAKE)
    store.add_letter(replace(a_letter_in(LetterState.CUT, (1,)), since=utc_now() - timedelta(minutes=31)))
    store.add_letter(replace(a_letter_in(LetterState.CUT, (2,)), since=utc_now() - timedelta(minutes=29)))

    handler({"detail-type": "Scheduled Event"}, Context())

    assert [body["letter_id"] for body in take_json("read")] == [f"{BATCH_ID}-0001-0001"]


def test_one_row_that_fails_holds_up_no_other() -> None:
    store = IntakeStore(INTAKE)
    store.add_letter(replace(a_letter_in(LetterState.IDENTIFIED), since=utc_now(), dossier_id=None))
    other = replace(a_letter_in(LetterState.READ, (7, 8)), since=utc_now())
    store.add_letter(other)

    with pytest.raises(StillStuckError):
        reconcile()

    assert [body["letter_id"] for body in take_json("identify")] == [other.letter_id]


@pytest.mark.parametrize("state", [LetterState.CUT, LetterState.READ, LetterState.RECALLED])
def test_a_letter_the_machine_fails_at_for_a_day_waits_for_a_person(state: LetterState) -> None:
    store = IntakeStore(INTAKE)
    letter = replace(a_letter_in(state), since=utc_now() - timedelta(hours=24))
    store.add_letter(letter)

    assert reconcile().letters == 1

    (waiting,) = store.letters_in_review(10).letters
    assert (waiting.letter_id, waiting.reasons[0].code) == (letter.letter_id, "letter.stuck")
    assert not any(take(queue) for queue in QUEUES)


def test_a_letter_that_is_not_filed_for_a_day_is_recalled_and_then_waits_for_a_person() -> None:
    """A filing that comes after all is refused, so nobody decides about what lies in a dossier."""
    put_register(*register())
    store, letter = IntakeStore(INTAKE), a_letter_in(LetterState.READ).identify(OPEN, (), NOW)
    store.add_letter(letter)
    stage = Pipeline()
    stage.drain_streams()
    late = take("file")

    reconcile()
    stage.run()
    send("file", *late)
    stage.run()

    (waiting,) = store.letters_in_review(10).letters
    assert (waiting.candidates, [reason.code for reason in waiting.reasons]) == ((OPEN,), ["letter.stuck"])
    assert [row["entity"] for row in rows(DOSSIERS)] == ["filing"]


def test_an_old_dossier_nobody_heard_of_is_announced_on_its_own_queue() -> None:
    lost = upload("K-00001/0001.pdf", b"1", Lane.BACKFILE)

    assert reconcile() == Reconciled(uploads=1, batches=0, letters=0)
    assert not announced()
    (body,) = take_json("backfile")
    assert list(new_objects(body, BACKFILE)) == [(lost.key, lost.version_id)]


@pytest.mark.parametrize(("hours", "asked"), [(1, 0), (71, 0), (72, 1)])
def test_old_pages_that_wait_behind_each_other_for_days_are_not_lost(hours: int, asked: int) -> None:
    letter = replace(a_letter_in(LetterState.CUT), lane=Lane.BACKFILE)
    IntakeStore(INTAKE).add_letter(letter)

    reconcile(timedelta(hours=1), letter.since + timedelta(hours=hours, minutes=1))

    assert (len(take("oldpages")), take("read")) == (asked, [])


@pytest.mark.parametrize(("days", "state"), [(11, LetterState.CUT), (13, LetterState.REVIEW)])
def test_the_machine_gives_up_on_old_pages_before_their_messages_end(days: int, state: LetterState) -> None:
    letter = replace(a_letter_in(LetterState.CUT), lane=Lane.BACKFILE)
    IntakeStore(INTAKE).add_letter(letter)

    reconcile(now=letter.since + timedelta(days=days))

    assert IntakeStore(INTAKE).letter(letter.letter_id).state is state
