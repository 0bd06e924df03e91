"""Whatever the order of the bank's words: the journal holds each movement on the bank's day, and what settles what."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.payments.bank.bill_steps import after_facts
from sozialakte.payments.bank.facts import BankFact, FactKind, PaymentFacts
from sozialakte.payments.bank.movements import telling_key
from sozialakte.payments.bank.postings import BankPostings, with_posted
from sozialakte.payments.invoice import Invoice, Payer, end_to_end_id
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.journal import BANK, DIFFERENCE, WARD_BANK, WARD_DIFFERENCE, Entry, EntryKind
from sozialakte.payments.journal_sums import balances, sums_of
from tests.booked import an_approved, known
from tests.booked import released as released_again

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
RELEASED = released_again(an_approved())
NAME = end_to_end_id(RELEASED.invoice_id, RELEASED.attempt)
OWED = Decimal(1450)
OUT, BACK, LATER = date(2026, 11, 27), date(2026, 12, 30), date(2026, 12, 31)


def booked(amount: Decimal = OWED, ref: str = "1", on: date = OUT) -> BankFact:
    return BankFact(FactKind.BOOKED, NAME, telling_key("camt.054", ref, "e"), on, "", amount, "CHF")


def came(amount: Decimal = OWED, on: date = BACK) -> BankFact:
    return BankFact(FactKind.RETURNED, NAME, f"r{amount}{on}", on, "AC04", amount, "CHF")


REJECTED = BankFact(FactKind.REJECTED, NAME, "p", why="AC01")


def told(*facts: BankFact, invoice: Invoice = RELEASED) -> tuple[Invoice, PaymentFacts, list[Entry]]:
    """The facts come one after the other; the journal in the end."""
    heard, journal = PaymentFacts(NAME), list[Entry]()
    for fact in facts:
        judged = heard.heard(fact).judged(invoice)
        after = after_facts(invoice, judged, NOW, heard)
        due = tuple(BankPostings(judged, invoice, after, NOW, known).due())
        journal += [one.entry for one in due]
        heard, invoice = with_posted(judged, invoice, after, due), after
    return invoice, heard, journal


def content(journal: list[Entry]) -> Counter[tuple[object, ...]]:
    return Counter((one.kind, one.booked_on, one.postings) for one in journal)


def moved(journal: list[Entry], account: str = BANK) -> Counter[date]:
    """What each day put on an account."""
    days = Counter[date]()
    for entry in journal:
        days[entry.booked_on] += int(balances([entry]).get((account, "CHF"), Decimal()) * 100)  # cents
    return Counter({day: cents for day, cents in days.items() if cents})


@pytest.mark.parametrize(
    ("facts", "state", "kinds"),
    [
        ((booked(),), InvoiceState.PAID, ["booking"]),
        ((came(),), InvoiceState.RETURNED, []),
        ((booked(), came()), InvoiceState.RETURNED, ["booking", "reversal"]),
        ((booked(), came(Decimal(40))), InvoiceState.PAID, ["booking", "reversal"]),
        (
            (booked(), came(Decimal(450)), came(Decimal(1000), LATER)),
            InvoiceState.RETURNED,
            ["booking", "reversal", "reversal", "reversal"],
        ),
        ((booked(Decimal(1400)),), InvoiceState.PAID, ["booking"]),
        ((booked(Decimal(1400)), came(Decimal(1400))), InvoiceState.RETURNED, ["booking", "reversal"]),
    ],
)
def test_the_journal_does_not_depend_on_the_order(
    facts: tuple[BankFact, ...], state: InvoiceState, kinds: list[str]
) -> None:
    wanted = content(told(*facts)[2])
    for order in permutations(facts):
        invoice, heard, journal = told(*order, *order)

        assert invoice.state is state
        assert content(journal) == wanted
        assert sorted(str(one.kind) for one in journal) == kinds
        assert len({one.voucher_id for one in journal}) == len(journal)
        assert (heard.sent_back is None) == bool(heard.bookings or state is InvoiceState.PAID)


@pytest.mark.parametrize(
    ("facts", "state", "kinds"),
    [
        ((booked(), REJECTED), InvoiceState.PAID, ["booking"]),
        ((REJECTED, booked()), InvoiceState.RETURNED, ["booking", "reversal"]),
    ],
)
def test_what_is_booked_and_rejected_moved_once(
    facts: tuple[BankFact, ...], state: InvoiceState, kinds: list[str]
) -> None:
    invoice, _, journal = told(*facts, *facts)

    assert invoice.state is state
    assert [str(one.kind) for one in journal] == kinds
    assert moved(journal) == {OUT: -145000}


ENDS = {InvoiceState.PAID, InvoiceState.RETURNED}
AMOUNTS = st.sampled_from([Decimal(40), Decimal(450), Decimal(1000), Decimal(1410), OWED, Decimal(1500)])
FACTS = st.lists(
    st.one_of(
        st.builds(booked, AMOUNTS, st.sampled_from("12"), st.sampled_from([OUT, BACK])),
        st.builds(came, AMOUNTS, st.sampled_from([BACK, LATER])),
        st.just(REJECTED),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda fact: fact.key,
)


@given(FACTS, st.randoms(use_true_random=False), st.sampled_from(Payer))
def test_any_words_in_any_order_move_what_the_bank_moved(facts: list[BankFact], lot: object, payer: Payer) -> None:
    shuffled = list(facts)
    lot.shuffle(shuffled)  # type: ignore[attr-defined]
    invoice = replace(RELEASED, payer=payer)
    bank, difference = (WARD_BANK, WARD_DIFFERENCE) if payer is Payer.WARD else (BANK, DIFFERENCE)

    ends = [told(*order, invoice=invoice) for order in (facts, shuffled)]

    (first, one, journal), (second, other, otherwise) = ends
    assert (one.left, one.times_booked, one.is_out) == (other.left, other.times_booked, other.is_out)
    assert first.state is second.state or (one.is_out and {first.state, second.state} == ENDS)
    # What was rejected first went back to people; the booking that comes then stands on the account of differences.
    # So does what was booked again after all of it had come back.
    if first.state is second.state:
        assert balances(journal) | _none(otherwise) == balances(otherwise) | _none(journal)
    assert moved(journal, bank) == moved(otherwise, bank)
    if not one.bookings:
        assert journal == []
        return
    statement = Counter[date]()
    for fact in facts:
        if fact.kind is not FactKind.REJECTED:
            way = 1 if fact.kind is FactKind.RETURNED else -1
            statement[fact.on or OUT] += way * int((fact.amount or Decimal()) * 100)
    assert moved(journal, bank) == Counter({day: cents for day, cents in statement.items() if cents})
    (sums,) = sums_of(journal).values()
    assert sums.debit == sums.credit
    assert sums.settled - sums.difference == (OWED if first.state is InvoiceState.PAID else 0)
    assert balances(journal).get((difference, "CHF"), Decimal()) == sums.difference


def test_a_second_debit_stands_on_the_account_of_differences() -> None:
    twice = (booked(), booked(ref="2", on=BACK), booked(ref="2", on=BACK))
    _, heard, journal = told(*twice)

    assert moved(journal) == {OUT: -145000, BACK: -145000}
    assert balances(journal)[DIFFERENCE, "CHF"] == OWED
    assert heard.problems == ("booked_twice",)
    assert len({one.voucher_id for one in journal}) == 2


def _none(journal: list[Entry]) -> dict[tuple[str, str], Decimal]:
    return {account: Decimal() for account in balances(journal) if not balances(journal)[account]}


def test_a_part_that_came_back_is_told_with_its_amount() -> None:
    invoice, heard, _ = told(booked(), came(Decimal(40)))

    (doubt,) = invoice.doubts
    assert doubt.code == "bank_problem.returned_other_amount"
    assert doubt.params == {"back": "CHF 40", "owed": "CHF 1'450.00"}
    assert invoice.last_act
    assert "CHF 40" in (invoice.last_act.reason or "")
    assert heard.returned is None


def test_statement_and_notification_may_number_a_return_differently() -> None:
    twice = replace(came(Decimal(725)), key="other")

    assert told(booked(), came(Decimal(725)), twice)[0].state is InvoiceState.PAID


def test_money_in_another_currency_is_for_a_person() -> None:
    invoice, heard, journal = told(booked(), replace(came(), currency="EUR"))

    assert invoice.state is InvoiceState.PAID
    assert heard.problems == ("returned_other_amount",)
    assert [one.kind for one in journal] == [EntryKind.BOOKING]


def test_a_payment_of_before_is_booked_as_it_was_sent_though_the_bill_was_coded_anew() -> None:
    invoice, heard, _ = told(REJECTED)
    anew = replace(invoice, state=InvoiceState.RELEASED, attempt=invoice.attempt + 1, lines=RELEASED.lines[:1])
    judged = heard.heard(booked()).judged(anew)

    booking, reversal = BankPostings(judged, anew, anew, NOW, known).due()

    assert [one.category for one in booking.entry.postings] == ["21", "63"]
    assert booking.entry.attempt == RELEASED.attempt
    assert {one.debit for one in reversal.entry.postings} == {DIFFERENCE}
    assert [act.what for act in reversal.invoice.acts][-2:] == ["booked", "bank_rejected"]
