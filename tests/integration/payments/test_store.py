"""Invoices are found by what they are, and change together with the counters that prove them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from sozialakte.payments.invoice import Act, Duty
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.records import approve_key, enter_key
from sozialakte.payments.store import InvoiceChangedError, PaymentsStore, UnknownInvoiceError
from sozialakte.payments.terms import Discount
from tests.aws import PAYMENTS
from tests.builders import NOW
from tests.invoices import LETTER, TERMS, an_invoice

pytestmark = pytest.mark.usefixtures("aws")


@pytest.fixture
def store() -> PaymentsStore:
    return PaymentsStore(PAYMENTS)


def entered(what: str = "code") -> Act:
    return Act(Duty.ENTER, what, "ma-201", NOW)


def test_an_invoice_is_kept_as_it_is(store: PaymentsStore) -> None:
    discount = Discount(Decimal(2), TERMS.due or NOW.date())
    invoice = an_invoice(terms=replace(TERMS, discounts=(discount,)), dossier_id="SH-2026-00001", team="team-nord")

    store.save(None, invoice)

    assert store.get(invoice.invoice_id) == invoice
    assert store.of_letter(LETTER) == [invoice]
    assert store.waiting(enter_key("team-nord"), 10).invoices == (invoice,)
    assert store.in_state("open", 10).invoices == (invoice,)
    assert store.of_dossier("SH-2026-00001", 10).invoices == (invoice,)
    assert store.of_creditor(invoice.creditor_id or "", 10).invoices == (invoice,)
    assert store.unpaid_due("2026-11-30", 10).invoices == (invoice,)
    assert store.unpaid_due("2026-11-29", 10).invoices == ()
    assert store.discounts_ending("2026-11-30", "2026-11-30", 10).invoices == (invoice,)


def test_a_step_moves_it_from_list_to_list_and_from_counter_to_counter(store: PaymentsStore) -> None:
    invoice = an_invoice(team="team-nord")
    store.save(None, invoice)
    coded = invoice.step(InvoiceState.CODED, entered(), accepted=Decimal("1400.00"), waits_for="teamlead")

    store.save(invoice, coded)

    assert store.waiting(enter_key("team-nord"), 10).invoices == ()
    assert store.waiting(approve_key("team-nord", "teamlead"), 10).invoices == (coded,)
    counts = store.ledger.by_month()["2026-11"]
    assert (counts.received, counts.by_state, counts.is_proven) == (1, {InvoiceState.CODED: 1}, True)
    assert counts.cents == {(InvoiceState.CODED, "CHF"): 140000}


def test_the_second_of_two_changes_is_told_of_the_first(store: PaymentsStore) -> None:
    invoice = an_invoice()
    store.save(None, invoice)
    first = invoice.changed(entered("assign"), dossier_id="SH-2026-00001")
    store.save(invoice, first)

    with pytest.raises(InvoiceChangedError) as told:
        store.save(invoice, invoice.step(InvoiceState.REJECTED, entered("reject")))

    assert told.value.current == first
    assert store.ledger.by_month()["2026-11"].by_state == {InvoiceState.OPEN: 1}


def test_saving_the_same_twice_counts_once(store: PaymentsStore) -> None:
    store.save(None, an_invoice())
    store.save(None, an_invoice())

    assert store.ledger.by_month()["2026-11"].received == 1


def test_invoices_that_may_be_the_same_find_each_other_until_their_terms_differ(store: PaymentsStore) -> None:
    first, second = an_invoice(1), an_invoice(2)
    store.save(None, first)
    store.save(None, second)
    assert store.like(first) == [second]

    other = replace(TERMS, reference=None, invoice_number="17", amount=Decimal(3))
    store.save(second, second.changed(entered("confirm"), terms=other))
    assert store.like(first) == []


def test_an_unknown_invoice_is_named(store: PaymentsStore) -> None:
    with pytest.raises(UnknownInvoiceError):
        store.get("0" * 32)
