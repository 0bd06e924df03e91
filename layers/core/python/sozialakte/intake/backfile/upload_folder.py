"""Upload a folder of scanned dossiers, however often it is cut off: what has arrived is never sent again.

S3 itself remembers what has arrived, by checksum; nothing is kept beside the files that could be lost or be wrong. Each
file is read once for its checksums, compared with what lies in the bucket, sent part by part where it differs, and
compared again at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from sozialakte.intake.backfile.files import BackfileFiles, StoredFile, StoredPart
from sozialakte.intake.backfile.local_files import (
    Fingerprint,
    LocalFile,
    checksum_of,
    fingerprint,
    read_part,
)
from sozialakte.intake.upload_pairs import is_manifest

PART_SIZE = 8 * 2**20  # bytes; S3 takes no less than 5 MB and no more than 10'000 parts


class Outcome(StrEnum):
    """What became of a file. The first two are in the bucket, byte for byte."""

    SENT = "sent"
    THERE = "there"
    CHANGED = "changed"
    """Another content was uploaded under its name before: it would be a second scan of the same pages."""
    UNSTEADY = "unsteady"
    """It changed or went away while it was sent."""


GOOD = frozenset({Outcome.SENT, Outcome.THERE})


@dataclass(frozen=True)
class Uploaded:
    """A file with what became of it."""

    file: LocalFile
    outcome: Outcome


class _FileChangedError(Exception):
    """What is read now is not what the checksum was made of."""


@dataclass(frozen=True)
class UploadFolder:
    """The use case. ``told`` hears how many bytes more are in the bucket; it may be called from several threads."""

    files: BackfileFiles
    parallel: int
    told: Callable[[int], object]
    part_size: int = PART_SIZE

    def __call__(self, found: Sequence[LocalFile]) -> list[Uploaded]:
        """Upload all files and check each at the end. Errors of S3 end it; run again, it goes on where it was."""
        folders = {file.key.partition("/")[0] for file in found}
        unfinished = {key: upload for name in folders for key, upload in self.files.unfinished(f"{name}/").items()}
        with _threads(self.parallel) as files, _threads(self.parallel) as parts:
            sender = _Sender(self, parts, unfinished)
            return list(files.map(sender, found))


@dataclass(frozen=True)
class _Sender:
    """Sends one file; its parts are sent beside each other by ``pool``."""

    folder: UploadFolder
    pool: ThreadPoolExecutor
    unfinished: Mapping[str, str]

    def __call__(self, file: LocalFile) -> Uploaded:
        try:
            return Uploaded(file, self._outcome(file))
        except (OSError, _FileChangedError):
            return Uploaded(file, Outcome.UNSTEADY)

    def _outcome(self, file: LocalFile) -> Outcome:
        files = self.folder.files
        content = fingerprint(file, self.folder.part_size)
        stored = files.find(file.key)
        if _is_same(stored, content):
            self.folder.told(file.size)
            return Outcome.THERE
        if stored and not is_manifest(file.key):
            return Outcome.CHANGED
        self._send(file, content, replaces=stored is not None)
        if not _is_same(files.find(file.key), content):
            return Outcome.CHANGED
        return Outcome.SENT if file.is_as_found() else Outcome.UNSTEADY

    def _send(self, file: LocalFile, content: Fingerprint, *, replaces: bool) -> None:
        if len(content.parts) > 1 and not replaces:
            self._send_parts(file, content)
            return
        body = b"".join(self._read(file, number, checksum) for number, checksum in enumerate(content.parts, start=1))
        put = self.folder.files.replace if replaces else self.folder.files.put
        put(file.key, body, checksum_of(body))
        self.folder.told(len(body))

    def _send_parts(self, file: LocalFile, content: Fingerprint) -> None:
        files = self.folder.files
        upload_id = self.unfinished.get(file.key)
        arrived = files.parts(file.key, upload_id) if upload_id else {}
        upload = upload_id or files.begin(file.key)

        def send(number: int, checksum: str) -> tuple[int, StoredPart]:
            part = arrived.get(number)
            if part is None or part.checksum != checksum:
                part = files.put_part(file.key, upload, number, self._read(file, number, checksum), checksum)
            self.folder.told(min(self.folder.part_size, content.size - (number - 1) * self.folder.part_size))
            return number, part

        numbers = range(1, len(content.parts) + 1)
        files.complete(file.key, upload, dict(self.pool.map(send, numbers, content.parts)))

    def _read(self, file: LocalFile, number: int, checksum: str) -> bytes:
        body = read_part(file, number, self.folder.part_size)
        if checksum_of(body) != checksum:
            raise _FileChangedError
        return body


def _is_same(stored: StoredFile | None, content: Fingerprint) -> bool:
    return stored is not None and (stored.size, stored.checksum) == (content.size, content.checksum)


@contextmanager
def _threads(count: int) -> Iterator[ThreadPoolExecutor]:
    """A pool that, when the work is broken off, begins nothing more."""
    pool = ThreadPoolExecutor(count)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
