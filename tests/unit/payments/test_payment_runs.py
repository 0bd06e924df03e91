"""Payment runs: their steps, who releases them, their sample, their order book, the files made of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.payments.iso20022.orders import read_sent
from sozialakte.payments.runs.bank_file import bank_files, in_parts
from sozialakte.payments.runs.order_book import BrokenBookError, read_book, write_book
from sozialakte.payments.runs.orders import BookHeader, OrderBook, PayingAccount, Risk
from sozialakte.payments.runs.run import (
    RUN_STEPS,
    IllegalRunStepError,
    LeftOut,
    PaymentRun,
    RunAct,
    RunState,
    SampleItem,
    SampleResult,
    against_releasing,
    message_id_of,
    run_id_of,
    run_named,
    started,
)
from sozialakte.payments.runs.sample import ALWAYS_FROM, FEWEST, MOST, ONE_IN, draw, seed_of, weight_of
from sozialakte.payments.runs.ward_accounts import WardAccount, WardAccountError
from sozialakte.shared.reasons import Reason
from tests.aws import PAYING_ACCOUNT
from tests.runs import APPROVER, DAY, DUE_UNTIL, ENTERER, MAKER, NOW, RELEASED_AT, RELEASER, RUN, an_order, iban_of

OWN = PayingAccount(**PAYING_ACCOUNT)
OTHER_BANK = PayingAccount("CH5604835012345678009", "Frieda Müller", profile="instruction-ids")


def a_run(**what: object) -> PaymentRun:
    """One that just began."""
    return replace(started(RUN, DAY, DUE_UNTIL, RunAct("made", MAKER, NOW)), **what)  # type: ignore[arg-type] # of a run


def a_book(count: int = 3, **what: object) -> OrderBook:
    """The order book of some invoices."""
    orders = in_parts((an_order(number) for number in range(1, count + 1)), [OWN])
    return replace(OrderBook(BookHeader(RUN, DAY, "Stadt <b>&", (OWN,)), orders), **what)  # type: ignore[arg-type] # of a book


@pytest.mark.parametrize("state", RunState)
@pytest.mark.parametrize("target", RunState)
def test_only_the_steps_of_the_table_are_possible(state: RunState, target: RunState) -> None:
    run, act = a_run(state=state), RunAct("x", "somebody", NOW)

    if target in RUN_STEPS[state]:
        assert run.step(target, act).version == run.version + 1
    else:
        with pytest.raises(IllegalRunStepError):
            run.step(target, act)


@pytest.mark.parametrize(
    ("persons", "circles", "code"),
    [
        ({RELEASER}, set(), None),
        ({ENTERER}, set(), "run.has_decided"),
        ({RELEASER, APPROVER}, set(), "run.has_decided"),  # in the place of somebody who approved
        ({RELEASER}, {RELEASER}, "run.payee"),
    ],
)
def test_whoever_entered_approved_or_gets_money_does_not_release(
    persons: set[str], circles: set[str], code: str | None
) -> None:
    against = against_releasing(a_run(persons=(ENTERER, APPROVER)), persons, circles)

    assert (against and against.code) == code


def test_a_run_is_not_released_before_the_sample_is_looked_at() -> None:
    run, right = a_run(sample=(SampleItem("a" * 32), SampleItem("b" * 32))), SampleResult("ma-1", NOW, right=True)
    half = run.with_result("a" * 32, right)
    whole = half.with_result("b" * 32, replace(right, right=False, reason="Betrag"))

    assert against_releasing(half, {RELEASER}, set()) == Reason("run.unchecked", {"count": "1"})
    assert against_releasing(whole, {RELEASER}, set()) is None


@given(st.dates(min_value=DAY), st.integers(1, 99), st.integers(1, 999))
def test_a_message_names_its_run_and_nothing_else_does(day: date, number: int, part: int) -> None:
    run_id = run_id_of(day, number)
    message_id = message_id_of(run_id, part)

    assert run_named(message_id) == run_id
    assert run_named(f" {message_id}") is run_named(message_id + "x") is run_named(run_id) is None


def test_everybody_draws_the_same_sample_and_another_book_another_one() -> None:
    orders = [an_order(number) for number in range(1, 400)]
    drawn = draw(orders, seed_of(RUN, "book"))

    assert drawn == draw(reversed(orders), seed_of(RUN, "book"))
    assert drawn != draw(orders, seed_of(RUN, "other book"))
    assert len(drawn) == len({one.invoice_id for one in drawn}) == 8


@pytest.mark.parametrize(("count", "wanted"), [(1, 1), (4, 4), (FEWEST * ONE_IN, FEWEST), (ONE_IN * 7 - 1, 7)])
def test_the_sample_is_one_in_fifty_and_at_least_five(count: int, wanted: int) -> None:
    assert len(draw([an_order(number) for number in range(count)], "seed")) == wanted


def test_new_ibans_and_great_amounts_are_always_looked_at_but_never_so_many_that_nobody_does() -> None:
    orders = [an_order(number) for number in range(60)]
    orders[7] = an_order(7, risks=(Risk.NEW_IBAN,))
    orders[9] = an_order(9, str(ALWAYS_FROM))
    changed = [an_order(number, risks=(Risk.NEW_IBAN,)) for number in range(4 * MOST)]

    assert {orders[7].invoice_id, orders[9].invoice_id} <= {one.invoice_id for one in draw(orders, "seed")}
    assert len(draw(changed, "seed")) == MOST + 4 * MOST // ONE_IN


def test_risky_payments_are_drawn_as_much_rather_as_the_table_says() -> None:
    risky = [an_order(number, "10.00", risks=(Risk.FIRST_PAYMENT, Risk.PARTIAL)) for number in range(300)]
    plain = [an_order(number, "10.00") for number in range(300, 600)]
    assert (weight_of(risky[0]), weight_of(plain[0])) == (9, 1)
    ids = {order.invoice_id for order in risky}

    drawn = Counter(one.invoice_id in ids for seed in range(20) for one in draw([*risky, *plain], str(seed)))

    assert 0.80 < drawn[True] / drawn.total() < 0.98  # nine in ten by the weights


def test_an_order_book_is_read_as_it_was_written() -> None:
    left_out = (LeftOut("a" * 32, (Reason("run.no_iban"), Reason("run.changed", {"state": "<b>"}))),)
    book = a_book(left_out=left_out)

    assert read_book(write_book(book)) == book
    assert write_book(read_book(write_book(book))) == write_book(book)
    assert book.totals["CHF"].amount == Decimal("1200.00")
    assert book.persons == (ENTERER, APPROVER)


@pytest.mark.parametrize("body", [b"", b"<html>", b"{}\n", b'{"order": {}}\n', b'{"header": 1}\n', b"\xff\n", b"[1]\n"])
def test_what_is_no_order_book_is_refused(body: bytes) -> None:
    with pytest.raises(BrokenBookError):
        read_book(body)


def test_each_bank_gets_its_file_and_a_dropped_invoice_moves_nothing_else() -> None:
    orders = [an_order(number, account=(OTHER_BANK if number % 2 else OWN).iban) for number in range(1, 7)]
    accounts = (OWN, OTHER_BANK)
    book = OrderBook(BookHeader(RUN, DAY, "Stadt", accounts), in_parts(orders, accounts, most=2))
    files = {one.file.message_id: one.written() for one in bank_files(book, set(), RELEASED_AT)}
    first = read_sent(files[f"{RUN}-1"])

    rest = {
        one.file.message_id: one.written()
        for one in bank_files(book, {payment.end_to_end_id[:32] for payment in first.orders}, RELEASED_AT)
    }

    assert sorted(files) == [f"{RUN}-{part}" for part in (1, 2, 3, 4)]
    assert rest == {message_id: body for message_id, body in files.items() if message_id != first.message_id}
    assert {len(read_sent(body).orders) for body in files.values()} == {1, 2}
    assert [b"<InstrId>" in files[f"{RUN}-{part}"] for part in (1, 2, 3, 4)] == [True, True, False, False]


def test_an_account_is_used_once_another_person_has_read_the_same_iban() -> None:
    empty, iban = WardAccount("SH-2026-00001"), OTHER_BANK.iban
    proposed = empty.propose(OTHER_BANK, "ma-1", NOW)

    for by, typed, code in (("ma-1", iban, "same_person"), ("ma-2", iban_of(3), "not_proposed")):
        with pytest.raises(WardAccountError) as refused:
            proposed.approve(typed, by, NOW)
        assert refused.value.reason.code == f"ward_account.{code}"
    used = proposed.approve(iban, "ma-2", NOW)
    assert (proposed.account, used.account, used.proposed) == (None, OTHER_BANK, None)
    assert used.approve(iban, "ma-2", NOW) == used
    other = used.propose(replace(OTHER_BANK, iban=iban_of(3)), "ma-2", NOW)
    assert other.account == OTHER_BANK, "until somebody agrees to the new one"
