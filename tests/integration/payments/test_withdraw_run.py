"""A run whose files never reached the bank is withdrawn; if the bank has them all the same, nobody is paid twice."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from datetime import timedelta

import pytest

from sozialakte.payments.bank.book import BankBook, BankFile
from sozialakte.payments.bank.facts import PaymentFacts
from sozialakte.payments.invoice import Act, Duty, Invoice, end_to_end_id
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.iso20022.orders import read_sent
from sozialakte.payments.messages import AdvanceRun
from sozialakte.payments.runs.files import BankFiles, out_key, withdrawn_key
from sozialakte.payments.runs.run import PaymentRun, RunState
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.runs.withdraw_run import WithdrawRefusedError
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.aws import client
from sozialakte.runtime.dynamo import Table, transact
from sozialakte.shared.access import Role
from tests.aws import BANK, PAYMENTS, send
from tests.bank.office import take
from tests.bank.words import batch, camt, details, entry, status_report
from tests.emergencies import IMPORTER, LATER, exported, imported, withdrawing, withdrawn, written
from tests.pipeline import Pipeline
from tests.runs import APPROVER, DAY, ENTERER, NOW, RUN, add_approved, bank_files_out, release, start_run

pytestmark = pytest.mark.usefixtures("aws")
FILE, NEXT_RUN = f"{RUN}-1", "R20261130-02"


def a_run_out(count: int = 3) -> list[Invoice]:
    """Invoices of a run whose file lies ready for the bank."""
    invoices = [add_approved(number) for number in range(1, count + 1)]
    a_run(RUN)
    return invoices


def a_run(run_id: str) -> PaymentRun:
    """Made, released and carried out; nobody is left to pay, and it is cancelled."""
    pipeline = Pipeline()
    start_run()
    pipeline.run()
    if RunStore(PAYMENTS).get(run_id).state is RunState.CHECKING:
        release(run_id)
        pipeline.run()
    return RunStore(PAYMENTS).get(run_id)


def states_of(invoices: list[Invoice]) -> list[InvoiceState]:
    store = PaymentsStore(PAYMENTS)
    return [store.get(one.invoice_id).state for one in invoices]


def refusal(run_id: str = RUN, **what: object) -> str:
    """Why it is not withdrawn."""
    with pytest.raises(WithdrawRefusedError) as refused:
        withdrawing(run_id, **what)(run_id, "nicht übertragen")  # type: ignore[arg-type] # of a withdrawal
    return refused.value.reason.code


def booked(invoice: Invoice, attempt: int = 1) -> BankFile:
    name = end_to_end_id(invoice.invoice_id, attempt)
    return take(camt("camt.054", [entry("400.00", details("400.00", end_to_end_id=name, ref=name), ref=name[:16])]))


def approve_again(invoice: Invoice) -> None:
    store = PaymentsStore(PAYMENTS)
    returned = store.get(invoice.invoice_id)
    coded = returned.step(InvoiceState.CODED, Act(Duty.ENTER, "submit", ENTERER, LATER, 2))
    store.save(returned, coded)
    store.save(coded, coded.step(InvoiceState.APPROVED, Act(Duty.APPROVE, "approve", APPROVER, LATER, 2)))


def test_nothing_goes_out_and_the_next_run_pays_under_another_number() -> None:
    invoices = a_run_out()
    ours = bank_files_out()[FILE]

    found = withdrawn()

    assert (found.given_back, found.moved, found.kept) == (3, 0, ())
    assert (bank_files_out(), BankFiles(BANK).get(withdrawn_key(FILE))) == ({}, ours)
    assert (found.run.state, found.run.last_act.what, found.run.last_act.by) == (
        RunState.CANCELLED,
        "withdrawn",
        IMPORTER,
    )
    assert found.run.last_act.reason == "nicht übertragen"
    assert states_of(invoices) == [InvoiceState.APPROVED] * 3
    assert a_run(NEXT_RUN).state is RunState.EXPORTED
    (sent,) = map(read_sent, bank_files_out().values())
    assert {one.end_to_end_id for one in sent.orders} == {end_to_end_id(one.invoice_id, 2) for one in invoices}


def test_again_is_nothing_and_the_platform_that_hears_of_it_late_changes_nothing() -> None:
    a_run_out()
    first = withdrawn()
    before = PaymentsStore(PAYMENTS).in_state(InvoiceState.APPROVED, 50).invoices

    again = withdrawn()
    send("runs", AdvanceRun(run_id=RUN).to_json())
    Pipeline().step("runs")

    assert (again.run, again.given_back) == (first.run, 0)
    assert PaymentsStore(PAYMENTS).in_state(InvoiceState.APPROVED, 50).invoices == before
    assert bank_files_out() == {}


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({"by": "nobody"}, "emergency.by_unknown"),
        ({"roles": frozenset({Role.CASEWORKER})}, "withdraw.by_role"),
    ],
)
def test_only_accounting_withdraws(what: dict[str, object], code: str) -> None:
    invoices = a_run_out()

    assert refusal(**what) == code  # type: ignore[arg-type] # of a withdrawal
    assert (list(bank_files_out()), states_of(invoices)) == ([FILE], [InvoiceState.RELEASED] * 3)


@pytest.mark.parametrize("roles", [None, frozenset({Role.ACCOUNTING}), frozenset({Role.PAYMENTRELEASE})])
def test_a_role_that_cannot_be_looked_up_keeps_nobody_from_it(roles: Set[Role] | None) -> None:
    a_run_out(1)

    assert withdrawing(roles=roles)(RUN, "Fehler in der Liste").given_back == 1


def test_a_reason_is_needed_and_a_file() -> None:
    a_run_out(1)

    with pytest.raises(WithdrawRefusedError):
        withdrawing()(RUN, "  ")
    client("s3").delete_object(Bucket=BANK, Key=out_key(FILE))

    assert refusal() == "withdraw.file_gone"


def test_a_run_that_is_not_exported_is_cancelled_not_withdrawn() -> None:
    add_approved(1)
    start_run()
    Pipeline().run()

    assert refusal() == "withdraw.not_exported"


@pytest.mark.parametrize("status", ["RCVD", "ACCP", "PART", "RJCT"])
def test_what_the_bank_has_spoken_of_is_not_withdrawn(status: str) -> None:
    invoices = a_run_out(2)
    take(status_report(FILE, status=status))
    before = states_of(invoices)

    assert refusal() == "withdraw.answered"
    assert (list(bank_files_out()), states_of(invoices)) == ([FILE], before)


def test_a_booking_shows_that_the_bank_has_it() -> None:
    invoices = a_run_out(2)
    booked(invoices[0])

    assert refusal() == "withdraw.bank_spoke"
    assert states_of(invoices) == [InvoiceState.PAID, InvoiceState.RELEASED]


def test_while_a_process_may_still_write_the_file_is_taken_away_and_the_rest_waits() -> None:
    invoices = a_run_out(1)

    assert refusal(after=timedelta(minutes=14)) == "withdraw.too_fresh"
    assert (bank_files_out(), states_of(invoices)) == ({}, [InvoiceState.RELEASED])
    assert withdrawn().given_back == 1


def test_what_the_bank_says_between_the_look_and_the_giving_back_stays() -> None:
    invoices, bank = a_run_out(2), BankBook(Table(PAYMENTS))
    withdraw = withdrawing()
    save = withdraw.runs.save

    def overtaken(before: PaymentRun, after: PaymentRun) -> PaymentRun:
        heard = PaymentFacts(end_to_end_id(invoices[0].invoice_id, 1), rejected="AC01")
        transact([bank.facts_part(PaymentFacts(heard.end_to_end_id), heard, NOW)])
        return save(before, after)

    withdraw.runs.save = overtaken  # type: ignore[method-assign,assignment] # the bank is quicker

    found = withdraw(RUN, "nicht übertragen")

    assert [(one.invoice_id, one.reasons[0].code) for one in found.kept] == [
        (invoices[0].invoice_id, "withdraw.bank_knows")
    ]
    assert states_of(invoices) == [InvoiceState.RELEASED, InvoiceState.APPROVED]


def a_double() -> list[Invoice]:
    """An emergency of another day paid one of three bills, which the platform had put into a run of its own."""
    paid = add_approved(1)
    body = written(exported(), day=DAY + timedelta(days=1))
    invoices = [paid, add_approved(2), add_approved(3)]
    a_run(RUN)
    found = imported(*body)
    assert [one.reasons[0].code for one in found.odd] == ["emergency.in_other_run"]
    return invoices


def test_what_an_emergency_paid_meanwhile_goes_over_to_it() -> None:
    invoices = a_double()

    found = withdrawn()

    assert (found.given_back, found.moved) == (2, 1)
    moved = PaymentsStore(PAYMENTS).get(invoices[0].invoice_id)
    assert (moved.state, moved.run_id, moved.doubts) == (InvoiceState.RELEASED, "R20261201-01", ())
    a_run(NEXT_RUN)
    (sent,) = [read_sent(body) for name, body in bank_files_out().items() if name.startswith(NEXT_RUN)]
    assert {one.end_to_end_id for one in sent.orders} == {end_to_end_id(one.invoice_id, 2) for one in invoices[1:]}
    booked(invoices[0])
    assert states_of(invoices) == [InvoiceState.PAID, InvoiceState.RELEASED, InvoiceState.RELEASED]


def test_what_the_bank_said_of_the_emergency_does_not_keep_the_run() -> None:
    invoices = a_double()
    booked(invoices[0])

    found = withdrawn()

    assert (found.given_back, found.moved) == (2, 0)
    assert states_of(invoices) == [InvoiceState.PAID, InvoiceState.APPROVED, InvoiceState.APPROVED]


def test_what_the_bank_books_of_a_withdrawn_file_is_told_and_never_paid_again() -> None:
    invoices = a_run_out(2)
    withdrawn()

    booked(invoices[0])

    odd, _ = BankBook(Table(PAYMENTS)).payments("odd", 10)
    assert [(one.invoice_id, one.problems) for one in odd] == [(invoices[0].invoice_id, ("booked_unordered",))]
    assert states_of(invoices) == [InvoiceState.RETURNED, InvoiceState.APPROVED]
    approve_again(invoices[0])
    run = a_run(NEXT_RUN)
    assert [(one.invoice_id, one.reasons[0].code) for one in run.left_out] == [
        (invoices[0].invoice_id, "run.money_is_out")
    ]
    assert states_of(invoices) == [InvoiceState.APPROVED, InvoiceState.RELEASED]


def test_what_it_books_while_the_next_run_waits_is_dropped_from_it() -> None:
    invoices = a_run_out(2)
    withdrawn()
    pipeline = Pipeline()
    start_run()
    pipeline.run()

    booked(invoices[0])
    release(NEXT_RUN)
    pipeline.run()

    assert [one.invoice_id for one in RunStore(PAYMENTS).get(NEXT_RUN).dropped] == [invoices[0].invoice_id]
    assert states_of(invoices) == [InvoiceState.RETURNED, InvoiceState.RELEASED]


def test_a_withdrawn_file_that_the_bank_books_as_one_sum_is_known_payment_by_payment() -> None:
    invoices = a_run_out(2)
    group = read_sent(bank_files_out()[FILE]).orders[0].payment_information_id
    withdrawn()

    taken = take(camt("camt.054", [entry("800.00", batch(group, FILE, 2), ref="SUM")]))

    assert [reason.code for reason in taken.told] == ["bank_told.withdrawn_file"]
    assert states_of(invoices) == [InvoiceState.RETURNED] * 2
    assert len(BankBook(Table(PAYMENTS)).payments("odd", 10)[0]) == 2


def test_a_status_of_a_withdrawn_file_rings() -> None:
    invoices = a_run_out(1)
    withdrawn()

    taken = take(status_report(FILE, status="ACCP"))

    assert [reason.code for reason in taken.told] == ["bank_told.withdrawn_file"]
    assert BankBook(Table(PAYMENTS)).files("odd", 10)[0] == (taken,)
    assert states_of(invoices) == [InvoiceState.APPROVED]


def test_an_emergency_file_of_a_withdrawn_run_is_taken_over_and_may_be_withdrawn_too() -> None:
    invoices = [add_approved(number) for number in (1, 2)]
    start_run()
    Pipeline().run()
    (theirs,) = written(exported())
    release()
    Pipeline().run()
    withdrawn()

    found = imported(theirs)

    assert (found.run.state, found.released, found.fits) == (RunState.EXPORTED, 2, True)
    assert list(bank_files_out().values()) == [theirs]
    assert withdrawn().given_back == 2
    again = imported(theirs)
    assert (again.run.state, states_of(invoices)) == (RunState.EXPORTED, [InvoiceState.RELEASED] * 2)


def test_a_withdrawn_run_says_so_to_an_emergency() -> None:
    a_run_out(1)
    withdrawn()

    state = exported(NOW + timedelta(hours=6))

    (known,) = state.header.runs
    assert (known.state, known.files) == (RunState.CANCELLED, (FILE,))
    assert [one.run_id for one in state.owed] == [None]
    (body,) = written(replace(state, header=replace(state.header, as_of=NOW)))
    assert read_sent(body).message_id == f"{NEXT_RUN}-1"
