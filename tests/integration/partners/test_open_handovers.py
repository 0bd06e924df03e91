"""What the case system has not receipted: listed for those who mend it, announced again where we got stuck."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from functions.partners import reconcile
from functions.partners.api import handler
from sozialakte.partners import Bundle, BundleState
from sozialakte.partners.messages import ResendBundle
from sozialakte.partners.model import Patience, Result, UnusableReceipt
from sozialakte.partners.reconcile import ReceiptsMissingError
from sozialakte.runtime.parameters import PAGE_SIZE
from sozialakte.shared.clock import utc_now
from tests.aws import AUDIT, counted_calls, rows, take_json
from tests.handovers import STORE, bundle_of, deliver, file_document, receipt_for, take, write_receipt
from tests.http_calls import Answer, Call
from tests.lambda_events import Context

pytestmark = pytest.mark.usefixtures("aws")
BEFORE_THE_REQUEST = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)  # the sample request was made half an hour later
OPEN, UNUSABLE = "/partners/handover/open", "/partners/handover/receipts/unusable"


def get(path: str, query: dict[str, str] | None = None) -> Answer:
    return Call("GET", path, "ma-900", "[administrator]", query=query).to(handler)


def listed_in(answer: Answer, name: str) -> list[dict[str, object]]:
    found = answer.body[name]
    assert isinstance(found, list)
    return found


def handed_over(number: int = 1) -> Bundle:
    filed = file_document(number)
    deliver(filed)
    return bundle_of(filed)


def refused(bundle: Bundle) -> Bundle:
    answered = bundle.receive(Result.REFUSED, "unknown_dossier", BEFORE_THE_REQUEST)
    STORE.save(answered)
    return answered


def stuck(bundle: Bundle, hours: int) -> Bundle:
    again = bundle.resend(utc_now() - timedelta(hours=hours), Patience(timedelta(hours=1), timedelta(hours=24)))
    STORE.save(again)
    return again


def test_a_bundle_whose_receipt_is_not_due_is_not_listed() -> None:
    handed_over()

    assert STORE.open_bundles(utc_now(), 10).bundles == ()
    assert len(STORE.open_bundles(utc_now() + timedelta(hours=25), 10).bundles) == 1


def test_a_stuck_bundle_is_announced_again_and_goes_its_way() -> None:
    bundle = stuck(handed_over(), hours=2)

    reconcile.handler({}, Context())

    (message,) = take_json("handover")
    assert ResendBundle.parse(message) == ResendBundle(bundle_id=bundle.bundle_id, attempt=2)
    assert deliver(ResendBundle.parse(message)) == []
    found = STORE.find(bundle.bundle_id)
    assert found is not None
    assert (found.state, found.attempt) == (BundleState.WAITING, 2)


def test_what_is_stuck_for_a_day_rings_instead_of_going_round() -> None:
    stuck(handed_over(), hours=25)

    with pytest.raises(ReceiptsMissingError):
        reconcile.handler({}, Context())
    assert take_json("handover") == []


def test_a_refusal_rings() -> None:
    bundle = handed_over()
    take(write_receipt(bundle, receipt_for(bundle, result="refused", reason="unknown_dossier")))

    with pytest.raises(ReceiptsMissingError, match="1 bundles, 0 receipts"):
        reconcile.handler({}, Context())


def test_an_unusable_receipt_rings() -> None:
    take(write_receipt(handed_over(), b"?"))

    with pytest.raises(ReceiptsMissingError, match="0 bundles, 1 receipts"):
        reconcile.handler({}, Context())


def test_nothing_rings_when_all_is_receipted() -> None:
    bundle = handed_over()
    take(write_receipt(bundle, receipt_for(bundle)))

    reconcile.handler({}, Context())


def test_the_list_names_ids_states_and_codes_and_nothing_of_the_document() -> None:
    bundle = refused(handed_over())

    answer = get(OPEN)

    assert answer.status == 200
    (listed,) = listed_in(answer, "bundles")
    assert (listed["sequence"], listed["state"], listed["refusal"]) == (1, "refused", "unknown_dossier")
    assert listed["meaning"] == "vom Fallsystem abgelehnt"
    assert listed["bundle_id"] == bundle.bundle_id
    assert "Stadtwerke" not in str(answer.body)
    assert [(entry["subject"], entry["action"]) for entry in rows(AUDIT)] == [("handover#open", "list_handover")]


def test_unusable_receipts_are_listed_with_the_reason_in_words() -> None:
    STORE.note_unusable(UnusableReceipt("v1", "no_json", BEFORE_THE_REQUEST, "0" * 32, 1))
    STORE.note_unusable(UnusableReceipt("v2", "no_name", BEFORE_THE_REQUEST - timedelta(days=15)))

    (listed,) = listed_in(get(UNUSABLE), "receipts")

    assert (listed["problem"], listed["meaning"]) == ("no_json", "Die Quittung ist kein JSON in UTF-8.")
    assert listed["sequence"] == 1


def test_a_list_needs_one_query_however_much_is_open() -> None:
    for number in range(1, 3 * PAGE_SIZE, 2):
        refused(handed_over(number))

    with counted_calls() as calls:
        first = get(OPEN)

    assert (calls.count("Query"), len(listed_in(first, "bundles"))) == (1, PAGE_SIZE)
    rest = get(OPEN, {"cursor": str(first.body["next"])})
    assert len(listed_in(rest, "bundles")) == 3 * PAGE_SIZE // 2 - PAGE_SIZE
    assert rest.body["next"] is None


def test_a_foreign_cursor_is_refused() -> None:
    assert get(OPEN, {"cursor": "AAAA"}).status == 422
