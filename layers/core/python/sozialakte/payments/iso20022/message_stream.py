"""Reads a message of any size and any origin: its elements one after the other, each forgotten when the next comes.

Endless elements are refused; `message_opening` has refused what could harm. The schema is checked on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from os import SEEK_END
from typing import BinaryIO

from lxml import etree

from sozialakte.payments.iso20022.xml_parsers import (
    CHUNK,
    UnreadableMessageError,
    ends_well,
    events,
    malformed,
    pull_parser,
    whole_tree,
)
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

ANY = "*"
"""In place of a namespace: whichever it is."""
MOST_SCHEMA_ERRORS = 100
"""Told of one file; with so many the schema is not asked any further."""
_SMALL = 1 << 22
_LARGEST = 1 << 18  # bytes between two elements that are looked at; a payment has one or two thousand
_CDATA = b"<![CDATA["
_NAMESPACE = re.compile(r"\{urn:iso:std:iso:20022:tech:xsd:[a-z0-9.]+\}")


@dataclass
class MessageStream:
    """The elements with these names below the root, as they end. Each must be read before the next is asked for.

    Elements before one in the same parent are still there when the first comes, and gone after it.
    ``schema_errors``: what the schema says. ``has_cdata``: whether CDATA was met, which banks refuse.
    """

    source: BinaryIO
    root: str
    names: tuple[str, ...]
    namespace: str = ANY
    schema: etree.XMLSchema | None = None
    schema_errors: list[str] = field(default_factory=list)
    has_cdata: bool = False
    _unmet: int = 0  # bytes since the last element
    _ended: bool = False
    _tail: bytes = b""

    @property
    def has_enough_errors(self) -> bool:
        """Whether reading ended because of them."""
        return len(self.schema_errors) >= MOST_SCHEMA_ERRORS

    def located_errors(self) -> list[str]:
        """What the schema says, with lines where the file is small: only a file read as a whole has any."""
        if self.schema is None or not self.schema_errors or self.source.seek(0, SEEK_END) > _SMALL:
            return self.schema_errors
        self.schema.validate(whole_tree(self.source))
        entries = list(self.schema.error_log)  # type: ignore[call-overload] # its stub forgets that
        return [_said_with_line(entry) for entry in entries[:MOST_SCHEMA_ERRORS]] or self.schema_errors

    def __iter__(self) -> Iterator[etree._Element]:
        """Raises `UnreadableMessageError`."""
        self.source.seek(0)
        tags = tuple(f"{{{self.namespace}}}{name}" for name in (self.root, *self.names))
        parser = pull_parser("end", tags, self.schema)
        try:
            for chunk in self._chunks():
                parser.feed(chunk)
                yield from self._met(parser, len(chunk))
                self._note_schema_errors(parser)
                if self.has_enough_errors:
                    return
            parser.close()
        except etree.XMLSyntaxError as error:
            self._note_schema_errors(parser)
            # What the schema refuses is raised too, but only at the very end.
            if not self._ended or not self.schema_errors:
                raise malformed(self.source) from error
        # With a schema, nothing is raised for some of what breaks off, or begins after the end.
        if not self._ended or not ends_well(self._tail):
            raise malformed(self.source)

    def _chunks(self) -> Iterator[bytes]:
        end = b""
        while chunk := self.source.read(CHUNK):
            self.has_cdata = self.has_cdata or _CDATA in end + chunk
            end = chunk[-len(_CDATA) :]
            self._tail = (self._tail + chunk)[-CHUNK:]
            yield chunk

    def _met(self, parser: etree.XMLPullParser, fed: int) -> Iterator[etree._Element]:
        self._unmet += fed
        for element in events(parser):
            self._unmet = 0
            if element.getparent() is None:
                self._ended = True
            else:
                yield element
                _forget(element)
        if self._unmet > _LARGEST:
            raise UnreadableMessageError(Reason("bank_file.endless", {"most": str(_LARGEST // 1024)}))

    def _note_schema_errors(self, parser: etree.XMLPullParser) -> None:
        if self.schema is not None:
            found = (_said(entry) for entry in parser.feed_error_log if entry.domain == etree.ErrorDomains.SCHEMASV)
            self.schema_errors[:] = islice(found, MOST_SCHEMA_ERRORS)


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _said_with_line(entry: etree._LogEntry) -> str:
    return say(Reason("bank_file.at_line", {"line": str(entry.line), "said": _said(entry)}))


def _said(entry: etree._LogEntry) -> str:
    return _NAMESPACE.sub("", entry.message)
