"""The platform fails and comes back at any moment, people send emergency files for two days, forget imports, send both
files, the bank answers before anything is imported: nobody is paid twice, and everybody who was paid is known as paid.

People keep to the manual in three things: the transfer of other files rests from an emergency to its import, the last
file at the bank is the one that the bank shows, and a run of which an import says that it pays twice is withdrawn if
the bank has not got it. So at the end nothing stays released for ever.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from random import Random

from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.bank.facts import BankFact, FactKind
from sozialakte.payments.bank.settle_payments import SettlePayments
from sozialakte.payments.invoice import Act, Duty, invoice_named
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.iso20022.orders import read_sent
from sozialakte.payments.rules import RuleBrokenError
from sozialakte.payments.runs.emergency import EmergencyRefusedError, emergency
from sozialakte.payments.runs.emergency_release import EmergencyRelease
from sozialakte.payments.runs.run import PaymentRun, RunState, run_named
from sozialakte.payments.runs.state import PaymentState
from sozialakte.payments.runs.store import OtherRunOpenError, RunChangedError, RunStore
from sozialakte.payments.runs.withdraw_run import WithdrawRefusedError
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.dynamo import Table
from tests.aws import PAYMENTS, local_aws
from tests.emergencies import LATER, bodies_of, exported, furnish_accounting, imported, release_of, wish, withdrawn
from tests.pipeline import Pipeline
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

SEEDS, STEPS, COUNT = range(238, 244), 30, 4
DAYS = (DAY, DAY + timedelta(days=1))
REFUSED = (RuleBrokenError, RunChangedError, OtherRunOpenError, EmergencyRefusedError, WithdrawRefusedError)


@dataclass
class Bank:
    """Takes one file of each message id. ``orders``: what it pays; ``told``: of what it has spoken."""

    files: dict[str, bytes] = field(default_factory=dict)
    orders: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    rejected: set[str] = field(default_factory=set)

    def send(self, body: bytes) -> bool:
        """Whether it takes the file."""
        sent = read_sent(body)
        if sent.message_id in self.files:
            return False
        self.files[sent.message_id] = body
        self.orders += [one.end_to_end_id for one in sent.orders]
        return True

    @property
    def last(self) -> str | None:
        """The last file that it shows."""
        return list(self.files)[-1] if self.files else None

    def paid(self) -> Counter[str]:
        """How often it paid each invoice."""
        named = (invoice_named(name) for name in self.orders if name not in self.rejected)
        return Counter(one[0] for one in named if one)


@dataclass
class Sent:
    """An emergency file, its release, and whether the bank has it."""

    body: bytes
    release: EmergencyRelease
    at_bank: bool = False

    @property
    def message_id(self) -> str:
        return read_sent(self.body).message_id


class Town:
    """What happens, by chance."""

    def __init__(self, chance: Random, done: Counter[str]) -> None:
        self.chance, self.done, self.pipeline, self.bank = chance, done, Pipeline(), Bank()
        furnish_accounting()
        self.invoices = [add_approved(number).invoice_id for number in range(COUNT)]
        self.now = NOW
        self.state = self._fetched()
        self.open: list[Sent] = []
        self.made: list[EmergencyRelease] = []
        self.blocked: set[str] = set()
        self.odd: set[str] = set()
        self.history: list[str] = []

    def fetch(self) -> None:
        """The newest state is fetched."""
        self.state = self._fetched()

    def make(self) -> None:
        """A run for one of two days."""
        self._do("made", partial(acting(MAKER).make, self.chance.choice(DAYS), date(2026, 12, 31)))

    def release(self) -> None:
        """A run is checked and released."""
        for run in [run for run in runs_now() if run.state is RunState.CHECKING][:1]:
            for invoice_id in run.unchecked:
                acting(CHECKER).check(run.run_id, invoice_id, right=True, reason=None)
            self._do(
                "released", partial(acting(RELEASER).release, run.run_id, RunStore(PAYMENTS).get(run.run_id).version)
            )

    def work(self) -> None:
        """The platform does what it is asked for."""
        self.pipeline.run()

    def transfer(self) -> None:
        """Files go to the bank; while an emergency is not imported only somebody's mistake sends its own run's."""
        for message_id, body in bank_files_out().items():
            run_id = run_named(message_id)
            resting = bool(self.open) and all(one.message_id != message_id for one in self.open)
            if resting or run_id in self.blocked:
                continue  # to be withdrawn
            took = self.bank.send(body)
            self.done["took" if took else "took it before"] += 1

    def prepare(self) -> None:
        """Somebody makes an emergency file of the last state that was fetched."""
        day = self.chance.choice(DAYS)
        asked = wish(day, last=self.bank.last, at=self.now, before=tuple(self.made), old_state=True)
        asked = replace(asked, due_until=date(2026, 12, 31))
        self._do("prepared", partial(self._prepare, self.state, asked))

    def send(self) -> None:
        """It goes to the bank, unless the platform's own file of that id was quicker."""
        for one in self.open:
            if not one.at_bank:
                one.at_bank = self.bank.send(one.body)
                self.done["sent" if one.at_bank else "sent too late"] += 1
        self.open = [one for one in self.open if one.at_bank]

    def take_over(self) -> None:
        """What the bank has is imported; what it tells of other runs is not sent."""
        for one in [one for one in self.open if one.at_bank]:
            refused_ours = self.chance.random() < 0.5 or one.message_id in bank_files_out()
            found = imported(one.body, release=one.release, bank_refused_ours=refused_ours)
            for left in found.odd:
                self.odd.add(left.invoice_id)
                self.blocked |= {reason.params["run_id"] for reason in left.reasons if "run_id" in reason.params}
            self.open.remove(one)
            self.done["imported"] += 1

    def bank_speaks(self) -> None:
        """It tells that it paid something, or that it did not."""
        new = [name for name in self.bank.orders if name not in self.bank.told]
        for name in self.chance.sample(new, min(len(new), 2)):
            self._tell(name, FactKind.REJECTED if self.chance.random() < 0.2 else FactKind.BOOKED)

    def approve_again(self) -> None:
        """What came back is entered and approved again."""
        store = PaymentsStore(PAYMENTS)
        for invoice in store.get_many(self.invoices):
            if invoice.state is InvoiceState.RETURNED and not invoice.doubts:
                number = invoice.round + 1
                coded = invoice.step(InvoiceState.CODED, Act(Duty.ENTER, "submit", ENTERER, NOW, number), round=number)
                store.save(invoice, coded)
                act = Act(Duty.APPROVE, "approve", APPROVER, NOW, number, 0)
                store.save(coded, coded.step(InvoiceState.APPROVED, act))
                self.done["approved again"] += 1

    def step(self) -> None:
        """One of all this, some of it more often."""
        platform = (self.make, self.work, self.release, self.work, self.fetch)
        asked = (self.prepare, self.send, self.take_over, self.transfer, self.withdraw)
        people = (*asked, self.bank_speaks, self.approve_again)
        self.now += timedelta(minutes=10)
        chosen = self.chance.choice((*platform, *platform, *people, self.transfer))
        before = dict(self.done)
        chosen()
        happened = [what for what, count in self.done.items() if count != before.get(what, 0)]
        self.history.append(f"{chosen.__name__} {happened} bank={list(self.bank.files)} runs={_words(runs_now())}")

    def end(self) -> None:
        """All that was begun is finished, and the bank has told everything."""
        self.send()
        self.take_over()
        self.work()
        self.withdraw()
        self.transfer()
        for name in [name for name in self.bank.orders if name not in self.bank.told]:
            self._tell(name, FactKind.BOOKED)
        self.work()

    def _prepare(self, state: PaymentState, asked: object) -> None:
        made = emergency(state, asked)  # type: ignore[arg-type] # a wish
        for body in bodies_of(made):
            release = replace(release_of([body]), state_as_of=state.header.as_of)
            self.made.append(release)
            self.open.append(Sent(body, release))

    def withdraw(self) -> None:
        """What must not be sent is withdrawn, once every emergency is imported, unless the bank has it."""
        if self.open:
            return
        at_bank = {run_named(message_id) for message_id in self.bank.files}
        for run_id in sorted(self.blocked - at_bank):
            if RunStore(PAYMENTS).get(run_id).state is RunState.EXPORTED:
                self._do("withdrawn", partial(withdrawn, run_id))

    def _tell(self, name: str, kind: FactKind) -> None:
        self.bank.told.add(name)
        if kind is FactKind.REJECTED:
            self.bank.rejected.add(name)
        self.done[f"bank {kind}"] += 1
        fact = BankFact(kind, name, f"t:{name}", DAY, "AC01")
        SettlePayments(PaymentsStore(PAYMENTS), BankBook(Table(PAYMENTS)), LATER)([fact])

    def _fetched(self) -> PaymentState:
        return exported(self.now)

    def _do(self, what: str, act: Callable[[], object]) -> None:
        try:
            act()
            self.done[what] += 1
        except REFUSED as error:
            self.done[f"not {what}: {getattr(getattr(error, 'reason', None), 'code', '')}"] += 1


