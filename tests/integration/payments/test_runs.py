"""A payment run from the question for it to the file for the bank."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.creditors import IbanDecision
from sozialakte.payments.invoice import Payer
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.iso20022.orders import read_sent
from sozialakte.payments.iso20022.pain001 import NAMESPACE
from sozialakte.payments.messages import AdvanceRun
from sozialakte.payments.runs.files import BankFiles, orders_key
from sozialakte.payments.runs.order_book import read_book
from sozialakte.payments.runs.orders import Order
from sozialakte.payments.runs.resume_runs import ResumeRuns
from sozialakte.payments.runs.run import RunState
from sozialakte.payments.runs.state import read_state
from sozialakte.payments.runs.store import OtherRunOpenError, RunStore
from sozialakte.payments.runs.take_invoices import TakeInvoices
from sozialakte.payments.store import PaymentsStore
from sozialakte.payments.terms import InvoiceKind
from sozialakte.register.model import StaffMember
from sozialakte.runtime.dynamo import Table, transact
from sozialakte.runtime.queues import Queue
from tests.aws import BANK, PAYMENTS, counted_calls, put_register, queue_url, send, take, take_json
from tests.http_calls import Answer, Call
from tests.office import furnish
from tests.pipeline import Pipeline
from tests.runs import (
    APPROVER,
    CHECKER,
    DAY,
    DUE_UNTIL,
    ENTERER,
    NOW,
    RELEASER,
    RUN,
    acting,
    add_approved,
    bank_files_out,
    check_sample,
    release,
    start_run,
    terms_of,
)

pytestmark = pytest.mark.usefixtures("aws")


def built(due_until: date = DUE_UNTIL) -> None:
    """The order book of a run is written."""
    start_run(due_until)
    Pipeline().run()


def exported() -> dict[str, bytes]:
    """It is released and carried out."""
    release()
    Pipeline().run()
    return bank_files_out()


def asked(path: str, body: object, staff: str = RELEASER, role: str = "paymentrelease") -> Answer:
    from functions.payments.api import handler  # noqa: PLC0415 (after the environment is there)

    return Call("POST", f"/payments/runs{path}", staff, f"[{role}]", body=body).to(handler)


def _orders() -> tuple[Order, ...]:
    return read_book(BankFiles(BANK).get(orders_key(RUN))).orders


def decide_iban(invoice_id: str, *, approves: bool) -> None:
    store = PaymentsStore(PAYMENTS)
    invoice = store.get(invoice_id)
    creditor = store.creditors.find(invoice.creditor_id)
    assert creditor
    decided = creditor.decided(invoice.terms.iban, IbanDecision(CHECKER, NOW, approves, "Telefonat"))
    transact([store.creditors.part(creditor, decided)])


def test_what_is_approved_and_due_goes_out_in_one_file() -> None:
    invoices = [add_approved(number) for number in range(1, 8)]
    late = add_approved(9, terms=replace(terms_of(9), due=DUE_UNTIL + timedelta(days=1)))
    built()
    checking = RunStore(PAYMENTS).get(RUN)
    assert (checking.state, checking.totals["CHF"].count) == (RunState.CHECKING, 7)

    ((message_id, body),) = exported().items()

    run, store = RunStore(PAYMENTS).get(RUN), PaymentsStore(PAYMENTS)
    sent = read_sent(body)
    assert (run.state, run.files[0].count, run.files[0].message_id) == (RunState.EXPORTED, 7, message_id)
    assert NAMESPACE.encode() in body
    assert {one.end_to_end_id for one in sent.orders} == {f"{one.invoice_id}-01" for one in invoices}
    assert {one.state for one in store.get_many(one.invoice_id for one in invoices)} == {InvoiceState.RELEASED}
    assert store.get(late.invoice_id).state is InvoiceState.APPROVED


def test_what_cannot_be_paid_is_left_out_with_words() -> None:
    good, nowhere = add_approved(1), replace(terms_of(7).creditor, country="XX")
    odd = {
        "run.no_iban": add_approved(2, terms=replace(terms_of(2), iban=""), creditor_id=None),
        "run.credit_note": add_approved(3, kind=InvoiceKind.CREDIT_NOTE),
        "run.no_ward_account": add_approved(4, payer=Payer.WARD),
        "run.no_dossier": add_approved(5, dossier_id=None),
        "approval.iban_not_approved": add_approved(6),
        "bank.country": add_approved(7, terms=replace(terms_of(7), creditor=nowhere)),
    }
    decide_iban(odd["approval.iban_not_approved"].invoice_id, approves=False)

    built()

    run = RunStore(PAYMENTS).get(RUN)
    told = {one.invoice_id: [reason.code for reason in one.reasons] for one in run.left_out}
    assert told == {invoice.invoice_id: [code] for code, invoice in odd.items()}
    assert [item.invoice_id for item in run.sample] == [good.invoice_id]


def test_an_iban_refused_after_the_order_book_was_written_gets_nothing() -> None:
    good, bad = add_approved(1), add_approved(2)
    built()
    decide_iban(bad.invoice_id, approves=False)

    (body,) = exported().values()

    run = RunStore(PAYMENTS).get(RUN)
    assert [one.end_to_end_id[:32] for one in read_sent(body).orders] == [good.invoice_id]
    assert [(one.invoice_id, one.reasons[0].code) for one in run.dropped] == [
        (bad.invoice_id, "approval.iban_not_approved")
    ]


def test_the_emergency_state_is_written_anew_for_what_is_found_wrong_not_for_what_is_right() -> None:
    pipeline, good, wrong = Pipeline(), add_approved(1), add_approved(2)
    start_run()
    pipeline.run()
    built_at, _ = BankFiles(BANK).newest_state() or ("", b"")

    acting(CHECKER).check(RUN, good.invoice_id, right=True, reason=None)
    pipeline.run()
    found_right, _ = BankFiles(BANK).newest_state() or ("", b"")
    acting(CHECKER).check(RUN, wrong.invoice_id, right=False, reason="falscher Betrag")
    pipeline.run()
    found_wrong, body = BankFiles(BANK).newest_state() or ("", b"")

    assert built_at == found_right < found_wrong
    assert [one.order.invoice_id for one in read_state(body).owed] == [good.invoice_id]


def test_a_wrong_payment_of_the_sample_goes_back_and_the_run_goes_on_without() -> None:
    good, wrong = add_approved(1), add_approved(2)
    built()
    acting(CHECKER).check(RUN, wrong.invoice_id, right=False, reason="Betrag <b>falsch</b>")
    check_sample()

    (body,) = exported().values()

    returned = PaymentsStore(PAYMENTS).get(wrong.invoice_id)
    assert returned.state is InvoiceState.RETURNED
    assert returned.last_act
    assert (returned.last_act.by, returned.last_act.reason) == (CHECKER, "Betrag <b>falsch</b>")
    assert [one.end_to_end_id[:32] for one in read_sent(body).orders] == [good.invoice_id]


def test_nobody_starts_two_runs_of_a_day_at_once_and_asking_twice_is_asking_once() -> None:
    add_approved(1)

    assert start_run() == start_run()
    with pytest.raises(OtherRunOpenError):
        start_run(by="ma-999")
    assert len(RunStore(PAYMENTS).of_day(DAY)) == 1


def test_the_same_message_again_writes_nothing_new() -> None:
    add_approved(1)
    built()
    first = exported()
    send("runs", AdvanceRun(run_id=RUN).to_json())
    before = RunStore(PAYMENTS).get(RUN)

    Pipeline().run()

    assert (bank_files_out(), RunStore(PAYMENTS).get(RUN)) == (first, before)


def test_several_threads_take_what_one_takes() -> None:
    invoices = [add_approved(number) for number in range(1, 30)]
    built()
    run = release()
    assert run.release
    orders = [one for one in _orders() if one.invoice_id != invoices[0].invoice_id]

    dropped = TakeInvoices(PaymentsStore(PAYMENTS), BankBook(Table(PAYMENTS)), run, run.release, threads=1).take(orders)
    again = TakeInvoices(PaymentsStore(PAYMENTS), BankBook(Table(PAYMENTS)), run, run.release, threads=4).take(orders)

    assert dropped == again == []


def test_an_order_book_that_is_not_the_one_people_checked_pays_nobody() -> None:
    add_approved(1)
    built()
    book = BankFiles(BANK).get(orders_key(RUN))
    BankFiles(BANK).put(orders_key(RUN), book.replace(b"400.00", b"900.00"))
    release()
    send("runs", AdvanceRun(run_id=RUN).to_json())

    Pipeline().step("runs")

    assert bank_files_out() == {}
    assert RunStore(PAYMENTS).get(RUN).state is RunState.RELEASED
    take("runs")


def test_a_run_that_got_stuck_is_asked_for_again() -> None:
    add_approved(1)
    start_run()
    resume = ResumeRuns(RunStore(PAYMENTS), Queue(queue_url("runs")), timedelta(hours=1), NOW + timedelta(hours=2))

    assert replace(resume, now=NOW)() == 0
    assert resume() == 1
    assert [body["run_id"] for body in take_json("runs")] == [RUN]


def test_who_decided_does_not_release_and_hears_why() -> None:
    add_approved(1)
    built()
    version = check_sample().version

    for person in (ENTERER, APPROVER):
        refused = asked(f"/{RUN}/release", {"version": version}, person)
        assert (refused.status, refused.body["rules"]) == (409, "run.has_decided")
        assert "erfasst oder bewilligt" in str(refused.body["detail"])
    assert asked(f"/{RUN}/release", {"version": version}).status == 200
    assert asked(f"/{RUN}/release", {"version": version}).status == 200, "the answer was lost: again"


def test_conflicts_tell_who_did_what() -> None:
    add_approved(1)
    built()

    other = asked("", {"execution_day": DAY.isoformat()})
    old = asked(f"/{RUN}/cancellation", {"version": 1, "reason": "<script>"})
    unchecked = asked(f"/{RUN}/release", {"version": 2})
    past = asked("", {"execution_day": "2026-11-01"})

    assert (other.status, other.problem, other.body["run_id"]) == (409, "run_open", RUN)
    assert (old.status, old.problem, old.body["by"]) == (409, "run_changed", "machine")
    assert (unchecked.body["rules"], past.body["rules"]) == ("run.unchecked", "run.execution_day")
    assert asked("/R20261130-77/release", {"version": 1}).status == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("", {"execution_day": "30.11.2026"}),
        ("", {"execution_day": 1}),
        (f"/{RUN}/cancellation", {"version": 1, "reason": "x" * 10_000}),
        (f"/{RUN}/release", {"version": "1"}),
        ("/R2026-1/release", {"version": 1}),
    ],
)
def test_what_is_no_question_is_refused(path: str, body: object) -> None:
    assert asked(path, body).status == 422


def test_a_payment_is_found_wrong_only_with_words() -> None:
    furnish()
    put_register(*(StaffMember(who, "Eva Buch", "rechnungswesen") for who in (CHECKER, ENTERER)))
    invoice = add_approved(1)
    built()

    silent = asked(f"/{RUN}/sample/{invoice.invoice_id}", {"right": False}, CHECKER, "accounting")
    own = asked(f"/{RUN}/sample/{invoice.invoice_id}", {"right": True}, ENTERER, "accounting")

    assert (silent.status, silent.wrong_fields) == (422, ["body.reason"])
    assert (own.status, own.body["rules"]) == (409, "run.own_invoice")


def test_taking_an_invoice_is_one_write_and_reading_is_by_the_hundred() -> None:
    for number in range(1, 21):
        add_approved(number)
    built()
    run = release()
    assert run.release
    orders = _orders()

    with counted_calls() as calls:
        TakeInvoices(PaymentsStore(PAYMENTS), BankBook(Table(PAYMENTS)), run, run.release).take(orders)

    shards = len({order.invoice_id[0] for order in orders})
    assert calls.count("TransactWriteItems") == 20
    assert calls.count("BatchGetItem") == 2 * shards
    assert len(calls) == 20 + 2 * shards
