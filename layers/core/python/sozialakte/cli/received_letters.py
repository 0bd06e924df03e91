"""The letters that were received in some days: how commands find documents without reading whole tables.

Every document is of a letter, and has its id. Not only of one that the intake knows to be filed: that it is may not
have been told yet, or others may have taken its place before.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sozialakte.intake.store import IntakeStore

_A_LOOK_UP = 100


def received_letters(intake: IntakeStore, first: date, last: date) -> Iterator[str]:
    """The ids of all letters of the batches that came from the first to the last day, whatever became of them."""
    for number in range((last - first).days + 1):
        for batch_id in _batches(intake, first + timedelta(days=number)):
            found = intake.find_batch_with_letters(batch_id)
            letters = found[1] if found else ()
            yield from (letter.letter_id for letter in letters)


def _batches(intake: IntakeStore, day: date) -> Iterator[str]:
    page = intake.batches_of_day(day, _A_LOOK_UP)
    while True:
        yield from (batch.batch_id for batch in page.batches)
        if page.next_cursor is None:
            return
        page = intake.batches_of_day(day, _A_LOOK_UP, page.next_cursor)
