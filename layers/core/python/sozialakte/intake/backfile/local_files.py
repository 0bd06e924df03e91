"""The scanned files in a folder on disk, and their content in checksums, part by part."""

from __future__ import annotations

import os
import unicodedata
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

ENDINGS = frozenset({".pdf", ".tif", ".tiff", ".csv"})
LONGEST_KEY = 1024  # bytes in UTF-8 (Amazon S3, "Naming objects")


@dataclass(frozen=True)
class LocalFile:
    """A file on disk as it was found, and its key in the bucket. ``size`` in bytes, ``changed_ns`` since 1970."""

    path: Path
    key: str
    size: int
    changed_ns: int

    def is_as_found(self) -> bool:
        """Whether nobody has touched it since. Raises `OSError`."""
        now = self.path.stat()
        return (now.st_size, now.st_mtime_ns) == (self.size, self.changed_ns)


class Unsent(StrEnum):
    """Why a scan, or a folder that may hold some, cannot be sent: somebody has to do something about it."""

    DOUBLED = "doubled"
    """Another one has the same key, its umlauts in another form."""
    UNNAMEABLE = "unnameable"
    UNREADABLE = "unreadable"
    LINK = "link"


@dataclass(frozen=True)
class Found:
    """The files to upload, by key; those that are no scans; and what is ``unsent`` though it may be one, and why."""

    files: tuple[LocalFile, ...]
    left_out: tuple[Path, ...]
    unsent: Mapping[Path, Unsent]


@dataclass(frozen=True)
class Fingerprint:
    """The SHA-256 of each part, as S3 writes it (base64); a file of one part goes as a whole."""

    size: int
    parts: tuple[str, ...]
    checksum: str
    """Of the whole: of its bytes, or of its parts' checksums where there are several, as S3 does it."""


def find_files(folder: Path) -> Found:
    """All files below a folder. The key is the folder's name and the path below it, whatever form its umlauts have.

    Links are not followed. Of two files with the same key neither is sent.
    """
    unsent: dict[Path, Unsent] = {}
    paths = sorted(_paths(folder, unsent))
    scans = [path for path in paths if _is_scan(path)]
    files: dict[str, LocalFile] = {}
    for path in scans:
        found = _local_file(folder, path)
        if isinstance(found, Unsent):
            unsent[path] = found
        elif found.key in files:
            unsent |= dict.fromkeys((files[found.key].path, path), Unsent.DOUBLED)
        else:
            files[found.key] = found
    left_out = tuple(path for path in paths if path not in set(scans))
    return Found(tuple(file for file in files.values() if file.path not in unsent), left_out, unsent)


def fingerprint(file: LocalFile, part_size: int) -> Fingerprint:
    """Read a file once. ``part_size`` in bytes. Raises `OSError`."""
    digests = [sha256(part).digest() for part in _parts(file.path, part_size)] or [sha256(b"").digest()]
    whole = digests[0] if len(digests) == 1 else sha256(b"".join(digests)).digest()
    return Fingerprint(file.path.stat().st_size, tuple(map(_base64, digests)), _base64(whole))


def read_part(file: LocalFile, number: int, part_size: int) -> bytes:
    """Part ``number`` (from 1). Raises `OSError`."""
    with file.path.open("rb") as opened:
        opened.seek((number - 1) * part_size)
        return opened.read(part_size)


def checksum_of(content: bytes) -> str:
    """SHA-256 as S3 writes it."""
    return _base64(sha256(content).digest())


def _paths(folder: Path, unsent: dict[Path, Unsent]) -> Iterator[Path]:
    """All files below the folder; what cannot be looked into is noted."""

    def note(error: OSError) -> None:
        unsent[Path(error.filename)] = Unsent.UNREADABLE

    for place, folders, names in os.walk(folder, onerror=note):
        unsent |= {Path(place, name): Unsent.LINK for name in folders if Path(place, name).is_symlink()}
        yield from (Path(place, name) for name in names)


def _is_scan(path: Path) -> bool:
    return path.suffix.lower() in ENDINGS and not path.name.startswith(".")


def _local_file(folder: Path, path: Path) -> LocalFile | Unsent:
    if path.is_symlink():
        return Unsent.LINK
    key = unicodedata.normalize("NFC", f"{folder.resolve().name}/{path.relative_to(folder).as_posix()}")
    try:
        seen = path.stat()
        return LocalFile(path, key, seen.st_size, seen.st_mtime_ns) if _is_key(key) else Unsent.UNNAMEABLE
    except OSError:  # it went away
        return Unsent.UNREADABLE


def _is_key(name: str) -> bool:
    try:
        return len(name.encode()) <= LONGEST_KEY
    except UnicodeEncodeError:  # a name in another encoding than the system's
        return False


def _parts(path: Path, part_size: int) -> Iterator[bytes]:
    with path.open("rb") as opened:
        while part := opened.read(part_size):
            yield part


def _base64(digest: bytes) -> str:
    return b64encode(digest).decode()
