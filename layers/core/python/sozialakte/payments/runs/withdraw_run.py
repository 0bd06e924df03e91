"""Withdraw a run whose files never reached the bank: nothing of it goes out, its invoices are approved again.

First the files are taken away, so that no transfer carries them to the bank any more; then the run is cancelled; then
its invoices are given back, each only if the bank has never spoken of its payment. What an emergency file paid
meanwhile goes over to the run of that file. Cut off at any point, it is run again; done, again is nothing.

People say that the bank has not got the files. If it has, it speaks of them one day: that is told, the bills go back
to people, and no run pays them once more (`SentOrders`, `PaymentFacts`, `PayInvoices`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime

from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.invoice import Act, Duty, Invoice, end_to_end_id, invoice_named
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.iso20022.orders import read_sent
from sozialakte.payments.runs.export_run import book_of_run
from sozialakte.payments.runs.files import BankFiles
from sozialakte.payments.runs.payable import SENT_IN_EMERGENCY
from sozialakte.payments.runs.resume_runs import STUCK_AFTER
from sozialakte.payments.runs.run import WITHDRAWN, LeftOut, Origin, PaymentRun, RunAct, RunState
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.runs.take_invoices import TakeInvoices, save_patiently
from sozialakte.payments.store import PaymentsStore
from sozialakte.register import RegisterStore
from sozialakte.shared.access import Role
from sozialakte.shared.clock import zurich_time
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

MAY_WITHDRAW = frozenset({Role.ACCOUNTING, Role.PAYMENTRELEASE})
_LOOKED_AT = 300
"""Of the newest runs: an emergency file that holds a payment of this run is of about the same day."""


class WithdrawRefusedError(Exception):
    """The run is not withdrawn. ``reason`` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True)
class Withdrawn:
    """What was done now. ``given_back``: invoices approved again. ``moved``: bills that went over to an emergency.

    ``kept``: of these the bank has spoken meanwhile, so they stay released.
    """

    run: PaymentRun
    given_back: int
    moved: int
    kept: tuple[LeftOut, ...]


@dataclass(frozen=True)
class WithdrawRun:
    """The use case. ``by`` has seen that the bank has not got the files; ``roles``: theirs, None if nobody knows."""

    runs: RunStore
    files: BankFiles
    store: PaymentsStore
    bank: BankBook
    register: RegisterStore
    roles: Set[Role] | None
    by: str
    now: datetime

    def __call__(self, run_id: str, reason: str) -> Withdrawn:
        """Withdraw it.

        Raises `WithdrawRefusedError`, `UnknownRunError`; `RunChangedError` and `InvoiceChangedError`: come again.
        """
        run = self.runs.get(run_id)
        self._refuse_person(reason)
        payments = self._payments(run) if run.files else frozenset()
        elsewhere = self._elsewhere(run, payments)
        if run.withdrawal is None:
            self._refuse(run, payments, elsewhere.keys())
        for file in run.files:
            self.files.take_away(file.message_id)
        self._refuse_fresh(run)
        # Before the run ends: until then no process of the platform gives back what went out by another file.
        moved = self._move(run, elsewhere)
        act = run.withdrawal or RunAct(WITHDRAWN, self.by, self.now, reason)
        if run.withdrawal is None:
            run = self.runs.save(run, run.step(RunState.CANCELLED, act))
        back = TakeInvoices(self.store, self.bank, run, act).give_back(self._taken(run, payments), act)
        kept = (LeftOut(name.partition("-")[0], (Reason("withdraw.bank_knows"),)) for name in back.known)
        return Withdrawn(run, back.count, moved, tuple(kept))

    def _refuse_person(self, reason: str) -> None:
        member = self.register.find_staff_member(self.by)
        if member is None or not member.active:
            raise WithdrawRefusedError(Reason("emergency.by_unknown", {"by": self.by}))
        if self.roles is not None and not MAY_WITHDRAW & self.roles:
            raise WithdrawRefusedError(Reason("withdraw.by_role", {"by": self.by}))
        if not reason.strip():
            raise WithdrawRefusedError(Reason("withdraw.reason"))

    def _refuse(self, run: PaymentRun, payments: Set[str], elsewhere: Set[str]) -> None:
        if run.state is not RunState.EXPORTED:
            state = say(Reason(f"run_state.{run.state}"))
            raise WithdrawRefusedError(Reason("withdraw.not_exported", {"run_id": run.run_id, "state": state}))
        answered = sorted(self.bank.file_answers(file.message_id for file in run.files))
        if answered:
            raise WithdrawRefusedError(Reason("withdraw.answered", {"files": ", ".join(answered)}))
        told = self.bank.facts_of(sorted(payments - elsewhere))
        spoken = sum(bool(facts.version) for facts in told.values())
        if spoken:
            told_of = {"run_id": run.run_id, "count": str(spoken)}
            raise WithdrawRefusedError(Reason("withdraw.bank_spoke", told_of))

    def _refuse_fresh(self, run: PaymentRun) -> None:
        """A slow process of the platform may put a file there once more: not after this time."""
        done = run.since + STUCK_AFTER
        if run.withdrawal is None and run.release is not None and self.now < done:
            at = f"{zurich_time(done):%H:%M}"
            raise WithdrawRefusedError(Reason("withdraw.too_fresh", {"run_id": run.run_id, "at": at}))

    def _payments(self, run: PaymentRun) -> frozenset[str]:
        """All payments in the files, by end to end id."""
        return frozenset(name for file in run.files for name in self._names_in(file.message_id))

    def _names_in(self, message_id: str) -> Iterable[str]:
        body = self.files.written(message_id)
        if body is None:
            raise WithdrawRefusedError(Reason("withdraw.file_gone", {"file": message_id}))
        return [order.end_to_end_id for order in read_sent(body).orders]

    def _elsewhere(self, run: PaymentRun, payments: Set[str]) -> dict[str, str]:
        """Those of these payments that are in a file of an emergency too, with the run of that file."""
        emergencies = (
            other
            for other in self.runs.newest(_LOOKED_AT).runs
            if (other.origin, other.state) == (Origin.EMERGENCY, RunState.EXPORTED) and other.run_id != run.run_id
        )
        return {name: other.run_id for other in emergencies for name in self._payments(other) if name in payments}

    def _taken(self, run: PaymentRun, payments: Set[str]) -> list[str]:
        """All that may be released in it: what stands in its files, and what a process took that did not write them."""
        ordered = book_of_run(self.files, run).orders if run.book else ()
        return sorted(payments | {order.payment.end_to_end_id for order in ordered})

    def _move(self, run: PaymentRun, elsewhere: Mapping[str, str]) -> int:
        names = {named[0]: name for name in elsewhere if (named := invoice_named(name))}
        found = [one for one in self.store.get_many(names) if _is_released_as(one, run, names[one.invoice_id])]
        for invoice in found:
            other = elsewhere[names[invoice.invoice_id]]
            act = Act(Duty.SETTLE, "in_emergency_file", self.by, self.now, invoice.round, reason=other)
            doubts = tuple(doubt for doubt in invoice.doubts if doubt.code != SENT_IN_EMERGENCY)
            save_patiently(self.store, invoice, invoice.changed(act, run_id=other, doubts=doubts))
        return len(found)


def _is_released_as(invoice: Invoice, run: PaymentRun, name: str) -> bool:
    is_of_run = invoice.state is InvoiceState.RELEASED and invoice.run_id == run.run_id
    return is_of_run and end_to_end_id(invoice.invoice_id, invoice.attempt) == name
