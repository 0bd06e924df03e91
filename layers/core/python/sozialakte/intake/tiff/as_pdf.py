"""A TIFF batch as the PDF from which its letters are cut: page by page, without loss, the same bytes every time.

Group 4 and JPEG are taken over as they were scanned, everything else is decoded and packed again. Alpha lies on white
paper. Every image of the file is a page, also one that calls itself a preview: none is left out on a tag's word.

It works in a process of its own, within limits of time and memory: decoders meet whatever somebody uploads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sozialakte.intake.model import UnreadableFileError
from sozialakte.intake.pages.worker import Limits, TooCostlyError, run_limited
from sozialakte.intake.pdfa.file import PdfFile
from sozialakte.intake.tiff.decode import TiffDecoder, group4_filter, packed
from sozialakte.intake.tiff.directory import TiffFile, directory_offsets, opened, read_tags, refused
from sozialakte.intake.tiff.image import POINTS_PER_INCH, UNCOMPRESSED, Compression, Photometric, TiffImage, image_of
from sozialakte.intake.tiff.jpeg_strips import BrokenStripError, UnlikeStripsError, joined
from sozialakte.intake.tiff.uncompressed import rows_of
from sozialakte.shared.reasons import Reason

WORST = Limits(seconds=240, memory_mb=1400)
"""What a file may cost: a quarter of the function's time, and its memory but for what the function itself needs."""

_MIRRORED_AND_TURNED = {
    1: (False, 0),
    2: (True, 0),
    3: (False, 180),
    4: (True, 180),
    5: (True, 270),
    6: (False, 90),
    7: (True, 90),
    8: (False, 270),
}
_SIDEWAYS = range(5, 9)
_FROM_LOW_BIT = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
# Of a JPEG: how many samples a pixel has, what the PDF calls them, and whether they are YCbCr (1) or RGB (0).
_JPEG_COLOURS: Mapping[int, tuple[int, bytes, int | None]] = {
    Photometric.BLACK_IS_ZERO: (1, b"/DeviceGray", None),
    Photometric.RGB: (3, b"/DeviceRGB", 0),
    Photometric.YCBCR: (3, b"/DeviceRGB", 1),
}


@dataclass(frozen=True)
class _PdfImage:
    """An image as a PDF holds it, its size on paper in inches before it is turned, and its orientation."""

    entries: bytes
    data: bytes
    inches: tuple[float, float]
    orientation: int


def write_as_pdf(source: Path, target: Path, *, most_pages: int, most_bytes: int) -> None:
    """Write the TIFF's pages into a PDF.

    Raises `UnreadableFileError` with ``file.truncated``, ``file.damaged``, ``file.no_pages``, ``file.too_many_pages``,
    ``file.too_big`` (the PDF would be larger than ``most_bytes``), ``file.page_too_large``, ``file.unknown_image`` or
    ``file.too_costly``.
    """
    try:
        failure = run_limited(lambda: _failure(source, target, most_pages, most_bytes), WORST)
    except TooCostlyError as error:
        raise refused("too_costly") from error
    if failure:
        raise UnreadableFileError(*failure)


def _failure(source: Path, target: Path, most_pages: int, most_bytes: int) -> tuple[Reason, int] | None:
    """Why it went wrong, and the number of pages as far as it is known."""
    offsets: Sequence[int] = ()
    try:
        with source.open("rb") as file, target.open("wb") as pdf, TiffDecoder(source) as decoder:
            tiff = opened(file)
            offsets = directory_offsets(tiff, most_pages)
            if len(offsets) > most_pages:
                raise refused("too_many_pages", pages=str(len(offsets)), most=str(most_pages))
            _write(tiff, offsets, decoder, _Pages(PdfFile(pdf), most_bytes))
    except UnreadableFileError as error:
        return error.reason, len(offsets)
    return None


def _write(tiff: TiffFile, offsets: Sequence[int], decoder: TiffDecoder, target: _Pages) -> None:
    for number, offset in enumerate(offsets, start=1):
        image = image_of(tiff, read_tags(tiff, offset))
        target.add(_taken_over(tiff, image) or _packed_again(decoder, number, image))
    target.finish()


