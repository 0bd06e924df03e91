"""Reads a message of any size and any origin: its elements one after the other, each forgotten when the next comes.

What could harm is refused: a DOCTYPE (entities, files from elsewhere, billion laughs), other encodings than UTF-8,
endless elements. The schema is checked on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from lxml import etree

from sozialakte.shared.reasons import Reason

MOST_SCHEMA_ERRORS = 100
"""Told of one file; with so many the schema is not asked any further."""
_CHUNK = 1 << 16
_LARGEST = 1 << 18  # bytes between two elements that are looked at; a payment has one or two thousand
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
_ENCODING = re.compile(rb"""<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_UTF_8 = frozenset({b"utf-8", b"us-ascii"})
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_CDATA = b"<![CDATA["
_NAMESPACE = re.compile(r"\{urn:iso:std:iso:20022:tech:xsd:[a-z0-9.]+\}")


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
    name = etree.QName(_first_element(head))
    return Opening(name.localname, name.namespace or "", head.startswith(_BYTE_ORDER_MARK))


@dataclass
class MessageStream:
    """The elements with these names, in the order in which they end. What is read of one is read before the next.

    Elements before one in the same parent are still there when the first comes, and gone after it.
    ``schema_errors``: what the schema says. ``has_cdata``: whether CDATA was met, which banks refuse.
    """

    source: BinaryIO
    namespace: str
    names: tuple[str, ...]
    schema: etree.XMLSchema | None = None
    schema_errors: list[str] = field(default_factory=list)
    has_cdata: bool = False
    _unmet: int = 0  # bytes since the last element
    _ended: bool = False

    @property
    def has_enough_errors(self) -> bool:
        """Whether reading ended because of them."""
        return len(self.schema_errors) >= MOST_SCHEMA_ERRORS

    def __iter__(self) -> Iterator[etree._Element]:
        """Raises `UnreadableMessageError`."""
        self.source.seek(0)
        root = etree.QName(self.namespace or None, "Document").text
        parser = _parser(("end",), (root, *self._tags()), self.schema)
        try:
            for chunk in self._chunks():
                parser.feed(chunk)
                yield from self._met(parser, root, len(chunk))
                self._note_schema_errors(parser)
                if self.has_enough_errors:
                    return
            parser.close()
        except etree.XMLSyntaxError as error:
            self._note_schema_errors(parser)
            if not self._ended or not self.schema_errors:
                raise _malformed(error) from error

    def _tags(self) -> Iterator[str]:
        return (etree.QName(self.namespace or None, name).text for name in self.names)

    def _chunks(self) -> Iterator[bytes]:
        end = b""
        while chunk := self.source.read(_CHUNK):
            self.has_cdata = self.has_cdata or _CDATA in end + chunk
            end = chunk[-len(_CDATA) :]
            yield chunk

    def _met(self, parser: etree.XMLPullParser[etree._Element], root: str, fed: int) -> Iterator[etree._Element]:
        self._unmet += fed
        for _, element in parser.read_events():
            self._unmet = 0
            if element.tag == root:
                self._ended = True
            else:
                yield element
                _forget(element)
        if self._unmet > _LARGEST:
            raise UnreadableMessageError(Reason("bank_file.endless", {"most": str(_LARGEST // 1024)}))

    def _note_schema_errors(self, parser: etree.XMLPullParser[etree._Element]) -> None:
        if self.schema is not None:
            found = (_said(entry) for entry in parser.feed_error_log if entry.domain == etree.ErrorDomains.SCHEMASV)
            self.schema_errors[:] = islice(found, MOST_SCHEMA_ERRORS)


def _parser(
    events: tuple[str, ...], names: tuple[str, ...] | None, schema: etree.XMLSchema | None
) -> etree.XMLPullParser[etree._Element]:
    return etree.XMLPullParser(
        events,
        tag=names,
        schema=schema,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


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
    parser = _parser(("start",), None, None)
    try:
        parser.feed(head)
        for _, element in parser.read_events():
            return element
    except etree.XMLSyntaxError as error:
        for _, element in parser.read_events():
            return element
        raise _malformed(error) from error
    raise UnreadableMessageError(Reason("bank_file.no_xml"))


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _said(entry: etree._LogEntry) -> str:
    return _NAMESPACE.sub("", entry.message)


def _malformed(error: etree.XMLSyntaxError) -> UnreadableMessageError:
    line, _ = error.position
    return UnreadableMessageError(Reason("bank_file.malformed", {"line": str(line or 1), "cause": error.msg or ""}))
