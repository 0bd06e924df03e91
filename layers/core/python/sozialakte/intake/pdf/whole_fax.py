"""Is the data of a fax (CCITT Group 3 or 4) all there? Decoders fill in paper for rows that are missing."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

from sozialakte.intake.tiff.decode import group4
from sozialakte.intake.tiff.directory import Tag
from sozialakte.intake.tiff.image import Compression

MISSING = 0.01  # of the rows: some programs count one row too many
_END_OF_FAX = re.compile("0{11,}1[01]?0{11,}1")  # two ends of a line: EOFB, RTC (ITU-T T.6, 2.4.1; T.4, 4.1.4)
_END_OF_ROW = re.compile("0{11}1")
_TAIL = 64  # bytes in which it must stand
_MOST_PIXELS = 80_000_000  # that are decoded: A4 at 900 dpi
_PADDING = 7  # zeros at most between the last row and the end of its byte
_AS_ABOVE = "1" * 16  # ends what a cut left half said; else so many rows as the one above, at most
_STRIPES = 64  # rows


@dataclass(frozen=True)
class Fax:
    """Coded rows, and what the PDF says of them.

    ``k`` is below 0 for Group 4; ``ends``: an end must be there; ``by_bytes``: each row begins with a byte.
    """

    data: bytes
    columns: int
    rows: int
    k: int
    ends: bool
    by_bytes: bool

    @property
    def is_whole(self) -> bool:
        """Whether the end is there, or all rows are, and a bit for each row at least."""
        if 8 * len(self.data) < self.rows or not any(self.data):
            return False
        if _END_OF_FAX.search(_bits(self.data[-_TAIL:])):
            return True
        if self.k < 0 and not self.by_bytes and self.columns * self.rows <= _MOST_PIXELS:
            return self._has_group4_rows()
        return not self.ends or (self.k >= 0 and self._has_ends_of_rows())

    def _has_ends_of_rows(self) -> bool:
        """An end for each row. Where there are none at all, nothing tells a page that ends here from one cut off."""
        ends = len(_END_OF_ROW.findall(_bits(self.data)))
        return not ends or ends >= self.rows * (1 - MISSING)

    def _has_group4_rows(self) -> bool:
        """Whether nothing changes if black and white rows follow: where rows are missing, they are taken for them."""
        shown = self._shown(self.data)
        return all(self._shown(longer) == shown for longer in self._with_stripes())

    def _with_stripes(self) -> Iterator[bytes]:
        """Nobody knows how many zeros only fill the last byte."""
        bits = _bits(self.data)
        zeros = min(_PADDING, len(bits) - len(bits.rstrip("0")))
        for padding in range(zeros + 1):
            longer = bits[: len(bits) - padding] + _AS_ABOVE + _stripes(self.columns)
            yield int(longer.ljust(-(-len(longer) // 8) * 8, "0"), 2).to_bytes(-(-len(longer) // 8))

    def _shown(self, data: bytes) -> bytes:
        """The rows but for the few that may be missing."""
        with Image.open(io.BytesIO(_tiff(data, self.columns, self.rows)), formats=["TIFF"]) as image:
            return image.crop((0, 0, self.columns, int(self.rows * (1 - MISSING)))).tobytes()


def _bits(data: bytes) -> str:
    return f"{int.from_bytes(data):0{8 * len(data)}b}"


@lru_cache(maxsize=8)
def _stripes(width: int) -> str:
    """Black and white rows in turn, coded without a look at what is above."""
    image = Image.new("1", (width, _STRIPES), 255)
    draw = ImageDraw.Draw(image)
    for row in range(0, _STRIPES, 2):
        draw.line((0, row, width, row), fill=0)
    return _bits(group4(image))


def _tiff(data: bytes, width: int, length: int) -> bytes:
    """The rows as the one strip of a TIFF file."""
    values = {
        Tag.WIDTH: width,
        Tag.LENGTH: length,
        Tag.BITS: 1,
        Tag.COMPRESSION: Compression.GROUP4,
        Tag.PHOTOMETRIC: 0,
        Tag.STRIP_OFFSETS: 0,
        Tag.SAMPLES: 1,
        Tag.ROWS_PER_STRIP: length,
        Tag.STRIP_BYTES: len(data),
    }
    values[Tag.STRIP_OFFSETS] = start = 8 + 2 + 12 * len(values) + 4
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in sorted(values.items()))
    directory = struct.pack("<4sIH", b"II*\0", 8, len(values)) + entries
    return directory.ljust(start, b"\0") + data
