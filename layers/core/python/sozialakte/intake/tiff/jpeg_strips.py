"""The JPEG strips of a TIFF page as one JPEG, without decoding: what was compressed stays as it is, bit for bit.

Strips share their tables (TIFF Technical Note 2). Each begins anew, as the parts of one JPEG do between restart markers
(ITU-T T.81, F.1.1.5.2): so strips of equal height become such parts.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_START, _END = b"\xff\xd8", b"\xff\xd9"
_SOF0, _SOF1, _SOF2, _DHT, _DQT, _DRI, _SOS, _APP14 = 0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, 0xDA, 0xEE
_FRAMES = frozenset({_SOF0, _SOF1, _SOF2})  # baseline, extended, progressive: those that PDF readers know
_MARKER = re.compile(rb"\xff[^\x00]")
_LONGEST_INTERVAL = 65535


class UnlikeStripsError(ValueError):
    """The strips cannot be one JPEG as they are."""


class BrokenStripError(ValueError):
    """A strip is no whole JPEG. A decoder would fill up what is missing and say nothing."""


@dataclass(frozen=True)
class _Strip:
    """A strip: its frame header, the tables of its own, and the compressed data."""

    frame_code: int
    frame: bytes
    tables: tuple[bytes, ...]
    scan: bytes
    data: bytes

    @property
    def size(self) -> tuple[int, int]:
        length, width = struct.unpack(">HH", self.frame[1:5])
        return int(width), int(length)

    @property
    def unit(self) -> tuple[int, int]:
        """Width and height in pixels of what is coded together (T.81, A.2)."""
        factors = [divmod(self.frame[7 + 3 * component], 16) for component in range(self.components)]
        if len(factors) == 1:
            return 8, 8
        across, down = zip(*factors, strict=True)
        if not min(*across, *down):
            raise UnlikeStripsError("sampling")
        return 8 * max(across), 8 * max(down)

    @property
    def components(self) -> int:
        return self.frame[5]


def joined(tables: bytes, strips: Sequence[bytes], *, size: tuple[int, int], transform: int | None) -> bytes:
    """One JPEG of ``size`` (width, length) from a page's tables and strips.

    ``transform`` says for three components whether they are YCbCr (1) or RGB (0), in the marker that all readers heed
    (T.872, 6.5.3). Raises `UnlikeStripsError` and `BrokenStripError`.
    """
    parts = [_parsed(strip) for strip in strips]
    first = parts[0]
    shared = tuple(_segments(tables)) if tables else ()
    if len(parts) > 1:
        _check_alike(parts, size)
    elif first.size != size:
        raise UnlikeStripsError("size")
    length = struct.pack(">H", size[1])
    head = [_START]
    if transform is not None:
        head.append(_segment(_APP14, b"Adobe\0\x64\0\0\0\0" + bytes([transform])))
    head += [*shared, *first.tables, _segment(first.frame_code, first.frame[:1] + length + first.frame[3:])]
    if len(parts) > 1:
        head.append(_segment(_DRI, struct.pack(">H", _interval(first))))
    return b"".join([*head, _segment(_SOS, first.scan), *_with_restarts(parts), _END])


def _check_alike(parts: Sequence[_Strip], size: tuple[int, int]) -> None:
    """All strips must be coded alike, whole rows of units, and together the image."""
    first = parts[0]
    same = all((part.frame_code, part.frame[3:], part.tables, part.scan) == _kind(first) for part in parts)
    baseline = first.frame_code in {_SOF0, _SOF1} and first.scan[0] == first.components
    heights = [part.size[1] for part in parts]
    even = set(heights[:-1]) == {heights[0]} and heights[0] % first.unit[1] == 0 and heights[-1] <= heights[0]
    unbroken = not any(_MARKER.search(part.data) for part in parts)
    if not (same and baseline and even and unbroken and (first.size[0], sum(heights)) == size):
        raise UnlikeStripsError("strips differ")


def _kind(strip: _Strip) -> tuple[int, bytes, tuple[bytes, ...], bytes]:
    return strip.frame_code, strip.frame[3:], strip.tables, strip.scan


def _interval(strip: _Strip) -> int:
    """How many units lie between two restart markers: those of a strip."""
    across, down = strip.unit
    units = -(-strip.size[0] // across) * (strip.size[1] // down)
    if units > _LONGEST_INTERVAL:
        raise UnlikeStripsError("strips too large")
    return units


def _with_restarts(parts: Sequence[_Strip]) -> Iterator[bytes]:
    for number, part in enumerate(parts):
        if number:
            yield bytes([0xFF, 0xD0 + (number - 1) % 8])
        yield part.data


def _parsed(strip: bytes) -> _Strip:
    end = strip.rfind(_END)
    frame_code, frame = 0, b""
    tables: list[bytes] = []
    for code, body, after in _walk(strip):
        if code == _SOS and frame and end >= after:
            return _Strip(frame_code, frame, tuple(tables), body, strip[after:end])
        if code in _FRAMES and len(body) >= 6 and len(body) >= 6 + 3 * body[5] > 6:
            frame_code, frame = code, body
        elif code in {_DHT, _DQT, _DRI}:
            tables.append(_segment(code, body))
    raise BrokenStripError


def _segments(tables: bytes) -> Iterator[bytes]:
    return (_segment(code, body) for code, body, _ in _walk(tables) if code in {_DHT, _DQT})


def _walk(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Marker code, content and end of each segment up to the compressed data."""
    if not data.startswith(_START):
        raise BrokenStripError
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        if data[at + 1] == 0xFF:  # a byte to fill up (T.81, B.1.1.2)
            at += 1
            continue
        code, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        after = at + 2 + length
        if length < 2 or after > len(data):
            break
        yield code, data[at + 4 : after], after
        if code == _SOS:
            return
        at = after


def _segment(code: int, body: bytes) -> bytes:
    return b"\xff" + bytes([code]) + struct.pack(">H", len(body) + 2) + body
