"""Reads a message of any size and any origin: its elements one after the other, each forgotten when the next comes.

What could harm is refused: a DOCTYPE (entities, files from elsewhere, billion laughs), other encodings than UTF-8,
endless elements. The schema is checked on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from os import SEEK_END
from typing import BinaryIO, Literal, TypedDict

from lxml import etree

from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

ANY = "*"
"""In place of a namespace: whichever it is."""
MOST_SCHEMA_ERRORS = 100
"""Told of one file; with so many the schema is not asked any further."""
_CHUNK = 1 << 16
_SMALL = 1 << 22
_LARGEST = 1 << 18  # bytes between two elements that are looked at; a payment has one or two thousand
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
_ENCODING = re.compile(rb"""<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_UTF_8 = frozenset({b"utf-8", b"us-ascii"})
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_CDATA = b"<![CDATA["
_NAMESPACE = re.compile(r"\{urn:iso:std:iso:20022:tech:xsd:[a-z0-9.]+\}")


class _Hardened(TypedDict):
    resolve_entities: bool
    no_network: bool
    load_dtd: bool
    huge_tree: bool
    remove_comments: bool
    remove_pis: bool


_HARDENED = _Hardened(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
)


class UnreadableMessageError(ValueError):
    """No message can be read from this. ``reason`` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Opening:
    """How a file begins. ``root`` is the name of its first element, ``namespace`` is empty where it has none."""

    root: str
    namespace: str
    has_byte_order_mark: bool


def opening_of(source: BinaryIO) -> Opening:
    """How the message begins; the source is at its beginning before and after. Raises `UnreadableMessageError`."""
    source.seek(0)
    head = source.read(_CHUNK)
    source.seek(0)
    _refuse_encoding(head)
    _refuse_prolog(head)
    namespace, _, root = str(_first_element(head).tag).removeprefix("{").rpartition("}")
    return Opening(root, namespace, head.startswith(_BYTE_ORDER_MARK))


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

    @property
    def has_enough_errors(self) -> bool:
        """Whether reading ended because of them."""
        return len(self.schema_errors) >= MOST_SCHEMA_ERRORS

    def located_errors(self) -> list[str]:
        """What the schema says, with lines where the file is small: only a file read as a whole has any."""
        if self.schema is None or not self.schema_errors or self.source.seek(0, SEEK_END) > _SMALL:
            return self.schema_errors
        self.source.seek(0)
        tree = etree.parse(self.source, etree.XMLParser(**_HARDENED))
        self.schema.validate(tree)
        return [_said_with_line(entry) for entry in list(self.schema.error_log)[:MOST_SCHEMA_ERRORS]]  # type: ignore[call-overload] # it is iterable

    def __iter__(self) -> Iterator[etree._Element]:
        """Raises `UnreadableMessageError`."""
        self.source.seek(0)
        tags = tuple(f"{{{self.namespace}}}{name}" for name in (self.root, *self.names))
        parser = _parser("end", tags, self.schema)
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
                raise _malformed(self.source) from error
        if not self._ended:  # with a schema, nothing is raised for some of those
            raise _malformed(self.source)

    def _chunks(self) -> Iterator[bytes]:
        end = b""
        while chunk := self.source.read(_CHUNK):
            self.has_cdata = self.has_cdata or _CDATA in end + chunk
            end = chunk[-len(_CDATA) :]
            yield chunk

    def _met(self, parser: etree.XMLPullParser, fed: int) -> Iterator[etree._Element]:
        self._unmet += fed
        for element in _events(parser):
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


def _parser(
    event: Literal["start", "end"], names: tuple[str, ...] | None, schema: etree.XMLSchema | None
) -> etree.XMLPullParser:
    return etree.XMLPullParser((event,), tag=names, schema=schema, **_HARDENED)


def _events(parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    return (element for _, element in parser.read_events() if isinstance(element, etree._Element))  # noqa: SLF001 # its only name


def _refuse_encoding(head: bytes) -> None:
    if not head.strip():
        raise UnreadableMessageError(Reason("bank_file.nothing"))
    said = _ENCODING.match(head.removeprefix(_BYTE_ORDER_MARK))
    if b"\x00" in head[:4] or head[:2] in {b"\xff\xfe", b"\xfe\xff"} or (said and said[1].lower() not in _UTF_8):
        raise UnreadableMessageError(Reason("bank_file.encoding"))


def _refuse_prolog(head: bytes) -> None:
    prolog = _PROLOG.match(head)
    rest = head[prolog.end() if prolog else 0 :]
    if rest.startswith(b"<!DOCTYPE"):
        raise UnreadableMessageError(Reason("bank_file.doctype"))
    if not rest.startswith(b"<") or rest.startswith((b"<!", b"<?")):
        raise UnreadableMessageError(Reason("bank_file.no_xml"))


def _first_element(head: bytes) -> etree._Element:
    parser = _parser("start", None, None)
    with suppress(etree.XMLSyntaxError):  # whether the rest is right is seen later
        parser.feed(head)
    for element in _events(parser):
        return element
    raise _malformed(BytesIO(head))


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _said_with_line(entry: etree._LogEntry) -> str:
    return say(Reason("bank_file.at_line", {"line": str(entry.line), "said": _said(entry)}))


def _said(entry: etree._LogEntry) -> str:
    return _NAMESPACE.sub("", entry.message)


class _Nothing:
    """What an XML parser tells, forgotten."""

    def close(self) -> None:
        """The end."""


def _malformed(source: BinaryIO) -> UnreadableMessageError:
    """Why this is no XML. A parser with a schema does not say, so another one reads it, and keeps nothing."""
    source.seek(0)
    parser = etree.XMLParser(target=_Nothing(), **_HARDENED)  # type: ignore[arg-type] # it may know less
    try:
        while chunk := source.read(_CHUNK):
            parser.feed(chunk)
        parser.close()
    except etree.XMLSyntaxError:
        for entry in parser.feed_error_log:
            facts = {"line": str(entry.line), "cause": entry.message}
            return UnreadableMessageError(Reason("bank_file.malformed", facts))
    return UnreadableMessageError(Reason("bank_file.cut_off"))
