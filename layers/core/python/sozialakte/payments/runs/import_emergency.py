"""Take over an emergency file after the platform is back: what went out is released, what did not is approved again.

The file is the truth, whatever the platform has done meanwhile. What does not fit it is told, and what may have been
paid is never paid once more by a run. Again: the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sozialakte.payments.invoice import Act, Duty, Invoice, invoice_named
from sozialakte.payments.invoice_states import SETTLED, UNPAID, InvoiceState
from sozialakte.payments.runs.export_run import book_of_run
from sozialakte.payments.runs.files import BankFiles, dropped_key, out_key
from sozialakte.payments.runs.order_book import write_dropped
from sozialakte.payments.runs.orders import Order
from sozialakte.payments.runs.payable import SENT_IN_EMERGENCY
from sozialakte.payments.runs.run import (
    SHOWN,
    LeftOut,
    Origin,
    PaymentRun,
    RunAct,
    RunFile,
    RunState,
    run_named,
    started,
    totals_of,
)
from sozialakte.payments.runs.sent_payments import SentFile, SentPayment, read_sent
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.runs.take_invoices import TAKEN, TakeInvoices, save_patiently
from sozialakte.payments.store import PaymentsStore
from sozialakte.shared.reasons import Reason

_Read = Mapping[str, tuple[bytes, SentFile]]


class EmergencyFileError(ValueError):
    """The files cannot be taken over. ``reason`` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True)
class Imported:
    """What was taken over.

    ``released``: how many payments of the files are released now, or were. ``given_back``: invoices of the platform's
    own run that are not in them. ``odd``: what does not fit, by invoice or, if there is none, by the bank's id.
    """

    run: PaymentRun
    released: int
    given_back: int
    odd: tuple[LeftOut, ...]


@dataclass(frozen=True)
class ImportEmergency:
    """The use case. ``by`` says that the bank has got these files."""

    runs: RunStore
    files: BankFiles
    store: PaymentsStore
    by: str
    now: datetime

    def __call__(self, bodies: Iterable[bytes]) -> Imported:
        """Take over all files of a run.

        Raises `EmergencyFileError`, `UnreadableMessageError`; `RunChangedError` and `InvoiceChangedError`: come again.
        """
        read = {sent.message_id: (body, sent) for body, sent in ((body, read_sent(body)) for body in bodies)}
        sent = [one for _, one in read.values()]
        payments = [payment for file in sent for payment in file.payments]
        run_id, invoices = _run_of(sent), self._invoices(payments)
        before = self.runs.find(run_id)
        orders = book_of_run(self.files, before).orders if before and before.book else ()
        dropped = _dropped(orders, {payment.end_to_end_id for payment in payments})
        # First: from now on the platform writes no file of its own.
        run = self._exported(before, run_id, read, dropped)
        self._keep(run, read, dropped)
        odd = [found for payment in payments for found in self._take(run, payment, invoices)]
        given_back = self._give_back(run, orders, dropped)
        released = sum(one.run_id == run_id for one in self.store.get_many(invoices))
        return Imported(run, released, given_back, tuple(odd))

    def _invoices(self, payments: list[SentPayment]) -> dict[str, Invoice]:
        """The invoices paid. Raises `EmergencyFileError` if ``by`` has entered or approved one of them."""
        named = [found[0] for payment in payments if (found := invoice_named(payment.end_to_end_id))]
        invoices = {one.invoice_id: one for one in self.store.get_many(named)}
        own = sum(self.by in _decided(one) for one in invoices.values())
        if own:
            raise EmergencyFileError(Reason("emergency.has_decided", {"count": str(own)}))
        return invoices

    def _exported(
        self, before: PaymentRun | None, run_id: str, read: _Read, dropped: tuple[LeftOut, ...]
    ) -> PaymentRun:
        """The run, with these files as those that went out."""
        files = tuple(_run_file(body, sent) for body, sent in read.values())
        if before and before.origin is Origin.EMERGENCY and before.files == files:
            return before
        what = {
            "files": files,
            "origin": Origin.EMERGENCY,
            "totals": totals_of((one.currency, one.amount) for _, sent in read.values() for one in sent.payments),
            "dropped": dropped[:SHOWN],
            "dropped_count": len(dropped),
        }
        run = before or started(run_id, _day_of(run_id), _day_of(run_id), RunAct("made", self.by, self.now))
        return self.runs.save(before, run.step(RunState.EXPORTED, RunAct("imported", self.by, self.now), **what))

    def _keep(self, run: PaymentRun, read: _Read, dropped: tuple[LeftOut, ...]) -> None:
        """The files where the bank's answers look for them, and what a process of the platform must give back."""
        for message_id, (body, _) in read.items():
            self.files.put(out_key(message_id), body)
        if run.book:
            self.files.put(dropped_key(run.run_id), write_dropped(dropped))

    def _take(self, run: PaymentRun, sent: SentPayment, invoices: Mapping[str, Invoice]) -> Iterator[LeftOut]:
        """Release what a payment is for; what does not fit."""
        named = invoice_named(sent.end_to_end_id)
        invoice = invoices.get(named[0]) if named else None
        if named is None or invoice is None:
            yield LeftOut(sent.end_to_end_id, (Reason("emergency.unknown"),))
            return
        odd = [*against_release(run, invoice, named[1]), *_other_money(invoice, sent)]
        if (invoice.run_id, invoice.attempt) != (run.run_id, named[1]):
            self._note(run, invoice, named[1], fits=not any(against_release(run, invoice, named[1])))
        if odd:
            yield LeftOut(invoice.invoice_id, tuple(odd))

    def _note(self, run: PaymentRun, invoice: Invoice, attempt: int, *, fits: bool) -> None:
        doubts = tuple(doubt for doubt in invoice.doubts if doubt.code != SENT_IN_EMERGENCY)
        if fits:
            act = Act(Duty.RELEASE, TAKEN, self.by, self.now, invoice.round, reason=run.run_id)
            facts = {"run_id": run.run_id, "attempt": attempt, "doubts": doubts}
            save_patiently(self.store, invoice, invoice.step(InvoiceState.RELEASED, act, **facts))
        elif invoice.state in UNPAID and doubts == invoice.doubts:
            act = Act(Duty.SETTLE, "sent_in_emergency", self.by, self.now, invoice.round, reason=run.run_id)
            doubt = Reason(SENT_IN_EMERGENCY, {"run_id": run.run_id})
            save_patiently(self.store, invoice, invoice.changed(act, doubts=(*doubts, doubt)))

    def _give_back(self, run: PaymentRun, orders: tuple[Order, ...], dropped: tuple[LeftOut, ...]) -> int:
        ids, act = {one.invoice_id for one in dropped}, RunAct("not_sent", self.by, self.now)
        return TakeInvoices(self.store, run, act).give_back((one for one in orders if one.invoice_id in ids), act)


