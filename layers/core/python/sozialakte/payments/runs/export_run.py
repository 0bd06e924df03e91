"""Carry out a released run: take its invoices, write the files for the bank, say that they are there.

Before the first file is written, it is written down once which orders do not go out. So the files are the same bytes
whoever writes them, however often, and an invoice that a slower process has taken after that is given back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sozialakte.payments.invoice import MACHINE
from sozialakte.payments.runs.bank_file import BankFile, bank_files
from sozialakte.payments.runs.files import BankFiles, dropped_key, orders_key, out_key
from sozialakte.payments.runs.order_book import BrokenBookError, read_book, read_dropped, write_dropped
from sozialakte.payments.runs.orders import Order, OrderBook
from sozialakte.payments.runs.run import SHOWN, LeftOut, PaymentRun, RunAct, RunFile, RunState
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.runs.take_invoices import TakeInvoices, machine_act
from sozialakte.payments.store import PaymentsStore


class OtherFileThereError(Exception):
    """Under the id of a file for the bank lies another one. Nobody of us writes that: look at it first."""


@dataclass(frozen=True)
class ExportRun:
    """The use case with what it works on."""

    runs: RunStore
    files: BankFiles
    store: PaymentsStore
    now: datetime
    threads: int = 1

    def __call__(self, run: PaymentRun, release: RunAct) -> PaymentRun:
        """The run with its files; cancelled if nothing of it is left. Raises `RunChangedError`."""
        book = book_of_run(self.files, run)
        dropped = self._settle_dropped(book, run, release)
        self.give_back(run, book, release, dropped)
        written = [self._export(one) for one in bank_files(book, {one.invoice_id for one in dropped}, release.at)]
        told = {"dropped": dropped[:SHOWN], "dropped_count": len(dropped)}
        if not written:
            return self.runs.save(run, run.step(RunState.CANCELLED, self._act("nothing_left"), **told))
        after = run.step(RunState.EXPORTED, self._act("exported"), files=tuple(written), **told)
        return self.runs.save(run, after)

    def after(self, run: PaymentRun, release: RunAct) -> None:
        """What a slower process took after the files were written is given back."""
        book = book_of_run(self.files, run)
        self.give_back(run, book, release, read_dropped(self.files.get(dropped_key(run.run_id))))

    def give_back(self, run: PaymentRun, book: OrderBook, release: RunAct, dropped: tuple[LeftOut, ...]) -> None:
        """Those of the dropped orders whose invoices are released all the same are approved again."""
        orders = list(_orders_of(book, dropped))
        self._take(run, release).give_back(orders, machine_act("not_sent", release))

    def _settle_dropped(self, book: OrderBook, run: PaymentRun, release: RunAct) -> tuple[LeftOut, ...]:
        settled = self.files.find(dropped_key(run.run_id))
        if settled is None:
            found = write_dropped(self._take(run, release).take(book.orders))
            settled = self.files.keep_first(dropped_key(run.run_id), found)
        return read_dropped(settled)

    def _take(self, run: PaymentRun, release: RunAct) -> TakeInvoices:
        return TakeInvoices(self.store, run, release, self.threads)

    def _export(self, one: BankFile) -> RunFile:
        body = one.written()
        if self.files.keep_first(out_key(one.file.message_id), body) != body:
            raise OtherFileThereError(one.file.message_id)
        return RunFile(one.file.message_id, one.file.count, one.file.total, sha256(body).hexdigest())

    def _act(self, what: str) -> RunAct:
        return RunAct(what, MACHINE, self.now)


def book_of_run(files: BankFiles, run: PaymentRun) -> OrderBook:
    """The order book that people have checked. Raises `BrokenBookError` if another one lies there now."""
    body = files.get(orders_key(run.run_id))
    if sha256(body).hexdigest() != run.book:
        raise BrokenBookError(run.run_id)
    return read_book(body)


def _orders_of(book: OrderBook, dropped: tuple[LeftOut, ...]) -> Iterator[Order]:
    ids = {one.invoice_id for one in dropped}
    return (order for order in book.orders if order.invoice_id in ids)
