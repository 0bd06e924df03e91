"""A TIFF file written byte by byte, in either byte order, so that a test can also write an odd or a broken one."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from PIL import Image

Value = int | Sequence[int] | bytes | Fraction
OFFSETS, COUNTS = 273, 279


@dataclass(frozen=True)
class TiffPage:
    """A page: its strips, and its tags but for where the strips lie and how long they are."""

    tags: Mapping[int, Value]
    strips: Sequence[bytes]

    def having(self, tags: Mapping[int, Value]) -> TiffPage:
        """The page with other tags."""
        return TiffPage({**self.tags, **tags}, self.strips)


@dataclass
class TiffBytes:
    """``order`` is ``<`` (Intel) or ``>`` (Motorola), as ``struct`` calls it."""

    order: str = "<"
    big: bool = False
    _body: bytearray = field(default_factory=bytearray)

    def written(self, pages: Sequence[TiffPage], *, last_points_to: int | None = None) -> bytes:
        """The file; ``last_points_to`` closes the chain of pages (from 0) to a ring."""
        self._body = bytearray(16)
        directories = [self._directory(page) for page in pages]
        ring = [directories[last_points_to]] if last_points_to is not None else [(0, 0)]
        for (_, link), (following, _) in zip(directories, [*directories[1:], *ring], strict=False):
            self._body[link : link + self._width] = self._offset(following)
        first = directories[0][0] if directories else 0
        mark = b"II" if self.order == "<" else b"MM"
        head = self._pack("HHHQ", 43, 8, 0, first) if self.big else self._pack("HI", 42, first)
        self._body[:16] = (mark + head).ljust(16, b"\0")
        return bytes(self._body)

    @property
    def _width(self) -> int:
        return 8 if self.big else 4

    def _directory(self, page: TiffPage) -> tuple[int, int]:
        """Where the directory lies, and its link to the next one."""
        offsets = [self._put(strip) for strip in page.strips]
        placed = {OFFSETS: offsets, COUNTS: [len(strip) for strip in page.strips]}
        tags = dict(sorted({**placed, **page.tags}.items()))
        entries = b"".join(self._entry(tag, value) for tag, value in tags.items())
        start = self._put(self._pack("Q" if self.big else "H", len(tags)) + entries)
        return start, self._put(bytes(self._width), aligned=False)

    def _entry(self, tag: int, value: Value) -> bytes:
        kind, count, data = self._value(value)
        if len(data) > self._width:
            data = self._offset(self._put(data))
        return self._pack("HH", tag, kind) + self._offset(count) + data.ljust(self._width, b"\0")

    def _value(self, value: Value) -> tuple[int, int, bytes]:
        """Type, count and bytes."""
        if isinstance(value, bytes):
            return 7, len(value), value
        if isinstance(value, Fraction):
            return 5, 1, self._pack("II", value.numerator, value.denominator)
        numbers = [value] if isinstance(value, int) else list(value)
        code, kind = ("H", 3) if max(numbers) < 2**16 else ("I", 4)
        return kind, len(numbers), self._pack(f"{len(numbers)}{code}", *numbers)

    def _offset(self, number: int) -> bytes:
        return self._pack("Q" if self.big else "I", number)

    def _pack(self, layout: str, *numbers: int) -> bytes:
        return struct.pack(f"{self.order}{layout}", *numbers)

    def _put(self, data: bytes, *, aligned: bool = True) -> int:
        if aligned and len(self._body) % 2:
            self._body.append(0)
        at = len(self._body)
        self._body += data
        return at


def page_of(image: Image.Image, compression: str, rows: int | None = None, **options: int) -> TiffPage:
    """A page as Pillow stores the image, in strips of ``rows`` (None: in one), with 300 dpi."""
    target = io.BytesIO()
    image.save(target, "TIFF", compression=compression, dpi=(300, 300), tiffinfo={278: rows or image.height}, **options)
    with Image.open(target) as written:
        exif = written.getexif()
        tags = {tag: _plain(exif[tag]) for tag in exif if tag not in {OFFSETS, COUNTS}}
        places = zip(_many(exif[OFFSETS]), _many(exif[COUNTS]), strict=True)
    strips = [target.getvalue()[at : at + count] for at, count in places]
    return TiffPage(tags, strips)


def _plain(value: object) -> Value:
    if isinstance(value, (int, bytes)):
        return value
    if isinstance(value, tuple):
        return [int(number) for number in value]
    return Fraction(str(value))


def _many(value: int | tuple[int, ...]) -> tuple[int, ...]:
    return value if isinstance(value, tuple) else (value,)
