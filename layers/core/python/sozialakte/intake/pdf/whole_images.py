"""Is the data of an image all there? Decoders fill in paper, or nothing, where it ends early, and say nothing.

Judged by what each way of coding says of its own end; pixels are decoded for JPEG only, where nothing else tells.
"""

from __future__ import annotations

import io
import zlib

from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    PdfObject,
    StreamObject,
)

from sozialakte.intake.pdf.whole_fax import MISSING, Fax
from sozialakte.intake.pdfa.objects import entry, filters, integer, stored

_MOST = 200_000_000  # bytes that a stream is unpacked to: a page of A4 in colour at 600 dpi has 104 million
_PIECE = 2**20
_SLOW = 1_000_000  # bytes of LZW, which takes seconds; what looks blank has less
_CHANNELS = {"/DeviceRGB": 3, "/CalRGB": 3, "/Lab": 3, "/DeviceCMYK": 4}
_FAX_COLUMNS = 1728  # unless the PDF says otherwise (ISO 32000-1, table 11)
_REGIONS = frozenset({4, 6, 7, 20, 22, 23, 36, 38, 39, 40, 42, 43})  # segments that paint (ITU-T T.88, 7.3)
_UNKNOWN_LENGTH = 2**32 - 1
_GREY = 128  # what a JPEG decoder makes of blocks it has no data for
_ONES = b"\xff\x00" * 65536  # data that says "as the block before"
_COEFFICIENTS = 64


def is_whole_image(image: StreamObject) -> bool:
    """Whether as much data is there as the image has rows. Raises what pypdf raises, and ``zlib.error``."""
    masks = (entry(image, "/SMask"), entry(image, "/Mask"))
    return _is_whole(image) and all(_is_whole(mask) for mask in masks if isinstance(mask, StreamObject))


def unpacked(stream: StreamObject) -> bytes:
    """A stream as its filters give it, if its data is whole. Raises what pypdf raises, ``zlib.error``, `ValueError`."""
    data = stored(stream)
    for place, name in enumerate(filters(stream)):
        data = _inflated(data) if _is_flate(name) else _without_filter(stream, data, place)
    return data


def _is_whole(image: StreamObject) -> bool:
    used, data = filters(image), stored(image)
    for place, name in enumerate(used[:-1]):
        data = _inflated(data) if _is_flate(name) else _without_filter(image, data, place)
    match used[-1] if used else None:
        case "/DCTDecode" | "/DCT":
            return is_whole_jpeg(data)
        case "/CCITTFaxDecode" | "/CCF":
            return _is_whole_fax(data, image)
        case "/JBIG2Decode":
            return _is_whole_jbig2(data)
        case "/JPXDecode":
            return bool(data)  # its decoder refuses what is cut short
    return _has_all_rows(data, image)


def _has_all_rows(data: bytes, image: StreamObject) -> bool:
    """Whether as many bytes come out of the last filter as the image has."""
    used, least = filters(image), _least(image)
    if not used:
        return len(data) >= least
    if _is_flate(used[-1]):
        return _inflates_to(data, least)
    is_slow = used[-1] in ("/LZWDecode", "/LZW") and len(data) > _SLOW
    return is_slow or len(_without_filter(image, data, len(used) - 1)) >= least


def _is_flate(name: str) -> bool:
    return name in ("/FlateDecode", "/Fl")


