"""Take over an emergency file after the platform is back: what went out is released, what did not is approved again.

The file is the truth, whatever the platform has done meanwhile, unless the bank may have taken the platform's own
(`import_guard`). What does not fit it is told, and what may have been paid is never paid once more by a run: nothing is
given back of which the bank has spoken, and what it told too early is settled at once. Again: the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sozialakte.payments.bank.settle_payments import SettlePayments
from sozialakte.payments.invoice import MACHINE, Act, Duty, Invoice, invoice_named
from sozialakte.payments.invoice_states import SETTLED, UNPAID, InvoiceState
from sozialakte.payments.iso20022.orders import Order as SentOrder
from sozialakte.payments.iso20022.orders import SentFile, read_sent
from sozialakte.payments.runs.emergency_release import EmergencyRelease
from sozialakte.payments.runs.export_run import book_of_run
from sozialakte.payments.runs.files import BankFiles, dropped_key, out_key, replaced_key
from sozialakte.payments.runs.import_guard import against_import, against_release_of
from sozialakte.payments.runs.order_book import write_dropped
from sozialakte.payments.runs.orders import Order
from sozialakte.payments.runs.our_files import our_files
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
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.runs.take_invoices import TAKEN, GivenBack, TakeInvoices, save_patiently
from sozialakte.payments.runs.verify_release import VerifyRelease
from sozialakte.payments.store import PaymentsStore
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

RELEASED_IN_EMERGENCY, AGAINST_RULES = "released_in_emergency", "released_against_rules"
"""Acts on a run."""
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
    ``against_rules``: why the files should not have been released as they were. ``settled``: payments of which the bank
    had spoken before.
    """

    run: PaymentRun
    released: int
    given_back: int
    odd: tuple[LeftOut, ...]
    against_rules: tuple[Reason, ...] = ()
    settled: int = 0

    @property
    def fits(self) -> bool:
        """Nobody has to look at anything."""
        return not self.odd and not self.against_rules


