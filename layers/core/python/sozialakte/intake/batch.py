"""A batch: one upload of the scanning centre, cut once, closed when every page has its fate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType

from sozialakte.intake.letter import StoredObject
from sozialakte.intake.model import CutPlan
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
    """One version of one object in the scans bucket."""

    key: str
    version_id: str

    @property
    def upload_id(self) -> str:
        """Names the upload in tables and logs: the key itself may hold a name."""
        return sha256(f"{self.key}\n{self.version_id}".encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Batch:
    """A batch. ``pages_in`` is the count of the file's pages (0 where it cannot be known: an unreadable file)."""

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

    def _step(self, target: BatchState, at: datetime) -> Batch:
        if target not in BATCH_STEPS[self.state]:
            raise IllegalBatchStepError(f"{self.batch_id}: {self.state} -> {target}")
        return replace(self, state=target, since=at, version=self.version + 1)


def batch_id_for(content_sha256: str) -> str:
    """The id of the one batch with this content that is cut."""
    return content_sha256[:32]


def aside_id_for(content_sha256: str, upload: Upload) -> str:
    """The id of an upload that is not cut: rejected, or the same content again."""
    return f"{batch_id_for(content_sha256)}d{upload.upload_id[:8]}"


def set_aside_key(batch_id: str) -> str:
    """Where separators and blank pages are kept, should one turn out to be neither."""
    return f"batches/{batch_id}/set-aside.pdf"


def letter_key(letter_id: str, name: str) -> str:
    """Where the files of a letter lie (``original.pdf``, ``searchable.pdf``, ``reading-000.json``)."""
    return f"letters/{letter_id}/{name}"


def original_of(letter_id: str, version_id: str) -> StoredObject:
    """The exact object version that is the record of a letter."""
    return StoredObject(letter_key(letter_id, "original.pdf"), version_id)
