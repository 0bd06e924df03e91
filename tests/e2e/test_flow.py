"""Post on its way through the deployed system: real functions, queues, streams, permissions and tokens."""

from __future__ import annotations

import hashlib
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from sozialakte.intake.batch import batch_id_for
from sozialakte.register.records import item_of
from sozialakte.runtime.items import to_attributes
from tests.batches import CASE_WORKER, MAILROOM, OPEN, STRANGER, batch, register
from tests.e2e.api_calls import Answer, request
from tests.e2e.deployed import Deployed
from tests.emulator.people import sign_in

PATIENCE = 120  # seconds; the emulator starts its functions one by one
BATCH_ID = batch_id_for(hashlib.sha256(batch()).hexdigest())


@dataclass(frozen=True)
class Desk:
    """Somebody at work: the system and a token."""

    deployed: Deployed
    token: str

    def ask(self, path: str, *, method: str = "GET", body: object = None) -> Answer:
        """A request in this person's name."""
        return request(self.deployed.outputs.api_url + path, token=self.token, method=method, body=body)


@pytest.fixture(scope="module")
def mailroom(usable: Deployed) -> Desk:
    """The mailroom, after a batch was uploaded twice and a broken file came too."""
    for record in register():
        usable.clients.dynamodb().put_item(
            TableName=usable.outputs.tables["register"], Item=to_attributes(item_of(record))
        )
    upload(usable, "Posteingang/Stapel 1 +äöü.pdf", batch())
    upload(usable, "Posteingang/Stapel 1 +äöü.pdf", batch())
    upload(usable, "Posteingang/kaputt & leer.pdf", batch()[:-300])
    return Desk(usable, sign_in(usable.emulator, MAILROOM, ["mailroom"]))


@pytest.fixture(scope="module")
def case_worker(usable: Deployed) -> Desk:
    """The person responsible for the dossier."""
    return Desk(usable, sign_in(usable.emulator, CASE_WORKER, ["caseworker"]))


def upload(deployed: Deployed, key: str, body: bytes) -> None:
    """As the scanning centre does it."""
    deployed.clients.s3().put_object(Bucket=deployed.outputs.buckets["scans"], Key=key, Body=body)


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait for the system."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"{what} did not happen within {PATIENCE} s"
        time.sleep(0.5)


def states(desk: Desk) -> list[str]:
    """The states of the day's batches."""
    found = desk.ask("/intake/batches").json()["batches"]
    assert isinstance(found, list)
    return sorted(entry["state"] for entry in found)


def ledger(desk: Desk) -> dict[str, int]:
    """The page ledger of the good batch."""
    found = desk.ask(f"/intake/batches/{BATCH_ID}").json()["ledger"]
    assert isinstance(found, dict)
    return {fate: count for fate, count in found.items() if count}


def test_every_page_finds_its_fate_and_what_a_person_assigns_is_filed(mailroom: Desk, case_worker: Desk) -> None:
    until(lambda: states(mailroom) == ["closed", "duplicate", "rejected"], "the end of all three batches")
    assert ledger(mailroom) == {"pages_in": 4, "filed": 1, "review": 1, "separators": 1, "blanks": 1}

    waiting = mailroom.ask("/intake/review").json()["letters"]
    assert isinstance(waiting, list)
    (letter,) = waiting
    decision = {"dossier_id": OPEN, "version": letter["version"]}
    answer = mailroom.ask(f"/intake/letters/{letter['letter_id']}/assignment", method="POST", body=decision)
    assert answer.status == 202
    until(lambda: ledger(mailroom).get("filed") == 2, "filing of the assigned letter")

    entries = case_worker.ask("/dossiers/inbox").json()["entries"]
    assert isinstance(entries, list)
    assert {entry["dossier_id"] for entry in entries} == {OPEN}
    assert len({entry["document_id"] for entry in entries}) == len(entries) == 2


def test_the_original_comes_by_a_signed_address_and_is_on_hold(mailroom: Desk, case_worker: Desk) -> None:
    until(lambda: "closed" in states(mailroom), "the end of the batch")
    documents = case_worker.ask(f"/dossiers/{OPEN}/documents").json()["documents"]
    assert isinstance(documents, list)
    document = documents[-1]["document_id"]
    signed = case_worker.ask(f"/dossiers/{OPEN}/documents/{document}?rendition=original").json()
    with urllib.request.urlopen(str(signed["url"])) as answer:  # noqa: S310 the emulator's own address
        body = answer.read()
    assert body.startswith(b"%PDF-")
    letters = mailroom.deployed.outputs.buckets["letters"]
    key = f"letters/{document}/original.pdf"
    hold = mailroom.deployed.clients.s3().get_object_legal_hold(Bucket=letters, Key=key)
    assert hold["LegalHold"]["Status"] == "ON"
    head = mailroom.deployed.clients.s3().head_object(Bucket=letters, Key=key)
    assert head["Metadata"]["sha256"] == hashlib.sha256(body).hexdigest()


def test_a_foreign_dossier_and_one_that_does_not_exist_look_the_same(usable: Deployed) -> None:
    stranger = Desk(usable, sign_in(usable.emulator, STRANGER, ["caseworker"]))
    foreign = stranger.ask(f"/dossiers/{OPEN}/documents")
    missing = stranger.ask("/dossiers/SH-2026-99999/documents")
    assert foreign.status == missing.status == 403
    assert foreign.json()["type"] == missing.json()["type"]


def test_an_unknown_message_is_never_acknowledged(usable: Deployed) -> None:
    queue = usable.outputs.queues["settle"]
    sqs = usable.clients.sqs()
    sqs.send_message(QueueUrl=queue, MessageBody='{"type": "dossiers.unheard-of", "version": 1}')
    time.sleep(5)
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    counts = [
        sqs.get_queue_attributes(QueueUrl=usable.outputs.queues[name], AttributeNames=names)["Attributes"]  # type: ignore[arg-type]
        for name in ("settle", "settle-dead")
    ]
    assert sum(int(value) for found in counts for value in found.values()) == 1