class _Pages:
    """The pages of the PDF being written."""

    def __init__(self, pdf: PdfFile, most_bytes: int) -> None:
        self._pdf, self._most, self._left = pdf, most_bytes, most_bytes
        self._catalogue, self._tree = pdf.reserve(), pdf.reserve()
        self._kids: list[int] = []

    def add(self, image: _PdfImage) -> None:
        """A page that the image fills. Raises `UnreadableFileError` (``file.too_big``)."""
        self._left -= len(image.data)
        if self._left < 0:
            raise refused("too_big", most=str(self._most // 10**6))
        mirrored, turn = _MIRRORED_AND_TURNED.get(image.orientation, (False, 0))
        width, height = (side * POINTS_PER_INCH for side in image.inches)
        place = (-width, width) if mirrored else (width, 0)
        content = self._pdf.add_stream(b"", b"q %.3f 0 0 %.3f %.3f 0 cm /Im0 Do Q" % (place[0], height, place[1]))
        drawn = self._pdf.add_stream(b"/Type /XObject /Subtype /Image %b" % image.entries, image.data)
        page = b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %.3f %.3f] /Rotate %d" % (self._tree, width, height, turn)
        resources = b"/Resources << /XObject << /Im0 %d 0 R >> >>" % drawn
        self._kids.append(self._pdf.add(b"%b /Contents %d 0 R %b >>" % (page, content, resources)))

    def finish(self) -> None:
        """Write what holds the pages together."""
        kids = b" ".join(b"%d 0 R" % kid for kid in self._kids)
        self._pdf.add(b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(self._kids), kids), self._tree)
        self._pdf.add(b"<< /Type /Catalog /Pages %d 0 R >>" % self._tree, self._catalogue)
        self._pdf.finish(self._catalogue)


def _taken_over(tiff: TiffFile, image: TiffImage) -> _PdfImage | None:
    """The image as it is stored, if a PDF can hold it so."""
    if not image.is_taken_as_strips:
        return None
    if image.compression == Compression.GROUP4:
        return _group4(tiff, image)
    if image.compression == Compression.JPEG and set(image.bits) == {8}:
        return _jpeg(tiff, image)
    rows = rows_of(tiff, image) if image.compression == UNCOMPRESSED else None
    return _pdf_image(image, *rows) if rows else None


def _group4(tiff: TiffFile, image: TiffImage) -> _PdfImage | None:
    """Coded by ITU-T T.6 in one strip; several strips begin anew and are no one stream."""
    if len(image.strips) > 1 or image.bits != (1,) or image.samples != 1 or image.t6_options:
        return None
    data = tiff.read(*image.strips[0])
    if image.fill_order == 2:
        data = data.translate(_FROM_LOW_BIT)
    black = 1 if image.photometric == Photometric.BLACK_IS_ZERO else 0
    how = group4_filter((image.width, image.length), black=black)
    return _pdf_image(image, b"/ColorSpace /DeviceGray /BitsPerComponent 1 %b" % how, data)


def _jpeg(tiff: TiffFile, image: TiffImage) -> _PdfImage | None:
    samples, space, transform = _JPEG_COLOURS.get(image.photometric, (0, b"", None))
    if image.samples != samples:
        return None
    strips = [tiff.read(*strip) for strip in image.strips]
    try:
        data = joined(image.tables, strips, size=(image.width, image.length), transform=transform)
    except UnlikeStripsError:
        return None
    except BrokenStripError as error:
        raise refused("damaged") from error
    return _pdf_image(image, b"/ColorSpace %b /BitsPerComponent 8 /Filter /DCTDecode" % space, data)


def _pdf_image(image: TiffImage, entries: bytes, data: bytes) -> _PdfImage:
    size = b"/Width %d /Height %d %b" % (image.width, image.length, entries)
    return _PdfImage(size, data, image.inches, image.orientation)


def _packed_again(decoder: TiffDecoder, number: int, stored: TiffImage) -> _PdfImage:
    """The image decoded and packed again; it comes turned already."""
    if stored.shares_colours:
        raise refused("unknown_image", page=str(number))
    image = decoder.image(number, stored.compression)
    entries, data = packed(image, white_is_zero=stored.photometric == Photometric.WHITE_IS_ZERO)
    inches = stored.inches[::-1] if stored.orientation in _SIDEWAYS else stored.inches
    return _PdfImage(b"/Width %d /Height %d %b" % (*image.size, entries), data, inches, 1)
