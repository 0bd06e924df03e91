"""The case system gets a voucher as a document with its postings, if it knows that version of the contract."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

import pytest

from sozialakte.dossiers import DocumentChanged, DossierStore
from sozialakte.dossiers.model import NO_INBOX, Filing, FilingState
from sozialakte.payments.booked_vouchers import BookedVoucher
from sozialakte.payments.files import VoucherFiles
from sozialakte.payments.journal import Entry, EntryKind, entry_of_step
from sozialakte.payments.voucher_facts import VoucherFacts
from tests.aws import DOSSIERS, LETTERS, PARTNER, keep_letter_file
from tests.booked import an_approved, came_back, known, paid, released
from tests.builders import DOSSIER, NOW
from tests.handovers import a_document, bundle_of, changed, deliver, file_document, handed, resend
from tests.integration.partners.reference_consumer import ReferenceConsumer

pytestmark = pytest.mark.usefixtures("aws")
PDF = b"%PDF voucher"


def a_voucher(kind: EntryKind = EntryKind.BOOKING) -> DocumentChanged:
    """A voucher that was filed as the payments file it; the message that says so."""
    invoice = paid(released(an_approved(dossier_id=DOSSIER)))
    before, after = (released(an_approved()), invoice) if kind is EntryKind.BOOKING else (invoice, came_back(invoice))
    entry = entry_of_step(before, after, known)
    assert entry
    voucher = BookedVoucher(entry, after.since, after)
    VoucherFiles(LETTERS).keep_facts(voucher.voucher_id, VoucherFacts.of(voucher, after).model_dump_json())
    key = f"letters/{voucher.voucher_id}/original.pdf"
    return _filed(entry, key, keep_letter_file(key, PDF))


def _filed(entry: Entry, key: str, version: str) -> DocumentChanged:
    names = {"document_id": entry.voucher_id, "letter_id": entry.voucher_id, "kind": "voucher", "inbox": NO_INBOX}
    files = {"object_key": key, "object_version": version, "searchable_key": key, "sha256": sha256(PDF).hexdigest()}
    document = replace(a_document(), **names, **files)  # type: ignore[arg-type]
    filing = Filing(entry.voucher_id, DOSSIER, 1, FilingState.FILED, NOW, NO_INBOX, asked_by="payments")
    DossierStore(DOSSIERS).file(filing, document, None)
    return changed("filed", 1).model_copy(update={"document_id": entry.voucher_id})


def test_a_voucher_is_handed_over_with_its_postings() -> None:
    filed = a_voucher()
    assert deliver(filed) == []

    told = json.loads(handed(bundle_of(filed)))

    assert (told["version"], told["type"], told["document"]["kind"]) == (2, "partners.document-bundle", "voucher")
    assert told["voucher"]["voucher_id"] == filed.document_id
    assert [(one["debit"], one["credit"], one["amount"]) for one in told["voucher"]["postings"]] == [
        ("5720.3637.21", "1002.00", "1400.00"),
        ("5790.3637.63", "1002.00", "50.00"),
    ]
    consumer = ReferenceConsumer(PARTNER)
    assert len(consumer.poll()) == 1
    assert sorted(consumer.postings) == [f"{filed.document_id}-001", f"{filed.document_id}-002"]


def test_a_voucher_that_is_sent_again_is_booked_once() -> None:
    filed, consumer = a_voucher(), ReferenceConsumer(PARTNER)
    deliver(filed)
    consumer.poll()
    body = handed(bundle_of(filed))

    resend(bundle_of(filed))

    assert handed(bundle_of(filed)) == body
    assert len(consumer.poll()) == 1
    assert len(consumer.postings) == 2
    assert len(consumer.applied) == 1


def test_what_came_back_leaves_nothing_in_the_books_of_the_case_system() -> None:
    consumer = ReferenceConsumer(PARTNER)
    booking, reversal = a_voucher(), a_voucher(EntryKind.REVERSAL)

    deliver(booking, reversal)
    consumer.poll()

    accounts: dict[str, Decimal] = {}
    for posting in consumer.postings.values():
        for account, side in ((posting["debit"], 1), (posting["credit"], -1)):
            accounts[account] = accounts.get(account, Decimal()) + side * Decimal(posting["amount"])
    assert len(consumer.postings) == 4
    assert not any(accounts.values())
    assert json.loads(handed(bundle_of(reversal)))["voucher"]["reverses"] == booking.document_id


def test_who_knows_version_1_only_gets_vouchers_as_documents_and_misses_none() -> None:
    os.environ["CASE_SYSTEM_CONTRACT"] = "1"
    consumer = ReferenceConsumer(PARTNER, knows=(1,))

    deliver(file_document(1), a_voucher(), file_document(5))

    assert len(consumer.poll()) == 3
    assert consumer.gaps() == []
    assert {one["version"] for one in consumer.applied} == {1}
    assert {one["document"]["kind"] for one in consumer.applied} == {"bill", "voucher"}


def test_documents_stay_in_version_1_for_who_knows_version_2_too() -> None:
    filed = file_document()
    deliver(filed)

    assert json.loads(handed(bundle_of(filed)))["version"] == 1


def test_a_voucher_put_into_another_dossier_says_the_same_postings() -> None:
    filed = a_voucher()
    moved = filed.model_copy(update={"change": "moved_in", "document_version": 2})

    deliver(filed, moved)

    first, second = (json.loads(handed(bundle_of(one)))["voucher"] for one in (filed, moved))
    assert first == second
