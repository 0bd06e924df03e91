"""Write down all that could be paid now, for the day on which all else fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sozialakte.payments.invoice import Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.runs.build_run import in_groups, invoices_in
from sozialakte.payments.runs.export_run import book_of_run
from sozialakte.payments.runs.files import BankFiles, state_key
from sozialakte.payments.runs.orders import Order, OrderBook, PayingAccount
from sozialakte.payments.runs.payable import Payable, PayInvoices
from sozialakte.payments.runs.run import OPEN, PaymentRun
from sozialakte.payments.runs.state import KnownRun, Owed, PaymentState, StateHeader, write_state
from sozialakte.payments.runs.store import RunStore

_RUNS = 300
"""The newest: those of execution days to come, and of some months before."""


@dataclass(frozen=True)
class ExportState:
    """The use case with what it works on. ``payer``: our name."""

    runs: RunStore
    files: BankFiles
    pay: PayInvoices
    payer: str
    now: datetime

    def __call__(self) -> PaymentState:
        """The state, now in the bank bucket."""
        state = self.state()
        self.files.put(state_key(self.now), write_state(state))
        return state

    def state(self) -> PaymentState:
        """All that could be paid."""
        runs = self.runs.newest(_RUNS).runs
        books = {run.run_id: book_of_run(self.files, run) for run in runs if run.state in OPEN and run.book}
        accounts = {account.iban: account for book in books.values() for account in book.header.accounts}
        # Released last: what a run takes between the two queries is in both, and counts as taken.
        known = {one.order.invoice_id: one for one in (*self._approved(books, accounts), *self._released(books))}
        header = StateHeader(
            self.now, self.payer, tuple(accounts[iban] for iban in sorted(accounts)), tuple(map(_known, runs))
        )
        return PaymentState(header, tuple(known[invoice_id] for invoice_id in sorted(known)))

    def _released(self, books: dict[str, OrderBook]) -> Iterator[Owed]:
        """Taken by a run that has not written its files."""
        orders = {(run_id, order.invoice_id): order for run_id, book in books.items() for order in book.orders}
        for invoice in (one for some in self._now(InvoiceState.RELEASED) for one in some):
            order = orders.get((invoice.run_id or "", invoice.invoice_id))
            if order is not None and invoice.attempt == order.attempt:
                yield Owed(order, invoice.run_id)

    def _approved(self, books: dict[str, OrderBook], accounts: dict[str, PayingAccount]) -> Iterator[Owed]:
        ordered = {order.invoice_id: (order, run_id) for run_id, book in books.items() for order in book.orders}
        for some in self._now(InvoiceState.APPROVED):
            for found in self.pay.orders(some, risks=False):
                if isinstance(found, Payable):
                    accounts[found.account.iban] = found.account
                    yield _owed(found.order, *ordered.get(found.order.invoice_id, (None, None)))

    def _now(self, state: InvoiceState) -> Iterator[list[Invoice]]:
        """The invoices in a state. An index lags behind: what it says of a run that was just exported may be old."""
        for some in in_groups(invoices_in(self.pay.store, state)):
            fresh = self.pay.store.get_many(invoice.invoice_id for invoice in some)
            yield [invoice for invoice in fresh if invoice.state is state]


def _owed(now: Order, booked: Order | None, run_id: str | None) -> Owed:
    """As the order book says, unless the invoice has changed since."""
    return Owed(booked, run_id) if booked is not None and booked.version == now.version else Owed(now)


def _known(run: PaymentRun) -> KnownRun:
    files = tuple(file.message_id for file in run.files)
    return KnownRun(run.run_id, run.execution_day, run.due_until, run.state, len(run.unchecked), files)
