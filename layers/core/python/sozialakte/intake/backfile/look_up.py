"""All that came in of old dossiers since a day, from the intake's batches: a query a day and one a batch, no scan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from sozialakte.intake.backfile.accounts import FoundPages
from sozialakte.intake.backfile.blank_pages import blank_pages
from sozialakte.intake.batch import Batch, BatchState
from sozialakte.intake.letter import batch_id_of
from sozialakte.intake.model import Lane
from sozialakte.intake.pages.order import reading_order
from sozialakte.intake.store import IntakeStore
from sozialakte.shared.clock import zurich_date

_AT_A_TIME = 100


@dataclass
class CameIn:
    """Pages by dossier, scanned pages by day of receipt, and the batches that were refused, of which no page is in."""

    found: FoundPages = field(default_factory=FoundPages)
    pages_by_day: Counter[date] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)


def look_up(store: IntakeStore, first: date, last: date) -> CameIn:
    """What came in from the ``first`` to the ``last`` day (Europe/Zurich), and new scans of it, by whichever way."""
    came_in = CameIn()
    counted: set[str] = set()
    newer: set[str] = set()
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        for batch in _batches(store, day):
            if batch.plan is None:
                came_in.refused.append(batch.batch_id)
                continue
            came_in.pages_by_day[day] += batch.pages_found
            counted.add(batch.batch_id)
            newer |= _count(store, batch.batch_id, came_in.found)
    while rest := newer - counted:
        batch_id = rest.pop()
        counted.add(batch_id)
        newer |= _count(store, batch_id, came_in.found)
    return came_in


def _count(store: IntakeStore, batch_id: str, found: FoundPages) -> set[str]:
    """Count the letters of a batch; the batches in which new scans of them came."""
    stored = store.find_batch_with_letters(batch_id)
    if stored is None:
        return set()
    batch, letters = stored
    found.add(letters, zurich_date(batch.received_at))
    if batch.plan and batch.upload.lane is Lane.BACKFILE:
        found.blank.update(blank_pages(batch.plan, reading_order(batch.order, batch.plan.pages_in)))
    return {batch_id_of(new) for letter in letters if letter.ordered_rescan for new in letter.replaced_by}


def _batches(store: IntakeStore, day: date) -> Iterator[Batch]:
    """Those that were cut or refused; the same content once more is neither."""
    cursor: str | None = None
    while True:
        page = store.batches_of_day(day, _AT_A_TIME, cursor)
        old = (batch for batch in page.batches if batch.upload.lane is Lane.BACKFILE)
        yield from (batch for batch in old if batch.plan or batch.state is BatchState.REJECTED)
        cursor = page.next_cursor
        if cursor is None:
            return
