"""How a message begins, looked at before any parser sees it: its encoding, no DOCTYPE, and which message it is."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from lxml import etree

from sozialakte.payments.iso20022.xml_parsers import CHUNK, UnreadableMessageError, events, malformed, pull_parser
from sozialakte.shared.reasons import Reason

_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
_ENCODING = re.compile(rb"""<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_UTF_8 = frozenset({b"utf-8", b"us-ascii"})
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Opening:
    """How a file begins. ``root`` is the name of its first element, ``namespace`` is empty where it has none."""

    root: str
    namespace: str
    has_byte_order_mark: bool


def opening_of(source: BinaryIO) -> Opening:
    """How the message begins; the source is at its beginning before and after. Raises `UnreadableMessageError`."""
    source.seek(0)
    head = source.read(CHUNK)
    source.seek(0)
    _refuse_encoding(head)
    _refuse_prolog(head)
    namespace, _, root = str(_first_element(head).tag).removeprefix("{").rpartition("}")
    return Opening(root, namespace, head.startswith(_BYTE_ORDER_MARK))


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
    parser = pull_parser("start", None, None)
    with suppress(etree.XMLSyntaxError):  # whether the rest is right is seen later
        parser.feed(head)
    for element in events(parser):
        return element
    raise malformed(BytesIO(head))
