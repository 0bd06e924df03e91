"""What of the bank's answers somebody has to look at: each thing is told once, when it is old enough to be told.

A message that was refused at once; what is odd, told too early or does not add up after a day, as the next message may
settle it; a file without any answer, and a run of which payments are not booked, after some days on which banks work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.runs.run import PaymentRun, RunState
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.shared.clock import midnight_in_zurich, zurich_date
from sozialakte.shared.reasons import Reason

ANSWER_DAYS = 2
"""On which banks work (Monday to Friday); a holiday among them makes the alarm a day early."""
_UNSETTLED = timedelta(days=1)
_PLACE = "attention"
_RUNS = 60
_PAGE = 200
_WEEKDAYS = 5
_LISTS = {"payment#odd": "odd_payments", "payment#early": "early", "batch#waiting": "sums", "bankfile#odd": "odd_files"}


def attention(book: BankBook, runs: RunStore, store: PaymentsStore, every: timedelta, now: datetime) -> list[Reason]:
    """What became old enough since it was asked for last (the first time: ``every`` ago), and is told only now."""
    last = book.place(_PLACE)
    since = datetime.fromisoformat(last) if last else now - every
    found = list(BankAttention(book, runs, store, since, now)())
    book.note_place(_PLACE, now.isoformat())
    return found


@dataclass(frozen=True)
class BankAttention:
    """What became old enough between ``since`` and ``until``."""

    book: BankBook
    runs: RunStore
    store: PaymentsStore
    since: datetime
    until: datetime

    def __call__(self) -> Iterator[Reason]:
        """All of it, in words of the catalogue (``bank_attention.<code>``)."""
        yield from self._listed("bankfile#refused", "refused", timedelta())
        for state_key, code in _LISTS.items():
            yield from self._listed(state_key, code, _UNSETTLED)
        runs = [run for run in self.runs.newest(_RUNS).runs if run.state is RunState.EXPORTED]
        yield from self._unanswered([run for run in runs if self._is_now(run.since)])
        yield from self._unbooked([run for run in runs if self._is_now(_pays_at(run))])

    def _listed(self, state_key: str, code: str, age: timedelta) -> Iterator[Reason]:
        count = self.book.count(state_key, self.since - age, self.until - age)
        if count:
            yield Reason(f"bank_attention.{code}", {"count": str(count)})

    def _unanswered(self, runs: list[PaymentRun]) -> Iterator[Reason]:
        files = [file.message_id for run in runs for file in run.files]
        heard = self.book.file_answers(files)
        for message_id in files:
            if message_id not in heard:
                yield Reason("bank_attention.no_answer", {"message_id": message_id, "days": str(ANSWER_DAYS)})

    def _unbooked(self, runs: list[PaymentRun]) -> Iterator[Reason]:
        """Payments of which the bank said neither that it made them nor that it will not."""
        open_ones = self._released() if runs else Counter()
        for run in runs:
            if count := open_ones[run.run_id]:
                yield Reason("bank_attention.unbooked", {"count": str(count), "run_id": run.run_id})

    def _released(self) -> Counter[str]:
        found, cursor = Counter[str](), None
        while True:
            page = self.store.in_state(InvoiceState.RELEASED, _PAGE, cursor)
            found.update(one.run_id for one in page.invoices if one.run_id)
            cursor = page.next_cursor
            if cursor is None:
                return found

    def _is_now(self, begun: datetime) -> bool:
        return self.since < after_bank_days(begun, ANSWER_DAYS) <= self.until


def after_bank_days(begun: datetime, days: int) -> datetime:
    """The same time of day, so many days later on which banks work."""
    at = begun
    while days:
        at += timedelta(days=1)
        days -= zurich_date(at).weekday() < _WEEKDAYS
    return at


def _pays_at(run: PaymentRun) -> datetime:
    """When the bank is to pay: on the execution day, or when it got the file if that was later."""
    return max(midnight_in_zurich(run.execution_day), run.since)
