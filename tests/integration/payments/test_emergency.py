"""The platform fails in the middle of a run, an emergency file goes out, the platform comes back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.invoice import Act, Duty, Invoice, end_to_end_id
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.iso20022.orders import read_sent
from sozialakte.payments.runs.files import BankFiles
from sozialakte.payments.runs.import_emergency import EmergencyFileError
from sozialakte.payments.runs.run import Origin, RunState
from sozialakte.payments.runs.state import BrokenStateError, read_state, write_state
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.runs.take_invoices import TakeInvoices
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.dynamo import Table
from tests.aws import BANK, PAYMENTS
from tests.emergencies import (
    LATER,
    exported,
    imported,
    written,
)
from tests.pipeline import Pipeline
from tests.runs import (
    APPROVER,
    MAKER,
    RUN,
    add_approved,
    bank_files_out,
    release,
    start_run,
)

pytestmark = pytest.mark.usefixtures("aws")


def states_of(invoices: list[Invoice]) -> dict[str, InvoiceState]:
    return {one.invoice_id: one.state for one in PaymentsStore(PAYMENTS).get_many(one.invoice_id for one in invoices)}


def half_done(pipeline: Pipeline, invoices: list[Invoice]) -> None:
    """The run is released, three of its invoices are taken, then everything stops."""
    start_run()
    pipeline.run()
    run = release()
    assert run.release
    orders = exported().owed[:3]
    TakeInvoices(PaymentsStore(PAYMENTS), BankBook(Table(PAYMENTS)), run, run.release).take(one.order for one in orders)
    assert list(states_of(invoices).values()).count(InvoiceState.RELEASED) == 3


def changed_meanwhile(invoice: Invoice) -> None:
    """Somebody sends an invoice back after the state was exported."""
    store = PaymentsStore(PAYMENTS)
    before = store.get(invoice.invoice_id)
    act = Act(Duty.SETTLE, "return", APPROVER, LATER, 1, reason="falsch")
    store.save(before, before.step(InvoiceState.RETURNED, act))


def test_a_run_that_fails_half_way_pays_everybody_exactly_once() -> None:
    pipeline, invoices = Pipeline(), [add_approved(number) for number in range(1, 8)]
    half_done(pipeline, invoices)
    bodies = written(exported())

    found = imported(*bodies)
    pipeline.run()

    (sent,) = map(read_sent, bodies)
    assert sent.message_id == f"{RUN}-1"
    assert {one.end_to_end_id for one in sent.orders} == {end_to_end_id(one.invoice_id, 1) for one in invoices}
    assert set(states_of(invoices).values()) == {InvoiceState.RELEASED}
    assert (found.released, found.given_back, found.odd) == (7, 0, ())
    assert bank_files_out() == {f"{RUN}-1": bodies[0]}
    run = RunStore(PAYMENTS).get(RUN)
    assert (run.state, run.origin) == (RunState.EXPORTED, Origin.EMERGENCY)


def test_the_platform_that_went_on_by_itself_changes_nothing() -> None:
    pipeline, invoices = Pipeline(), [add_approved(number) for number in range(1, 5)]
    half_done(pipeline, invoices)
    bodies = written(exported())
    pipeline.run()  # the platform is back, and writes its own file with the same ids
    (own,) = bank_files_out()
    assert own == f"{RUN}-1"

    with pytest.raises(EmergencyFileError):
        imported(*bodies)
    found = imported(*bodies, bank_refused_ours=True)
    pipeline.run()

    assert (found.released, found.given_back, found.odd) == (4, 0, ())
    assert {one.attempt for one in PaymentsStore(PAYMENTS).get_many(one.invoice_id for one in invoices)} == {1}
    assert list(bank_files_out().values()) == bodies


def test_what_the_platform_had_taken_and_is_not_in_the_file_is_paid_by_the_next_run() -> None:
    pipeline, invoices = Pipeline(), [add_approved(number) for number in range(1, 5)]
    start_run()
    pipeline.run()
    state = exported()
    release()
    pipeline.run()
    missing = state.owed[0].order.invoice_id

    found = imported(*written(replace(state, owed=state.owed[1:])), bank_refused_ours=True)

    assert (found.released, found.given_back) == (3, 1)
    assert states_of(invoices)[missing] is InvoiceState.APPROVED
    start_run()
    pipeline.run()
    release("R20261130-02")
    pipeline.run()
    (again,) = read_sent(bank_files_out()["R20261130-02-1"]).orders
    assert again.end_to_end_id == end_to_end_id(missing, 2)


def test_without_a_run_the_next_number_is_used() -> None:
    pipeline, invoices = Pipeline(), [add_approved(number) for number in range(1, 3)]
    bodies = written(exported())

    found = imported(*bodies)
    start_run()
    pipeline.run()

    assert found.run.run_id == RUN
    assert set(states_of(invoices).values()) == {InvoiceState.RELEASED}
    assert RunStore(PAYMENTS).get("R20261130-02").state is RunState.CANCELLED, "nothing is left to pay"


def test_the_same_state_gives_the_same_bytes_and_the_same_import_changes_nothing() -> None:
    for number in range(1, 4):
        add_approved(number)
    state = exported()
    bodies = written(state)
    first = imported(*bodies)

    assert written(read_state(write_state(state))) == bodies
    assert imported(*bodies) == first


def test_an_invoice_changed_meanwhile_is_told_and_never_paid_once_more_by_a_run() -> None:
    pipeline, invoices = Pipeline(), [add_approved(number) for number in range(1, 3)]
    bodies = written(exported())
    changed_meanwhile(invoices[0])

    found = imported(*bodies)

    (odd,) = found.odd
    assert (odd.invoice_id, odd.reasons[0].code) == (invoices[0].invoice_id, "emergency.changed")
    store = PaymentsStore(PAYMENTS)
    returned = store.get(invoices[0].invoice_id)
    coded = returned.step(InvoiceState.CODED, Act(Duty.ENTER, "submit", MAKER, LATER, 2))
    again = coded.step(InvoiceState.APPROVED, Act(Duty.APPROVE, "approve", APPROVER, LATER, 2))
    store.save(returned, coded)
    store.save(coded, again)
    start_run()
    pipeline.run()
    run = RunStore(PAYMENTS).get("R20261130-02")
    assert (run.state, run.left_out_count) == (RunState.CANCELLED, 1)
    assert imported(*bodies).odd == ()
    assert store.get(again.invoice_id).state is InvoiceState.RELEASED


def test_a_payment_without_an_invoice_or_of_another_attempt_is_told() -> None:
    invoice = add_approved(1)
    (body,) = written(exported())
    later = body.replace(b"-01</EndToEndId>", b"-77</EndToEndId>")
    unknown = body.replace(invoice.invoice_id.encode(), b"0" * 32)

    assert [one.reasons[0].code for one in imported(unknown).odd] == ["emergency.unknown"]
    second = imported(later, bank_refused_ours=True)
    assert [one.reasons[0].code for one in second.odd] == ["emergency.changed"]
    assert states_of([invoice])[invoice.invoice_id] is InvoiceState.APPROVED


def test_what_a_run_has_sent_is_in_no_later_state() -> None:
    pipeline, invoices = Pipeline(), [add_approved(number) for number in range(1, 4)]
    start_run()
    pipeline.run()
    before = read_state((BankFiles(BANK).newest_state() or ("", b""))[1])
    release()
    pipeline.run()

    after = read_state((BankFiles(BANK).newest_state() or ("", b""))[1])

    assert [one.run_id for one in before.owed] == [RUN] * len(invoices)
    assert (after.owed, after.header.runs[0].state) == ((), RunState.EXPORTED)


def test_a_state_that_is_not_whole_is_refused() -> None:
    add_approved(1)
    body = write_state(exported())

    for broken in (body[:-20], body.replace(b"400.00", b"900.00"), b"", b"<html>", b"\n".join(body.splitlines()[::2])):
        with pytest.raises(BrokenStateError):
            read_state(broken)