def _words(runs: list[PaymentRun]) -> str:
    return " ".join(f"{run.run_id}:{run.state}" for run in runs)


def runs_now() -> list[PaymentRun]:
    return [run for day in DAYS for run in RunStore(PAYMENTS).of_day(day)]


def nobody_is_paid_twice(town: Town) -> None:
    assert max(town.bank.paid().values(), default=0) <= 1, "\n".join(town.history)


def who_was_paid_is_known_as_paid(town: Town) -> None:
    """And nobody else; who was not is where people see it: approved or back."""
    paid = town.bank.paid()
    for invoice in PaymentsStore(PAYMENTS).get_many(town.invoices):
        told = "\n".join([*town.history, str(invoice)])
        assert invoice.state is not InvoiceState.RELEASED, told
        if invoice.invoice_id not in town.odd:  # else it was told, to be cleared up by people
            assert (invoice.state is InvoiceState.PAID) is (paid[invoice.invoice_id] == 1), told


def test_whatever_goes_wrong_nobody_is_paid_twice_and_everybody_paid_is_known() -> None:
    done: Counter[str] = Counter()
    for seed in SEEDS:
        with local_aws():
            town = Town(Random(seed), done)  # noqa: S311 (for a test)
            for _ in range(STEPS):
                town.step()
                nobody_is_paid_twice(town)
            town.end()
            nobody_is_paid_twice(town)
            who_was_paid_is_known_as_paid(town)
    wanted = {"made", "released", "prepared", "sent", "imported", "took", "bank booked", "bank rejected", "withdrawn"}
    assert wanted <= {what for what, count in done.items() if count}, done
