"""One page of a TIFF file: how its image is stored, and how large it is on paper."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from sozialakte.intake.tiff.directory import Tag, Tags, TiffFile, numbers_of, refused

POINTS_PER_INCH = 72
_A4_INCHES = (8.27, 11.69)
_LARGEST_INCHES = 47.3  # the long side of A0 with a margin: larger is a wrong resolution, not a larger sheet
_SMALLEST_INCHES = 0.5
_INCHES_PER_UNIT = {2: 1.0, 3: 1 / 2.54}  # ResolutionUnit; 1 means that only the proportion is known
_WHOLE_IMAGE = 2**32 - 1


class Compression(IntEnum):
    """Those that are taken over; Pillow knows the others."""

    GROUP4 = 4
    JPEG = 7


class Photometric(IntEnum):
    """What a value means."""

    WHITE_IS_ZERO = 0
    BLACK_IS_ZERO = 1
    RGB = 2
    YCBCR = 6


UNCOMPRESSED = 1


@dataclass(frozen=True)
class TiffImage:
    """An image as stored, named as in TIFF 6.0. ``strips`` are offset and length, empty for an image in tiles."""

    width: int
    length: int
    bits: tuple[int, ...]
    compression: int
    photometric: int
    samples: int
    planar: int
    fill_order: int
    orientation: int
    rows_per_strip: int
    strips: tuple[tuple[int, int], ...]
    t6_options: int
    tables: bytes
    has_extra_samples: bool
    subsampling: tuple[int, ...]
    inches: tuple[float, float]
    """Width and height of the stored image on paper, before it is turned."""

    @property
    def is_taken_as_strips(self) -> bool:
        """Whether rows lie as they follow each other, all samples of a pixel together."""
        return bool(self.strips) and self.planar == 1 and not self.has_extra_samples

    @property
    def shares_colours(self) -> bool:
        """Whether pixels share their colours without being compressed, which no decoder of ours knows."""
        shares = self.photometric == Photometric.YCBCR and self.subsampling != (1, 1)
        stored = sum(count for _, count in self.strips)
        return shares and self.compression == UNCOMPRESSED and stored < self.width * self.length * self.samples


def image_of(tiff: TiffFile, tags: Tags) -> TiffImage:
    """The image the tags describe. Raises `UnreadableFileError` (``file.damaged``, ``file.truncated``)."""
    width, length = _one(tags, Tag.WIDTH), _one(tags, Tag.LENGTH)
    if not (width and length):
        raise refused("damaged")
    tables = tags.get(Tag.JPEG_TABLES, b"")
    rows = min(_one(tags, Tag.ROWS_PER_STRIP, _WHOLE_IMAGE), length)
    return TiffImage(
        width=width,
        length=length,
        bits=numbers_of(tags, Tag.BITS, (1,)),
        compression=_one(tags, Tag.COMPRESSION, 1),
        photometric=_one(tags, Tag.PHOTOMETRIC),
        samples=_one(tags, Tag.SAMPLES, 1),
        planar=_one(tags, Tag.PLANAR, 1),
        fill_order=_one(tags, Tag.FILL_ORDER, 1),
        orientation=_one(tags, Tag.ORIENTATION, 1),
        rows_per_strip=rows,
        strips=_strips(tiff, tags, length, rows),
        t6_options=_one(tags, Tag.T6_OPTIONS),
        tables=tables if isinstance(tables, bytes) else bytes(tables),
        has_extra_samples=Tag.EXTRA_SAMPLES in tags,
        subsampling=numbers_of(tags, Tag.YCBCR_SUBSAMPLING, (2, 2)),
        inches=paper_size(width, length, _resolution(tags)),
    )


def paper_size(width: int, length: int, resolution: tuple[float, float] | None) -> tuple[float, float]:
    """Inches of an image of these pixels. Where the resolution is missing or cannot be, the sheet is taken for A4.

    Letters are; and what is read depends on the size of the letters on paper.
    """
    if resolution:
        across, down = width / resolution[0], length / resolution[1]
        if min(across, down) >= _SMALLEST_INCHES and max(across, down) <= _LARGEST_INCHES:
            return across, down
    short, long = _A4_INCHES
    share = min(short / min(width, length), long / max(width, length))
    return width * share, length * share


def _one(tags: Tags, tag: Tag, default: int = 0) -> int:
    return numbers_of(tags, tag, (default,))[0]


def _strips(tiff: TiffFile, tags: Tags, length: int, rows: int) -> tuple[tuple[int, int], ...]:
    """The strips, all there and all in the file; none for an image in tiles, which are checked likewise."""
    tiled = Tag.TILE_OFFSETS in tags
    offsets = numbers_of(tags, Tag.TILE_OFFSETS if tiled else Tag.STRIP_OFFSETS)
    counts = numbers_of(tags, Tag.TILE_BYTES if tiled else Tag.STRIP_BYTES)
    if not (offsets and rows) or len(offsets) != len(counts) or not all(counts):
        raise refused("damaged")
    if max(offset + count for offset, count in zip(offsets, counts, strict=True)) > tiff.size:
        raise refused("truncated")
    if tiled:
        return ()
    # An image in planes has its strips once a plane; Pillow checks those.
    if _one(tags, Tag.PLANAR, 1) == 1 and len(offsets) != -(-length // rows):
        raise refused("damaged")
    return tuple(zip(offsets, counts, strict=True))


def _resolution(tags: Tags) -> tuple[float, float] | None:
    """Pixels per inch, if the file tells."""
    unit = _INCHES_PER_UNIT.get(_one(tags, Tag.RESOLUTION_UNIT, 2))
    across, down = numbers_of(tags, Tag.X_RESOLUTION), numbers_of(tags, Tag.Y_RESOLUTION)
    if unit is None or len(across) != 2 or len(down) != 2 or 0 in (*across, *down):
        return None
    return across[0] / across[1] / unit, down[0] / down[1] / unit
