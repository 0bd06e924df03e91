"""Random people make, check, release and cancel runs, two at once, while invoices change and processes die; at every
step: no invoice is in two files under different ids, nobody's payment is lost, nobody releases what they decided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from random import Random
from unittest.mock import patch

from sozialakte.payments.creditors import IbanDecision
from sozialakte.payments.invoice import Act, Duty, invoice_named
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.iso20022.orders import read_sent
from sozialakte.payments.rules import RuleBrokenError
from sozialakte.payments.runs.run import PaymentRun, RunState
from sozialakte.payments.runs.store import OtherRunOpenError, RunChangedError, RunStore
from sozialakte.payments.store import InvoiceChangedError, PaymentsStore
from sozialakte.runtime.dynamo import Part, transact
from tests.aws import PAYMENTS, local_aws
from tests.pipeline import Crash, Pipeline
from tests.runs import APPROVER, CHECKER, DAY, ENTERER, MAKER, NOW, RELEASER, acting, add_approved, bank_files_out

SEEDS, STEPS, COUNT = 10, 25, 5
REFUSED = (RuleBrokenError, RunChangedError, InvoiceChangedError, OtherRunOpenError)


class Office:
    """A payment office in a hurry: what happens in it, by chance."""

    def __init__(self, chance: Random, done: Counter[str]) -> None:
        self.chance, self.done, self.pipeline = chance, done, Pipeline()
        self.invoices = [add_approved(number).invoice_id for number in range(COUNT)]

    def make(self) -> None:
        """A run is made, for one of two days: the same invoices come into both."""
        by, day = self.chance.choice((MAKER, MAKER, ENTERER)), DAY + timedelta(days=self.chance.randrange(2))
        self._do("made", partial(acting(by).make, day, date(2026, 12, 31)))

    def work(self) -> None:
        """The machine does what it is asked for."""
        self.pipeline.run()

    def work_and_die(self) -> None:
        """The machine dies when it takes, or gives back, one of the invoices; what it was told comes again."""
        left = iter(range(self.chance.randrange(3)))

        def dying(parts: Sequence[Part]) -> None:
            if next(left, None) is None:
                self.done["died"] += 1
                raise Crash
            transact(parts)

        with patch("sozialakte.payments.store.transact", dying):
            self.pipeline.drain_streams()
            self.pipeline.step("runs")

    def check(self) -> None:
        """Somebody looks at a whole sample; the first of it may be wrong."""
        by, wrong = self.chance.choice((CHECKER, CHECKER, CHECKER, APPROVER)), self.chance.random() < 0.2
        for run in self._one(RunState.CHECKING):
            for number, invoice_id in enumerate(run.unchecked):
                right = not (wrong and number == 0)
                self._do("checked", partial(acting(by).check, run.run_id, invoice_id, right=right, reason="Betrag"))

    def release(self) -> None:
        """Somebody releases a run, most likely one that is ready; often the machine dies over it."""
        by = self.chance.choice((RELEASER, RELEASER, RELEASER, ENTERER, APPROVER))
        waiting = [run for run in runs() if run.state is RunState.CHECKING]
        for run in sorted(waiting, key=lambda run: len(run.unchecked))[:1]:
            self._do("released", partial(acting(by).release, run.run_id, run.version))
            if self.chance.random() < 0.5:
                self.work_and_die()

    def cancel(self) -> None:
        """Somebody cancels a run."""
        for run in self._one(*RunState):
            self._do("cancelled", partial(acting(MAKER).cancel, run.run_id, run.version, "falsch"))

    def change_an_invoice(self) -> None:
        """Somebody sends an invoice back, or it is approved again."""
        store = PaymentsStore(PAYMENTS)
        invoice = store.get(self.chance.choice(self.invoices))
        number = invoice.round + 1
        if invoice.state is InvoiceState.APPROVED:
            act = Act(Duty.SETTLE, "return", APPROVER, NOW, invoice.round, reason="?")
            store.save(invoice, invoice.step(InvoiceState.RETURNED, act, round=number))
        elif invoice.state is InvoiceState.RETURNED:
            coded = invoice.step(InvoiceState.CODED, Act(Duty.ENTER, "submit", ENTERER, NOW, number), round=number)
            store.save(invoice, coded)
            store.save(coded, coded.step(InvoiceState.APPROVED, Act(Duty.APPROVE, "approve", APPROVER, NOW, number, 0)))
        self.done["changed"] += 1

    def decide_iban(self) -> None:
        """Somebody refuses the IBAN of a creditor, or agrees to it again."""
        store = PaymentsStore(PAYMENTS)
        invoice = store.get(self.chance.choice(self.invoices))
        creditor = store.creditors.find(invoice.creditor_id)
        assert creditor
        decision = IbanDecision(CHECKER, NOW, self.chance.random() < 0.5, "Telefonat")
        transact([store.creditors.part(creditor, creditor.decided(invoice.terms.iban, decision))])

    def step(self) -> None:
        """One of all this, some of it more often."""
        often = (self.make, self.work, self.check, self.check, self.release)
        self.chance.choice((*often, *often, self.work_and_die, self.cancel, self.change_an_invoice, self.decide_iban))()

    def _one(self, *states: RunState) -> list[PaymentRun]:
        found = [run for run in runs() if run.state in states]
        return [self.chance.choice(found)] if found else []

    def _do(self, what: str, act: Callable[[], object]) -> None:
        try:
            act()
            self.done[what] += 1
        except REFUSED:
            self.done[f"not {what}"] += 1


def runs() -> list[PaymentRun]:
    return [run for day in range(2) for run in RunStore(PAYMENTS).of_day(DAY + timedelta(days=day))]


def sent() -> list[str]:
    """The bank's ids of all payments in all files."""
    return [one.end_to_end_id for body in bank_files_out().values() for one in read_sent(body).orders]


