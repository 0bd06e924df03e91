"""What is booked for whom; debit is credit, and what comes back leaves nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sozialakte.payments.invoice import CodingLine, Invoice, Payer
from sozialakte.payments.invoice_states import INVOICE_STEPS, InvoiceState
from sozialakte.payments.journal import (
    BANK,
    CLEARING,
    UNKNOWN,
    WARD_BANK,
    WARD_EXPENSE,
    Entry,
    EntryKind,
    entry_of_step,
)
from sozialakte.payments.journal_sums import balances, sums_of
from sozialakte.payments.terms import InvoiceKind
from tests.booked import BOOKED_ON, DOSSIER, LINES, an_approved, came_back, known, paid, released

AMOUNTS = st.decimals("0.05", "99999.95", places=2)
CODES = st.sampled_from(["21", "63", "99", None])


@st.composite
def settled(draw: st.DrawFn) -> Invoice:
    """An invoice of random lines: a bill or a credit note, the service's or a ward's, in francs or euros."""
    sign = draw(st.sampled_from([1, -1]))
    lines = tuple(CodingLine(sign * draw(AMOUNTS), draw(CODES)) for _ in range(draw(st.integers(1, 5))))
    kind = InvoiceKind.BILL if sign > 0 else InvoiceKind.CREDIT_NOTE
    invoice = replace(an_approved(lines=lines), kind=kind, payer=draw(st.sampled_from(Payer)))
    return paid(
        released(replace(invoice, terms=replace(invoice.terms, currency=draw(st.sampled_from(["CHF", "EUR"])))))
    )


def booked(invoice: Invoice) -> Entry:
    entry = entry_of_step(released(an_approved()), invoice, known)
    assert entry
    return entry


def reversed_of(invoice: Invoice) -> Entry:
    entry = entry_of_step(invoice, came_back(invoice), known)
    assert entry
    return entry


def test_each_line_is_booked_on_its_category_and_the_bank() -> None:
    entry = booked(paid(released(an_approved())))

    assert (entry.kind, entry.booked_on, entry.dossier_id) == (EntryKind.BOOKING, BOOKED_ON, DOSSIER)
    rent, fund = entry.postings
    assert (rent.debit, rent.credit, rent.amount) == ("5720.3637.21", BANK, Decimal("1400.00"))
    assert (rent.category_name, rent.person_id, rent.support) == ("Miete", "P-000123", True)
    assert (rent.period_from, rent.period_to) == (date(2026, 12, 1), date(2026, 12, 31))
    assert (fund.debit, fund.amount, fund.support) == ("5790.3637.63", Decimal("50.00"), False)
    assert [number for number, _ in entry.numbered] == [f"{entry.voucher_id}-001", f"{entry.voucher_id}-002"]


def test_what_others_pay_is_booked_on_their_account() -> None:
    approved = an_approved()
    passed_on = approved.step(InvoiceState.PASSED_ON, approved.acts[-1], attempt=1)

    entry = entry_of_step(approved, passed_on, known)

    assert entry
    assert {posting.credit for posting in entry.postings} == {CLEARING}


def test_a_wards_money_stands_outside_the_communes_accounts() -> None:
    lines = (CodingLine(Decimal("80.00")),)
    entry = booked(paid(released(an_approved(lines=lines, payer=Payer.WARD))))

    assert [(one.debit, one.credit) for one in entry.postings] == [(WARD_EXPENSE, WARD_BANK)]


def test_a_credit_note_changes_the_sides() -> None:
    invoice = replace(an_approved(lines=(CodingLine(Decimal("-80.00"), "21"),)), kind=InvoiceKind.CREDIT_NOTE)
    (posting,) = booked(paid(released(invoice))).postings

    assert (posting.debit, posting.credit, posting.amount) == (BANK, "5720.3637.21", Decimal("80.00"))
    assert posting.settles == Decimal("-80.00")


def test_a_category_the_list_does_not_have_then_is_booked_where_people_see_it() -> None:
    before = replace(LINES[0], period_from=date(2025, 12, 1), period_to=date(2025, 12, 31))
    (posting,) = booked(paid(released(an_approved(lines=(before,))))).postings

    assert (posting.debit, posting.category) == (UNKNOWN, "21")


def test_money_that_comes_back_is_booked_the_other_way_on_the_day_it_comes() -> None:
    entry = reversed_of(paid(released(an_approved())))

    assert (entry.kind, entry.booked_on) == (EntryKind.REVERSAL, date(2026, 11, 19))
    assert (entry.postings[0].debit, entry.postings[0].credit) == (BANK, "5720.3637.21")


def test_every_settlement_has_a_voucher_of_its_own_and_always_the_same() -> None:
    first = paid(released(an_approved()))
    again = paid(released(replace(came_back(first), state=InvoiceState.APPROVED)))
    ids = [booked(first).voucher_id, reversed_of(first).voucher_id, booked(again).voucher_id]

    assert ids == [f"{first.invoice_id}-{end}" for end in ("0001-0001", "0001-0002", "0002-0001")]


def test_steps_that_settle_nothing_book_nothing() -> None:
    approved = an_approved()
    for state in InvoiceState:
        for target in INVOICE_STEPS[state]:
            before, after = replace(approved, state=state), replace(approved, state=target)
            settles = {state, target} & {InvoiceState.PAID, InvoiceState.PASSED_ON}
            assert (entry_of_step(before, after, known) is not None) == bool(settles)
    assert entry_of_step(None, replace(approved, terms=replace(approved.terms, amount=None)), known) is None


@given(st.lists(settled(), max_size=6))
def test_debit_is_credit_and_what_went_out_is_what_was_owed(invoices: list[Invoice]) -> None:
    entries = [booked(invoice) for invoice in invoices]

    assert sum(balances(entries).values()) == 0
    for currency, sums in sums_of(entries).items():
        owed = [one.owed.amount for one in invoices if one.owed and one.terms.currency == currency]
        assert sums.debit == sums.credit
        assert sums.settled == sum(owed)


@given(settled())
def test_what_came_back_leaves_nothing_on_any_account(invoice: Invoice) -> None:
    entries = [booked(invoice), reversed_of(invoice)]

    assert not any(balances(entries).values())
    (sums,) = sums_of(entries).values()
    assert sums.settled == 0
    assert sums.debit == sums.credit == 2 * abs(booked(invoice).settles)
