"""A manifest has come: its batch is cut by it, or was cut without it, or never comes.

Announced before its batch, it waits: the batch finds it. After a while it stands for a batch that was lost on its way,
so that nobody misses those pages unnoticed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sozialakte.intake.batch import Batch, BatchState, ManifestCheck, Upload, aside_id_for
from sozialakte.intake.check_manifest import check
from sozialakte.intake.files import IntakeFiles, UploadGoneError
from sozialakte.intake.manifest import read_manifest
from sozialakte.intake.manifest_table import LARGEST
from sozialakte.intake.store import BatchExistsError, IntakeStore
from sozialakte.intake.upload_pairs import Arrival, UploadRules, batch_file_of, manifests_of
from sozialakte.shared.reasons import Reason


@dataclass(frozen=True)
class TakeManifest:
    """The use case with what it works on. ``split`` is `SplitBatch`."""

    store: IntakeStore
    files: IntakeFiles
    split: Callable[[Upload], Batch | None]
    rules: UploadRules
    now: datetime

    def __call__(self, upload: Upload) -> Batch | None:
        """The batch that has taken the manifest; None while it waits. Raises `UploadGoneError`."""
        if batch := self.store.find_upload(upload):
            return batch
        beside = self.files.beside(upload)
        manifest = next((one for one in beside if one.upload == upload), None)
        if manifest is None:
            raise UploadGoneError(upload.upload_id)
        batch_file = batch_file_of(manifest, beside)
        if batch_file is None:
            return self._reject(manifest) if self.rules.is_over(manifest, self.now) else None
        batch = self.split(batch_file.upload)
        if batch is None:
            return None
        newest_first = [one.upload for one in manifests_of(batch_file, beside)]
        newer = newest_first[: newest_first.index(upload)]
        taken = batch.manifest.upload if batch.manifest else None
        if taken == upload:
            return batch
        return self._dismiss(batch, upload) if taken in newer else self._compare_late(batch, manifest)

    def _reject(self, manifest: Arrival) -> Batch:
        """Nothing came that the manifest is about: its pages are lost, and that is told."""
        content = self.files.read_upload(manifest.upload, LARGEST + 1)
        read, digest = read_manifest(manifest.upload, content, None), sha256(content).hexdigest()
        batch = Batch(
            batch_id=aside_id_for(digest, manifest.upload),
            upload=manifest.upload,
            sha256=digest,
            size=manifest.size,
            received_at=manifest.uploaded_at,
            since=self.now,
            state=BatchState.REJECTED,
            pages_in=0,
            reason=read.reason or Reason("manifest.file_missing"),
        )
        try:
            return self.store.add_batch(batch.checked(ManifestCheck(counted=read.says.pages if read.says else None)))
        except BatchExistsError:
            return self.store.find_upload(manifest.upload) or batch

    def _dismiss(self, batch: Batch, upload: Upload) -> Batch:
        """A newer manifest has corrected this one."""
        self.files.settle(upload)
        self.store.claim(upload, batch.batch_id)
        return batch

    def _compare_late(self, batch: Batch, manifest: Arrival) -> Batch:
        content = self.files.read_upload(manifest.upload, LARGEST + 1)
        checked = check(
            read_manifest(manifest.upload, content, batch.upload.key), batch.plan, batch.pages_found, batch.order
        )
        if batch.manifest and batch.manifest.upload:
            self.files.settle(batch.manifest.upload)  # the row forgets it
        return self.store.save_late(batch.compare_late(checked), manifest.upload)
