"""Cut an uploaded batch into letters: once, by a stored plan, however often the upload is announced.

1. The plan is fixed together with the claim on the upload, in one conditional transaction.
2. Each letter gets its file, then its row. A letter that has its row is left alone.
3. When all letters have their rows the batch is ``cut``.
A process that dies anywhere in between finds its plan again and goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sozialakte.intake.batch import (
    Batch,
    BatchState,
    Upload,
    aside_id_for,
    batch_id_for,
    letter_key,
    set_aside_key,
)
from sozialakte.intake.files import FetchedUpload, IntakeFiles
from sozialakte.intake.letter import Letter, LetterState, Step, letter_id_of
from sozialakte.intake.model import CutPlan, PageFate, PlannedLetter, UnreadableFileError
from sozialakte.intake.pdf_check import PdfSource, open_source
from sozialakte.intake.pdf_files import write_pages
from sozialakte.intake.plan_cut import plan_cut
from sozialakte.intake.store import BatchExistsError, IntakeStore
from sozialakte.shared.reasons import Reason


@dataclass(frozen=True)
class Verdict:
    """What an upload is: a batch to cut (with its plan), a repeated one or one nobody can read (with the reason)."""

    state: BatchState
    pages_in: int
    plan: CutPlan | None = None
    reason: Reason | None = None

    @property
    def is_cut(self) -> bool:
        """Only a batch that is cut takes its content's id: what was refused once may be readable one day."""
        return self.state is BatchState.RECEIVED


@dataclass(frozen=True)
class SplitBatch:
    """The use case with what it works on. ``folder`` is an empty folder on disk."""

    store: IntakeStore
    files: IntakeFiles
    folder: Path
    now: datetime

    def __call__(self, upload: Upload) -> Batch:
        """Cut the upload, or go on where an earlier try ended. Raises `UploadGoneError`."""
        batch = self.store.find_upload(upload)
        if batch and batch.state is not BatchState.RECEIVED:
            return batch
        fetched = self.files.fetch_upload(upload, self.folder / "batch.pdf")
        batch = batch or self._claim(upload, fetched)
        if batch.state is not BatchState.RECEIVED or batch.plan is None:
            return batch
        with open_source(fetched.path) as source:
            self._cut_letters(batch, batch.plan, source)
        return self.store.save_batch(batch.cut(self.now))

    def _claim(self, upload: Upload, fetched: FetchedUpload) -> Batch:
        batch = self._judge(upload, fetched)
        try:
            return self.store.add_batch(batch)
        except BatchExistsError:
            # Another process was faster, with this upload or with another one of the same content.
            return self.store.find_upload(upload) or self.store.add_batch(self._judge(upload, fetched))

    def _judge(self, upload: Upload, fetched: FetchedUpload) -> Batch:
        first = self.store.find_batch(batch_id_for(fetched.sha256))
        verdict = _repeated(first) if first else _planned(fetched.path)
        return Batch(
            batch_id=batch_id_for(fetched.sha256) if verdict.is_cut else aside_id_for(fetched.sha256, upload),
            upload=upload,
            sha256=fetched.sha256,
            size=fetched.size,
            received_at=fetched.received_at,
            since=self.now,
            state=verdict.state,
            pages_in=verdict.pages_in,
            plan=verdict.plan,
            reason=verdict.reason,
        )

    def _cut_letters(self, batch: Batch, plan: CutPlan, source: PdfSource) -> None:
        present = self.store.letter_ids_of(batch.batch_id)
        for planned in plan.letters:
            if letter_id_of(batch.batch_id, planned.pages) not in present:
                self._cut_letter(batch, planned, source)
        self._keep_aside(batch, plan, source)

    def _cut_letter(self, batch: Batch, planned: PlannedLetter, source: PdfSource) -> None:
        letter_id = letter_id_of(batch.batch_id, planned.pages)
        cut = self._write(source, planned.pages)
        original, sha256 = self.files.keep_once(letter_key(letter_id, "original.pdf"), cut)
        self.store.add_letter(
            Letter(
                letter_id=letter_id,
                batch_id=batch.batch_id,
                pages=planned.pages,
                sha256=sha256,
                original=original,
                received_at=batch.received_at,
                state=LetterState.CUT,
                since=self.now,
                history=(Step(LetterState.CUT, self.now),),
                named_dossier=planned.dossier_id,
                named_by=planned.named_by,
                disputed=planned.disputed,
            )
        )

    def _keep_aside(self, batch: Batch, plan: CutPlan, source: PdfSource) -> None:
        aside = tuple(finding.page for finding in plan.findings if finding.fate is not PageFate.LETTER)
        if aside:
            self.files.keep_once(set_aside_key(batch.batch_id), self._write(source, aside))

    def _write(self, source: PdfSource, pages: Sequence[int]) -> Path:
        target = self.folder / "cut.pdf"
        write_pages(source, pages, target)
        return target


def _planned(path: Path) -> Verdict:
    try:
        plan = plan_cut(path)
    except UnreadableFileError as error:
        return Verdict(BatchState.REJECTED, error.pages, reason=error.reason)
    return Verdict(BatchState.RECEIVED, plan.pages_in, plan=plan)


def _repeated(first: Batch) -> Verdict:
    return Verdict(BatchState.DUPLICATE, first.pages_in, reason=Reason("file.duplicate", {"batch_id": first.batch_id}))
