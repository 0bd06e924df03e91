"""What the bank said about a payment adds up, in whatever order; what contradicts itself is a problem for people."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import permutations

import pytest

from sozialakte.payments.bank.bill_steps import after_facts
from sozialakte.payments.bank.facts import BankFact, FactKind, PaymentFacts, booking_key
from sozialakte.payments.invoice import Invoice, end_to_end_id
from sozialakte.payments.invoice_states import InvoiceState
from tests.invoices import an_invoice

NOW = datetime(2026, 11, 27, 17, 0, tzinfo=UTC)
RELEASED = replace(an_invoice(), state=InvoiceState.RELEASED, attempt=2)
NAME = end_to_end_id(RELEASED.invoice_id, 2)
REJECTED = BankFact(FactKind.REJECTED, NAME, "p", why="AC01")
RETURNED = BankFact(FactKind.RETURNED, NAME, "r", date(2026, 11, 30), "AC04", Decimal(1450), "CHF")
BOOKED = BankFact(FactKind.BOOKED, NAME, booking_key("1", "e"), date(2026, 11, 27))
BY_SUM = BankFact(FactKind.BOOKED, NAME, booking_key(None, "sum"), date(2026, 11, 26))
AGAIN = BankFact(FactKind.BOOKED, NAME, booking_key("2", "e"), date(2026, 11, 28))


def told(invoice: Invoice, *facts: BankFact) -> tuple[Invoice, PaymentFacts]:
    """The facts come one after the other."""
    known = PaymentFacts(facts[0].end_to_end_id)
    for fact in facts:
        known = known.heard(fact).judged(invoice)
        invoice = after_facts(invoice, known, NOW)
    return invoice, known


@pytest.mark.parametrize(
    ("facts", "state", "problems"),
    [
        ((BOOKED,), InvoiceState.PAID, ()),
        ((BY_SUM,), InvoiceState.PAID, ()),
        ((BOOKED, BY_SUM), InvoiceState.PAID, ()),
        ((BOOKED, BY_SUM, AGAIN), InvoiceState.PAID, ("booked_twice",)),
        ((REJECTED,), InvoiceState.RETURNED, ()),
        ((BOOKED, RETURNED), InvoiceState.RETURNED, ()),
        ((BOOKED, REJECTED, RETURNED), InvoiceState.RETURNED, ()),
    ],
)
def test_the_order_of_the_telling_makes_no_difference(
    facts: tuple[BankFact, ...], state: InvoiceState, problems: tuple[str, ...]
) -> None:
    for order in permutations(facts):
        invoice, known = told(RELEASED, *order, *order)

        assert (invoice.state, known.problems) == (state, problems)
        assert [doubt.code for doubt in invoice.doubts] == [f"bank_problem.{problem}" for problem in problems]


@pytest.mark.parametrize(
    ("facts", "state"),
    [((BOOKED, REJECTED), InvoiceState.PAID), ((REJECTED, BOOKED), InvoiceState.RETURNED)],
)
def test_a_rejection_takes_back_no_booking(facts: tuple[BankFact, ...], state: InvoiceState) -> None:
    invoice, known = told(RELEASED, *facts, *facts)

    assert (invoice.state, known.problems) == (state, ("booked_though_rejected",))
    assert [doubt.code for doubt in invoice.doubts] == ["bank_problem.booked_though_rejected"]


def test_hearing_a_fact_again_is_no_change() -> None:
    _, known = told(RELEASED, BOOKED, RETURNED)

    assert known.heard(BOOKED) == known.heard(RETURNED) == known


def test_it_was_booked_on_the_first_day_that_the_bank_names() -> None:
    for order in permutations((BOOKED, BY_SUM)):
        assert told(RELEASED, *order)[1].booked_on == date(2026, 11, 26)


@pytest.mark.parametrize("fact", [REJECTED, RETURNED, BOOKED])
def test_an_older_attempt_leaves_the_invoice_as_it_is(fact: BankFact) -> None:
    newer = replace(RELEASED, attempt=3)

    invoice, known = told(newer, fact)

    assert invoice is newer
    assert known.problems == (("booked_before",) if fact is BOOKED else ())


def test_an_older_attempt_that_was_booked_and_came_back_is_no_problem() -> None:
    assert told(replace(RELEASED, attempt=3), BOOKED, RETURNED)[1].problems == ()


def test_a_later_attempt_than_the_invoice_knows_of_waits() -> None:
    before = replace(RELEASED, state=InvoiceState.APPROVED, attempt=1)

    invoice, known = told(before, BOOKED)

    assert (invoice, known.early) == (before, True)


def test_money_that_went_out_for_an_invoice_that_was_not_in_the_file_goes_to_people() -> None:
    invoice, _ = told(replace(RELEASED, state=InvoiceState.APPROVED), BOOKED)

    assert invoice.state is InvoiceState.RETURNED
    assert invoice.last_act
    assert invoice.last_act.what == "bank_booked"


@pytest.mark.parametrize(("amount", "problems"), [("1450.00", ()), ("1450.01", ("other_amount",))])
def test_another_amount_is_a_problem(amount: str, problems: tuple[str, ...]) -> None:
    fact = replace(BOOKED, amount=Decimal(amount), currency="CHF")

    assert told(RELEASED, fact)[1].problems == problems


def test_an_amount_in_another_currency_says_nothing() -> None:
    assert told(RELEASED, replace(BOOKED, amount=Decimal(1), currency="EUR"))[1].problems == ()


def test_a_payment_without_an_invoice_is_a_problem() -> None:
    assert PaymentFacts(NAME).heard(BOOKED).judged(None).problems == ("unknown_invoice",)
