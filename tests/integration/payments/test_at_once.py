"""Two people at the same moment: the second acts between any two AWS calls of the first, and nothing passes twice."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from sozialakte.payments.enter_invoice import Fields
from sozialakte.payments.invoice import Duty, IllegalStepError, Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.rules import RuleBrokenError
from sozialakte.payments.store import InvoiceChangedError, PaymentsStore
from sozialakte.payments.terms import Terms
from tests.approvals import ANNA, BEAT, CARLA, approving, coding_of, entering, furnish_office, lifting, registered
from tests.aws import PAYMENTS
from tests.crash.probe import Moment, Probe
from tests.invoices import RECEIVED, TERMS

IBAN = "CH5604835012345678009"
MOST_CALLS = 40
REFUSED = (RuleBrokenError, InvoiceChangedError, IllegalStepError)
Act = Callable[[], object]


@pytest.fixture(autouse=True)
def _office(aws: None) -> None:  # noqa: ARG001 (the tables)
    furnish_office()


def between_all_calls(pair_for: Callable[[int], tuple[Act, Act, Act]]) -> None:
    """For each AWS call of the first act of ``pair_for(n)``: the second act just before it, then the third looks."""
    for number in range(1, MOST_CALLS):
        first, second, look = pair_for(number)
        probe = Probe(at=number, moment=Moment.OVERTAKEN, overtake=unless_refused(second))
        probe.attach()
        with probe.watching():
            unless_refused(first)()
        if not probe.fired:
            assert number > 5, "the first act made no calls worth speaking of"
            return
        look()
    pytest.fail("the first act never ends")


def unless_refused(act: Act) -> Act:
    def tried() -> None:
        with suppress(*REFUSED):
            act()

    return tried


def now_is(invoice: Invoice) -> Invoice:
    return PaymentsStore(PAYMENTS).get(invoice.invoice_id)


def terms_of(number: int) -> Terms:
    return replace(
        TERMS,
        iban=IBAN,
        amount=Decimal(100 + number),
        reference=None,
        reference_type="NON",
        invoice_number=f"R-{number}",
    )


def waiting(number: int, terms: Terms, days: int = 0) -> Invoice:
    invoice = registered(number, terms, received_at=RECEIVED + timedelta(days))
    return entering(invoice, ANNA).submit(coding_of(terms.amount or Decimal(0)))


def test_of_two_bills_that_look_the_same_one_is_approved_whoever_is_quicker() -> None:
    """The later one was said to be another, so neither stops the other until one of them is approved."""

    def pair(number: int) -> tuple[Act, Act, Act]:
        one, two = waiting(2 * number, terms_of(number)), waiting(2 * number + 1, terms_of(number), days=1)
        two = replace(two, version=lifting(two, CARLA).clear_twin(one.invoice_id, "So").version)

        def look() -> None:
            states = [now_is(one).state, now_is(two).state]
            assert states == [InvoiceState.CODED, InvoiceState.APPROVED]

        return approving(one, BEAT).approve, approving(two, CARLA).approve, look

    between_all_calls(pair)


def test_one_bill_that_two_approve_at_once_has_one_approval() -> None:
    def pair(number: int) -> tuple[Act, Act, Act]:
        one = waiting(number, terms_of(number))

        def look() -> None:
            assert [act.by for act in now_is(one).approvals] in ([BEAT], [CARLA])

        return approving(one, BEAT).approve, approving(one, CARLA).approve, look

    between_all_calls(pair)


def test_what_is_sent_back_while_somebody_approves_it_is_the_one_or_the_other() -> None:
    def pair(number: int) -> tuple[Act, Act, Act]:
        one = waiting(number, terms_of(number))

        def look() -> None:
            after = now_is(one)
            assert after.state is InvoiceState.RETURNED
            assert after.approvals == ()

        return approving(one, BEAT).approve, lambda: approving(now_is(one), CARLA).send_back("Nein"), look

    between_all_calls(pair)


def test_what_two_enter_at_once_has_one_of_their_codings() -> None:
    def pair(number: int) -> tuple[Act, Act, Act]:
        one = registered(number, terms_of(number))

        def look() -> None:
            entered = [act.by for act in now_is(one).acts if act.duty is Duty.ENTER and act.what == "submit"]
            assert entered in ([ANNA], [BEAT])
            assert now_is(one).round == 1

        def enter(who: str) -> Act:
            return lambda: entering(one, who).submit(coding_of(Decimal(100 + number)))

        return enter(ANNA), enter(BEAT), look

    between_all_calls(pair)


def test_what_is_corrected_while_somebody_codes_it_is_coded_as_it_was_seen_or_not_at_all() -> None:
    def pair(number: int) -> tuple[Act, Act, Act]:
        one = registered(number, terms_of(number))

        def look() -> None:
            after = now_is(one)
            seen = after.terms.invoice_number == f"R-{number}"
            assert (after.state is InvoiceState.CODED) == seen

        correct = entering(one, BEAT).correct
        return (
            lambda: entering(one, ANNA).submit(coding_of(Decimal(100 + number))),
            lambda: correct(Fields({"invoice_number": f"K-{number}"})),
            look,
        )

    between_all_calls(pair)