def _inflated(data: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    found = unpacking.decompress(data, _MOST)
    if not unpacking.eof:
        raise ValueError("cut short, or too large")
    return found


def _inflates_to(data: bytes, least: int) -> bool:
    """Whether that many bytes come out, without keeping them."""
    unpacking = zlib.decompressobj()
    found = 0
    while found < least and not unpacking.eof:
        piece = unpacking.decompress(data, _PIECE)
        data = unpacking.unconsumed_tail
        if not piece and not data:
            break
        found += len(piece)
    return found >= least


def _without_filter(stream: StreamObject, data: bytes, place: int) -> bytes:
    """The data after one filter of the stream: pypdf undoes those that are rare."""
    one = EncodedStreamObject()
    one[NameObject("/Filter")] = NameObject(filters(stream)[place])
    if (parameters := _parameters(stream, place)) is not None:
        one[NameObject("/DecodeParms")] = parameters
    one._data = data  # noqa: SLF001 - what is set by set_data() counts as unpacked
    return one.get_data()


def _parameters(stream: StreamObject, place: int = -1) -> DictionaryObject | None:
    """What a filter of the stream is told, by default the last one."""
    named = entry(stream, "/DecodeParms")
    if isinstance(named, ArrayObject):
        named = named[place].get_object() if -len(named) <= place < len(named) else None
    return named if isinstance(named, DictionaryObject) else None


def _least(image: StreamObject) -> int:
    """The bytes of the image's rows, but for the few that may be missing."""
    width, height = integer(image, "/Width") or 0, integer(image, "/Height") or 0
    is_mask = entry(image, "/ImageMask") == BooleanObject(value=True)
    bits = 1 if is_mask else (integer(image, "/BitsPerComponent") or 8) * _channels(entry(image, "/ColorSpace"))
    return int((width * bits + 7) // 8 * height * (1 - MISSING)) or 1


def _channels(space: PdfObject | None) -> int:
    """How many numbers make a colour; one where only a closer look would tell."""
    if not isinstance(space, ArrayObject):
        return _CHANNELS.get(str(space), 1)
    profile = space[1].get_object() if len(space) > 1 else None
    if space[0] == "/ICCBased" and isinstance(profile, StreamObject):
        return integer(profile, "/N") or 1
    return _CHANNELS.get(str(space[0]), 1)


def _is_whole_fax(data: bytes, image: StreamObject) -> bool:
    said = _parameters(image) or DictionaryObject()
    fax = Fax(
        data,
        columns=integer(said, "/Columns") or _FAX_COLUMNS,
        rows=integer(image, "/Height") or 0,
        k=integer(said, "/K") or 0,
        ends=entry(said, "/EndOfBlock") != BooleanObject(value=False),
        by_bytes=entry(said, "/EncodedByteAlign") == BooleanObject(value=True),
    )
    return fax.is_whole


def _is_whole_jbig2(data: bytes) -> bool:
    """Whether all segments are as long as they say, and one of them paints (ITU-T T.88, 7.2)."""
    place, paints = 0, False
    while place + 11 <= len(data):
        number = int.from_bytes(data[place : place + 4])
        kind, has_long_page = data[place + 4] & 63, data[place + 4] & 64
        count = data[place + 5] >> 5
        place += 6
        if count == 7:
            count = int.from_bytes(data[place - 1 : place + 3]) & 0x1FFFFFFF
            place += 3 + (count + 8) // 8
        place += count * (1 if number <= 256 else 2 if number <= 65536 else 4) + (4 if has_long_page else 1)
        length = int.from_bytes(data[place : place + 4])
        paints = paints or kind in _REGIONS
        if length == _UNKNOWN_LENGTH:
            return paints  # its end is found by decoding it
        place += 4 + length
    return paints and place <= len(data)


def is_whole_jpeg(data: bytes) -> bool:
    """Whether a JPEG has data for all its blocks.

    Blocks without data are grey. Whether a grey last row is one, or was scanned so, tells a second look at the data
    with more put at its end: it changes nothing where nothing is missing.
    """
    image = _decoded(data)
    if image is None:
        return False
    if "progressive" in image.info:
        return _has_all_scans(data)
    if image.mode == "L" and not ends_grey(image):
        return True
    body = data[: data.rfind(b"\xff\xd9")]
    longer = _decoded(body + _ONES + b"\xff\xd9")
    return longer is not None and longer.tobytes() == image.tobytes()


def ends_grey(image: Image.Image) -> bool:
    """Whether one of the four edges (a page may have been turned) is as grey as blocks without data."""
    width, height = image.size
    corners = ((0, 0), (0, height - 1), (width - 1, 0), (width - 1, height - 1))
    if all(image.getpixel(corner) != _GREY for corner in corners):
        return False
    edges = (0, height - 1, width, height), (0, 0, width, 1), (0, 0, 1, height), (width - 1, 0, width, height)
    return any(image.crop(edge).getextrema() == (_GREY, _GREY) for edge in edges)


def _decoded(data: bytes) -> Image.Image | None:
    """The JPEG an eighth of its size, grey if it can; None if it is none, or if it ends without an end."""
    try:
        image = JpegImageFile(io.BytesIO(data))
        image.draft("L", (1, 1))
        image.load()
    except (OSError, SyntaxError, ValueError):
        return None
    return image


def _has_all_scans(data: bytes) -> bool:
    """Whether the scans of a progressive JPEG bring all coefficients to their last bit (ITU-T T.81, G.1.1)."""
    missing: dict[int, set[int]] = {}
    place = data.find(b"\xff\xda")
    while 0 <= place < len(data) - 10:
        count = data[place + 4]
        start, end, bits = data[place + 5 + 2 * count : place + 8 + 2 * count]
        for component in data[place + 5 : place + 5 + 2 * count : 2]:
            rest = missing.setdefault(component, set(range(_COEFFICIENTS)))
            if not bits & 15:
                rest.difference_update(range(start, end + 1))
        place = data.find(b"\xff\xda", place + 2)
    return bool(missing) and not any(missing.values())
