"""Batches and letters in DynamoDB.

| to find | how |
|---|---|
| the batch of an upload (a file or its manifest) | get ``UPLOAD#<upload_id>``, then the batch |
| a batch | get ``BATCH#<batch_id>`` / ``BATCH`` |
| a batch with its letters (the ledger) | query ``BATCH#<batch_id>`` |
| a letter | get ``BATCH#<batch_id>`` / ``LETTER#<first page>`` |
| batches of a day, newest first | index ``by_day``: ``day`` / ``received_at`` |
| letters in review, or forwarded to a destination, oldest first | index ``by_state``: ``state_key`` / ``since`` |
| unfinished work by state and age | index ``by_state``: ``state_key`` / ``since`` |
| where letters with a reference were filed, newest first | query ``KNOWN#<signature>``, ``FILED#<at>#<letter_id>`` |

Every write is conditional: a new row must be new, a changed row must still have the version that was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product

from sozialakte.intake.batch import Batch, BatchState, Upload
from sozialakte.intake.known_references import KnownReference, known_references, lessons_of
from sozialakte.intake.letter import Destination, Letter, LetterState, batch_id_of, is_in_progress
from sozialakte.intake.model import Lane
from sozialakte.intake.records import (
    batch_item,
    batch_keys,
    batch_of,
    instant,
    lesson_item,
    lesson_key,
    lesson_of,
    letter_item,
    letter_of,
    letter_sort_key,
    letter_state_key,
)
from sozialakte.runtime.cursors import InvalidCursorError
from sozialakte.runtime.dynamo import (
    EXISTS,
    NEW,
    AlreadyExistsError,
    Attr,
    Change,
    ConditionFailedError,
    Key,
    Put,
    Query,
    Table,
    transact,
)
from sozialakte.runtime.items import optional_text, text

_LESSONS_LOOKED_AT = 20  # of a reference: a tenant's letters of some years; older ones say less than newer ones


class BatchExistsError(Exception):
    """The upload, or another one with the same content, has its batch already."""


class UnknownLetterError(LookupError):
    """No letter has this id."""


class StaleLetterError(Exception):
    """The letter has changed since it was read. ``current`` is the letter as it is now."""

    def __init__(self, current: Letter | None) -> None:
        super().__init__(current.letter_id if current else "")
        self.current = current


class StaleBatchError(Exception):
    """The batch has changed since it was read."""


@dataclass(frozen=True)
class BatchPage:
    """A page of batches and the cursor of the next."""

    batches: tuple[Batch, ...]
    next_cursor: str | None


@dataclass(frozen=True)
class LetterPage:
    """A page of letters and the cursor of the next."""

    letters: tuple[Letter, ...]
    next_cursor: str | None


class IntakeStore:
    """The intake table."""

    def __init__(self, table: str) -> None:
        self._table = Table(table)

    def find_upload(self, upload: Upload) -> Batch | None:
        """The batch made of this upload, or that it is the manifest of; or None."""
        claim = self._table.get(f"UPLOAD#{upload.upload_id}", "UPLOAD", consistent=True)
        return self.find_batch(text(claim, "batch_id")) if claim else None

    def claimed(self, uploads: Sequence[Upload]) -> set[Upload]:
        """Those of the uploads that have a batch."""
        by_id = {upload.upload_id: upload for upload in uploads}
        rows = self._table.get_many([(f"UPLOAD#{upload_id}", "UPLOAD") for upload_id in by_id])
        return {by_id[text(row, "upload_id")] for row in rows}

    def find_batch(self, batch_id: str) -> Batch | None:
        """The batch, or None."""
        item = self._table.get(*batch_keys(batch_id), consistent=True)
        return batch_of(item) if item else None

    def find_batch_with_letters(self, batch_id: str) -> tuple[Batch, list[Letter]] | None:
        """The batch and its letters in the order they are read, or None."""
        items = list(self._table.query(Query(Key("pk").eq(batch_keys(batch_id)[0]), consistent=True)))
        batches = [batch_of(item) for item in items if item["entity"] == "batch"]
        letters = [letter_of(item) for item in items if item["entity"] == "letter"]
        return (batches[0], _in_reading_order(batches[0], letters)) if batches else None

    def add_batch(self, batch: Batch) -> Batch:
        """Claim the upload and its manifest and fix the plan. Raises `BatchExistsError`."""
        claims = [self._claim(upload, batch.batch_id) for upload in batch.transport_copies]
        try:
            transact([*claims, Put(self._table.name, batch_item(batch), NEW)])
        except ConditionFailedError as error:
            raise BatchExistsError(batch.batch_id) from error
        return batch

    def save_late(self, batch: Batch, manifest: Upload) -> Batch:
        """Claim a manifest that came late and write its batch with it. Raises `StaleBatchError`."""
        before = Attr("version").eq(batch.version - 1)
        try:
            transact([self._claim(manifest, batch.batch_id), Put(self._table.name, batch_item(batch), before)])
        except ConditionFailedError as error:
            raise StaleBatchError(batch.batch_id) from error
        return batch

    def claim(self, manifest: Upload, batch_id: str) -> None:
        """Claim a manifest that a newer one of the batch has corrected: nothing follows from it."""
        with suppress(AlreadyExistsError):
            self._table.put_new(dict(self._claim(manifest, batch_id).item))

    def _claim(self, upload: Upload, batch_id: str) -> Put:
        keys = {"pk": f"UPLOAD#{upload.upload_id}", "sk": "UPLOAD", "entity": "upload"}
        return Put(self._table.name, {**keys, "upload_id": upload.upload_id, "batch_id": batch_id}, NEW)

    def save_batch(self, batch: Batch) -> Batch:
        """Write a batch that has made a step. Repeating the same step is no error. Raises `StaleBatchError`."""
        try:
            self._table.put(batch_item(batch), when=Attr("version").eq(batch.version - 1))
        except ConditionFailedError as error:
            current = batch_of(error.existing) if error.existing else None
            if current and current.state is batch.state:
                return current
            raise StaleBatchError(batch.batch_id) from error
        return batch

    def mark_settled(self, batch_id: str) -> None:
        """Nothing is left to do for a batch: it leaves the index of unfinished work."""
        self._table.update(*batch_keys(batch_id), Change(remove=("state_key",)), when=EXISTS)

    def letter_ids_of(self, batch_id: str) -> set[str]:
        """The ids of the letters that have their row."""
        pk, _ = batch_keys(batch_id)
        found = self._table.query(Query(Key("pk").eq(pk) & Key("sk").begins_with("LETTER#"), consistent=True))
        return {text(item, "letter_id") for item in found}

    def has_letter_in_progress(self, batch_id: str) -> bool:
        """Whether any letter of a batch that is cut still has no fate; reads no more of each than that takes."""
        pk, _ = batch_keys(batch_id)
        where = Key("pk").eq(pk) & Key("sk").begins_with("LETTER#")
        rows = self._table.query(Query(where, consistent=True, only=("state", "decided_by")))
        return any(is_in_progress(LetterState(text(row, "state")), optional_text(row, "decided_by")) for row in rows)

    def add_letter(self, letter: Letter) -> None:
        """Write a new letter; one that exists stays as it is."""
        try:
            self._table.put_new(letter_item(letter))
        except AlreadyExistsError:
            return

    def letter(self, letter_id: str) -> Letter:
        """The letter as it is now. Raises `UnknownLetterError`."""
        pk, _ = batch_keys(batch_id_of(letter_id))
        item = self._table.get(pk, letter_sort_key(letter_id), consistent=True)
        if item is None or item["letter_id"] != letter_id:
            raise UnknownLetterError(letter_id)
        return letter_of(item)

    def save_letter(self, letter: Letter) -> Letter:
        """Write a letter that has made a step, together with what it teaches. Raises `StaleLetterError`."""
        try:
            self._write(letter)
        except ConditionFailedError as error:
            raise StaleLetterError(letter_of(error.existing) if error.existing else None) from error
        return letter

    def _write(self, letter: Letter) -> None:
        item, before = letter_item(letter), Attr("version").eq(letter.version - 1)
        lessons = [Put(self._table.name, lesson_item(lesson)) for lesson in lessons_of(letter)]
        if lessons:
            transact([Put(self._table.name, item, before), *lessons])
        else:  # at half the price of a transaction
            self._table.put(item, when=before)

    def find_known_references(self, signatures: Sequence[str]) -> tuple[KnownReference, ...]:
        """Where the newest letters with these references were filed: one short query each, whatever the table holds."""
        return tuple(known for signature in signatures for known in self._known(signature))

    def _known(self, signature: str) -> Iterator[KnownReference]:
        query = Query(Key("pk").eq(lesson_key(signature)), newest_first=True)
        page = self._table.query_page(query, _LESSONS_LOOKED_AT)
        return known_references([lesson_of(item) for item in page.items])

    def mark_chunk_read(self, letter_id: str, chunk: int) -> frozenset[int]:
        """Add the chunk to those read (a set: twice is once). All of them so far, or none if the letter has gone on."""
        pk, _ = batch_keys(batch_id_of(letter_id))
        change = Change(add={"chunks_read": {chunk}})
        try:
            row = self._table.update(
                pk, letter_sort_key(letter_id), change, when=Attr("state").eq(LetterState.CUT.value)
            )
        except ConditionFailedError:
            return frozenset()
        done = row["chunks_read"]
        return frozenset(done) if isinstance(done, set) else frozenset()

    def batches_of_day(self, day: date, limit: int, cursor: str | None = None) -> BatchPage:
        """Batches received on a day (Europe/Zurich), newest first."""
        query = Query(Key("day").eq(day.isoformat()), index="by_day", newest_first=True)
        page = self._table.query_page(query, limit, cursor)
        return BatchPage(tuple(batch_of(item) for item in page.items), page.next_cursor)

    def letters_in_review(self, limit: int, cursor: str | None = None) -> LetterPage:
        """Letters that wait for a person, oldest first."""
        return self._waiting(letter_state_key(LetterState.REVIEW), limit, cursor)

    def letters_forwarded(self, destination: Destination, limit: int, cursor: str | None = None) -> LetterPage:
        """Letters for a destination that nobody has taken yet, oldest first; those of old dossiers come last.

        A cursor belongs to one of the two lists and says so itself. Raises ``InvalidCursorError``.
        """
        daily, old = (
            letter_state_key(LetterState.FORWARDED, destination, lane) for lane in (Lane.DAILY, Lane.BACKFILE)
        )
        try:
            first = self._waiting(daily, limit, cursor)
        except InvalidCursorError:
            return self._waiting(old, limit, cursor)
        if first.next_cursor:
            return first
        rest = self._waiting(old, max(1, limit - len(first.letters)))
        return LetterPage(first.letters + rest.letters, rest.next_cursor)

    def _waiting(self, state_key: str, limit: int, cursor: str | None = None) -> LetterPage:
        page = self._table.query_page(Query(Key("state_key").eq(state_key), index="by_state"), limit, cursor)
        return LetterPage(tuple(letter_of(item) for item in page.items), page.next_cursor)

    def letters_stuck(self, state: LetterState, before: datetime) -> Iterator[Letter]:
        """Letters that have been in ``state`` since before a time."""
        yield from map(letter_of, self._stuck(letter_state_key(state), before))

    def letters_waiting(self, after: datetime, before: datetime) -> Iterator[Letter]:
        """Letters that wait for a person, in review or forwarded, since some time between two times."""
        forwarded = (letter_state_key(LetterState.FORWARDED, one, lane) for one, lane in product(Destination, Lane))
        between = Key("since").between(instant(after), instant(before))
        in_review = (letter_state_key(LetterState.REVIEW, lane=lane) for lane in Lane)
        for state_key in (*in_review, *forwarded):
            found = self._table.query(Query(Key("state_key").eq(state_key) & between, index="by_state"))
            yield from map(letter_of, found)

    def batches_stuck(self, state: BatchState, before: datetime) -> Iterator[Batch]:
        """Batches that have been in ``state`` since before a time."""
        yield from map(batch_of, self._stuck(f"batch#{state}", before))

    def _stuck(self, state_key: str, before: datetime) -> Iterator[dict[str, object]]:
        aged = Key("state_key").eq(state_key) & Key("since").lt(instant(before))
        yield from self._table.query(Query(aged, index="by_state"))


def _in_reading_order(batch: Batch, letters: Sequence[Letter]) -> list[Letter]:
    """The rows lie in the order of the file, which for fronts and backs one after the other is another one."""
    planned = [page for letter in (batch.plan.letters if batch.plan else ()) for page in letter.pages]
    position = {page: number for number, page in enumerate(planned)}
    return sorted(letters, key=lambda letter: position.get(letter.pages[0], len(position)))
