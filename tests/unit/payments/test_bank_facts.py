"""What the bank said about a payment adds up, in whatever order; what contradicts itself is a problem for people."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import permutations

import pytest

from sozialakte.payments.bank.bill_steps import after_facts
from sozialakte.payments.bank.facts import BankFact, FactKind, PaymentFacts
from sozialakte.payments.bank.movements import telling_key
from sozialakte.payments.invoice import Invoice, end_to_end_id
from sozialakte.payments.invoice_states import InvoiceState
from tests.invoices import an_invoice

NOW = datetime(2026, 11, 27, 17, 0, tzinfo=UTC)
RELEASED = replace(an_invoice(), state=InvoiceState.RELEASED, attempt=2, run_id="R20261127-01")
NAME = end_to_end_id(RELEASED.invoice_id, 2)
REJECTED = BankFact(FactKind.REJECTED, NAME, "p", why="AC01")
RETURNED = BankFact(FactKind.RETURNED, NAME, "r", date(2026, 11, 30), "AC04", Decimal(1450), "CHF")
BOOKED = BankFact(FactKind.BOOKED, NAME, telling_key("camt.054", "1", "e"), date(2026, 11, 27))
BY_SUM = BankFact(FactKind.BOOKED, NAME, telling_key("", "", "sum"), date(2026, 11, 26))
AGAIN = BankFact(FactKind.BOOKED, NAME, telling_key("camt.054", "2", "e"), date(2026, 11, 28))


def told(invoice: Invoice, *facts: BankFact) -> tuple[Invoice, PaymentFacts]:
    """The facts come one after the other."""
    known = PaymentFacts(facts[0].end_to_end_id)
    for fact in facts:
        before, known = known, known.heard(fact).judged(invoice)
        invoice = after_facts(invoice, known, NOW, before)
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

    problems = ("booked_before",) if fact is BOOKED else ()
    assert known.problems == problems
    assert replace(invoice, doubts=(), acts=newer.acts, version=newer.version) == newer
    assert [doubt.code for doubt in invoice.doubts] == [f"bank_problem.{problem}" for problem in problems]


def test_an_older_attempt_that_was_booked_and_came_back_is_no_problem() -> None:
    assert told(replace(RELEASED, attempt=3), BOOKED, RETURNED)[1].problems == ()


def test_what_is_wrong_with_an_older_attempt_stays_on_the_invoice_until_it_holds_no_more() -> None:
    warned, older = told(replace(RELEASED, attempt=3), BOOKED)
    newer = replace(BOOKED, end_to_end_id=end_to_end_id(RELEASED.invoice_id, 3))

    paid, _ = told(warned, newer)
    heard = older.heard(RETURNED).judged(paid)
    cleared = after_facts(paid, heard, NOW, older)

    assert paid.state is cleared.state is InvoiceState.PAID
    assert [doubt.code for doubt in paid.doubts] == ["bank_problem.booked_before"]
    assert cleared.doubts == ()


STORNO = replace(RETURNED, key=telling_key("camt.054", "v1", "e"), why="")


@pytest.mark.parametrize("facts", [*permutations((BOOKED, AGAIN, STORNO))])
def test_booked_stornoed_and_booked_again_is_out(facts: tuple[BankFact, ...]) -> None:
    """Paid, or if it went back to people before the second debit, with a doubt that keeps it from being paid again."""
    invoice, known = told(RELEASED, *facts, *facts)

    assert known.is_out
    paid = invoice.state is InvoiceState.PAID
    assert paid == (facts[2] is STORNO)
    assert [doubt.code for doubt in invoice.doubts] == ([] if paid else ["bank_problem.booked_before"])
    assert bool(known.problems) != paid


@pytest.mark.parametrize("facts", [*permutations((BOOKED, AGAIN, STORNO, replace(STORNO, key="t:camt.054:v2")))])
def test_what_came_back_as_often_as_it_went_is_not_out(facts: tuple[BankFact, ...]) -> None:
    invoice, known = told(RELEASED, *facts, *facts)

    assert (invoice.state, known.is_out, known.problems, invoice.doubts) == (InvoiceState.RETURNED, False, (), ())


def part(number: str, kind: str = "camt.054", day: int = 21) -> BankFact:
    """Half of it comes back."""
    return replace(RETURNED, key=telling_key(kind, number, "e"), on=date(2026, 12, day), amount=Decimal(725))


@pytest.mark.parametrize(
    ("parts", "times"),
    [
        ((part("1"), part("1", day=22)), 1),
        ((part("1"), part("1", "camt.053", 22)), 1),
        ((part("1"), part("2")), 2),
        ((part("1"), part("s1", "camt.053")), 1),
        ((part("1"), part("2"), part("s1", "camt.053"), part("s2", "camt.053")), 2),
        ((part("1"), part(""), part("", "camt.053")), 1),
        ((part(""), part("", day=22)), 2),
    ],
)
def test_a_return_counts_by_its_number_and_else_by_day_and_amount(parts: tuple[BankFact, ...], times: int) -> None:
    for order in permutations((BOOKED, *parts)):
        invoice, known = told(RELEASED, *order, *order)

        assert sum(back.count for back in known.backs) == times
        assert invoice.state is (InvoiceState.RETURNED if times == 2 else InvoiceState.PAID)


@pytest.mark.parametrize(("kind", "problems"), [("camt.053", ()), ("camt.054", ("booked_twice",))])
def test_two_numbers_are_two_debits_only_within_one_kind_of_message(kind: str, problems: tuple[str, ...]) -> None:
    for order in permutations((BOOKED, replace(AGAIN, key=telling_key(kind, "2", "e")))):
        assert told(RELEASED, *order)[1].problems == problems


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
