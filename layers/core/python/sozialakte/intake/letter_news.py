"""What others want to know of letters of the daily lane: where each lies, whether it was read, what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sozialakte.intake.desk.pictures import picture_key
from sozialakte.intake.letter import Letter, LetterState
from sozialakte.intake.model import Lane
from sozialakte.intake.store import IntakeStore, UnknownLetterError

_BATCHES_A_PAGE = 100
_UNDONE = frozenset({LetterState.FORWARDED, LetterState.BLANK, LetterState.REJECTED})
"""Fates that can be taken back."""
_FATES = _UNDONE | {LetterState.FILED}


@dataclass(frozen=True)
class LetterNews:
    """A letter in one of its versions. ``original_key`` and ``original_version``: exactly which file it is.

    ``reading`` counts how often it has been read (turned pages are read anew), 0 if nobody could; ``is_read``: there
    is nothing more to wait for. ``fate``: filed, forwarded, rejected, blank, ``review`` (it waits for a person again),
    ``replaced`` (its pages lie in other letters), ``rescan`` (a new scan came in its place), None while nothing is
    decided. ``made_from``: the letters its pages were in before. ``since``: of its state.
    """

    letter_id: str
    version: int
    original_key: str
    original_version: str
    page_count: int
    received_at: datetime
    since: datetime
    reading: int
    is_read: bool
    fate: str | None = None
    dossier_id: str | None = None
    destination: str | None = None
    made_from: tuple[str, ...] = ()


def news_of(letter: Letter) -> LetterNews | None:
    """What there is to know of a letter; None for one of an old dossier, which is news to nobody."""
    if letter.lane is not Lane.DAILY:
        return None
    reading = sum(step.state is LetterState.READ for step in letter.history)
    fate = _fate_of(letter)
    return LetterNews(
        letter_id=letter.letter_id,
        version=letter.version,
        original_key=letter.original.key,
        original_version=letter.original.version_id,
        page_count=len(letter.pages),
        received_at=letter.received_at,
        since=letter.since,
        reading=reading,
        is_read=letter.state is not LetterState.CUT and (reading > 0 or _came_to_people(letter)),
        fate=fate,
        dossier_id=letter.dossier_id if fate == LetterState.FILED else None,
        destination=letter.destination,
        made_from=letter.made_from,
    )


class LettersReceived:
    """The letters of batches by day of receipt; ``table`` is the intake's."""

    def __init__(self, table: str) -> None:
        self._store = IntakeStore(table)

    def find(self, letter_id: str) -> LetterNews | None:
        """One letter of the daily lane, or None."""
        try:
            return news_of(self._store.letter(letter_id))
        except UnknownLetterError:
            return None

    def picture_key(self, letter_id: str, page: int) -> str:
        """Where the review desk's picture of a page lies, if it was made. Raises `UnknownLetterError`."""
        return picture_key(self._store.letter(letter_id), page)

    def of_day(self, day: date) -> Iterator[LetterNews]:
        """Those of the daily lane whose batch was received on a day (Europe/Zurich); a query a batch."""
        cursor: str | None = None
        while True:
            page = self._store.batches_of_day(day, _BATCHES_A_PAGE, cursor)
            for batch in page.batches:
                yield from self._of_batch(batch.batch_id)
            if (cursor := page.next_cursor) is None:
                return

    def _of_batch(self, batch_id: str) -> Iterator[LetterNews]:
        found = self._store.find_batch_with_letters(batch_id)
        for letter in found[1] if found else ():
            if news := news_of(letter):
                yield news


def _fate_of(letter: Letter) -> str | None:
    if letter.state is LetterState.REPLACED:
        return "replaced" if letter.is_replaced else "rescan"
    if letter.state is LetterState.REVIEW:
        return "review" if any(step.state in _UNDONE for step in letter.history) else None
    return str(letter.state) if letter.state in _FATES else None


def _came_to_people(letter: Letter) -> bool:
    """Although nobody could read it."""
    return any(step.state is LetterState.REVIEW for step in letter.history)
