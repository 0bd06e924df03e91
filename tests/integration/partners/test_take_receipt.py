"""A receipt moves its bundle; one that says nothing we may believe moves nothing, stops nothing and is listed."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from sozialakte.partners import Bundle, BundleState
from sozialakte.runtime.aws import client
from sozialakte.shared.clock import utc_now
from tests.aws import PARTNER, PARTNERS, rows
from tests.handovers import STORE, bundle_of, deliver, file_document, receipt_for, resend, take, write_receipt

pytestmark = pytest.mark.usefixtures("aws")
REFUSED = {"result": "refused", "reason": "unknown_dossier"}


@pytest.fixture
def bundle(aws: None) -> Bundle:  # noqa: ARG001 # opens the tables
    filed = file_document()
    deliver(filed)
    return bundle_of(filed)


def now(bundle: Bundle) -> Bundle:
    found = STORE.find(bundle.bundle_id)
    assert found is not None
    return found


def problems() -> list[str]:
    moment = utc_now() + timedelta(minutes=1)
    return [one.problem for one in STORE.unusable_receipts(moment - timedelta(hours=1), moment, 50).receipts]


def is_settled(bundle: Bundle, name: str) -> bool:
    return client("s3").get_object_tagging(Bucket=PARTNER, Key=bundle.key(name))["TagSet"] != []


def test_an_accepted_bundle_is_done_and_its_files_may_expire(bundle: Bundle) -> None:
    assert take(write_receipt(bundle, receipt_for(bundle))) == []

    assert (now(bundle).state, now(bundle).due) == (BundleState.ACCEPTED, None)
    assert all(is_settled(bundle, name) for name in ("bundle.json", "document.pdf", "searchable.pdf"))


def test_a_refused_bundle_keeps_the_partners_code_and_is_listed_at_once(bundle: Bundle) -> None:
    take(write_receipt(bundle, receipt_for(bundle, **REFUSED)))

    assert (now(bundle).state, now(bundle).refusal) == (BundleState.REFUSED, "unknown_dossier")
    assert [one.sequence for one in STORE.open_bundles(utc_now(), 10).bundles] == [1]
    assert not is_settled(bundle, "bundle.json")


def test_a_receipt_delivered_twice_and_one_written_twice_are_one(bundle: Bundle) -> None:
    first = write_receipt(bundle, receipt_for(bundle))
    take(first)
    before = now(bundle)

    assert take(first, write_receipt(bundle, receipt_for(bundle))) == []

    assert (now(bundle), problems()) == (before, [])


def test_what_was_refused_may_be_accepted_later(bundle: Bundle) -> None:
    take(write_receipt(bundle, receipt_for(bundle, **REFUSED)), write_receipt(bundle, receipt_for(bundle)))

    assert (now(bundle).state, now(bundle).refusal) == (BundleState.ACCEPTED, None)


def test_what_was_accepted_stays_accepted(bundle: Bundle) -> None:
    take(write_receipt(bundle, receipt_for(bundle)), write_receipt(bundle, receipt_for(bundle, **REFUSED)))

    assert (now(bundle).state, problems()) == (BundleState.ACCEPTED, ["contradiction"])


def test_an_old_refusal_delivered_again_does_not_refuse_the_next_attempt(bundle: Bundle) -> None:
    refusal = write_receipt(bundle, receipt_for(bundle, **REFUSED))
    take(refusal)
    resend(now(bundle))

    assert take(refusal) == []

    assert (now(bundle).state, now(bundle).attempt) == (BundleState.WAITING, 2)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "no_json"),
        (b"\xff\xfe{", "no_json"),
        (b"[" * 16_000, "no_json"),
        (b'{"sequence": 1' + b"0" * 5_000 + b"}", "no_json"),
        (b"null", "no_receipt"),
        (b"[]", "no_receipt"),
        (b"{}", "no_receipt"),
        (b" " * 16_385, "too_large"),
    ],
)
def test_what_is_no_receipt_is_listed_and_does_not_stop_the_queue(bundle: Bundle, body: bytes, problem: str) -> None:
    assert take(write_receipt(bundle, body)) == []

    assert (now(bundle).state, problems()) == (BundleState.WAITING, [problem])


@pytest.mark.parametrize(
    ("different", "problem"),
    [
        ({"sha256": "0" * 64}, "wrong_hash"),
        ({"sequence": 2}, "another_name"),
        ({"bundle_id": "0" * 32}, "another_name"),
        ({"result": "refused"}, "no_reason"),
        ({"result": "perhaps"}, "no_receipt"),
        ({"sequence": "1"}, "no_receipt"),
        ({"sequence": True}, "no_receipt"),
        ({"sequence": 1e400}, "no_receipt"),
        ({"reason": "<script>alert(1)</script>"}, "no_receipt"),
        ({"reason": "Anna Muster ist uns nicht bekannt"}, "no_receipt"),
        ({"reason": "\ud800"}, "no_receipt"),
        ({"at": "gestern"}, "no_receipt"),
        ({"at": "2026-01-05T09:00:00"}, "no_receipt"),
        ({"version": 2}, "no_receipt"),
        ({"more": 1}, "no_receipt"),
    ],
)
def test_a_receipt_that_does_not_fit_moves_nothing(bundle: Bundle, different: dict[str, object], problem: str) -> None:
    assert take(write_receipt(bundle, receipt_for(bundle, **different))) == []

    assert (now(bundle).state, problems()) == (BundleState.WAITING, [problem])


def test_a_receipt_for_a_bundle_that_was_never_made_is_listed(bundle: Bundle) -> None:
    body = receipt_for(bundle, bundle_id="0" * 32, sequence=7)

    assert take(write_receipt(bundle, body, key=f"receipts/0000000007-{'0' * 32}.json")) == []

    assert problems() == ["unknown_bundle"]


@pytest.mark.parametrize("name", ["Müller Anna.json", "1.json", "0000000001-ABC.json", "../out/x.json", "a" * 900])
def test_a_name_that_names_no_bundle_is_not_even_kept(bundle: Bundle, name: str) -> None:
    assert take(write_receipt(bundle, receipt_for(bundle), key=f"receipts/{name}")) == []

    assert problems() == ["no_name"]
    assert name not in json.dumps(rows(PARTNERS), default=str)


def test_a_receipt_that_is_gone_is_listed(bundle: Bundle) -> None:
    notification = write_receipt(bundle, receipt_for(bundle))
    found = json.loads(notification)["Records"][0]["s3"]["object"]
    client("s3").delete_object(Bucket=PARTNER, Key=found["key"], VersionId=found["versionId"])

    assert take(notification) == []

    assert problems() == ["gone"]


def test_a_notification_of_another_bucket_stays_on_the_queue(bundle: Bundle) -> None:
    assert take(write_receipt(bundle, receipt_for(bundle)).replace(PARTNER, "somebodys")) == ["message-0"]
