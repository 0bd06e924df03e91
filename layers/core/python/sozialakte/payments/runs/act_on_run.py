"""What people do with a run: make it, check its sample, release it, cancel it.

Whoever releases it has neither entered nor approved any of its invoices, for themselves or in somebody's place, and
gets no money by it. After a standstill they say that no emergency file waits to be imported. An invoice of the sample
that is wrong goes back to whoever enters it, and the run goes on without.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sozialakte.payments.approval import Actor
from sozialakte.payments.creditors import payees_of
from sozialakte.payments.invoice import Act, Duty, Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.office import Office
from sozialakte.payments.rules import require
from sozialakte.payments.runs.run import (
    CANCELLED,
    MADE,
    RELEASED,
    PaymentRun,
    RunAct,
    RunState,
    SampleResult,
    against_releasing,
)
from sozialakte.payments.runs.standstills import STOOD_STILL, Standstills
from sozialakte.payments.runs.store import RunChangedError, RunStore
from sozialakte.payments.store import InvoiceChangedError, PaymentsStore
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

SAMPLE_WRONG = "sample_wrong"
FURTHEST = 60
"""Days from today to the execution day: no bank takes a payment for later (SPS 2025, CH04), none for the past."""


@dataclass(frozen=True)
class ActOnRun:
    """Somebody acts on runs. All raise `RuleBrokenError`; on a run there is: `UnknownRunError`, `RunChangedError`.

    ``others_pay``: the city's creditor workflow or the case system does, so there are no runs.
    """

    runs: RunStore
    store: PaymentsStore
    office: Office
    actor: Actor
    now: datetime
    standstills: Standstills
    others_pay: bool = False

    def make(self, execution_day: date, due_until: date) -> PaymentRun:
        """A run for a day, of what is due until another. Raises `OtherRunOpenError`, `NoMoreRunsError`."""
        away = (execution_day - zurich_date(self.now)).days
        require(Reason("run.others_pay") if self.others_pay else None)
        require(None if 0 <= away <= FURTHEST else Reason("run.execution_day", {"most": str(FURTHEST)}))
        return self.runs.start(execution_day, due_until, self._act(MADE))

    def check(self, run_id: str, invoice_id: str, *, right: bool, reason: str | None) -> PaymentRun:
        """Say of a payment of the sample that it is right, or what is wrong with it."""
        run = self.runs.get(run_id)
        item = next((one for one in run.sample if one.invoice_id == invoice_id), None)
        require(
            None if run.state is RunState.CHECKING else Reason("run.not_checking"),
            None if item else Reason("run.not_in_sample"),
        )
        if item and item.result:
            if (item.result.by, item.result.right, item.result.reason) == (self.actor.staff_id, right, reason):
                return run
            require(Reason("run.checked_before", {"by": item.result.by}))
        invoice = self.store.get(invoice_id)
        require(self._against_checking(invoice))
        after = run.with_result(invoice_id, SampleResult(self.actor.staff_id, self.now, right, reason))
        if right or invoice.state is not InvoiceState.APPROVED:
            return self.runs.save(run, after)
        return self._send_back(run, after, invoice, reason)

    def release(self, run_id: str, version: int, *, no_emergency_open: bool = False) -> PaymentRun:
        """Pay it. ``no_emergency_open``: they say that no emergency file waits to be imported."""
        run = self.runs.get(run_id)
        if self._was_done(run, version, RELEASED):
            return run
        self._check_version(run, version)
        require(Reason("run.others_pay") if self.others_pay else None)
        require(None if run.state is RunState.CHECKING else Reason("run.not_checking"))
        circles = self.office.circle_of(run.payees, self.now)
        require(against_releasing(run, self.actor.persons, circles))
        if not self.standstills.get().is_open(self.now):
            return self.runs.save(run, run.step(RunState.RELEASED, self._act(RELEASED)))
        require(None if no_emergency_open else STOOD_STILL)
        act = self._act(RELEASED, say(Reason("run.no_emergency_open")))
        return self.runs.save(run, run.step(RunState.RELEASED, act), self.standstills.said(self.now))

    def cancel(self, run_id: str, version: int, reason: str) -> PaymentRun:
        """Nothing of it is paid; what it holds waits for another run.

        Once it is released only if no file of it was written because it breaks rules: the machine gives back then.
        """
        run = self.runs.get(run_id)
        if self._was_done(run, version, CANCELLED):
            return run
        self._check_version(run, version)
        if run.is_refused:
            return self.runs.save(run, run.changed(self._act(CANCELLED, reason)))
        cancellable = run.state in {RunState.BUILDING, RunState.CHECKING}
        require(None if cancellable else Reason("run.not_cancellable"))
        return self.runs.save(run, run.step(RunState.CANCELLED, self._act(CANCELLED, reason)))

    def _send_back(self, run: PaymentRun, after: PaymentRun, invoice: Invoice, reason: str | None) -> PaymentRun:
        act = Act(Duty.SETTLE, SAMPLE_WRONG, self.actor.staff_id, self.now, invoice.round, reason=reason)
        returned = invoice.step(InvoiceState.RETURNED, act, waits_for=None, round=invoice.round + 1)
        try:
            self.store.save(invoice, returned, self.runs.part(run, after))
        except InvoiceChangedError as error:
            if error.current.version == invoice.version:  # it was the run that changed
                raise RunChangedError(self.runs.get(run.run_id)) from error
            raise
        return after

    def _against_checking(self, invoice: Invoice) -> Reason | None:
        payees = payees_of(invoice, self.store.creditors.find(invoice.creditor_id))
        circle = self.office.circle_of(payees, self.now)
        return Reason("run.own_invoice") if self.actor.persons & (invoice.deciders | circle) else None

    def _was_done(self, run: PaymentRun, version: int, what: str) -> bool:
        done = [act for act in run.acts if act.what == what and act.by == self.actor.staff_id]
        return bool(done) and run.version > version

    def _check_version(self, run: PaymentRun, version: int) -> None:
        if run.version != version:
            raise RunChangedError(run)

    def _act(self, what: str, reason: str | None = None) -> RunAct:
        return RunAct(what, self.actor.staff_id, self.now, reason)
