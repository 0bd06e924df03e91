"""Carry out a released run: take its invoices, write the files for the bank, say that they are there.

Before the first file is written, it is written down once which orders do not go out. So the files are the same bytes
whoever writes them, however often, and an invoice that a slower process has taken after that is given back.

All files are checked as a bank checks them before the first is put: if one breaks a rule, none is put, the run says
what is wrong, and the message fails, which rings the alarm of its queue. Tried again with mended code it goes on; a
person may cancel it instead, and its invoices are given back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.invoice import MACHINE
from sozialakte.payments.runs.bank_file import BankFile, bank_files
from sozialakte.payments.runs.check_files import FileRefusedError, checked
from sozialakte.payments.runs.files import BankFiles, dropped_key, orders_key, out_key
from sozialakte.payments.runs.order_book import BrokenBookError, read_book, read_dropped, write_dropped
from sozialakte.payments.runs.orders import Order, OrderBook
from sozialakte.payments.runs.run import (
    FILE_MENDED,
    FILE_REFUSED,
    SHOWN,
    LeftOut,
    PaymentRun,
    RunAct,
    RunFile,
    RunState,
    message_id_of,
)
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.runs.take_invoices import TakeInvoices, machine_act
from sozialakte.payments.store import PaymentsStore
from sozialakte.shared.clock import zurich_date


class OtherFileThereError(Exception):
    """Under the id of a file for the bank lies another one. Nobody of us writes that: look at it first."""


@dataclass(frozen=True)
class ExportRun:
    """The use case with what it works on."""

    runs: RunStore
    files: BankFiles
    store: PaymentsStore
    bank: BankBook
    now: datetime
    threads: int = 1

    def __call__(self, run: PaymentRun, release: RunAct) -> PaymentRun:
        """The run with its files; cancelled if nothing of it is left. Raises `RunChangedError`, `FileRefusedError`."""
        book = book_of_run(self.files, run)
        dropped = self._settle_dropped(book, run, release)
        self._give_back(run, _orders_of(book, dropped), release)
        bodies = self._checked(run, bank_files(book, {one.invoice_id for one in dropped}, release.at), release)
        if run.is_refused:
            # Before a file is put: from now on nobody can cancel it.
            run = self.runs.save(run, run.changed(self._act(FILE_MENDED)))
        written = [self._export(one, body) for one, body in bodies]
        told = {"dropped": dropped[:SHOWN], "dropped_count": len(dropped)}
        if not written:
            return self.runs.save(run, run.step(RunState.CANCELLED, self._act("nothing_left"), **told))
        after = run.step(RunState.EXPORTED, self._act("exported"), files=tuple(written), **told)
        return self.runs.save(run, after)

    def call_off(self, run: PaymentRun, release: RunAct) -> PaymentRun:
        """Cancelled, its invoices given back. Raises `OtherFileThereError` if a file was written all the same."""
        book = book_of_run(self.files, run)
        for message_id in sorted({message_id_of(run.run_id, order.part) for order in book.orders}):
            if self.files.find(out_key(message_id)) is not None:
                raise OtherFileThereError(message_id)
        self._give_back(run, book.orders, release)
        return self.runs.save(run, run.step(RunState.CANCELLED, self._act("called_off")))

    def after(self, run: PaymentRun, release: RunAct) -> None:
        """What a slower process took after the files were written, or the run cancelled, is given back."""
        book = book_of_run(self.files, run)
        if run.state is RunState.CANCELLED:
            self._give_back(run, book.orders, release)
        else:
            self._give_back(run, _orders_of(book, read_dropped(self.files.get(dropped_key(run.run_id)))), release)

    def _give_back(self, run: PaymentRun, orders: Iterable[Order], release: RunAct) -> None:
        """Those of these orders whose invoices are released all the same are approved again."""
        names = (order.payment.end_to_end_id for order in orders)
        self._take(run, release).give_back(names, machine_act("not_sent", release))

    def _settle_dropped(self, book: OrderBook, run: PaymentRun, release: RunAct) -> tuple[LeftOut, ...]:
        settled = self.files.find(dropped_key(run.run_id))
        if settled is None:
            found = write_dropped(self._take(run, release).take(book.orders))
            settled = self.files.keep_first(dropped_key(run.run_id), found)
        return read_dropped(settled)

    def _take(self, run: PaymentRun, release: RunAct) -> TakeInvoices:
        return TakeInvoices(self.store, self.bank, run, release, self.threads)

    def _checked(self, run: PaymentRun, files: Iterator[BankFile], release: RunAct) -> list[tuple[BankFile, bytes]]:
        try:
            return [(one, checked(one, zurich_date(release.at))) for one in files]
        except FileRefusedError as error:
            act = RunAct(FILE_REFUSED, MACHINE, self.now, str(error))
            if not (run.is_refused and run.last_act.reason == act.reason):
                self.runs.save(run, run.changed(act))
            raise

    def _export(self, one: BankFile, body: bytes) -> RunFile:
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
