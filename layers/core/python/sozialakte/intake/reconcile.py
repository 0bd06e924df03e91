"""Find what got stuck and put it back on its way: nothing depends on a message or a stream record surviving.

Streams keep 24 hours and queues 14 days; this looks at the rows and the bucket themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from types import MappingProxyType
from typing import TypeVar

from sozialakte.intake.batch import Batch, BatchState, Upload
from sozialakte.intake.desk.pictures import picture_key
from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.letter import Letter
from sozialakte.intake.letter_states import MOVING
from sozialakte.intake.model import Lane
from sozialakte.intake.patience import Patience
from sozialakte.intake.publish_changes import PublishChanges
from sozialakte.runtime.queues import Queue
from sozialakte.runtime.s3_events import notification_of

Stuck = TypeVar("Stuck")

CUT_OR_FINAL = (BatchState.CUT, BatchState.CLOSED, BatchState.REJECTED, BatchState.DUPLICATE)
UPLOADS_A_LOOK_UP = 100
GIVE_UP_AFTER: Mapping[Lane, timedelta] = MappingProxyType(
    {Lane.DAILY: timedelta(days=1), Lane.BACKFILE: timedelta(days=12)}
)
"""An outage of a night is waited for. Old dossiers wait for days behind each other; messages live for 14."""
BACKFILE_WAITS = 72
"""So many times longer than the daily post something of the backfile may stand still: that is no sign of a loss."""


@dataclass(frozen=True)
class Reconciled:
    """How many were put back on their way."""

    uploads: int
    batches: int
    letters: int


class StillStuckError(ExceptionGroup[Exception]):
    """Some could not be put back on their way; all others were."""


@dataclass(frozen=True)
class Reconcile:
    """The use case with what it works on."""

    publisher: PublishChanges
    arrivals: Mapping[Lane, Queue]
    patience: Patience
    files: IntakeFiles
    failures: list[Exception] = field(default_factory=list)

    def __call__(self) -> Reconciled:
        """Announce again every upload without a batch (file or manifest), every batch not cut or not settled, every
        letter on its way, and every letter that waits for a person and has no pictures.

        One that fails holds up no other. Raises `StillStuckError` at the end.
        """
        done = Reconciled(self._uploads(), self._batches(), self._unpictured() + self._letters())
        if self.failures:
            raise StillStuckError("not put back on their way", self.failures)
        return done

    def _uploads(self) -> int:
        found = (arrival for lane in Lane for arrival in self.files.uploads(lane=lane))
        due = (one.upload for one in found if self._is_due(one.uploaded_at, one.upload.lane))
        return sum(self._each(self._unclaimed(group), self._announce) for group in _groups(due))

    def _unclaimed(self, uploads: Sequence[Upload]) -> list[Upload]:
        claimed = self.publisher.store.claimed(uploads)
        return [upload for upload in uploads if upload not in claimed]

    def _announce(self, upload: Upload) -> None:
        bucket = self.files.bucket_of(upload.lane)
        self.arrivals[upload.lane].send(notification_of(bucket, upload.key, upload.version_id))

    def _batches(self) -> int:
        half_cut = [batch.upload for batch in self._stuck_batches(BatchState.RECEIVED)]
        unsettled = [batch for state in CUT_OR_FINAL for batch in self._stuck_batches(state)]
        return self._each(half_cut, self._announce) + self._each(unsettled, self.publisher.batch)

    def _stuck_batches(self, state: BatchState) -> list[Batch]:
        found = self.publisher.store.batches_stuck(state, self._since())
        return [batch for batch in found if self._is_due(batch.since, batch.upload.lane)]

    def _letters(self) -> int:
        found = (
            letter for state in sorted(MOVING) for letter in self.publisher.store.letters_stuck(state, self._since())
        )
        return self._each([letter for letter in found if self._is_due(letter.since, letter.lane)], self._go_on)

    def _go_on(self, letter: Letter) -> None:
        if self.publisher.now - letter.since > GIVE_UP_AFTER[letter.lane]:
            # Nobody sees a letter that the machine fails at again and again; in review a person does.
            self.publisher.store.save_letter(letter.give_up(self.publisher.now))
        else:
            self.publisher.letter(letter)

    def _unpictured(self) -> int:
        """Its pages are pictured in order: one that has its last has all. After a day an alarm has called somebody."""
        begin = self.publisher.now - GIVE_UP_AFTER[Lane.DAILY]
        found = self.publisher.store.letters_waiting(begin, self._since())
        due = (letter for letter in found if self._is_due(letter.since, letter.lane))
        blind = [letter for letter in due if not self.files.has(picture_key(letter, len(letter.pages)))]
        return self._each(blind, self.publisher.letter)

    def _since(self) -> datetime:
        return self.publisher.now - self.patience.first

    def _is_due(self, since: datetime, lane: Lane) -> bool:
        patient = replace(self.patience, first=self.patience.first * BACKFILE_WAITS)
        return (patient if lane is Lane.BACKFILE else self.patience).is_over(since, self.publisher.now)

    def _each(self, stuck: Sequence[Stuck], put_back: Callable[[Stuck], None]) -> int:
        for one in stuck:
            try:
                put_back(one)
            except Exception as error:  # noqa: BLE001 (whatever it is, the others go on; raised at the end)
                self.failures.append(error)
        return len(stuck)


def _groups(uploads: Iterator[Upload]) -> Iterator[tuple[Upload, ...]]:
    while group := tuple(islice(uploads, UPLOADS_A_LOOK_UP)):
        yield group
