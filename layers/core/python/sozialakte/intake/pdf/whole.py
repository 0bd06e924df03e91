"""The proof that what a page draws is there. A program that shows a page leaves out what is not, and the page looks
emptier than it is.

What is drawn is found by the names in its contents; patterns and what annotations look like are not followed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from pypdf.errors import DependencyError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject, StreamObject

from sozialakte.intake.pdf.check import BROKEN, PdfSource
from sozialakte.intake.pdf.whole_images import is_whole_image, unpacked
from sozialakte.intake.pdfa.objects import entry, filters
from sozialakte.intake.pdfa.objects import name as name_under

_FORMS_DEEP = 6  # forms inside forms that are followed
_MOST_DRAWN = 2000  # forms and images: with more, nothing is proven
_NAME = rb"/([^\s/<>\[\](){}%]+)"
_DRAWN = re.compile(_NAME + rb"\s+Do\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_INLINE = re.compile(rb"(?<![^\s])BI\s([^\0]{0,1000}?)\sID\s")
_SHORT = {
    "/W": "/Width",
    "/H": "/Height",
    "/BPC": "/BitsPerComponent",
    "/CS": "/ColorSpace",
    "/F": "/Filter",
    "/DP": "/DecodeParms",
    "/IM": "/ImageMask",
}
_SHORT_SPACES = {"/G": "/DeviceGray", "/RGB": "/DeviceRGB", "/CMYK": "/DeviceCMYK"}
_FAX = frozenset({"/CCF", "/CCITTFaxDecode"})  # an inline one ends where nobody can tell


def is_whole_page(source: PdfSource, number: int, *, jpeg_seen: bool = False) -> bool:
    """Whether the contents of a page (from 1) and all images and forms it draws are there, and their data is whole.

    ``jpeg_seen``: somebody decoded the page's JPEG and found it whole; that need not be done twice.
    """
    try:
        page = source.pages[number - 1]
        return _Drawn(jpeg_seen=jpeg_seen).is_whole(_contents(page), entry(page, "/Resources"), _FORMS_DEEP)
    except (*BROKEN, DependencyError, NotImplementedError):  # the latter for filters that pypdf does not know
        return False
    finally:
        source.forget()


class _Drawn:
    """What was looked at already: forms may draw each other, and many pages draw the same again."""

    def __init__(self, *, jpeg_seen: bool) -> None:
        self._jpeg_seen = jpeg_seen
        self._seen: set[PdfObject] = set()

    def is_whole(self, content: bytes, resources: PdfObject | None, depth: int) -> bool:
        inline = all(map(is_whole_image, _inline_images(content)))
        named = {_ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), name) for name in _DRAWN.findall(content)}
        return inline and all(self._is_there(name, resources, depth) for name in named)

    def _is_there(self, name: bytes, resources: PdfObject | None, depth: int) -> bool:
        named = entry(resources, "/XObject") if isinstance(resources, DictionaryObject) else None
        raw = named.get(f"/{name.decode('latin-1')}") if isinstance(named, DictionaryObject) else None
        if raw is None or raw in self._seen:
            return raw is not None
        drawn = raw.get_object()
        if not isinstance(drawn, StreamObject) or depth == 0 or len(self._seen) > _MOST_DRAWN:
            return False
        self._seen.add(raw)
        if name_under(drawn, "/Subtype") == "/Image":
            return (self._jpeg_seen and filters(drawn) == ["/DCTDecode"]) or is_whole_image(drawn)
        return self.is_whole(unpacked(drawn), entry(drawn, "/Resources") or resources, depth - 1)


def _contents(page: DictionaryObject) -> bytes:
    """What a page draws; nothing if it does not say. Raises `ValueError` where it says and nothing is there."""
    if "/Contents" not in page:
        return b""
    contents = entry(page, "/Contents")
    parts = [part.get_object() for part in contents] if isinstance(contents, ArrayObject) else [contents]
    streams = [part for part in parts if isinstance(part, StreamObject)]
    if len(streams) < len(parts):
        raise ValueError("contents are missing")
    return b"\n".join(map(unpacked, streams))


def _inline_images(content: bytes) -> Iterator[StreamObject]:
    """Images that stand in the contents, each with all that follows it for its data."""
    for found in _INLINE.finditer(content):
        said = DictionaryObject.read_from_stream(io.BytesIO(b"<<" + found[1] + b">>"), None)
        image = StreamObject()
        for key, value in said.items():
            long = _SHORT_SPACES.get(str(value), str(value)) if isinstance(value, NameObject) else None
            image[NameObject(_SHORT.get(key, key))] = NameObject(long) if long else value
        image._data = content[found.end() :]  # noqa: SLF001 - what is set by set_data() counts as unpacked
        if not _FAX.intersection(filters(image)):
            yield image
