"""Random people make, check, release and cancel runs, two at once, while invoices change and processes die; at every
step: no invoice is in two files under different ids, nobody's payment is lost, nobody releases what they decided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from unittest.mock import patch

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from sozialakte.payments.creditors import IbanDecision
from sozialakte.payments.invoice import MACHINE, Act, Duty, invoice_named
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.rules import RuleBrokenError
from sozialakte.payments.runs.run import PaymentRun, RunState
from sozialakte.payments.runs.sent_payments import read_sent
from sozialakte.payments.runs.store import OtherRunOpenError, RunChangedError, RunStore
from sozialakte.payments.store import InvoiceChangedError, PaymentsStore
from sozialakte.runtime.dynamo import Part, transact
from tests.aws import PAYMENTS, local_aws
from tests.pipeline import Crash, Pipeline
from tests.runs import (
    APPROVER,
    CHECKER,
    DAY,
    ENTERER,
    MAKER,
    NOW,
    RELEASER,
    acting,
    add_approved,
    bank_files_out,
)

COUNT = 4
PEOPLE = st.sampled_from((ENTERER, APPROVER, MAKER, CHECKER, RELEASER))
WHICH, WHICH_RUN, MOSTLY = st.integers(0, COUNT - 1), st.integers(0, 1), st.sampled_from((True, True, True, False))
DONE: Counter[str] = Counter()
REFUSED = (RuleBrokenError, RunChangedError, InvoiceChangedError, OtherRunOpenError)


class RandomRuns(RuleBasedStateMachine):
    """A payment office in a hurry."""

    @initialize()
    def open_the_office(self) -> None:
        """Some invoices are approved."""
        self.aws = local_aws()
        self.aws.__enter__()
        self.pipeline = Pipeline()
        self.invoices = [add_approved(number).invoice_id for number in range(COUNT)]

    def teardown(self) -> None:
        """All is worked off, and every invoice in a file is released."""
        if hasattr(self, "aws"):
            try:
                self.pipeline.run()
                self.everything_released_is_in_a_file()
            finally:
                self.aws.__exit__(None, None, None)

    @rule(by=PEOPLE, day=st.integers(0, 1), works=MOSTLY)
    def make(self, by: str, day: int, works: bool) -> None:
        """A run is made, for one of two days: the same invoices are in both."""
        self._do("made", lambda: acting(by).make(DAY + timedelta(days=day), date(2026, 12, 31)))
        if works:
            self.pipeline.run()

    @rule()
    def work(self) -> None:
        """The machine does what it is asked for."""
        self.pipeline.run()

    @rule(calls=st.integers(0, 3))
    def work_and_die(self, calls: int) -> None:
        """The machine dies when it takes, or gives back, one of the invoices."""
        left = iter(range(calls))

        def dying(parts: Sequence[Part]) -> None:
            if next(left, None) is None:
                DONE["died"] += 1
                raise Crash
            transact(parts)

        with patch("sozialakte.payments.store.transact", dying):
            self.pipeline.round(("runs",))
            self.pipeline.round(("runs",))

    @rule(by=st.sampled_from((CHECKER, CHECKER, APPROVER)), which=WHICH_RUN, right=MOSTLY)
    def check(self, by: str, which: int, right: bool) -> None:
        """Somebody looks at a whole sample; the first of it may be wrong."""
        for run in self._in(RunState.CHECKING)[which : which + 1]:
            for number, invoice_id in enumerate(run.unchecked):
                look = partial(acting(by).check, run.run_id, invoice_id, right=right or number > 0, reason="Betrag")
                self._do("checked", look)

    @rule(by=st.sampled_from((RELEASER, RELEASER, RELEASER, ENTERER, APPROVER)), which=WHICH_RUN)
    def release(self, by: str, which: int) -> None:
        """Somebody releases a run."""
        for run in self._in(RunState.CHECKING)[which : which + 1]:
            self._do("released", partial(acting(by).release, run.run_id, run.version))

    @rule(which=WHICH_RUN, really=st.sampled_from((True, False, False)))
    def cancel(self, which: int, really: bool) -> None:
        """Somebody cancels a run."""
        for run in self._runs()[which : which + 1] if really else ():
            self._do("cancelled", partial(acting(MAKER).cancel, run.run_id, run.version, "falsch"))

    @rule(which=WHICH)
    def send_back_or_approve(self, which: int) -> None:
        """Somebody sends an invoice back, or it is approved again."""
        store = PaymentsStore(PAYMENTS)
        invoice = store.get(self.invoices[which])
        number = invoice.round + 1
        if invoice.state is InvoiceState.APPROVED:
            act = Act(Duty.SETTLE, "return", APPROVER, NOW, invoice.round, reason="?")
            store.save(invoice, invoice.step(InvoiceState.RETURNED, act, round=number))
        elif invoice.state is InvoiceState.RETURNED:
            coded = invoice.step(InvoiceState.CODED, Act(Duty.ENTER, "submit", ENTERER, NOW, number), round=number)
            store.save(invoice, coded)
            store.save(coded, coded.step(InvoiceState.APPROVED, Act(Duty.APPROVE, "approve", APPROVER, NOW, number, 0)))

    @rule(which=WHICH, approves=MOSTLY)
    def decide_iban(self, which: int, approves: bool) -> None:
        """Somebody refuses the IBAN of a creditor, or agrees to it again."""
        store = PaymentsStore(PAYMENTS)
        invoice = store.get(self.invoices[which])
        creditor = store.creditors.find(invoice.creditor_id)
        assert creditor
        after = creditor.decided(invoice.terms.iban, IbanDecision(CHECKER, NOW, approves, "Telefonat"))
        transact([store.creditors.part(creditor, after)])
        DONE["decided about an IBAN"] += 1

    @invariant()
    def no_invoice_goes_out_under_two_ids(self) -> None:
        """Nor twice in one file; and the platform's files hold nothing that somebody decided who released it."""
        sent = [one.end_to_end_id for body in bank_files_out().values() for one in read_sent(body).payments]
        assert len({name[:32] for name in sent}) == len(sent) == len(set(sent))
        for invoice in PaymentsStore(PAYMENTS).get_many(named[0] for name in sent if (named := invoice_named(name))):
            assert invoice.state is InvoiceState.RELEASED
            assert invoice_named(next(name for name in sent if name.startswith(invoice.invoice_id))) == (
                invoice.invoice_id,
                invoice.attempt,
            )

    @invariant()
    def nobody_holds_two_duties(self) -> None:
        """Whoever released an invoice neither entered nor approved it."""
        for invoice in PaymentsStore(PAYMENTS).get_many(self.invoices):
            others = invoice.persons_with(Duty.ENTER) | invoice.persons_with(Duty.APPROVE)
            assert not invoice.persons_with(Duty.RELEASE) & others - {MACHINE}

    def everything_released_is_in_a_file(self) -> None:
        """Once all work is done nothing waits in between."""
        sent = {one.end_to_end_id[:32] for body in bank_files_out().values() for one in read_sent(body).payments}
        released = {
            one.invoice_id
            for one in PaymentsStore(PAYMENTS).get_many(self.invoices)
            if one.state is InvoiceState.RELEASED
        }
        assert released == sent
        assert all(run.state not in {RunState.BUILDING, RunState.RELEASED} for run in self._runs())
        DONE["paid"] += len(sent)

    def _runs(self) -> list[PaymentRun]:
        return [run for day in (0, 1) for run in RunStore(PAYMENTS).of_day(DAY + timedelta(days=day))][::-1]

    def _in(self, state: RunState) -> list[PaymentRun]:
        return [run for run in self._runs() if run.state is state]

    def _do(self, what: str, act: Callable[[], object]) -> None:
        try:
            act()
            DONE[what] += 1
        except REFUSED:
            DONE[f"not {what}"] += 1


def test_whatever_people_do_everybody_is_paid_at_most_once_and_no_payment_is_lost() -> None:
    DONE.clear()
    run_state_machine_as_test(
        RandomRuns, settings=settings(max_examples=20, stateful_step_count=25, deadline=None, derandomize=True)
    )

    assert {"made", "not made", "checked", "released", "not released", "cancelled", "died", "paid"} <= DONE.keys(), DONE
