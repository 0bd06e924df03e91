"""Collect what a run pays, write it into the order book, and draw the sample that people look at.

The book is written once: whoever builds the same run again takes what lies there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sozialakte.payments.invoice import MACHINE, Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.records import due_by
from sozialakte.payments.runs.bank_file import in_parts
from sozialakte.payments.runs.files import BankFiles, orders_key
from sozialakte.payments.runs.order_book import read_book, write_book
from sozialakte.payments.runs.orders import BookHeader, OrderBook
from sozialakte.payments.runs.payable import Payable, PayInvoices
from sozialakte.payments.runs.run import SHOWN, LeftOut, PaymentRun, RunAct, RunState
from sozialakte.payments.runs.sample import draw, seed_of
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.store import PaymentsStore

PAGE = 500
"""Invoices that one query fetches."""


@dataclass(frozen=True)
class BuildRun:
    """The use case with what it works on. ``payer``: our name."""

    runs: RunStore
    files: BankFiles
    pay: PayInvoices
    payer: str
    now: datetime

    def __call__(self, run: PaymentRun) -> PaymentRun:
        """The run with its order book; cancelled if there is nothing to pay. Raises `RunChangedError`."""
        body = self.files.keep_first(orders_key(run.run_id), write_book(self._collected(run)))
        book = read_book(body)
        if not book.orders:
            return self.runs.save(run, run.step(RunState.CANCELLED, self._act("nothing_to_pay"), **_left_out(book)))
        digest = sha256(body).hexdigest()
        built = run.step(
            RunState.CHECKING,
            self._act("built"),
            book=digest,
            totals=book.totals,
            persons=book.persons,
            payees=book.payees,
            sample=draw(book.orders, seed_of(run.run_id, digest)),
            **_left_out(book),
        )
        return self.runs.save(run, built)

    def _collected(self, run: PaymentRun) -> OrderBook:
        until = run.due_until.isoformat()
        due = (one for one in invoices_in(self.pay.store, InvoiceState.APPROVED) if due_by(one) <= until)
        return book_of(run, self.payer, list(self._orders(due)))

    def _orders(self, invoices: Iterator[Invoice]) -> Iterator[Payable | LeftOut]:
        for some in in_groups(invoices):
            yield from self.pay.orders(some)

    def _act(self, what: str) -> RunAct:
        return RunAct(what, MACHINE, self.now)


def book_of(run: PaymentRun, payer: str, found: list[Payable | LeftOut]) -> OrderBook:
    """The order book of what was found, in the order of the invoices' ids."""
    payable = {one.order.invoice_id: one for one in found if isinstance(one, Payable)}
    accounts = {one.account.iban: one.account for one in payable.values()}
    left_out = {one.invoice_id: one for one in found if isinstance(one, LeftOut)}
    header = BookHeader(run.run_id, run.execution_day, payer, tuple(accounts[iban] for iban in sorted(accounts)))
    orders = in_parts((payable[invoice_id].order for invoice_id in sorted(payable)), header.accounts)
    return OrderBook(header, orders, tuple(left_out[invoice_id] for invoice_id in sorted(left_out)))


def _left_out(book: OrderBook) -> dict[str, object]:
    return {"left_out": book.left_out[:SHOWN], "left_out_count": len(book.left_out)}


def invoices_in(store: PaymentsStore, state: InvoiceState) -> Iterator[Invoice]:
    """All invoices in a state."""
    cursor: str | None = None
    while True:
        page = store.in_state(state, PAGE, cursor)
        yield from page.invoices
        cursor = page.next_cursor
        if cursor is None:
            return


def in_groups(invoices: Iterator[Invoice]) -> Iterator[list[Invoice]]:
    """So many at a time that what belongs to them is fetched together."""
    group: list[Invoice] = []
    for invoice in invoices:
        group.append(invoice)
        if len(group) == PAGE:
            yield group
            group = []
    if group:
        yield group