@dataclass(frozen=True)
class ImportEmergency:
    """The use case. ``by`` says that the bank has got these files, which somebody else has released.

    ``bank_refused_ours``: they have seen that it refused the file that the platform wrote itself.
    """

    runs: RunStore
    files: BankFiles
    settle: SettlePayments
    verify: VerifyRelease
    by: str
    now: datetime
    bank_refused_ours: bool = False

    @property
    def store(self) -> PaymentsStore:
        """The invoices."""
        return self.settle.store

    def __call__(self, bodies: Iterable[bytes], release: EmergencyRelease) -> Imported:
        """Take over all files of a run.

        Raises `EmergencyFileError`, `UnreadableMessageError`; `RunChangedError` and `InvoiceChangedError`: come again.
        """
        read = {sent.message_id: (body, sent) for body, sent in ((body, read_sent(body)) for body in bodies)}
        sent = [one for _, one in read.values()]
        payments = [payment for file in sent for payment in file.orders]
        run_id, invoices = _run_of(sent), self._invoices(payments)
        before = self.runs.find(run_id)
        names = {payment.end_to_end_id for payment in payments}
        self._refuse(before, run_id, read, release, names)
        against = self.verify(release, _files(read), list(invoices.values()), self.by)
        orders = book_of_run(self.files, before).orders if before and before.book else ()
        dropped = _dropped(orders, names)
        # First: from now on the platform writes no file of its own.
        run = self._exported(before, run_id, read, dropped, release, against)
        self._keep(run, read, dropped)
        odd = [found for payment in payments for found in self._take(run, payment, invoices, release)]
        back = self._give_back(run, orders, dropped)
        kept = [LeftOut(name.partition("-")[0], (Reason("emergency.bank_knows"),)) for name in back.known]
        settled = self._settle([*(payment.end_to_end_id for payment in payments), *back.known])
        released = sum(one.run_id == run_id for one in self.store.get_many(invoices))
        return Imported(run, released, back.count, (*odd, *kept), against, settled)

    def _refuse(
        self, before: PaymentRun | None, run_id: str, read: _Read, release: EmergencyRelease, given: Set[str]
    ) -> None:
        files = _files(read)
        ours = our_files(self.files, self.settle.book, before, files)
        for reason in (
            *self.verify.against_importer(self.by),
            *against_release_of(release, run_id, files),
            *against_import(before, ours, files, given, bank_refused_ours=self.bank_refused_ours),
        ):
            raise EmergencyFileError(reason)

    def _invoices(self, payments: list[SentOrder]) -> dict[str, Invoice]:
        named = [found[0] for payment in payments if (found := invoice_named(payment.end_to_end_id))]
        return {one.invoice_id: one for one in self.store.get_many(named)}

    def _settle(self, end_to_end_ids: Iterable[str]) -> int:
        """What the bank told before we knew of these payments; of how many."""
        told = self.settle.book.facts_of(end_to_end_ids)
        return sum(self.settle.look_again(name) for name, facts in told.items() if facts.version)

    def _exported(
        self,
        before: PaymentRun | None,
        run_id: str,
        read: _Read,
        dropped: tuple[LeftOut, ...],
        release: EmergencyRelease,
        against: tuple[Reason, ...],
    ) -> PaymentRun:
        """The run, with these files as those that went out."""
        files = _files(read)
        if before and before.state is RunState.EXPORTED and (before.origin, before.files) == (Origin.EMERGENCY, files):
            return before
        what = {
            "files": files,
            "origin": Origin.EMERGENCY,
            "totals": totals_of((one.currency, one.amount) for _, sent in read.values() for one in sent.orders),
            "dropped": dropped[:SHOWN],
            "dropped_count": len(dropped),
        }
        run = before or started(run_id, _day_of(run_id), _day_of(run_id), RunAct("made", self.by, self.now))
        released = RunAct(RELEASED_IN_EMERGENCY, release.releaser, release.released_at)
        imported = RunAct("imported", self.by, self.now)
        after = run.changed(released).step(RunState.EXPORTED, imported, **what)
        if against:
            after = after.changed(RunAct(AGAINST_RULES, MACHINE, self.now, " ".join(map(say, against))))
        return self.runs.save(before, after)

    def _keep(self, run: PaymentRun, read: _Read, dropped: tuple[LeftOut, ...]) -> None:
        """The files where the bank's answers look for them, and what a process of the platform must give back."""
        for message_id, (body, _) in read.items():
            there = self.files.find(out_key(message_id))
            if there is not None and there != body:
                self.files.keep_first(replaced_key(message_id, sha256(there).hexdigest()), there)
            self.files.put(out_key(message_id), body)
        if run.book:
            self.files.put(dropped_key(run.run_id), write_dropped(dropped))

    def _take(
        self, run: PaymentRun, sent: SentOrder, invoices: Mapping[str, Invoice], release: EmergencyRelease
    ) -> Iterator[LeftOut]:
        """Release what a payment is for; what does not fit."""
        named = invoice_named(sent.end_to_end_id)
        invoice = invoices.get(named[0]) if named else None
        if named is None or invoice is None:
            yield LeftOut(sent.end_to_end_id, (Reason("emergency.unknown"),))
            return
        odd = [*against_release(run, invoice, named[1]), *_other_money(invoice, sent)]
        if (invoice.run_id, invoice.attempt) != (run.run_id, named[1]):
            self._note(run, invoice, named[1], None if any(against_release(run, invoice, named[1])) else release)
        if odd:
            yield LeftOut(invoice.invoice_id, tuple(odd))

    def _note(self, run: PaymentRun, invoice: Invoice, attempt: int, release: EmergencyRelease | None) -> None:
        doubts = tuple(doubt for doubt in invoice.doubts if doubt.code != SENT_IN_EMERGENCY)
        if release:
            act = Act(Duty.RELEASE, TAKEN, release.releaser, release.released_at, invoice.round, reason=run.run_id)
            facts = {"run_id": run.run_id, "attempt": attempt, "doubts": doubts}
            save_patiently(self.store, invoice, invoice.step(InvoiceState.RELEASED, act, **facts))
        elif invoice.state in UNPAID and doubts == invoice.doubts:
            act = Act(Duty.SETTLE, "sent_in_emergency", self.by, self.now, invoice.round, reason=run.run_id)
            doubt = Reason(SENT_IN_EMERGENCY, {"run_id": run.run_id})
            save_patiently(self.store, invoice, invoice.changed(act, doubts=(*doubts, doubt)))

    def _give_back(self, run: PaymentRun, orders: tuple[Order, ...], dropped: tuple[LeftOut, ...]) -> GivenBack:
        ids, act = {one.invoice_id for one in dropped}, RunAct("not_sent", self.by, self.now)
        missing = (one.payment.end_to_end_id for one in orders if one.invoice_id in ids)
        return TakeInvoices(self.store, self.settle.book, run, act).give_back(missing, act)


def against_release(run: PaymentRun, invoice: Invoice, attempt: int) -> Iterator[Reason]:
    """Why a payment that went out cannot be the release of its invoice."""
    if (invoice.run_id, invoice.attempt) == (run.run_id, attempt):
        return  # it is, or was until the bank answered
    if invoice.state in SETTLED:
        yield Reason("emergency.paid_before", {"run_id": invoice.run_id or "-"})
    elif invoice.state is InvoiceState.RELEASED:
        yield Reason("emergency.in_other_run", {"run_id": invoice.run_id or "-"})
    elif invoice.state is not InvoiceState.APPROVED or attempt not in {invoice.attempt, invoice.attempt + 1}:
        yield Reason("emergency.changed", {"state": str(invoice.state)})


def _other_money(invoice: Invoice, sent: SentOrder) -> Iterator[Reason]:
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


def _files(read: _Read) -> tuple[RunFile, ...]:
    found = (
        RunFile(name, len(sent.orders), sent.total, sha256(body).hexdigest()) for name, (body, sent) in read.items()
    )
    return tuple(sorted(found, key=lambda file: file.message_id))
