"""Find messages of the bank that were never announced, and payments of which the bank spoke before we knew of them.

The bucket says what the bank has put there, the table what was looked at. Looked at are the files of the last weeks:
whatever is older was looked at some thousand times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.bank.files import Arrival, BankFiles
from sozialakte.payments.bank.settle_payments import SettlePayments
from sozialakte.runtime.queues import Queue
from sozialakte.runtime.s3_events import notification_of
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

LOOKS_BACK = timedelta(days=30)
_A_LOOK_UP = 100
_EARLY = "early"


class BankAttentionError(Exception):
    """Somebody has to look at what the bank said, or did not say; ``sozialakte payments money`` lists most of it."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__(" ".join(map(say, reasons)))
        self.reasons = tuple(reasons)


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

    def look_again(self, has_time: Callable[[], bool] = lambda: True) -> int:
        """Settle what the bank told too early, now that the invoices may know of it; how many of those changed.

        As long as ``has_time`` says so; the next time it goes on from there, so that none waits behind others for ever.
        """
        count, cursor = 0, self.book.place(_EARLY)
        while has_time():
            early, cursor = self.book.payments(_EARLY, _A_LOOK_UP, cursor)
            count += self.settle.look_again_at(facts.end_to_end_id for facts in early)
            if cursor is None:
                break
        self.book.note_place(_EARLY, cursor)
        return count

    def _lost(self) -> Iterator[Arrival]:
        first, last = self.now - LOOKS_BACK, self.now - self.patience
        due = (arrival for arrival in self.files.arrivals() if first <= arrival.at <= last)
        while group := list(islice(due, _A_LOOK_UP)):
            seen = self.book.seen(arrival.version_id for arrival in group)
            yield from (arrival for arrival in group if arrival.version_id not in seen)
