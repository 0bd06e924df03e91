"""The directories of a TIFF file, one a page, with the tags that say how its image is stored (TIFF 6.0, section 2).

Both byte orders, and BigTIFF. A reader that follows a broken chain as far as it goes loses pages without a word, so a
chain or a value that does not lie wholly in the file is refused.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import BinaryIO

from sozialakte.intake.model import UnreadableFileError
from sozialakte.shared.reasons import Reason

MAGIC = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
"""How a file begins: byte order, then 42, or 43 for BigTIFF."""

_MOST_VALUES = 1_000_000  # strips of one row on a sheet of 40 metres
_MOST_ENTRIES = 4096  # of a directory; there are some hundred tags
_BYTES = "s"
# By type (TIFF 6.0, section 2; BigTIFF adds 16): how struct reads it, and how often a value has it; a fraction twice.
_TYPES = {1: ("B", 1), 3: ("H", 1), 4: ("I", 1), 5: ("I", 2), 7: (_BYTES, 1), 16: ("Q", 1)}


class Tag(IntEnum):
    """The tags we look at (TIFF 6.0, section 8 and on; JPEG tables: Technical Note 2)."""

    WIDTH = 256
    LENGTH = 257
    BITS = 258
    COMPRESSION = 259
    PHOTOMETRIC = 262
    FILL_ORDER = 266
    STRIP_OFFSETS = 273
    ORIENTATION = 274
    SAMPLES = 277
    ROWS_PER_STRIP = 278
    STRIP_BYTES = 279
    X_RESOLUTION = 282
    Y_RESOLUTION = 283
    PLANAR = 284
    T6_OPTIONS = 293
    RESOLUTION_UNIT = 296
    TILE_OFFSETS = 324
    TILE_BYTES = 325
    EXTRA_SAMPLES = 338
    JPEG_TABLES = 347
    YCBCR_SUBSAMPLING = 530


Tags = Mapping[Tag, tuple[int, ...] | bytes]
_WANTED = {int(tag): tag for tag in Tag}


@dataclass(frozen=True)
class TiffFile:
    """An open file: its size, byte order (``<`` or ``>``) and whether it is a BigTIFF."""

    file: BinaryIO
    size: int
    order: str
    big: bool

    def read(self, offset: int, length: int) -> bytes:
        """Bytes of the file. Raises `UnreadableFileError` (``file.truncated``) where it ends before."""
        if offset + length > self.size:
            raise refused("truncated")
        return os.pread(self.file.fileno(), length, offset)

    def numbers(self, code: str, offset: int) -> tuple[int, ...]:
        """Numbers in the file's byte order, laid out as ``struct`` says."""
        layout = f"{self.order}{code}"
        return struct.unpack(layout, self.read(offset, struct.calcsize(layout)))


def is_tiff(head: bytes) -> bool:
    """Whether a file that begins so is a TIFF."""
    return head[:4] in MAGIC


def opened(file: BinaryIO) -> TiffFile:
    """The file, for reading its directories; it begins as `is_tiff` asks."""
    head = os.pread(file.fileno(), 4, 0)
    return TiffFile(file, os.fstat(file.fileno()).st_size, "<" if head[:1] == b"I" else ">", b"+" in head)


def directory_offsets(tiff: TiffFile, most: int) -> list[int]:
    """Where the directories lie, in page order; one more than ``most`` if there are that many.

    Raises `UnreadableFileError` with ``file.truncated``, ``file.damaged`` (a chain that bites its tail) or
    ``file.no_pages``.
    """
    offsets: list[int] = []
    seen = {0}
    (offset,) = tiff.numbers("Q", 8) if tiff.big else tiff.numbers("I", 4)
    while offset and len(offsets) <= most:
        if offset in seen:
            raise refused("damaged")
        seen.add(offset)
        offsets.append(offset)
        offset = _next(tiff, offset)
    if not offsets:
        raise refused("no_pages")
    return offsets


def read_tags(tiff: TiffFile, offset: int) -> Tags:
    """The tags of a directory. Raises `UnreadableFileError` with ``file.truncated`` or ``file.damaged``."""
    count, start, size = _layout(tiff, offset)
    entries = (_entry(tiff, start + size * number) for number in range(count))
    return dict(entry for entry in entries if entry)


def numbers_of(tags: Tags, tag: Tag, default: Sequence[int] = ()) -> tuple[int, ...]:
    """The whole numbers of a tag, or the default."""
    value = tags.get(tag)
    return value if isinstance(value, tuple) else tuple(default)


def refused(code: str, **params: str) -> UnreadableFileError:
    """The file cannot be taken, for ``file.<code>``."""
    return UnreadableFileError(Reason(f"file.{code}", params))


def _layout(tiff: TiffFile, offset: int) -> tuple[int, int, int]:
    """How many entries a directory has, where they begin, and how long each is."""
    (count,) = tiff.numbers("Q" if tiff.big else "H", offset)
    if not 0 < count <= _MOST_ENTRIES:
        raise refused("damaged")
    return (count, offset + 8, 20) if tiff.big else (count, offset + 2, 12)


def _next(tiff: TiffFile, offset: int) -> int:
    count, start, size = _layout(tiff, offset)
    (following,) = tiff.numbers("Q" if tiff.big else "I", start + size * count)
    return following


def _entry(tiff: TiffFile, offset: int) -> tuple[Tag, tuple[int, ...] | bytes] | None:
    number, kind = tiff.numbers("HH", offset)
    (count,) = tiff.numbers("Q" if tiff.big else "I", offset + 4)
    if number not in _WANTED or kind not in _TYPES or not count:
        return None
    if count > _MOST_VALUES:
        raise refused("damaged")
    code, parts = _TYPES[kind]
    layout, inline = f"{count * parts}{code}", 8 if tiff.big else 4
    at = offset + 4 + inline
    if struct.calcsize(f"<{layout}") > inline:
        (at,) = tiff.numbers("Q" if tiff.big else "I", at)
    if code == _BYTES:
        return _WANTED[number], tiff.read(at, count)
    return _WANTED[number], tiff.numbers(layout, at)
