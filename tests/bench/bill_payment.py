"""Approved bills on the rest of their way: run, release, export, the bank's word, booking, voucher, filing.

All of it through the real functions and moto; people do what they do in a browser. Of the bank come a pain.002 and a
camt.054 that names every payment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sozialakte.payments.invoice import Invoice, Scan
from sozialakte.payments.journal_store import JournalStore
from sozialakte.payments.runs.files import BankFiles
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.s3_events import notification_of
from sozialakte.shared.clock import utc_now, zurich_date
from tests.aws import BANK, PAYMENTS, keep_letter_file, put_register, send
from tests.bank.office import put
from tests.bank.simulator import BankDay
from tests.bench.api_handlers import Handlers
from tests.bench.journey import Watched
from tests.bench.recorder import Call
from tests.bill_letters import GREETING, RENT, SLIP, Sheet, pdf_of
from tests.builders import a_dossier
from tests.demo.clerks import ACCOUNTING, RELEASER
from tests.pipeline import CONSUMER_OF
from tests.rehearsal.standing import lay_in, standing_payments

_SEED = 21
_RUNS = "/payments/runs"
_AHEAD = timedelta(days=90)
_KEY = "letters/bench/original.pdf"
_BUT_VOUCHERS = [name for name in CONSUMER_OF if name != "vouchers"]
_ON_THE_WAY = ("payments.", "dossiers.")
"""Whose calls are the bill's: what partners are told of a document is told of every document."""


@dataclass(frozen=True)
class PaidRun:
    """What a run of so many ``bills`` took; ``calls`` are those of our functions."""

    bills: int
    calls: tuple[Call, ...]

    def by_function(self) -> Mapping[str, float]:
        """Calls of AWS for each bill, by who made them, most first."""
        counted = Counter(call.function for call in self.calls)
        return {name: calls / self.bills for name, calls in counted.most_common()}


@dataclass
class _Stage(Watched):
    """Files vouchers only if it is told to: each has a message of its own, so a run's size is nothing to them."""

    files_vouchers: bool = True

    def work(self) -> None:
        while self.round() if self.files_vouchers else self.round(_BUT_VOUCHERS):
            pass


def pay(count: int, *, files_vouchers: bool) -> PaidRun:
    """So many bills, approved, until the bank has booked them, or until their vouchers lie in the dossiers."""
    _lay_in(count)
    handlers = Handlers()
    handlers.recorder.listen()
    stage = _Stage(recorder=handlers.recorder, files_vouchers=files_vouchers)
    run = _released(handlers, stage)
    for file in run["files"]:
        _answer(file["message_id"])
    stage.work()
    calls = tuple(call for call in handlers.recorder.calls if call.function.startswith(_ON_THE_WAY))
    paid = len(PaymentsStore(PAYMENTS).in_state("paid", count).invoices)
    unfiled = len(JournalStore(PAYMENTS).unfiled(count).vouchers)
    assert (paid, unfiled) == (count, 0 if files_vouchers else count), f"{paid} of {count} bills are paid"
    return PaidRun(count, calls)


def _released(handlers: Handlers, stage: _Stage) -> dict[str, Any]:
    tomorrow = zurich_date(utc_now()) + timedelta(days=1)
    days = {"execution_day": f"{tomorrow}", "due_until": f"{tomorrow + _AHEAD}"}
    path = f"{_RUNS}/{handlers.do(ACCOUNTING, _RUNS, days)['run_id']}"
    stage.work()
    for item in handlers.see(ACCOUNTING, path)["sample"]:
        handlers.do(ACCOUNTING, f"{path}/sample/{item['invoice_id']}", {"right": True})
    handlers.do(RELEASER, f"{path}/release", {"version": handlers.see(RELEASER, path)["version"]})
    stage.work()
    return handlers.see(ACCOUNTING, path)


def _answer(message_id: str) -> None:
    day = BankDay(BankFiles(BANK).get(f"out/{message_id}.xml"), zurich_date(utc_now()))
    for name, message in (("status", day.status()), ("debits", day.debits())):
        send("bank", notification_of(BANK, *put(message, f"{message_id}-{name}.xml")))


def _lay_in(count: int) -> None:
    version = keep_letter_file(_KEY, pdf_of((Sheet((*GREETING, *SLIP), (RENT,)),)))
    bills = list(_bills(count, version))
    put_register(*(a_dossier(bill.dossier_id or "") for bill in bills))
    lay_in(bills)


def _bills(count: int, version: str) -> Iterator[Invoice]:
    for bill in standing_payments(count, _SEED):
        yield replace(bill, scan=Scan(bill.scan.letter_id, 1, _KEY, version))
