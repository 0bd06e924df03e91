"""Reads values out of the elements of a bank's message."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lxml import etree

from sozialakte.payments.iso20022.bank_message import BankReason
from sozialakte.payments.iso20022.xml_parsers import UnreadableMessageError
from sozialakte.shared.reasons import Reason

_ISO_DAY = 10  # characters
_AMOUNT = re.compile(r"\+?[0-9]{1,16}(\.[0-9]{1,5})?")
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Elements:
    """Values by path (``Refs/EndToEndId``) in a message's namespace. Texts that are missing are empty."""

    namespace: str

    def name(self, local: str) -> str:
        """The full name of an element."""
        return f"{{{self.namespace}}}{local}"

    def find(self, element: etree._Element, path: str) -> etree._Element | None:
        """The first element there."""
        return element.find("/".join(map(self.name, path.split("/"))))

    def text(self, element: etree._Element, *paths: str) -> str:
        """The first of these texts that is there."""
        for path in paths:
            found = self.find(element, path)
            if found is not None and found.text and found.text.strip():
                return unicodedata.normalize("NFC", " ".join(found.text.split()))
        return ""

    def amount(self, element: etree._Element, path: str) -> tuple[Decimal, str] | None:
        """An amount and its currency. Raises `UnreadableMessageError`."""
        found = self.find(element, path)
        return None if found is None else (exact(found.text or ""), found.get("Ccy", ""))

    def is_credit(self, element: etree._Element, otherwise: bool) -> bool:  # noqa: FBT001 (a value, no switch)
        """Whether money came; ``otherwise`` if the element does not say."""
        said = self.text(element, "CdtDbtInd")
        return said == "CRDT" if said else otherwise

    def day(self, element: etree._Element, path: str) -> date | None:
        """A day, also of a moment."""
        said = self.text(element, f"{path}/Dt", f"{path}/DtTm")
        try:
            return date.fromisoformat(said[:_ISO_DAY]) if said else None
        except ValueError as error:
            raise _unreadable(said) from error

    def codes(self, element: etree._Element) -> tuple[str, ...]:
        """The codes, and the words, of all reasons that an element gives itself (``StsRsnInf``)."""
        reasons = map(self.reason, element.iterfind(self.name("StsRsnInf")))
        return tuple(said for reason in reasons for said in (reason.code, reason.text) if said)

    def _code(self, reason: etree._Element) -> str:
        return self.text(reason, "Rsn/Cd", "Rsn/Prtry")

    def reason(self, element: etree._Element | None) -> BankReason:
        """What a ``StsRsnInf`` or ``RtrInf`` says."""
        if element is None:
            return BankReason()
        words = [one.text or "" for one in element.iterfind(self.name("AddtlInf"))]
        text = unicodedata.normalize("NFC", " ".join(" ".join(words).split()))
        return BankReason(self._code(element), text)


def exact(text: str) -> Decimal:
    """An amount in whole cents. Raises `UnreadableMessageError`."""
    if not _AMOUNT.fullmatch(text.strip()):
        raise _unreadable(text)
    amount = Decimal(text.strip())
    if amount != amount.quantize(_CENT):
        raise _unreadable(text)
    return amount.quantize(_CENT)


def local_name(element: etree._Element) -> str:
    """The name without the namespace."""
    return str(element.tag).rpartition("}")[2]


def _unreadable(text: str) -> UnreadableMessageError:
    return UnreadableMessageError(Reason("bank_message.value", {"value": text[:40]}))
