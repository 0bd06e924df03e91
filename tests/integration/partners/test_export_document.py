"""A change of a document becomes one bundle with one number, complete in the bucket before it is announced."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from functions.partners.export_document import handler
from sozialakte.partners import BundleState
from sozialakte.partners.messages import ResendBundle
from sozialakte.runtime.aws import client
from sozialakte.runtime.dynamo import Table
from tests.aws import DOSSIERS, LETTERS, PARTNER, PARTNERS, keep_letter_file, rows
from tests.builders import DOSSIER, OTHER_DOSSIER, STAFF
from tests.handovers import (
    STORE,
    bundle_of,
    changed,
    deliver,
    document_id,
    file_document,
    handed,
    move,
    original,
    partner_keys,
    receipt_for,
    relabel,
    resend,
    searchable,
    take,
    write_receipt,
)
from tests.lambda_events import Context, failed_ids, sqs_event

pytestmark = pytest.mark.usefixtures("aws")


def test_a_filed_document_lies_in_the_bucket_with_its_facts_and_hashes() -> None:
    filed = file_document()

    assert deliver(filed) == []

    bundle = bundle_of(filed)
    told = json.loads(handed(bundle))
    assert (told["sequence"], told["previous_in_dossier"], told["change"]) == (1, None, "filed")
    assert (told["dossier_id"], told["document_id"], told["document_version"]) == (DOSSIER, document_id(), 1)
    assert (told["document"]["kind"], told["document"]["sender"]) == ("bill", "Stadtwerke Rottal")
    assert told["document"]["reasons"] == [{"code": "page.letter", "text": "Seite eines Briefs"}]
    assert told["inbox_entry"] == {"inbox": STAFF, "reason": {"code": "page.letter", "text": "Seite eines Briefs"}}
    assert [(file["name"], file["sha256"], file["size"]) for file in told["files"]] == [
        ("document.pdf", sha256(original()).hexdigest(), len(original())),
        ("searchable.pdf", sha256(searchable()).hexdigest(), len(searchable())),
    ]
    assert handed(bundle, "document.pdf") == original()
    assert handed(bundle, "searchable.pdf") == searchable()
    assert (bundle.state, bundle.sha256) == (BundleState.WAITING, sha256(handed(bundle)).hexdigest())


def test_another_register_is_told_as_what_was_corrected() -> None:
    deliver(file_document())
    relabelled = relabel(2, register="housing")

    deliver(relabelled)

    told = json.loads(bundle_of(relabelled).body)
    assert (told["document"]["kind"], told["document"]["lies_in"]) == ("bill", "housing")


def test_another_sender_and_deadline_are_told_as_what_was_corrected() -> None:
    deliver(file_document())
    relabelled = relabel(2, sender="Stadtwerke", deadline="2026-12-04")

    deliver(relabelled)

    told = json.loads(bundle_of(relabelled).body)
    assert (told["document"]["sender"], told["document"]["deadline"]) == ("Stadtwerke", "2026-12-04")
    assert told["corrects"]["sequence"] == 1


def test_an_old_document_lies_in_nobodys_inbox_and_says_which_register_it_came_from() -> None:
    filed = file_document(section="fin")

    deliver(filed)

    told = json.loads(handed(bundle_of(filed)))
    assert told["inbox_entry"] is None
    assert (told["document"]["section"], told["document"]["lies_in"]) == ("fin", "finance")


def test_the_json_comes_last() -> None:
    written: list[str] = []
    events = client("s3").meta.events
    events.register("before-parameter-build.s3.PutObject", lambda params, **_: written.append(params["Key"]))
    filed = file_document()
    written.clear()

    deliver(filed)

    assert [key.rsplit("/", 1)[1] for key in written] == ["document.pdf", "searchable.pdf", "bundle.json"]


def test_keys_hold_the_number_and_the_id_and_nothing_else() -> None:
    filed = file_document()
    deliver(filed)

    name = f"out/0000000001-{bundle_of(filed).bundle_id}"
    assert set(partner_keys()) == {f"{name}/{file}" for file in ("bundle.json", "document.pdf", "searchable.pdf")}


def test_a_message_delivered_again_changes_nothing() -> None:
    filed = file_document()
    deliver(filed)
    before, keys = rows(PARTNERS), partner_keys()

    assert deliver(filed, filed) == []

    assert (rows(PARTNERS), partner_keys()) == (before, keys)


def test_numbers_follow_each_other_and_name_the_one_before_in_their_dossier() -> None:
    messages = [file_document(1), file_document(11, OTHER_DOSSIER), file_document(21)]

    deliver(*messages)

    told = [json.loads(bundle_of(message).body) for message in messages]
    assert [(one["sequence"], one["previous_in_dossier"]) for one in told] == [(1, None), (2, None), (3, 1)]
    assert STORE.last_sequence() == 3
    assert list(STORE.between(2, 3)) == [one["bundle_id"] for one in told[1:]]


def test_a_correction_says_what_it_corrects() -> None:
    filed = file_document()
    deliver(filed)
    relabelled = relabel(2)

    deliver(relabelled)

    told, first = json.loads(bundle_of(relabelled).body), bundle_of(filed)
    assert told["corrects"] == {"bundle_id": first.bundle_id, "sequence": 1}
    assert (told["change"], told["document"]["kind"], told["document_version"]) == ("relabelled", "kind2", 2)


def test_a_move_tells_both_dossiers_and_hands_nothing_of_the_document_to_the_old_one() -> None:
    filed = file_document()
    deliver(filed)
    out, into = move(2, 1, DOSSIER, OTHER_DOSSIER)

    assert deliver(into, out) == []

    left, came = json.loads(bundle_of(out).body), json.loads(bundle_of(into).body)
    assert (left["dossier_id"], left["document"], left["inbox_entry"], left["files"]) == (DOSSIER, None, None, [])
    assert left["corrects"]["bundle_id"] == bundle_of(filed).bundle_id
    assert (came["dossier_id"], came["corrects"]) == (OTHER_DOSSIER, None)
    assert len(came["files"]) == 2
    assert partner_keys(bundle_of(out).key("")) == [bundle_of(out).key("bundle.json")]


def test_an_older_version_that_comes_late_gets_its_number_but_says_that_it_is_superseded() -> None:
    filed, relabelled = file_document(), relabel(2)

    deliver(relabelled, filed)

    late = json.loads(bundle_of(filed).body)
    assert late["superseded_by"] == {"bundle_id": bundle_of(relabelled).bundle_id, "sequence": 1}
    assert (late["sequence"], late["document"], late["files"]) == (2, None, [])


def test_what_was_filed_and_moved_before_it_was_handed_over_waits_for_the_move() -> None:
    filed = file_document()
    out, into = move(2, 1, DOSSIER, OTHER_DOSSIER)

    assert deliver(filed) == ["message-0"]
    assert deliver(out, into, filed) == []

    assert json.loads(bundle_of(filed).body)["superseded_by"]["bundle_id"] == bundle_of(out).bundle_id


def test_a_document_that_is_not_there_gets_no_number() -> None:
    assert deliver(changed("filed", 1)) == ["message-0"]

    assert (rows(PARTNERS), partner_keys()) == ([], [])


def test_an_original_that_is_not_what_was_filed_gets_no_number() -> None:
    filed = file_document()
    row = next(row for row in rows(DOSSIERS) if row["entity"] == "document")
    Table(DOSSIERS).put(row | {"sha256": "0" * 64})

    assert deliver(filed) == ["message-0"]

    assert (rows(PARTNERS), partner_keys()) == ([], [])


def test_the_searchable_copy_is_the_one_that_was_hashed_even_if_it_was_read_again_since() -> None:
    filed = file_document()
    deliver(filed)
    keep_letter_file(f"letters/{document_id()}/searchable.pdf", b"read again")

    assert resend(bundle_of(filed)) == []

    assert handed(bundle_of(filed), "searchable.pdf") == searchable()


def test_sending_again_writes_the_same_bytes_under_the_same_key_and_waits_for_a_receipt() -> None:
    filed = file_document()
    deliver(filed)
    first, body = bundle_of(filed), handed(bundle_of(filed))
    take(write_receipt(first, receipt_for(first)))

    assert resend(bundle_of(filed)) == []

    again = bundle_of(filed)
    assert (again.state, again.attempt, again.sequence, handed(again)) == (BundleState.WAITING, 2, 1, body)
    assert partner_keys("out/").count(first.key("bundle.json")) == 2
    tags = client("s3").get_object_tagging(Bucket=PARTNER, Key=first.key("bundle.json"))["TagSet"]
    assert tags == [], "what waits for a receipt again must not expire"


def test_an_attempt_asked_for_twice_is_made_once() -> None:
    filed = file_document()
    deliver(filed)
    wanted = ResendBundle(bundle_id=bundle_of(filed).bundle_id, attempt=2)

    assert deliver(wanted, wanted) == []

    assert bundle_of(filed).attempt == 2
    assert partner_keys("out/").count(bundle_of(filed).key("bundle.json")) == 2


def test_a_bundle_that_is_not_there_cannot_be_sent_again() -> None:
    assert deliver(ResendBundle(bundle_id="0" * 32, attempt=2)) == ["message-0"]


def test_texts_from_paper_arrive_as_they_are() -> None:
    subject = "<script>alert(1)</script> Zoë \u0000 zoe\u0308 €"
    filed = file_document(subject=subject)
    deliver(filed)

    assert json.loads(handed(bundle_of(filed)))["document"]["subject"] == subject


def test_unknown_messages_are_never_acknowledged() -> None:
    body = json.loads(file_document().to_json())
    strange = [{}, body | {"type": "dossiers.unknown"}, body | {"change": "shredded"}, body | {"document_version": 0}]

    answer = handler(sqs_event(*map(json.dumps, strange)), Context())

    assert failed_ids(answer) == [f"message-{number}" for number in range(len(strange))]
    assert rows(PARTNERS) == []


def test_the_letters_bucket_is_only_read() -> None:
    filed = file_document()
    before = client("s3").list_object_versions(Bucket=LETTERS)["Versions"]

    deliver(filed)

    assert client("s3").list_object_versions(Bucket=LETTERS)["Versions"] == before