def against_release(run: PaymentRun, invoice: Invoice, attempt: int) -> Iterator[Reason]:
    """Why a payment that went out cannot be the release of its invoice."""
    if (invoice.run_id, invoice.attempt) == (run.run_id, attempt):
        return  # it is, or was until the bank answered
    if invoice.state in SETTLED:
        yield Reason("emergency.paid_before")
    elif invoice.state is InvoiceState.RELEASED:
        yield Reason("emergency.in_other_run", {"run_id": invoice.run_id or "-"})
    elif invoice.state is not InvoiceState.APPROVED or attempt not in {invoice.attempt, invoice.attempt + 1}:
        yield Reason("emergency.changed", {"state": str(invoice.state)})


def _other_money(invoice: Invoice, sent: SentPayment) -> Iterator[Reason]:
    owed = invoice.owed
    told = (owed.amount, owed.currency) if owed else None
    if told != (sent.amount, sent.currency):
        yield Reason("emergency.other_amount", {"sent": f"{sent.currency} {sent.amount}", "owed": str(owed or "-")})
    if invoice.terms.iban != sent.iban:
        yield Reason("emergency.other_iban")


def _dropped(orders: Iterable[Order], sent: Collection[str]) -> tuple[LeftOut, ...]:
    """What of the platform's own order book is not in the files."""
    missing = (order.invoice_id for order in orders if order.payment.end_to_end_id not in sent)
    return tuple(LeftOut(invoice_id, (Reason("run.not_sent"),)) for invoice_id in missing)


def _run_of(files: list[SentFile]) -> str:
    runs = {run_named(file.message_id) for file in files}
    if len(runs) != 1:
        raise EmergencyFileError(Reason("emergency.several_runs"))
    (run_id,) = runs
    if run_id is None:
        raise EmergencyFileError(Reason("emergency.foreign_id"))
    return run_id


def _day_of(run_id: str) -> date:
    return datetime.strptime(run_id[1:9], "%Y%m%d").date()  # noqa: DTZ007 (a day has no zone)


def _run_file(body: bytes, sent: SentFile) -> RunFile:
    return RunFile(sent.message_id, len(sent.payments), sent.total, sha256(body).hexdigest())


def _decided(invoice: Invoice) -> frozenset[str]:
    return invoice.persons_with(Duty.ENTER) | invoice.persons_with(Duty.APPROVE)
