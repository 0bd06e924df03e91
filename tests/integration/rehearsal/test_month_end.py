"""The rehearsal in small: it proves itself, and its proof would tell if somebody were unpaid or paid twice."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from rich.console import Console

from sozialakte.payments.invoice import Invoice, end_to_end_id
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.runs.run import Origin
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.store import PaymentsStore
from tests.aws import PAYMENTS, local_aws
from tests.rehearsal.month_end import LATE, MonthEnd
from tests.rehearsal.proof import Proof, prove, show_proof
from tests.rehearsal.standing import standing_payments
from tests.runs import RUN

COUNT = 60


@pytest.fixture(scope="module")
def played() -> Iterator[MonthEnd]:
    """The play, once for all tests here: they only look."""
    with local_aws():
        month_end = MonthEnd(COUNT, 7, lambda _: None)
        month_end.play()
        yield month_end


def paid_one(played: MonthEnd) -> Invoice:
    """Somebody who was paid."""
    stored = PaymentsStore(PAYMENTS).get_many(one.invoice_id for one in played.invoices)
    return next(one for one in stored if one.state is InvoiceState.PAID)


def shown(proof: Proof) -> str:
    console = Console(file=io.StringIO(), width=160)
    show_proof(proof, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_nobody_is_unpaid_and_nobody_is_paid_twice(played: MonthEnd) -> None:
    proof = prove(played.invoices, played.bank.sums())

    assert proof.holds
    assert proof.received == COUNT + COUNT // LATE
    assert "Niemand ist unbezahlt, niemand ist zweimal bezahlt." in shown(proof)


def test_it_failed_half_way_and_went_out_in_an_emergency(played: MonthEnd) -> None:
    assert 0 < played.taken < COUNT
    assert RunStore(PAYMENTS).get(RUN).origin is Origin.EMERGENCY


def test_those_the_bank_did_not_pay_are_back_with_people_by_its_reason(played: MonthEnd) -> None:
    back = prove(played.invoices, played.bank.sums()).back

    days = played.bank.days.values()
    assert back.total() == sum(day.rejected + day.returned for day in days) > 0
    assert all(reason[:2].isalpha() and reason[2:4].isdigit() for reason in back)


def test_the_proof_finds_who_was_paid_twice(played: MonthEnd) -> None:
    one, sums = paid_one(played), played.bank.sums()
    name = end_to_end_id(one.invoice_id, 1)
    sums.out[name] *= 2
    sums.times[name] += 1

    proof = prove(played.invoices, sums)

    assert (proof.holds, proof.twice, proof.otherwise) == (False, (one.invoice_id,), (one.invoice_id,))
    assert "DER BEWEIS GEHT NICHT AUF" in shown(proof)


def test_the_proof_finds_who_is_unpaid(played: MonthEnd) -> None:
    one, sums = paid_one(played), played.bank.sums()
    del sums.out[end_to_end_id(one.invoice_id, 1)]

    proof = prove(played.invoices, sums)

    assert (proof.holds, proof.unpaid) == (False, (one.invoice_id,))


def test_the_proof_finds_what_nobody_ordered(played: MonthEnd) -> None:
    sums = played.bank.sums()
    sums.out["R20261130-01-X"] = 100

    assert prove(played.invoices, sums).foreign == ("R20261130-01-X",)


def test_the_same_seed_makes_the_same_payments() -> None:
    assert standing_payments(5, 1) == standing_payments(5, 1)
    assert standing_payments(5, 1) != standing_payments(5, 2)
