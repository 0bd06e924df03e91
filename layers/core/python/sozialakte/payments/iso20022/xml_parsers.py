"""Parsers for XML of any origin: no entities, nothing from elsewhere, nothing huge; and words for what is no XML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Literal, TypedDict

from lxml import etree

from sozialakte.shared.reasons import Reason

CHUNK = 1 << 16
"""Bytes that are read at once."""


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


def pull_parser(
    event: Literal["start", "end"], names: tuple[str, ...] | None, schema: etree.XMLSchema | None
) -> etree.XMLPullParser:
    """Tells of elements with these names when they begin or end; of all if no names are given."""
    return etree.XMLPullParser((event,), tag=names, schema=schema, **_HARDENED)


def events(parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    """The elements it has to tell of."""
    return (element for _, element in parser.read_events() if isinstance(element, etree._Element))  # noqa: SLF001 # its only name


def whole_tree(source: BinaryIO) -> etree._ElementTree:
    """All of a small file at once. Raises ``XMLSyntaxError``."""
    source.seek(0)
    return etree.parse(source, etree.XMLParser(**_HARDENED))


def ends_well(tail: bytes) -> bool:
    """Whether nothing but comments and the like follows the last end of an element in the last bytes of a file."""
    rest = tail[tail.rfind(b"</") :].partition(b">")[2]
    try:
        etree.fromstring(b"<end/>" + rest, etree.XMLParser(**_HARDENED))
    except etree.XMLSyntaxError:
        return False
    return True


class _Nothing:
    """What an XML parser tells, forgotten."""

    def close(self) -> None:
        """The end."""


def malformed(source: BinaryIO) -> UnreadableMessageError:
    """Why this is no XML. A parser with a schema does not say, so another one reads it, and keeps nothing."""
    source.seek(0)
    parser = etree.XMLParser(target=_Nothing(), **_HARDENED)  # type: ignore[arg-type] # it may know less
    try:
        while chunk := source.read(CHUNK):
            parser.feed(chunk)
        parser.close()
    except etree.XMLSyntaxError:
        for entry in parser.feed_error_log:
            facts = {"line": str(entry.line), "cause": entry.message}
            return UnreadableMessageError(Reason("bank_file.malformed", facts))
    return UnreadableMessageError(Reason("bank_file.cut_off"))
