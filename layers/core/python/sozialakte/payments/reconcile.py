"""Find letters whose bills were never registered, or whose fate the payments never heard: nothing depends on a message.

The intake's rows say what should have been heard, the payments' own rows what was. Looked at are the letters received
today and yesterday, and those of 2, 4, 8 ... days ago: what got lost is found in twice the time it has been lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from sozialakte.intake import LetterNews, LettersReceived
from sozialakte.payments.letter_book import LetterAccount, LetterBook
from sozialakte.payments.letter_messages import ask_for_bills, letter_settled
from sozialakte.payments.messages import LetterSettled, RegisterBills
from sozialakte.runtime.queues import Queue
from sozialakte.shared.clock import zurich_date

_LOOKS_BACK = 9
"""Doublings: 512 days."""
_A_LOOK_UP = 100


@dataclass(frozen=True)
class Reconcile:
    """The use case with what it works on. ``stuck_after``: what changed since may still be on its way."""

    letters: LettersReceived
    book: LetterBook
    queue: Queue
    stuck_after: timedelta
    now: datetime

    def __call__(self) -> int:
        """Send what was not heard again; how many messages."""
        sent = 0
        for day in days_looked_at(zurich_date(self.now)):
            for message in self._unheard(day):
                self.queue.send(message.to_json())
                sent += 1
        return sent

    def _unheard(self, day: date) -> Iterator[RegisterBills | LetterSettled]:
        due = (news for news in self.letters.of_day(day) if news.since <= self.now - self.stuck_after)
        while group := list(islice(due, _A_LOOK_UP)):
            accounts = self.book.accounts(news.letter_id for news in group)
            for news in group:
                yield from unheard(news, accounts.get(news.letter_id, LetterAccount(news.letter_id)))


def unheard(news: LetterNews, known: LetterAccount) -> Iterator[RegisterBills | LetterSettled]:
    """What the payments do not know of a letter yet."""
    if news.is_read and news.reading > known.reading:
        yield ask_for_bills(news)
    told = (known.fate, known.dossier_id, known.destination)
    if news.fate and (news.fate, news.dossier_id, news.destination) != told:
        yield letter_settled(news)


def days_looked_at(today: date) -> tuple[date, ...]:
    """Today, yesterday, and 2, 4, 8 ... days ago."""
    return (today, *(today - timedelta(days=2**power) for power in range(_LOOKS_BACK + 1)))
