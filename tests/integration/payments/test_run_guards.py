"""What keeps a run from paying: the bank has spoken, no bank takes the file, others pay, no account of the currency."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

import pytest

from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.bank.facts import BankFact, FactKind, PaymentFacts
from sozialakte.payments.bank.settle_payments import SettlePayments
from sozialakte.payments.invoice import Invoice, end_to_end_id
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.iso20022.bank_profile import BankProfile
from sozialakte.payments.iso20022.pain001 import write_payment_file
from sozialakte.payments.iso20022.payment import PaymentFile
from sozialakte.payments.messages import AdvanceRun
from sozialakte.payments.rules import RuleBrokenError
from sozialakte.payments.runs.files import BankFiles, orders_key, out_key
from sozialakte.payments.runs.order_book import read_book
from sozialakte.payments.runs.orders import PayingAccount
from sozialakte.payments.runs.payable import Payable, PayInvoices
from sozialakte.payments.runs.resume_runs import STUCK_AFTER, ResumeRuns
from sozialakte.payments.runs.run import FILE_MENDED, FILE_REFUSED, LeftOut, PaymentRun, RunState
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.runs.take_invoices import TakeInvoices, machine_act
from sozialakte.payments.runs.ward_account_store import WardAccountStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.dynamo import Part, Table, transact
from sozialakte.runtime.queues import Queue
from tests.aws import BANK, PAYING_ACCOUNT, PAYMENTS, queue_url, send, take
from tests.emergencies import exported
from tests.pipeline import Crash, Pipeline
from tests.runs import (
    MAKER,
    NOW,
    RELEASED_AT,
    RELEASER,
    RUN,
    acting,
    add_approved,
    bank_files_out,
    check_sample,
    iban_of,
    release,
    start_run,
    terms_of,
)

pytestmark = pytest.mark.usefixtures("aws")


def now_of(invoice: Invoice) -> Invoice:
    return PaymentsStore(PAYMENTS).get(invoice.invoice_id)


def the_run() -> PaymentRun:
    return RunStore(PAYMENTS).get(RUN)


def bank_tells(invoice: Invoice) -> None:
    """It took the money for a payment that we do not know of yet."""
    fact = BankFact(FactKind.BOOKED, end_to_end_id(invoice.invoice_id, 1), "t:1", NOW.date())
    SettlePayments(PaymentsStore(PAYMENTS), BankBook(Table(PAYMENTS)), NOW)([fact])


@contextmanager
def broken_writer() -> Iterator[None]:
    """A mistake in how files are written: a sum that is none."""

    def wrong(file: PaymentFile, target: object, profile: BankProfile) -> None:
        from io import BytesIO  # noqa: PLC0415

        body = BytesIO()
        write_payment_file(file, body, profile)
        target.write(body.getvalue().replace(b"<CtrlSum>", b"<CtrlSum>9", 1))  # type: ignore[attr-defined]

    with patch("sozialakte.payments.runs.bank_file.write_payment_file", wrong):
        yield


def refused_run() -> Pipeline:
    """A run of three that was released, and whose file no bank would take."""
    pipeline = Pipeline()
    for number in (1, 2, 3):
        add_approved(number)
    start_run()
    pipeline.run()
    release()
    pipeline.drain_streams()
    with broken_writer():
        advance(pipeline)
    return pipeline


def advance(pipeline: Pipeline) -> list[str]:
    """The machine is asked to go on with the run, and nothing else; the messages that failed."""
    take("runs")
    send("runs", AdvanceRun(run_id=RUN).to_json())
    pipeline.step("runs")
    return take("runs")


def states() -> set[InvoiceState]:
    found = PaymentsStore(PAYMENTS)
    return {one.state for state in InvoiceState for one in found.in_state(state, 10).invoices}


def test_what_the_bank_has_spoken_of_is_in_no_run() -> None:
    early, other = add_approved(1), add_approved(2)
    bank_tells(early)

    start_run()
    Pipeline().run()

    (left_out,) = the_run().left_out
    assert (left_out.invoice_id, left_out.reasons[0].code) == (early.invoice_id, "run.bank_spoke")
    assert [item.invoice_id for item in the_run().sample] == [other.invoice_id]
    assert [one.order.invoice_id for one in exported().owed] == [other.invoice_id], "nor in an emergency"


def test_what_the_bank_speaks_of_after_the_order_book_is_dropped_at_the_last_moment() -> None:
    early, other = add_approved(1), add_approved(2)
    start_run()
    Pipeline().run()
    bank_tells(early)

    release()
    Pipeline().run()

    (dropped,) = the_run().dropped
    assert (dropped.invoice_id, dropped.reasons[0].code) == (early.invoice_id, "run.bank_spoke")
    assert (now_of(early).state, now_of(other).state) == (InvoiceState.APPROVED, InvoiceState.RELEASED)


def test_what_the_bank_has_spoken_of_is_not_given_back() -> None:
    known, other = add_approved(1), add_approved(2)
    start_run()
    Pipeline().run()
    run = release()
    assert run.release
    orders, bank = read_book(BankFiles(BANK).get(orders_key(RUN))).orders, BankBook(Table(PAYMENTS))
    takes = TakeInvoices(PaymentsStore(PAYMENTS), bank, run, run.release)
    assert takes.take(orders) == []
    heard = PaymentFacts(end_to_end_id(known.invoice_id, 1), booked_on=NOW.date(), bookings=("t:1",), early=True)
    transact([bank.facts_part(PaymentFacts(heard.end_to_end_id), heard, NOW)])

    found = takes.give_back((order.payment.end_to_end_id for order in orders), machine_act("not_sent", run.release))

    assert (found.count, found.known) == (1, (end_to_end_id(known.invoice_id, 1),))
    assert (now_of(known).state, now_of(other).state) == (InvoiceState.RELEASED, InvoiceState.APPROVED)


def test_a_file_that_no_bank_takes_is_not_put_and_the_run_says_why() -> None:
    pipeline = refused_run()
    refused = the_run()
    with broken_writer():
        failed = advance(pipeline)

    assert bank_files_out() == {}
    assert (refused.state, refused.last_act.what) == (RunState.RELEASED, FILE_REFUSED)
    assert f"{RUN}-1" in str(refused.last_act.reason)
    assert "CtrlSum" in str(refused.last_act.reason)
    assert the_run() == refused, "again: the same"
    assert failed, "the message fails until it lies in the dead-letter queue, which rings an alarm"


def test_a_refused_run_goes_on_once_the_mistake_is_mended() -> None:
    pipeline = refused_run()

    advance(pipeline)

    assert (the_run().state, [act.what for act in the_run().acts][-2:]) == (
        RunState.EXPORTED,
        [FILE_MENDED, "exported"],
    )
    assert list(bank_files_out()) == [f"{RUN}-1"]


def test_a_refused_run_can_be_cancelled_and_gives_everything_back() -> None:
    pipeline = refused_run()
    cancelled = acting(MAKER).cancel(RUN, the_run().version, "Fehler in der Datei")
    assert acting(MAKER).cancel(RUN, cancelled.version - 1, "Fehler in der Datei") == cancelled

    pipeline.run()

    assert (the_run().state, the_run().last_act.what) == (RunState.CANCELLED, "called_off")
    assert (states(), bank_files_out()) == ({InvoiceState.APPROVED}, {})
    start_run()
    pipeline.run()
    release("R20261130-02")
    pipeline.run()
    assert list(bank_files_out()) == ["R20261130-02-1"]


def test_a_process_that_dies_while_it_gives_back_is_followed_by_one_that_ends_it() -> None:
    pipeline = refused_run()
    acting(MAKER).cancel(RUN, the_run().version, "Fehler")
    done: list[object] = []

    def dying(parts: Sequence[Part]) -> None:
        if done:
            raise Crash
        transact(parts)
        done.append(parts)

    with patch("sozialakte.payments.store.transact", dying):
        advance(pipeline)
    assert states() == {InvoiceState.APPROVED, InvoiceState.RELEASED}
    resume = ResumeRuns(RunStore(PAYMENTS), Queue(queue_url("runs")), STUCK_AFTER, RELEASED_AT + timedelta(hours=1))
    assert resume() == 1
    pipeline.run()

    assert (the_run().state, states()) == (RunState.CANCELLED, {InvoiceState.APPROVED})


def test_a_cancelled_run_gives_nothing_back_if_its_file_lies_there_all_the_same() -> None:
    pipeline = refused_run()
    acting(MAKER).cancel(RUN, the_run().version, "Fehler")
    BankFiles(BANK).put(out_key(f"{RUN}-1"), b"<somebody was quicker/>")

    assert advance(pipeline), "it fails, which rings an alarm"
    assert (the_run().state, states()) == (RunState.RELEASED, {InvoiceState.RELEASED})


def test_a_healthy_released_run_is_not_cancelled() -> None:
    add_approved(1)
    start_run()
    Pipeline().run()
    release()

    with pytest.raises(RuleBrokenError):
        acting(MAKER).cancel(RUN, the_run().version, "zu spät")


def test_a_run_made_before_others_took_over_the_payments_is_not_released() -> None:
    add_approved(1)
    start_run()
    Pipeline().run()
    version = check_sample().version

    with pytest.raises(RuleBrokenError) as refused:
        replace(acting(RELEASER), others_pay=True).release(RUN, version)

    assert [reason.code for reason in refused.value.reasons] == ["run.others_pay"]


def test_a_stuck_run_is_asked_for_within_a_quarter_of_an_hour_but_not_a_refused_one() -> None:
    refused_run()
    resume = ResumeRuns(RunStore(PAYMENTS), Queue(queue_url("runs")), STUCK_AFTER, RELEASED_AT + timedelta(hours=1))
    start_run(day=RELEASED_AT.date() + timedelta(days=9))

    assert timedelta(minutes=15) >= STUCK_AFTER
    assert resume() == 1, "the one that is being built"
    assert replace(resume, now=NOW)() == 0


@pytest.mark.parametrize(
    ("own", "currency", "account", "code"),
    [
        (("CHF",), "EUR", "CHF", None),  # the bank changes the money, and people see it
        (("CHF", "EUR"), "EUR", "EUR", None),
        (("EUR", "CHF"), "CHF", "CHF", None),
        (("EUR",), "CHF", None, "run.no_account"),
    ],
)
def test_bills_are_paid_from_an_account_of_their_currency(
    own: tuple[str, ...], currency: str, account: str | None, code: str | None
) -> None:
    accounts = {money: PayingAccount(iban_of(90 + n), "Stadt", currency=money) for n, money in enumerate(own)}
    pay = PayInvoices(
        PaymentsStore(PAYMENTS), WardAccountStore(PAYMENTS), BankBook(Table(PAYMENTS)), tuple(accounts.values())
    )
    german = replace(terms_of(1), iban="DE89370400440532013000", currency=currency)
    bill = add_approved(1, terms=german if currency == "EUR" else terms_of(1))

    (found,) = pay.orders([bill])

    if account is None:
        assert isinstance(found, LeftOut)
        assert [reason.code for reason in found.reasons] == [code]
    else:
        assert isinstance(found, Payable)
        assert found.account == accounts[account]
        assert ("exchanged" in found.order.risks) is (account != currency)


def test_what_was_released_before_is_always_looked_at() -> None:
    pay = PayInvoices(
        PaymentsStore(PAYMENTS),
        WardAccountStore(PAYMENTS),
        BankBook(Table(PAYMENTS)),
        (PayingAccount(**PAYING_ACCOUNT),),
    )
    (again,) = pay.orders([add_approved(1, attempt=1)])

    assert isinstance(again, Payable)
    assert "paid_again" in again.order.risks
