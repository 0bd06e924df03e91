"""What whoever decides should know before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sozialakte.payments.invoice import Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.see_doubts import doubts_of
from sozialakte.payments.terms import Discount, Field, InvoiceKind, Where
from sozialakte.payments.twins import twins_of
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say
from tests.invoices import TERMS, an_invoice

TODAY = date(2026, 11, 10)


def codes(invoice: Invoice, *twins: Invoice, today: date = TODAY) -> list[str]:
    found = doubts_of(invoice, None, twins, today)
    assert all(say(doubt) for doubt in found)
    return [doubt.code for doubt in found]


@pytest.mark.parametrize(("until", "shown"), [(10, True), (15, True), (16, False), (9, False)])
def test_a_discount_is_at_risk_in_its_last_five_days(until: int, shown: bool) -> None:
    terms = replace(TERMS, discounts=(Discount(Decimal(2), date(2026, 11, until)),))

    assert ("invoice.discount_ends" in codes(an_invoice(terms=terms))) is shown


def test_what_is_unpaid_after_its_day_is_overdue() -> None:
    assert codes(an_invoice(), today=date(2026, 12, 1)) == ["invoice.overdue"]
    assert codes(an_invoice(), today=date(2026, 11, 30)) == []
    assert codes(replace(an_invoice(), state=InvoiceState.REJECTED), today=date(2026, 12, 1)) == []


def test_twins_typed_fields_and_partial_acceptance_are_told() -> None:
    typed = replace(TERMS, read={Field.IBAN: Where("qr", 1), Field.AMOUNT: Where("person", 1)})
    invoice = replace(an_invoice(terms=typed), accepted=Decimal(1))

    assert codes(invoice, an_invoice(2)) == ["invoice.may_repeat", "invoice.typed", "invoice.partial"]


def test_what_no_bank_would_take_is_told_while_it_can_be_mended() -> None:
    nowhere = replace(TERMS, creditor=replace(TERMS.creditor, town="", country="XX"))
    bill = an_invoice(terms=nowhere)

    assert codes(bill) == ["invoice.unpayable", "bank.town_missing", "bank.country"]
    assert codes(replace(bill, state=InvoiceState.REJECTED)) == []
    assert codes(replace(bill, kind=InvoiceKind.CREDIT_NOTE)) == []
    assert doubts_of(bill, None, (), TODAY, pays=False) == ()


def test_an_approved_credit_note_says_how_it_is_set_off() -> None:
    note = replace(an_invoice(), kind=InvoiceKind.CREDIT_NOTE)

    assert codes(replace(note, state=InvoiceState.APPROVED)) == ["invoice.to_set_off"]
    assert codes(note) == []


def test_what_was_doubtful_at_first_is_kept_but_not_what_is_known_better_by_now() -> None:
    doubts = (Reason("invoice.from_text"), Reason("creditor.iban_changed"))

    assert codes(replace(an_invoice(), doubts=doubts)) == ["invoice.from_text"]


def test_of_two_that_look_the_same_exactly_one_is_stopped() -> None:
    one, other = an_invoice(1), an_invoice(2)
    stopped = [bool(twins_of(one, [other])), bool(twins_of(other, [one]))]
    assert sorted(stopped) == [False, True]

    approved = replace(other, state=InvoiceState.APPROVED)
    assert twins_of(one, [approved]) == (other.invoice_id,)
    assert twins_of(one, [replace(other, state=InvoiceState.REJECTED)]) == ()
