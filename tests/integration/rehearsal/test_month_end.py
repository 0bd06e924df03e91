"""The rehearsal in small: it proves itself, and its proof would tell if somebody were unpaid or paid twice."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from rich.console import Console

from sozialakte.payments.invoice import Invoice, end_to_end_id
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.runs.run import Origin
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.store import PaymentsStore
from tests.aws import PAYMENTS
from tests.rehearsal.bank import Sums
from tests.rehearsal.month_end import MonthEnd
from tests.rehearsal.play import LATE, Play
from tests.rehearsal.proof import FOREIGN, MONEY, NO_VOUCHER, OTHERWISE, TWICE, UNBALANCED, UNPAID, Proof, prove
from tests.rehearsal.shown import BAD, GOOD, show_plays, show_proof
from tests.rehearsal.stage import played as played_on_stage
from tests.rehearsal.standing import standing_payments
from tests.runs import DAY, RUN

COUNT = 60


@pytest.fixture(scope="module")
def played() -> Iterator[MonthEnd]:
    """The play, once for all tests here: they only look."""
    with played_on_stage(MonthEnd, COUNT, 7, lambda _: None) as month_end:
        assert isinstance(month_end, MonthEnd)
        yield month_end


def proof_of(played: Play, sums: Sums | None = None) -> Proof:
    return prove(played.invoices, sums or played.bank.sums(), played.watch)


def paid_one(played: MonthEnd) -> Invoice:
    """Somebody who was paid."""
    stored = PaymentsStore(PAYMENTS).get_many(one.invoice_id for one in played.invoices)
    return next(one for one in stored if one.state is InvoiceState.PAID)


def shown(proof: Proof) -> str:
    console = Console(file=io.StringIO(), width=200)
    show_proof(proof, console)
    show_plays([("Ein Ablauf", proof)], console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_nobody_is_unpaid_and_nobody_is_paid_twice(played: MonthEnd) -> None:
    proof = proof_of(played)

    assert proof.holds, proof.wrong
    assert proof.received == COUNT + COUNT // LATE
    assert GOOD in shown(proof)
    assert BAD not in shown(proof)


def test_every_day_and_account_of_the_bank_is_in_the_journal(played: MonthEnd) -> None:
    proof, days = proof_of(played), played.bank.sums().days

    assert proof.journal_total == proof.bank_total == proof.ledger_total
    assert len({account for _, account in days}) > 1, "a ward pays too"
    assert len({day for day, _ in days}) > 1, "money came back on another day"


def test_each_booking_and_each_reversal_has_a_voucher_that_is_asked_for_once(played: MonthEnd) -> None:
    proof = proof_of(played)
    rejected = sum(day.rejected for days in played.bank.days.values() for day in days)
    returned = sum(day.returned for days in played.bank.days.values() for day in days)

    assert proof.vouchers == proof.asked == proof.received - rejected + returned
    assert "alle" in shown(proof)


def test_it_failed_half_way_and_went_out_in_an_emergency(played: MonthEnd) -> None:
    assert 0 < played.taken < COUNT
    assert RunStore(PAYMENTS).get(RUN).origin is Origin.EMERGENCY


def test_those_the_bank_did_not_pay_are_back_with_people_by_its_reason(played: MonthEnd) -> None:
    back = proof_of(played).back

    days = [day for days in played.bank.days.values() for day in days]
    assert back.total() == sum(day.rejected + day.returned for day in days) > 0
    assert all(reason[:2].isalpha() and reason[2:4].isdigit() for reason in back)


def test_the_proof_finds_who_was_paid_twice(played: MonthEnd) -> None:
    one, sums = paid_one(played), played.bank.sums()
    name = end_to_end_id(one.invoice_id, 1)
    sums.out[name] *= 2
    sums.times[name] += 1

    proof = proof_of(played, sums)

    assert not proof.holds
    assert proof.wrong[TWICE] == proof.wrong[OTHERWISE] == proof.wrong[UNBALANCED] == (one.invoice_id,)
    assert BAD in shown(proof)
    assert f"Ein Ablauf: {TWICE}: 1 ({one.invoice_id})" in shown(proof)


def test_the_proof_finds_who_is_unpaid(played: MonthEnd) -> None:
    one, sums = paid_one(played), played.bank.sums()
    del sums.out[end_to_end_id(one.invoice_id, 1)]

    assert proof_of(played, sums).wrong[UNPAID] == (one.invoice_id,)


def test_the_proof_finds_what_nobody_ordered(played: MonthEnd) -> None:
    sums = played.bank.sums()
    sums.out["R20261130-01-X"] = 100

    assert proof_of(played, sums).wrong[FOREIGN] == ("R20261130-01-X",)


def test_the_proof_finds_money_of_a_day_that_is_not_in_the_books(played: MonthEnd) -> None:
    sums, account = played.bank.sums(), "CH9300762011623852957"
    sums.days[DAY, account] += 5
    sums.came[DAY, account] += 7

    wrong = proof_of(played, sums).wrong

    assert [len(wrong[UNBALANCED]), len(wrong[MONEY])] == [1, 1]
    assert wrong[MONEY] == ("2026-11-30 1002.00: 41007 und 41000",)


def test_the_proof_finds_a_voucher_that_is_missing_or_asked_for_twice(played: MonthEnd) -> None:
    watch = played.watch
    first, second = sorted(watch.wanted)[:2]
    without = replace(watch, wanted=watch.wanted - Counter([first]))
    twice = replace(watch, wanted=watch.wanted + Counter([second]))

    assert prove(played.invoices, played.bank.sums(), without).wrong[NO_VOUCHER] == (first,)
    assert prove(played.invoices, played.bank.sums(), twice).wrong[NO_VOUCHER] == (second,)


def test_the_same_seed_makes_the_same_payments() -> None:
    assert standing_payments(5, 1) == standing_payments(5, 1)
    assert standing_payments(5, 1) != standing_payments(5, 2)
