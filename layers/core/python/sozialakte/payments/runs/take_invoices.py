"""Take the invoices of a released run, one by one: each is released, or dropped because it changed meanwhile.

Every step is conditional on the invoice being as the order book says, so an invoice is taken by one run only, and
taking it twice is taking it once. Invoices whose ids begin alike are taken by one thread: they share counters of the
ledger, and two transactions on one counter would only make each other wait.

Nothing is taken, and nothing given back, of which the bank has spoken: that is a condition of the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TypeVar

from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.creditors import against_paying
from sozialakte.payments.invoice import MACHINE, Act, Duty, Invoice, end_to_end_id, invoice_named
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.runs.orders import Order
from sozialakte.payments.runs.payable import BANK_SPOKE
from sozialakte.payments.runs.run import LeftOut, PaymentRun, RunAct
from sozialakte.payments.store import InvoiceChangedError, PaymentsStore
from sozialakte.runtime.dynamo import Part, WriteConflictError
from sozialakte.shared.reasons import Reason

T = TypeVar("T")
TAKEN, GIVEN_BACK = "release", "not_sent"
"""Acts on invoices."""
_AT_ONCE = 100
_ATTEMPTS = 6


@dataclass(frozen=True)
class TakeInvoices:
    """The use case. ``release``: who released the run, and when. ``threads``: how many work at once."""

    store: PaymentsStore
    bank: BankBook
    run: PaymentRun
    release: RunAct
    threads: int = 1

    def take(self, orders: Iterable[Order]) -> list[LeftOut]:
        """Take these orders' invoices; those that could not be, by id."""
        shards = [list(shard) for _, shard in groupby(_sorted(orders), key=lambda order: order.invoice_id[0])]
        if self.threads == 1:
            return [one for shard in shards for one in self._take_shard(shard)]
        with ThreadPoolExecutor(self.threads) as pool:
            return [one for found in pool.map(self._take_shard, shards) for one in found]

    def give_back(self, end_to_end_ids: Iterable[str], by: RunAct) -> GivenBack:
        """Those of these payments' invoices that are released in this run have not gone out: they are approved again.

        One of which the bank has spoken did go out, by whatever file: it stays released.
        """
        released = (name for some in _hundreds(end_to_end_ids) for name in self._released(some))
        done = [(name, self._give_back(name, by)) for name in released]
        known = tuple(name for name, was_given_back in done if was_given_back is False)
        return GivenBack(sum(was_given_back is True for _, was_given_back in done), known)

    def is_taken(self, invoice: Invoice, end_to_end: str) -> bool:
        """It is released by this run as this payment."""
        released = invoice.state is InvoiceState.RELEASED and invoice.run_id == self.run.run_id
        return released and end_to_end_id(invoice.invoice_id, invoice.attempt) == end_to_end

    def _take_shard(self, orders: list[Order]) -> list[LeftOut]:
        return [dropped for some in _hundreds(orders) for dropped in self._take_some(some)]

    def _take_some(self, orders: list[Order]) -> Iterator[LeftOut]:
        invoices = {one.invoice_id: one for one in self.store.get_many(order.invoice_id for order in orders)}
        creditors = self.store.creditors.find_many(one.creditor_id for one in invoices.values() if one.creditor_id)
        for order in orders:
            invoice = invoices[order.invoice_id]
            untrusted = against_paying(
                creditors.get(invoice.creditor_id or ""), invoice, invoice.persons_with(Duty.ENTER)
            )
            reason = self._take(invoice, order, untrusted)
            if reason:
                yield LeftOut(order.invoice_id, (reason,))

    def _take(self, invoice: Invoice, order: Order, untrusted: Reason | None) -> Reason | None:
        """None if it is taken, now or before, else why not."""
        name = order.payment.end_to_end_id
        if self.is_taken(invoice, name):
            return None
        against = against_taking(invoice, order) or untrusted
        if against:
            return against
        act = Act(Duty.RELEASE, TAKEN, self.release.by, self.release.at, invoice.round, reason=self.run.run_id)
        taken = invoice.step(InvoiceState.RELEASED, act, run_id=self.run.run_id, attempt=order.attempt)
        try:
            save_patiently(self.store, invoice, taken, self.bank.silence_part(name))
        except InvoiceChangedError as error:
            if self.is_taken(error.current, name):
                return None
            return Reason(BANK_SPOKE) if error.current == invoice else _changed(error.current)
        return None

    def _released(self, end_to_end_ids: list[str]) -> Iterator[str]:
        ours = {name: named[0] for name in end_to_end_ids if (named := invoice_named(name))}
        found = {one.invoice_id: one for one in self.store.get_many(ours.values())}
        return (
            name for name, invoice_id in ours.items() if invoice_id in found and self.is_taken(found[invoice_id], name)
        )

    def _give_back(self, name: str, by: RunAct) -> bool | None:
        """Whether it is approved again; None if it is not released any more."""
        invoice = self.store.get(name.partition("-")[0])
        if not self.is_taken(invoice, name):
            return None
        act = Act(Duty.SETTLE, GIVEN_BACK, by.by, by.at, invoice.round, reason=self.run.run_id)
        approved = invoice.step(InvoiceState.APPROVED, act, run_id=None)
        try:
            save_patiently(self.store, invoice, approved, self.bank.silence_part(name))
        except InvoiceChangedError as error:
            if error.current != invoice:
                raise
            return False
        return True


@dataclass(frozen=True)
class GivenBack:
    """How many invoices are approved again, and the payments of those that are not, because the bank knows them."""

    count: int
    known: tuple[str, ...]


def against_taking(invoice: Invoice, order: Order) -> Reason | None:
    """Why an order's invoice cannot be taken: it is not as the order book says."""
    if invoice.state is InvoiceState.APPROVED and invoice.version == order.version:
        return None
    return _changed(invoice)


def machine_act(what: str, release: RunAct) -> RunAct:
    """What the machine does because of a release; its time makes it the same in every rerun."""
    return RunAct(what, MACHINE, release.at)


def _changed(invoice: Invoice) -> Reason:
    if invoice.run_id and invoice.state is InvoiceState.RELEASED:
        return Reason("run.in_other_run", {"run_id": invoice.run_id})
    return Reason("run.changed", {"state": str(invoice.state)})


def save_patiently(store: PaymentsStore, before: Invoice, after: Invoice, *others: Part) -> None:
    """Save it, again if somebody else's transaction was on one of its counters. Raises `InvoiceChangedError`."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return store.save(before, after, *others)
        except WriteConflictError:
            continue
    return store.save(before, after, *others)


def _sorted(orders: Iterable[Order]) -> list[Order]:
    return sorted(orders, key=lambda order: order.invoice_id)


def _hundreds(some_of_many: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(some_of_many)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
