"""Read what the platform wrote for a run, and what the bank has said of it, before another file takes its place."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.iso20022.orders import read_sent
from sozialakte.payments.runs.files import BankFiles
from sozialakte.payments.runs.import_guard import OurFiles, are_others
from sozialakte.payments.runs.run import PaymentRun, RunFile


def our_files(files: BankFiles, bank: BankBook, run: PaymentRun | None, given: Iterable[RunFile]) -> OurFiles:
    """Those under the message ids of the run and of the given files; withdrawn ones too."""
    some = list(given)
    names = dict.fromkeys(file.message_id for file in (*some, *(run.files if run else ())))
    bodies = {name: body for name in names if (body := files.written(name)) is not None}
    if run is None or not are_others(run, bodies, some):
        return OurFiles(bodies)
    digests = {file.sha256 for file in some}
    others = [body for body in bodies.values() if sha256(body).hexdigest() not in digests]
    payments = frozenset(order.end_to_end_id for body in others for order in read_sent(body).orders)
    return OurFiles(bodies, payments, bank.file_answers(names), bank.facts_of(sorted(payments)))
