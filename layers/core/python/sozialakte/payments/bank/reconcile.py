"""Find messages of the bank that were never announced, and payments of which the bank spoke before we knew of them.

The bucket says what the bank has put there, the table what was looked at. Looked at are the files of the last weeks:
whatever is older was looked at some thousand times.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.bank.files import Arrival, BankFiles
from sozialakte.payments.bank.settle_payments import SettlePayments
from sozialakte.runtime.queues import Queue
from sozialakte.runtime.s3_events import notification_of

LOOKS_BACK = timedelta(days=30)
_A_LOOK_UP = 100
_MOST_EARLY = 1000


class BankAttentionError(Exception):
    """The bank sent messages lately that nobody could take; ``sozialakte payments money`` lists them."""


@dataclass(frozen=True)
class ReconcileBank:
    """The use case with what it works on. ``patience``: what came since may still be on its way."""

    files: BankFiles
    book: BankBook
    settle: SettlePayments
    queue: Queue
    patience: timedelta
    now: datetime

    def announce(self) -> int:
        """Announce every file that was not looked at; how many."""
        lost = list(self._lost())
        for arrival in lost:
            self.queue.send(notification_of(self.files.bucket, arrival.key, arrival.version_id))
        return len(lost)

    def look_again(self) -> int:
        """Settle what the bank told too early, now that the invoices may know of it; how many of those changed."""
        early, _ = self.book.payments("early", _MOST_EARLY)
        return sum(self.settle.look_again(facts.end_to_end_id) for facts in early)

    def refused_since(self, since: datetime) -> int:
        """How many of the last messages that were refused came since then."""
        refused, _ = self.book.files("refused", _A_LOOK_UP)
        return sum(file.at >= since for file in refused)

    def _lost(self) -> Iterator[Arrival]:
        first, last = self.now - LOOKS_BACK, self.now - self.patience
        due = (arrival for arrival in self.files.arrivals() if first <= arrival.at <= last)
        while group := list(islice(due, _A_LOOK_UP)):
            seen = self.book.seen(arrival.version_id for arrival in group)
            yield from (arrival for arrival in group if arrival.version_id not in seen)
