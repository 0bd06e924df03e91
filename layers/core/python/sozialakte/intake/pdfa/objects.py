"""Images of another PDF written anew: what is needed to decode them, with the bytes they have."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

ALLOWED_FILTERS = frozenset(
    {
        "/ASCIIHexDecode",
        "/ASCII85Decode",
        "/RunLengthDecode",
        "/FlateDecode",
        "/CCITTFaxDecode",
        "/JBIG2Decode",
        "/DCTDecode",
        "/JPXDecode",
    }
)
"""The filters of ISO 32000-1, Table 6, without those that ISO 19005-2, 6.1.7.2 forbids (LZWDecode, Crypt)."""

_IMAGE = (
    "/Width",
    "/Height",
    "/BitsPerComponent",
    "/ImageMask",
    "/ColorSpace",
    "/Decode",
    "/Filter",
    "/DecodeParms",
)
_SHARED = ("/N", "/Filter", "/DecodeParms")
_INSIDE = {
    *("/Predictor", "/Colors", "/BitsPerComponent", "/Columns"),  # FlateDecode
    *("/K", "/EndOfLine", "/EncodedByteAlign", "/Rows", "/EndOfBlock", "/BlackIs1", "/DamagedRowsBeforeError"),
    *("/ColorTransform", "/JBIG2Globals"),
    *("/WhitePoint", "/BlackPoint", "/Gamma", "/Matrix"),  # CalGray, CalRGB
}
_DEEP, _LONG = 6, 12  # values within values, and beside each other: more is made to keep a reader busy
_INTEGER, _STRING, _NAME = 2**31 - 1, 32_767, 127  # ISO 19005-2, 6.1.13
_REAL = 1e9  # nothing about an image is larger; the standard's limit is 3.4e38

WriteStream = Callable[[StreamObject], int]
"""Writes a stream that a value refers to and gives its object number."""


class UncopiableError(ValueError):
    """An image that does not go into a PDF/A file as it is."""


def image_entries(image: StreamObject, write_stream: WriteStream) -> bytes:
    """What an image's dictionary says about decoding it, and nothing else. Raises `UncopiableError`."""
    return _entries(image, _IMAGE, write_stream)


def shared_entries(stream: StreamObject) -> bytes:
    """The same for a colour profile, a palette or the symbols of JBIG2 images. Raises `UncopiableError`."""
    return _entries(stream, _SHARED, _refuse)


def entry(of: DictionaryObject, key: str) -> PdfObject | None:
    """The value under a key, looked up if it is a reference."""
    raw = of.get(key)
    return None if raw is None else raw.get_object()


def integer(of: DictionaryObject, key: str) -> int | None:
    """The whole number under a key."""
    found = entry(of, key)
    return int(found) if isinstance(found, NumberObject) else None


def name(of: DictionaryObject, key: str) -> str | None:
    """The name under a key, with its slash."""
    found = entry(of, key)
    return str(found) if isinstance(found, NameObject) else None


def filters(stream: StreamObject) -> list[str]:
    """The names of a stream's filters, first to last."""
    named = entry(stream, "/Filter")
    if named is None:
        return []
    return [str(name.get_object()) for name in named] if isinstance(named, ArrayObject) else [str(named)]


def stored(stream: StreamObject) -> bytes:
    """A stream's bytes as they lie in the file."""
    return bytes(stream._data)  # noqa: SLF001 - get_data() decodes


def decimal(value: float) -> bytes:
    """A number as PDF writes it: to four places, without an exponent."""
    return f"{round(value, 4) or 0.0:.4f}".rstrip("0").rstrip(".").encode()


def _entries(of: StreamObject, keys: Iterable[str], write_stream: WriteStream) -> bytes:
    if not ALLOWED_FILTERS.issuperset(filters(of)):
        raise UncopiableError("filter")
    return b" ".join(b"%b %b" % (key.encode(), _value(of[key], write_stream, _DEEP)) for key in keys if key in of)


def _value(item: PdfObject | None, write_stream: WriteStream, deep: int) -> bytes:
    if isinstance(item, IndirectObject):
        item = item.get_object()
    if deep == 0 or item is None or (isinstance(item, ArrayObject) and len(item) > _LONG):
        raise UncopiableError("nesting")
    if isinstance(item, StreamObject):
        return b"%d 0 R" % write_stream(item)
    if isinstance(item, DictionaryObject):
        kept = [(key, item[key]) for key in item if key in _INSIDE]
        return b"<< %b >>" % b" ".join(b"%b %b" % (k.encode(), _value(v, write_stream, deep - 1)) for k, v in kept)
    if isinstance(item, ArrayObject):
        return b"[%b]" % b" ".join(_value(part, write_stream, deep - 1) for part in item)
    return _plain(item)


def _plain(item: PdfObject) -> bytes:
    if not _within_limits(item):
        raise UncopiableError("limits")
    if isinstance(item, TextStringObject | ByteStringObject):
        return b"<%b>" % item.original_bytes.hex().encode()
    target = io.BytesIO()
    item.write_to_stream(target)
    return target.getvalue()


def _within_limits(item: PdfObject) -> bool:
    match item:
        case NumberObject():
            return abs(item) <= _INTEGER
        case FloatObject():
            return abs(item) <= _REAL
        case TextStringObject() | ByteStringObject():
            return len(item.original_bytes) <= _STRING
        case NameObject():
            return len(item.encode()) <= _NAME
    return True


def _refuse(_stream: StreamObject) -> int:
    raise UncopiableError("nesting")
