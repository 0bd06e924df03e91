"""Find what got stuck and put it back on its way: nothing depends on a message or a stream record surviving.

Streams keep 24 hours and queues 14 days; this looks at the rows and the bucket themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sozialakte.intake.batch import BatchState, Upload
from sozialakte.intake.letter import LetterState
from sozialakte.intake.publish_changes import PublishChanges
from sozialakte.runtime.queues import Queue
from sozialakte.runtime.s3_events import notification_of

MOVING = (LetterState.CUT, LetterState.READ, LetterState.IDENTIFIED)
CUT_OR_FINAL = (BatchState.CUT, BatchState.CLOSED, BatchState.REJECTED, BatchState.DUPLICATE)
UPLOADS_A_LOOK_UP = 100


@dataclass(frozen=True)
class Reconciled:
    """How many were put back on their way."""

    uploads: int
    batches: int
    letters: int


@dataclass(frozen=True)
class Reconcile:
    """The use case with what it works on. What is older than ``before`` and still moving is stuck."""

    publisher: PublishChanges
    scans_queue: Queue
    before: datetime

    def __call__(self) -> Reconciled:
        """Announce again every upload without a batch, every batch half cut or not closed, every letter on its way."""
        return Reconciled(self._uploads(), self._batches(), self._letters())

    def _uploads(self) -> int:
        return sum(map(self._announce_unclaimed, _groups(self._old_uploads())))

    def _old_uploads(self) -> Iterator[Upload]:
        for upload, uploaded_at in self.publisher.files.uploads():
            if uploaded_at < self.before:
                yield upload

    def _announce_unclaimed(self, uploads: Sequence[Upload]) -> int:
        claimed = self.publisher.store.claimed(uploads)
        lost = [upload for upload in uploads if upload not in claimed]
        for upload in lost:
            self._announce(upload)
        return len(lost)

    def _announce(self, upload: Upload) -> None:
        self.scans_queue.send(notification_of(self.publisher.files.scans, upload.key, upload.version_id))

    def _batches(self) -> int:
        store = self.publisher.store
        half_cut = list(store.batches_stuck(BatchState.RECEIVED, self.before))
        for batch in half_cut:
            self._announce(batch.upload)
        unsettled = [batch for state in CUT_OR_FINAL for batch in store.batches_stuck(state, self.before)]
        for batch in unsettled:
            self.publisher.batch(batch)
        return len(half_cut) + len(unsettled)

    def _letters(self) -> int:
        stuck = [letter for state in MOVING for letter in self.publisher.store.letters_stuck(state, self.before)]
        for letter in stuck:
            self.publisher.letter(letter)
        return len(stuck)


def _groups(uploads: Iterator[Upload]) -> Iterator[tuple[Upload, ...]]:
    while group := tuple(islice(uploads, UPLOADS_A_LOOK_UP)):
        yield group
