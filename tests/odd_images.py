"""One page image in every way a PDF may hold it (ISO 32000-1, 7.4 and 8.9)."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from PIL import Image, ImageOps, TiffImagePlugin

from tests.pdf_bytes import Placed

_STRIP_OFFSETS, _ROWS_PER_STRIP, _STRIP_BYTES, _T4_OPTIONS = 273, 278, 279, 292
_TWO_WAYS = 1  # of the T4 options: each row may be coded by the one above it


def flate_grey(page: Image.Image) -> Placed:
    """8 bits a pixel, losslessly compressed."""
    return Placed(zlib.compress(page.tobytes()), page.size, "FlateDecode")


def flate_16_bits(page: Image.Image) -> Placed:
    """16 bits a pixel."""
    deep = np.asarray(page).astype(">u2") * 257
    return Placed(zlib.compress(deep.tobytes()), page.size, "FlateDecode", bits=16)


def flate_bits(page: Image.Image) -> Placed:
    """Black and white, one bit a pixel."""
    return Placed(zlib.compress(_bits(page).tobytes()), page.size, "FlateDecode", bits=1)


def inverted_bits(page: Image.Image) -> Placed:
    """Black and white, with 1 for black."""
    inverted = _bits(page, invert=True)
    return Placed(zlib.compress(inverted.tobytes()), page.size, "FlateDecode", extra="/Decode [1 0]", bits=1)


def palette(page: Image.Image) -> Placed:
    """16 colours."""
    few = page.convert("RGB").quantize(16)
    table = bytes(few.getpalette() or []).ljust(48, b"\0")[:48]
    pixels = np.asarray(few)
    padded = np.pad(pixels, ((0, 0), (0, pixels.shape[1] % 2)))
    packed = (padded[:, ::2] << 4 | padded[:, 1::2]).astype(np.uint8)
    space = f"[/Indexed /DeviceRGB 15 <{table.hex()}>]"
    return Placed(zlib.compress(packed.tobytes()), page.size, "FlateDecode", space, bits=4)


def calibrated(page: Image.Image) -> Placed:
    """Grey as measured, by gamma and white point."""
    space = "[/CalGray << /WhitePoint [0.9505 1 1.089] /Gamma 2.2 >>]"
    return Placed(zlib.compress(page.tobytes()), page.size, "FlateDecode", space)


def stencil(page: Image.Image) -> Placed:
    """A mask through which black is painted."""
    return Placed(zlib.compress(_bits(page).tobytes()), page.size, "FlateDecode", "", bits=1)


def jpeg_rgb(page: Image.Image) -> Placed:
    """A colour JPEG."""
    return Placed(_saved(page.convert("RGB"), "JPEG"), page.size, colour_space="DeviceRGB")


def jpeg_cmyk(page: Image.Image) -> Placed:
    """A JPEG of four inks with 255 for full ink, as PDF means it; Pillow turns them over when it saves."""
    inks = Image.merge("CMYK", [Image.new("L", page.size, 255)] * 3 + [page])
    return Placed(_saved(inks, "JPEG"), page.size, colour_space="DeviceCMYK")


def jpeg_adobe(page: Image.Image) -> Placed:
    """A JPEG of four inks turned over, as Adobe's programs write it."""
    inks = _saved(page.convert("CMYK"), "JPEG")
    return Placed(inks, page.size, colour_space="DeviceCMYK", extra="/Decode [1 0 1 0 1 0 1 0]")


def jpeg_progressive(page: Image.Image) -> Placed:
    """A JPEG in several passes."""
    return Placed(_saved(page, "JPEG", progressive=True), page.size)


def jpeg_2000(page: Image.Image) -> Placed:
    """JPEG 2000."""
    return Placed(_saved(page, "JPEG2000"), page.size, "JPXDecode")


def fax_group_4(page: Image.Image) -> Placed:
    """CCITT Group 4, as fax machines and most scanners of black and white."""
    return _fax(page, "group4", -1)


def fax_group_3(page: Image.Image) -> Placed:
    """CCITT Group 3, row by row."""
    return _fax(page, "group3", 0)


def fax_group_3_two_ways(page: Image.Image) -> Placed:
    """CCITT Group 3 with rows coded by the one above."""
    return _fax(page, "group3", 4)


def jbig2(page: Image.Image) -> Placed:
    """JBIG2: a page (ITU-T T.88, 7.4.8) with one generic region (7.4.6) coded as in Group 4."""
    width, height = page.size
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + _fax_rows(_bits(page, invert=True), "group4", 0)
    info = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    return Placed(_segment(0, 48, info) + _segment(1, 38, region), page.size, "JBIG2Decode", bits=1)


WAYS: Mapping[str, Callable[[Image.Image], Placed]] = MappingProxyType(
    {
        way.__name__: way
        for way in (
            flate_grey,
            flate_16_bits,
            flate_bits,
            inverted_bits,
            palette,
            calibrated,
            stencil,
            jpeg_rgb,
            jpeg_cmyk,
            jpeg_adobe,
            jpeg_progressive,
            jpeg_2000,
            fax_group_4,
            fax_group_3,
            fax_group_3_two_ways,
            jbig2,
        )
    }
)


def _bits(page: Image.Image, *, invert: bool = False) -> Image.Image:
    flat = page.point([0] * 128 + [255] * 128)
    return (ImageOps.invert(flat) if invert else flat).convert("1")


def _saved(page: Image.Image, form: str, **how: bool) -> bytes:
    target = io.BytesIO()
    page.save(target, form, **how)
    return target.getvalue()


def _fax(page: Image.Image, compression: str, k: int) -> Placed:
    rows = _fax_rows(_bits(page, invert=True), compression, _TWO_WAYS if k > 0 else 0)
    parameters = f"/DecodeParms << /K {k} /Columns {page.width} /Rows {page.height} >>"
    return Placed(rows, page.size, "CCITTFaxDecode", extra=parameters, bits=1)


def _fax_rows(bits: Image.Image, compression: str, options: int) -> bytes:
    """The coded rows as a TIFF holds them, 1 being black."""
    target = io.BytesIO()
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[_ROWS_PER_STRIP] = bits.height
    if compression == "group3":
        tags[_T4_OPTIONS] = options
    bits.save(target, "TIFF", compression=compression, tiffinfo=tags)
    saved = TiffImagePlugin.TiffImageFile(io.BytesIO(target.getvalue())).tag_v2
    (start,), (length,) = saved[_STRIP_OFFSETS], saved[_STRIP_BYTES]
    return target.getvalue()[start : start + length]


def _segment(number: int, kind: int, data: bytes) -> bytes:
    return struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data
