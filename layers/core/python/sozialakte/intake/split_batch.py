"""Cut an uploaded batch into letters: once, by a stored plan, however often the upload is announced.

1. Where a manifest is expected and has not come, the batch waits: the manifest or `reconcile` announces it again.
2. The plan is fixed together with the claims on the upload and its manifest, in one conditional transaction.
3. Each letter gets its file, then its row. A letter that has its row is left alone.
4. When all letters have their rows the batch is ``cut``.
A process that dies anywhere in between finds its plan again and goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sozialakte.intake.batch import Batch, BatchState, Upload
from sozialakte.intake.cut_letters import CutLetters
from sozialakte.intake.files import IntakeFiles, UploadGoneError
from sozialakte.intake.judge_upload import JudgeUpload
from sozialakte.intake.local_upload import LocalUpload
from sozialakte.intake.store import BatchExistsError, IntakeStore
from sozialakte.intake.upload_pairs import UploadRules


@dataclass(frozen=True)
class SplitBatch:
    """The use case with what it works on. ``folder`` is an empty folder on disk."""

    store: IntakeStore
    files: IntakeFiles
    folder: Path
    rules: UploadRules
    now: datetime

    def __call__(self, upload: Upload) -> Batch | None:
        """Cut the upload, or go on where an earlier try ended; None while it waits. Raises `UploadGoneError`."""
        batch = self.store.find_upload(upload)
        if batch and batch.state is not BatchState.RECEIVED:
            return batch
        local = LocalUpload(self.files, upload, self.folder, self.rules.largest)
        batch = batch or self._claim(upload, local)
        if batch is None or batch.state is not BatchState.RECEIVED or batch.plan is None:
            return batch
        CutLetters(self.store, self.files, self.folder, self.now)(batch, batch.plan, local.pdf)
        return self.store.save_batch(batch.cut(self.now))

    def _claim(self, upload: Upload, local: LocalUpload) -> Batch | None:
        batch = self._judge(upload, local)
        try:
            return batch and self.store.add_batch(batch)
        except BatchExistsError:
            # Another process was faster, with this upload, its manifest, or another upload of the same content.
            batch = self.store.find_upload(upload)
            if batch:
                return batch
        batch = self._judge(upload, local)
        return batch and self.store.add_batch(batch)

    def _judge(self, upload: Upload, local: LocalUpload) -> Batch | None:
        beside = self.files.beside(upload)
        arrival = next((one for one in beside if one.upload == upload), None)
        if arrival is None:
            raise UploadGoneError(upload.upload_id)
        return JudgeUpload(self.store, self.files, self.rules, self.now)(arrival, beside, local)
