"""A batch: one upload of the scanning centre, cut once, closed when every page has its fate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType

from sozialakte.intake.model import CutPlan, Lane
from sozialakte.intake.pages.order import PageOrder
from sozialakte.shared.reasons import Reason


class BatchState(StrEnum):
    """``RECEIVED``: plan fixed, letters being written. ``CUT``: all letters exist. The other three are final."""

    RECEIVED = "received"
    CUT = "cut"
    CLOSED = "closed"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"


BATCH_STEPS: Mapping[BatchState, frozenset[BatchState]] = MappingProxyType(
    {
        BatchState.RECEIVED: frozenset({BatchState.CUT}),
        BatchState.CUT: frozenset({BatchState.CLOSED}),
        BatchState.CLOSED: frozenset(),
        BatchState.REJECTED: frozenset(),
        BatchState.DUPLICATE: frozenset(),
    }
)


class IllegalBatchStepError(ValueError):
    """A step that `BATCH_STEPS` does not allow."""


@dataclass(frozen=True)
class Upload:
    """One version of one object in the bucket of its lane."""

    key: str
    version_id: str
    lane: Lane = Lane.DAILY

    @property
    def upload_id(self) -> str:
        """Names the upload in tables and logs: the key itself may hold a name."""
        return sha256(f"{self.key}\n{self.version_id}".encode()).hexdigest()[:32]


@dataclass(frozen=True)
class ManifestCheck:
    """What the scanning centre's manifest says, against what was found.

    ``upload`` is the manifest; none if it never came. ``counted`` are its pages, if they can be told. ``order`` is how
    the batch was taken to lie. ``reason`` says what is wrong; none if all agrees. ``doubted`` are the letters of the
    plan whom that concerns (position of the first, and behind the last). ``late``: the manifest came after the cut, so
    no letter was held back for it.
    """

    upload: Upload | None = None
    counted: int | None = None
    order: PageOrder = PageOrder.AS_READ
    reason: Reason | None = None
    doubted: tuple[int, int] = (0, 0)
    late: bool = False


@dataclass(frozen=True)
class Batch:
    """A batch. ``pages_in`` is the scanning centre's count or the file's, whichever is larger (0 if neither is known).

    ``pages_missing`` of them were counted by the scanning centre and are not in the file. ``sha256`` is empty for a
    file that was not read. ``manifest`` is none where no manifest came and none was expected.
    """

    batch_id: str
    upload: Upload
    sha256: str
    size: int
    received_at: datetime
    state: BatchState
    since: datetime
    pages_in: int
    plan: CutPlan | None = None
    reason: Reason | None = None
    version: int = 1
    pages_missing: int = 0
    manifest: ManifestCheck | None = None

    @property
    def pages_found(self) -> int:
        """How many pages the file has, as far as is known."""
        return self.pages_in - self.pages_missing

    @property
    def transport_copies(self) -> tuple[Upload, ...]:
        """What may expire once the batch is settled: the file and its manifest."""
        manifest = self.manifest.upload if self.manifest else None
        return (self.upload, manifest) if manifest else (self.upload,)

    @property
    def notes(self) -> tuple[Reason, ...]:
        """What people should know about the manifest: how it differs, and that it came late."""
        if self.manifest is None or self.manifest.reason is None:
            return ()
        late = (Reason("manifest.late"),) if self.manifest.late else ()
        return (self.manifest.reason, *late)

    @property
    def order(self) -> PageOrder:
        """How the pages of the file were taken to lie."""
        return self.manifest.order if self.manifest else PageOrder.AS_READ

    @property
    def file_name(self) -> str:
        """The scanner's name of the file: data for people, never a key or a log field."""
        return self.upload.key.rsplit("/", 1)[-1]

    @property
    def is_final(self) -> bool:
        """No step follows."""
        return not BATCH_STEPS[self.state]

    def cut(self, at: datetime) -> Batch:
        """All letters of the plan exist."""
        return self._step(BatchState.CUT, at)

    def close(self, at: datetime) -> Batch:
        """Every page has its fate."""
        return self._step(BatchState.CLOSED, at)

    def checked(self, manifest: ManifestCheck) -> Batch:
        """With a manifest. Pages it counted that are not in the file are missing, and never silently gone."""
        counted = manifest.counted or 0
        # Of a file that cannot be read no page is known, so all that were counted share its fate.
        missing = max(0, counted - self.pages_found) if self.pages_found else 0
        pages_in = max(self.pages_found, counted)
        return replace(self, pages_in=pages_in, pages_missing=missing, manifest=manifest)

    def compare_late(self, manifest: ManifestCheck) -> Batch:
        """A manifest came after the cut: what it says is shown; letters are left as they are."""
        return replace(self.checked(replace(manifest, doubted=(0, 0), late=True)), version=self.version + 1)

    def doubts_about(self, letter: int) -> tuple[Reason, ...]:
        """Why a person must look at a letter of the plan (its position, from 0)."""
        check = self.manifest
        if check is None or check.reason is None or letter not in range(*check.doubted):
            return ()
        return (check.reason,)

    def _step(self, target: BatchState, at: datetime) -> Batch:
        if target not in BATCH_STEPS[self.state]:
            raise IllegalBatchStepError(f"{self.batch_id}: {self.state} -> {target}")
        return replace(self, state=target, since=at, version=self.version + 1)


def batch_id_for(content_sha256: str) -> str:
    """The id of the one batch with this content that is cut."""
    return content_sha256[:32]


def aside_id_for(content_sha256: str, upload: Upload) -> str:
    """The id of an upload that is not cut: rejected (perhaps unread, without a hash), or the same content again."""
    return f"{batch_id_for(content_sha256 or upload.upload_id)}d{upload.upload_id[:8]}"


def set_aside_key(batch_id: str) -> str:
    """Where separators and blank pages are kept, should one turn out to be neither."""
    return f"batches/{batch_id}/set-aside.pdf"


def whole_file_key(batch_id: str) -> str:
    """Where a file lies that carries more than its pages, which its letters cannot."""
    return f"batches/{batch_id}/upload.pdf"


def letter_key(letter_id: str, name: str) -> str:
    """Where the files of a letter lie (``original.pdf``, ``searchable.pdf``, ``reading-000.json``)."""
    return f"letters/{letter_id}/{name}"
