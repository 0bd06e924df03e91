"""Messages of the bank that nobody announced are found; refused ones ring an alarm; early words are heard later."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.payments.reconcile_bank import handler
from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.bank.files import BankFiles
from sozialakte.payments.bank.reconcile import BankAttentionError, ReconcileBank
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.dynamo import Table
from sozialakte.runtime.queues import Queue
from sozialakte.shared.clock import utc_now
from tests.aws import BANK, PAYMENTS, counted_calls, queue_url, take_json
from tests.bank.office import DAY, payment_file, put, released, sent, states, take, taker
from tests.bank.simulator import BankDay
from tests.bank.words import camt, details, entry
from tests.lambda_events import Context

pytestmark = pytest.mark.usefixtures("aws")
EMPTY = camt("camt.054", [])


def reconcile(patience: timedelta = timedelta()) -> ReconcileBank:
    book, now = BankBook(Table(PAYMENTS)), utc_now() + timedelta(seconds=1)
    return ReconcileBank(BankFiles(BANK), book, taker().settle, Queue(queue_url("bank")), patience, now)


def announced() -> list[str]:
    return [body["Records"][0]["s3"]["object"]["key"] for body in take_json("bank")]  # type: ignore[index]


def test_only_what_was_not_looked_at_is_announced() -> None:
    take(EMPTY)
    put(camt("camt.054", [], number=2), "lost +ä.xml")

    assert reconcile().announce() == 1
    assert announced() == ["in/lost+%2B%C3%A4.xml"]


def test_what_came_just_now_may_still_be_on_its_way() -> None:
    put(EMPTY)

    assert reconcile(timedelta(hours=1)).announce() == 0


def test_both_versions_of_a_file_with_one_name_are_found() -> None:
    put(EMPTY)
    put(camt("camt.054", [], number=2))

    assert reconcile().announce() == 2


def test_what_the_bank_told_too_early_is_done_when_the_invoice_knows() -> None:
    invoice = released(1)
    begun = replace(invoice, state=InvoiceState.APPROVED, attempt=0)
    sent([begun])
    name = f"{invoice.invoice_id}-01"
    take(camt("camt.054", [entry("100.00", details("100.00", end_to_end_id=name, ref="d"), ref="e")]))
    too_early = reconcile().look_again()

    PaymentsStore(PAYMENTS).save(begun, replace(begun, state=InvoiceState.RELEASED, attempt=1, version=3))

    assert (too_early, reconcile().look_again(), reconcile().look_again()) == (0, 1, 0)
    assert states([invoice]) == ["paid"]


def test_many_that_do_not_fit_yet_keep_none_from_being_settled() -> None:
    invoices = [released(number) for number in range(1, 131)]
    begun = [replace(invoice, state=InvoiceState.APPROVED, attempt=0) for invoice in invoices]
    sent(begun)
    take(BankDay(payment_file(invoices), DAY).debits())
    known, last = PaymentsStore(PAYMENTS), BankBook(Table(PAYMENTS)).payments("early", 200)[0][-1]
    before = known.get(last.invoice_id)
    known.save(before, replace(before, state=InvoiceState.RELEASED, attempt=1, version=3))
    looks = iter([True, False, True, False])

    with counted_calls() as calls:
        settled = [reconcile().look_again(lambda: next(looks)), reconcile().look_again(lambda: next(looks))]

    assert settled == [0, 1]
    assert len(calls) < 25
    assert known.get(last.invoice_id).state is InvoiceState.PAID


def test_what_was_told_too_early_is_settled_at_once_by_whoever_releases() -> None:
    invoices = [replace(released(number), state=InvoiceState.APPROVED, attempt=0) for number in (1, 2)]
    sent(invoices)
    names = [f"{one.invoice_id}-01" for one in invoices]
    take(BankDay(payment_file([released(1), released(2)]), DAY).debits())
    store = PaymentsStore(PAYMENTS)
    store.save(invoices[0], replace(invoices[0], state=InvoiceState.RELEASED, attempt=1, version=3))

    assert taker().settle.look_again_at(names) == 1
    assert states(invoices) == ["paid", "approved"]


def test_a_refused_message_rings_the_alarm_once_and_says_so() -> None:
    take(b"<html>", utc_now())

    with pytest.raises(BankAttentionError, match="1 Meldungen der Bank konnten nicht angenommen werden"):
        handler(json.loads("{}"), Context())
    handler(json.loads("{}"), Context())
