"""What went out: the orders of a payment file (pain.001.001.09) that we wrote, read again as the bank got it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import BinaryIO

from lxml import etree

from sozialakte.payments.iso20022.bank_elements import Elements, local_name
from sozialakte.payments.iso20022.message_opening import opening_of
from sozialakte.payments.iso20022.message_stream import MessageStream
from sozialakte.payments.iso20022.pain001 import NAMESPACE
from sozialakte.payments.iso20022.xml_parsers import UnreadableMessageError
from sozialakte.shared.reasons import Reason


@dataclass(frozen=True, slots=True)
class Order:
    """One payment to ``iban``, in its group of its file, from our account ``account``."""

    message_id: str
    payment_information_id: str
    account: str
    end_to_end_id: str
    amount: Decimal
    currency: str
    iban: str = ""


@dataclass(frozen=True)
class SentFile:
    """A file and its orders, in the file's order."""

    message_id: str
    orders: tuple[Order, ...]

    @property
    def total(self) -> Decimal:
        """All amounts added up."""
        return sum((one.amount for one in self.orders), Decimal(0))


def read_sent(body: bytes) -> SentFile:
    """The orders of a file of any origin. Raises `UnreadableMessageError`, for another message too."""
    if opening_of(BytesIO(body)).namespace != NAMESPACE:
        raise UnreadableMessageError(Reason("emergency.other_message"))
    orders = tuple(orders_in(BytesIO(body)))
    return SentFile(orders[0].message_id if orders else "", orders)


def orders_in(source: BinaryIO) -> Iterator[Order]:
    """Every order, in the file's order. Raises `UnreadableMessageError`."""
    elements, message_id, group = Elements(NAMESPACE), "", None
    told = ("", "")
    for element in MessageStream(source, "Document", ("GrpHdr", "CdtTrfTxInf", "PmtInf"), NAMESPACE):
        match local_name(element):
            case "GrpHdr":
                message_id = elements.text(element, "MsgId")
            case "CdtTrfTxInf":
                parent = element.getparent()
                if parent is not None and parent is not group:
                    # Now: what stands before a group's first payment is forgotten with it.
                    group = parent
                    told = (elements.text(parent, "PmtInfId"), elements.text(parent, "DbtrAcct/Id/IBAN"))
                names = (elements.text(element, path) for path in ("PmtId/EndToEndId", "CdtrAcct/Id/IBAN"))
                end_to_end_id, iban = names
                yield Order(message_id, *told, end_to_end_id, *_amount(elements, element), iban)


def _amount(elements: Elements, payment: etree._Element) -> tuple[Decimal, str]:
    found = elements.amount(payment, "Amt/InstdAmt")
    if found is None:
        raise UnreadableMessageError(Reason("bank_message.value", {"value": "InstdAmt"}))
    return found
