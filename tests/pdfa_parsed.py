"""A PDF taken apart for looking at every object, as stored and as meant."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pypdf import PageObject, PdfReader
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

Operation = tuple[Sequence[PdfObject], bytes]


@dataclass(frozen=True)
class Content:
    """What a page, form, glyph or appearance draws, with the resources that are its own."""

    resources: DictionaryObject
    operations: Sequence[Operation]


class Parsed:
    """The file's bytes and objects. Raises what pypdf raises on a file that is none."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        # An encrypted file is read as it stands there, so that the other rules can be looked at as well.
        self.reader = PdfReader(io.BytesIO(data.replace(b"/Encrypt ", b"/Encrypx ")))
        self.trailer: DictionaryObject = self.reader.trailer
        self.catalogue: DictionaryObject = self.reader.root_object

    @cached_property
    def offsets(self) -> dict[int, int]:
        """Where each object begins that is not inside an object stream."""
        return {number: offset for of in self.reader.xref.values() for number, offset in of.items() if offset}

    @cached_property
    def objects(self) -> dict[int, PdfObject]:
        """All indirect objects by number."""
        numbers = [*self.offsets, *self.reader.xref_objStm]
        found = {number: self.reader.get_object(IndirectObject(number, 0, self.reader)) for number in numbers}
        return {number: item for number, item in found.items() if item is not None}

    @cached_property
    def values(self) -> list[PdfObject]:
        """Every value in every object, those inside others too."""
        return [value for item in [*self.objects.values(), self.trailer] for value in _inside(item)]

    @cached_property
    def dictionaries(self) -> list[DictionaryObject]:
        """Every dictionary, those of streams too."""
        return [value for value in self.values if isinstance(value, DictionaryObject)]

    @cached_property
    def streams(self) -> dict[int, StreamObject]:
        """Every stream by number."""
        return {number: item for number, item in self.objects.items() if isinstance(item, StreamObject)}

    @cached_property
    def pages(self) -> list[PageObject]:
        """The pages in order."""
        return list(self.reader.pages)

    @cached_property
    def contents(self) -> list[Content]:
        """Everything that draws."""
        drawn = [(page, page.get_contents()) for page in self.pages]
        forms = [(form, form) for form in self.streams.values() if form.get("/Subtype") == "/Form"]
        of = [(holder, content) for holder, content in [*drawn, *forms] if content is not None]
        return [Content(part(holder, "/Resources"), _operations(content, self.reader)) for holder, content in of]

    @cached_property
    def images(self) -> list[StreamObject]:
        """Every image."""
        return [stream for stream in self.streams.values() if stream.get("/Subtype") == "/Image"]

    @cached_property
    def fonts(self) -> list[DictionaryObject]:
        """Every font that a resource names, with its descendants."""
        named = [part(content.resources, "/Font") for content in self.contents]
        used = [part(fonts, name) for fonts in named for name in fonts]
        below = [one.get_object() for font in used for one in sequence(font, "/DescendantFonts")]
        return used + [font for font in below if isinstance(font, DictionaryObject)]

    @cached_property
    def intents(self) -> list[DictionaryObject]:
        """The output intents of PDF/A and of others."""
        listed = [one.get_object() for one in sequence(self.catalogue, "/OutputIntents")]
        return [one for one in listed if isinstance(one, DictionaryObject)]

    @cached_property
    def intent_space(self) -> bytes:
        """The colour space of the profile of PDF/A's output intent (``RGB``), empty if there is none."""
        profiles = [item(one, "/DestOutputProfile") for one in self.intents if one.get("/S") == "/GTS_PDFA1"]
        return next((one.get_data()[16:20].strip() for one in profiles if isinstance(one, StreamObject)), b"")

    @cached_property
    def packet(self) -> bytes:
        """The XMP packet of the document, empty if there is none."""
        metadata = item(self.catalogue, "/Metadata")
        return metadata.get_data() if isinstance(metadata, StreamObject) else b""

    @cached_property
    def xmp(self) -> ET.Element | None:
        """The packet as a tree, if it is well-formed."""
        try:
            return ET.fromstring(self.packet)  # noqa: S314 - a test's own file
        except ET.ParseError:
            return None

    def outside_streams(self) -> Iterator[bytes]:
        """The trailer, and every object as stored up to the bytes of its stream."""
        yield self.data[self.data.rfind(b"trailer") :]
        for offset in self.offsets.values():
            yield re.split(rb"endobj|>>\s*stream", self.data[offset:], maxsplit=1)[0]


def item(of: DictionaryObject, key: str) -> PdfObject | None:
    """The value under a key."""
    return of[key] if of.get(key) is not None else None


def name(of: DictionaryObject, key: str) -> str | None:
    """The name under a key, with its slash."""
    found = item(of, key)
    return str(found) if isinstance(found, NameObject) else None


def number(of: DictionaryObject, key: str) -> int | None:
    """The whole number under a key."""
    found = item(of, key)
    return int(found) if isinstance(found, NumberObject) else None


def part(of: DictionaryObject, key: str) -> DictionaryObject:
    """The dictionary under a key, an empty one if there is none."""
    found = item(of, key)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def sequence(of: DictionaryObject, key: str) -> ArrayObject:
    """The array under a key, an empty one if there is none."""
    found = item(of, key)
    return found if isinstance(found, ArrayObject) else ArrayObject()


def _inside(value: PdfObject) -> Iterator[PdfObject]:
    yield value
    if isinstance(value, DictionaryObject):
        for key in value:
            yield key
            yield from _inside(value.raw_get(key))
    elif isinstance(value, ArrayObject):
        for one in list(value):
            yield from _inside(one)


def _operations(content: StreamObject, reader: PdfReader) -> Sequence[Operation]:
    read = content if isinstance(content, ContentStream) else ContentStream(content, reader)
    return read.operations
