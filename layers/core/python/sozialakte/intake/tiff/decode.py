"""Images of TIFF pages that cannot be taken over as they are: decoded by Pillow and packed again without loss."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from sozialakte.intake.model import UnreadableFileError
from sozialakte.intake.tiff.directory import Tag, refused

DECODED_BYTES = 400_000_000  # of one page in memory: colour at 800 dpi, or grey beyond what Pillow opens
_BAND_BYTES = 4_000_000
FLATE_LEVEL = 3  # of zlib: up to four times as fast as 6 for the same size, on scanned paper
# None, the three of fax machines, LZW, JPEG, deflate under both its numbers, and bytes packed. JPEG as it was before
# Technical Note 2 (6) never was one format.
_KNOWN_COMPRESSIONS = frozenset({1, 2, 3, 4, 5, 7, 8, 32773, 32946})
_ONE_BYTE = frozenset({"1", "L", "P"})
_BROKEN = (OSError, ValueError, LookupError, TypeError, ArithmeticError, EOFError, struct.error)
# What a PDF holds as it is: colour space, bits a sample, and how Pillow is to write it out.
_PLAIN = {
    "L": (b"/DeviceGray", 8, "L"),
    "RGB": (b"/DeviceRGB", 8, "RGB"),
    "CMYK": (b"/DeviceCMYK", 8, "CMYK"),
    "I;16": (b"/DeviceGray", 16, "I;16B"),
    "I;16B": (b"/DeviceGray", 16, "I;16B"),
}
_WITHOUT_ALPHA = {"RGBA": "RGB", "LA": "L"}


class TiffDecoder:
    """A file's images; use as a context manager. The file is opened when first needed: most need no decoding."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open = ExitStack()
        self._pages: Image.Image | None = None

    def __enter__(self) -> TiffDecoder:
        """Keep Pillow from warning about broken tags and many pixels: we have errors and a limit of our own."""
        self._open.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._open.close()

    def image(self, number: int, compression: int) -> Image.Image:
        """The image of a page (from 1), turned as its orientation asks, without transparency.

        Raises `UnreadableFileError` with ``file.damaged``, ``file.page_too_large`` or ``file.unknown_image``.
        """
        if compression not in _KNOWN_COMPRESSIONS:
            raise refused("unknown_image", page=str(number))
        with _errors_named(number):
            if self._pages is None:
                self._pages = self._open.enter_context(Image.open(self._path, formats=["TIFF"]))
            self._pages.seek(number - 1)
            return _plain(self._pages, number)


def _plain(image: Image.Image, number: int) -> Image.Image:
    if image.width * image.height * (1 if image.mode in _ONE_BYTE else 4) > DECODED_BYTES:
        raise refused("page_too_large", page=str(number))
    if image.mode == "YCbCr":
        return image.convert("RGB")
    image = _opaque(image) if image.mode in _WITHOUT_ALPHA else image.copy()
    if image.mode not in {"1", "P", *_PLAIN}:
        raise refused("unknown_image", page=str(number))
    return image


def packed(image: Image.Image, *, white_is_zero: bool = False) -> tuple[bytes, bytes]:
    """Entries of the PDF's image dictionary (all but the size), and the data; equal images give equal bytes.

    ``white_is_zero``: as the TIFF says. Pillow turns 8 bits round and leaves 16 as they are.
    """
    if image.mode == "1":
        return b"/ColorSpace /DeviceGray /BitsPerComponent 1 %b" % group4_filter(image.size, black=1), group4(image)
    if image.mode == "P":
        return b"/ColorSpace %b /BitsPerComponent 8 /Filter /FlateDecode" % _palette(image), _deflated(image, "P")
    space, bits, raw = _PLAIN[image.mode]
    meant = b" /Decode [1 0]" if white_is_zero and bits == 16 else b""
    entries = b"/ColorSpace %b /BitsPerComponent %d%b /Filter /FlateDecode" % (space, bits, meant)
    return entries, _deflated(image, raw)


def group4_filter(size: tuple[int, int], *, black: int) -> bytes:
    """How a PDF says that an image is coded by ITU-T T.6, and what T.6 calls black (ISO 32000-1, 7.4.6).

    A grey image in a PDF is white at 1. So where the TIFF says "white is 0", T.6's black, 0 in a PDF, is black indeed;
    where it says "black is 0", T.6's white is black.
    """
    what = b" /BlackIs1 true" if black else b""
    return b"/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns %d /Rows %d%b >>" % (*size, what)


def group4(image: Image.Image) -> bytes:
    """Coded by ITU-T T.6 in one strip, black at 0 (Pillow takes a second a page to turn that round)."""
    target = io.BytesIO()
    image.save(target, "TIFF", compression="group4", tiffinfo={int(Tag.ROWS_PER_STRIP): image.height})
    with Image.open(target, formats=["TIFF"]) as written:
        tags = written.getexif()
        offset, count = tags[Tag.STRIP_OFFSETS], tags[Tag.STRIP_BYTES]
    return target.getvalue()[offset : offset + count]


def _opaque(image: Image.Image) -> Image.Image:
    """The image on white paper. Where nothing at all would be left of it, its transparency means nothing."""
    alpha = image.getchannel("A")
    colours = image.convert(_WITHOUT_ALPHA[image.mode])
    if alpha.getextrema() == (0, 0):
        return colours
    paper = Image.new(colours.mode, image.size, "white")
    paper.paste(colours, mask=alpha)
    return paper


def _palette(image: Image.Image) -> bytes:
    colours = bytes(image.getpalette("RGB") or [])
    return b"[/Indexed /DeviceRGB %d <%b>]" % (len(colours) // 3 - 1, colours.hex().encode())


def _deflated(image: Image.Image, raw: str) -> bytes:
    """The pixels, band after band: all at once they would lie in memory twice."""
    squeeze = zlib.compressobj(FLATE_LEVEL)
    rows = max(1, _BAND_BYTES // (image.width * 4))
    parts = []
    for top in range(0, image.height, rows):
        band = image.crop((0, top, image.width, min(top + rows, image.height)))
        parts.append(squeeze.compress(band.tobytes("raw", raw)))
    return b"".join([*parts, squeeze.flush()])


@contextmanager
def _errors_named(number: int) -> Iterator[None]:
    try:
        yield
    except UnreadableFileError:
        raise
    except Image.DecompressionBombError as error:
        raise refused("page_too_large", page=str(number)) from error
    except (UnidentifiedImageError, SyntaxError) as error:  # the latter for a kind of pixels it does not know
        raise refused("unknown_image", page=str(number)) from error
    except _BROKEN as error:
        raise refused("damaged") from error
