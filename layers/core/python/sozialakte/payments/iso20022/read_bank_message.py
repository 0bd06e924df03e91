"""Reads a message of the bank from beginning to end, a little at a time, and says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from sozialakte.payments.iso20022 import camt, pain002
from sozialakte.payments.iso20022.bank_elements import Elements
from sozialakte.payments.iso20022.bank_message import Entry, MessageKind, Status
from sozialakte.payments.iso20022.bank_schemas import schema_of
from sozialakte.payments.iso20022.camt import CamtReader
from sozialakte.payments.iso20022.message_opening import opening_of
from sozialakte.payments.iso20022.message_stream import MessageStream
from sozialakte.payments.iso20022.pain002 import StatusReader
from sozialakte.payments.iso20022.xml_parsers import UnreadableMessageError
from sozialakte.shared.reasons import Reason

WANTED = {MessageKind.STATUS: "10", MessageKind.STATEMENT: "08", MessageKind.NOTIFICATION: "08"}
"""The versions of the Swiss Payment Standards 2025."""
_NAMESPACE = re.compile(r"urn:iso:std:iso:20022:tech:xsd:([a-z]{4}\.\d{3})\.\d{3}\.(\d{2})(?:\.[a-z]{2}\.\d{2})?")


class RefusedMessageError(UnreadableMessageError):
    """A message that we do not take; ``kind`` and ``version`` as far as it names them."""

    def __init__(self, reason: Reason, kind: str = "", version: str = "") -> None:
        super().__init__(reason)
        self.kind = kind
        self.version = version


@dataclass
class BankMessage:
    """A message while it is read. ``told``: what does not add up in it; complete when all parts were read.

    ``strict``: ask its schema too, which ends the reading where that finds too much.
    """

    source: BinaryIO
    kind: MessageKind
    version: str
    namespace: str
    told: list[Reason] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    schema_errors: list[str] = field(default_factory=list)
    strict: bool = True

    def parts(self) -> Iterator[Entry | Status]:
        """Everything it says, in its order. Raises `UnreadableMessageError`."""
        elements = Elements(self.namespace)
        self.told.clear()
        self.accounts.clear()
        status = self.kind is MessageKind.STATUS
        reader = StatusReader(elements) if status else CamtReader(elements, self.told, self.accounts)
        names = pain002.NAMES if status else camt.NAMES
        stream = MessageStream(
            self.source, "Document", names, self.namespace, schema_of(self.kind) if self.strict else None
        )
        for element in stream:
            yield from reader.read(element)
        self.schema_errors[:] = stream.located_errors()


def open_bank_message(source: BinaryIO) -> BankMessage:
    """The message in a file. Raises `RefusedMessageError`: no such message, another version."""
    opening = opening_of(source)
    if not opening.namespace:
        raise RefusedMessageError(Reason("bank_file.no_namespace"))
    found = _NAMESPACE.fullmatch(opening.namespace)
    if found is None or opening.root != "Document":
        raise RefusedMessageError(Reason("bank_message.unknown"))
    name, version = found.groups()
    if name not in set(MessageKind):
        raise RefusedMessageError(Reason("bank_message.kind", {"kind": name}), name, version)
    kind = MessageKind(name)
    if version != WANTED[kind]:
        facts = {"kind": name, "version": version, "wanted": WANTED[kind]}
        code = "bank_message.older" if version < WANTED[kind] else "bank_message.newer"
        raise RefusedMessageError(Reason(code, facts), name, version)
    return BankMessage(source, kind, version, opening.namespace)


def against_schema(message: BankMessage) -> tuple[Reason, ...]:
    """What the schema, and what cannot be read, say against a message, read to its end. Empty: it can be taken."""
    try:
        for _ in message.parts():
            pass
    except UnreadableMessageError as error:
        return (error.reason,)
    return tuple(Reason("bank_message.schema", {"error": error}) for error in message.schema_errors)


def readable_status(message: BankMessage) -> BankMessage | None:
    """A status report that its schema refuses, to be read without it; None if that is not what it is, or is broken.

    .10 is checked by another version's schema (`bank_schemas`), and a rejection that is lost is a bill nobody pays.
    """
    loose = replace(message, strict=False, told=[], accounts=[], schema_errors=[])
    try:
        named = message.kind is MessageKind.STATUS and any(_names_ours(part) for part in list(loose.parts()))
    except UnreadableMessageError:
        return None
    return loose if named else None


def _names_ours(part: Entry | Status) -> bool:
    return isinstance(part, Status) and bool(part.status and part.name)
