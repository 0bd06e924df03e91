"""What came in of old dossiers: of all since a day, or of some. No scan, and no batch is read that does not matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from sozialakte.intake.backfile.accounts import FoundPages, ListedLetter
from sozialakte.intake.backfile.blank_pages import blank_pages
from sozialakte.intake.backfile.store import BackfileStore
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


def look_up(store: IntakeStore, old: BackfileStore, first: date, last: date) -> CameIn:
    """What came in from the ``first`` to the ``last`` day (Europe/Zurich), and new scans of it, by whichever way.

    A query a day for the batches, and one list for all letters, however many batches they came in.
    """
    came_in = CameIn()
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        for batch in _batches(store, day):
            _count_scanned(batch, day, came_in)
    by_batch: dict[str, list[ListedLetter]] = {}
    for letter in old.letters():
        if zurich_date(letter.received_at) >= first:
            by_batch.setdefault(batch_id_of(letter.letter_id), []).append(letter)
    for letters in by_batch.values():
        came_in.found.add(letters, zurich_date(letters[0].received_at))
    return came_in


def look_up_dossiers(store: IntakeStore, old: BackfileStore, dossier_ids: Iterable[str]) -> FoundPages:
    """What came in of some dossiers, and of others in the same files: a query a dossier, and one a file of theirs.

    Each file is read as it is now: the paper may go on what is found here.
    """
    found, counted = FoundPages(), set[str]()
    rest = {batch_id for dossier_id in dossier_ids for batch_id in old.batches_of(dossier_id)}
    while rest:
        batch_id = min(rest)
        counted.add(batch_id)
        rest = (rest | _count(store, batch_id, found)) - counted
    return found


def _count_scanned(batch: Batch, day: date, came_in: CameIn) -> None:
    if batch.plan is None:
        came_in.refused.append(batch.batch_id)
        return
    came_in.pages_by_day[day] += batch.pages_found
    came_in.found.blank.update(blank_pages(batch.plan, reading_order(batch.order, batch.plan.pages_in)))


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