def nobody_is_paid_twice(office: Office) -> None:
    """What is in a file is released under the id it has there, and is in no other file."""
    named = [invoice_named(name) for name in sent()]
    assert len({one[0] for one in named if one}) == len(named)
    there = {one.invoice_id: one for one in PaymentsStore(PAYMENTS).get_many(office.invoices)}
    for one in named:
        assert one
        assert (there[one[0]].state, there[one[0]].attempt) == (InvoiceState.RELEASED, one[1])


def nobody_holds_two_duties(office: Office) -> None:
    """Whoever released an invoice neither entered nor approved it."""
    for invoice in PaymentsStore(PAYMENTS).get_many(office.invoices):
        decided = invoice.persons_with(Duty.ENTER) | invoice.persons_with(Duty.APPROVE)
        assert not invoice.persons_with(Duty.RELEASE) & decided


def nothing_is_lost(office: Office) -> None:
    """Once all work is done nothing waits in between: what is released is in a file."""
    there = PaymentsStore(PAYMENTS).get_many(office.invoices)
    released = {one.invoice_id for one in there if one.state is InvoiceState.RELEASED}
    assert released == {name.partition("-")[0] for name in sent()}
    assert all(run.state not in {RunState.BUILDING, RunState.RELEASED} for run in runs())


def test_whatever_people_do_nobody_is_paid_twice_and_no_payment_is_lost() -> None:
    done: Counter[str] = Counter()
    for seed in range(SEEDS):
        _play(seed, done)

    told = {"made", "not made", "checked", "not checked", "released", "not released", "cancelled", "changed"}
    assert {*told, "died", "paid"} <= {what for what, count in done.items() if count}, done


def _play(seed: int, done: Counter[str]) -> None:
    with local_aws():
        office = Office(Random(seed), done)  # noqa: S311 (for a test)
        for _ in range(STEPS):
            office.step()
            nobody_is_paid_twice(office)
        office.work()
        nobody_holds_two_duties(office)
        nothing_is_lost(office)
        done["paid"] += len(sent())
