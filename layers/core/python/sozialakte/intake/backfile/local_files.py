"""The scanned files in a folder on disk, and their content in checksums, part by part."""

from __future__ import annotations

import unicodedata
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Found:
    """The files to upload, by key; and those that are none, or that no key can name."""

    files: tuple[LocalFile, ...]
    left_out: tuple[Path, ...]


@dataclass(frozen=True)
class Fingerprint:
    """The SHA-256 of each part, as S3 writes it (base64); a file of one part goes as a whole."""

    size: int
    parts: tuple[str, ...]
    checksum: str
    """Of the whole: of its bytes, or of its parts' checksums where there are several, as S3 does it."""


def find_files(folder: Path) -> Found:
    """All files below a folder. The key is the folder's name and the path below it, whatever form its umlauts have.

    Links are not followed. Of two files with the same key both are left out.
    """
    files: dict[str, LocalFile] = {}
    left_out: list[Path] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()):
        key = _key(folder, path)
        if key is None:
            left_out.append(path)
        elif key in files:
            left_out += [files[key].path, path]
        else:
            seen = path.stat()
            files[key] = LocalFile(path, key, seen.st_size, seen.st_mtime_ns)
    doubled = set(left_out)
    return Found(tuple(file for file in files.values() if file.path not in doubled), tuple(dict.fromkeys(left_out)))


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


def _key(folder: Path, path: Path) -> str | None:
    if path.suffix.lower() not in ENDINGS or path.name.startswith("."):
        return None
    key = unicodedata.normalize("NFC", f"{folder.resolve().name}/{path.relative_to(folder).as_posix()}")
    try:
        return key if len(key.encode()) <= LONGEST_KEY else None
    except UnicodeEncodeError:  # a name in another encoding than the system's
        return None


def _parts(path: Path, part_size: int) -> Iterator[bytes]:
    with path.open("rb") as opened:
        while part := opened.read(part_size):
            yield part


def _base64(digest: bytes) -> str:
    return b64encode(digest).decode()
