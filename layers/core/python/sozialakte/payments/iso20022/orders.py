"""What went out: the orders of a payment file (pain.001.001.09) that we wrote, read again as the bank got it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO

from sozialakte.payments.iso20022.bank_elements import Elements, local_name
from sozialakte.payments.iso20022.message_stream import MessageStream
from sozialakte.payments.iso20022.pain001 import NAMESPACE


@dataclass(frozen=True, slots=True)
class Order:
    """One payment, in its group of its file, from our account ``account``."""

    message_id: str
    payment_information_id: str
    account: str
    end_to_end_id: str
    amount: Decimal
    currency: str


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
                amount, currency = elements.amount(element, "Amt/InstdAmt") or (Decimal(), "")
                yield Order(message_id, *told, elements.text(element, "PmtId/EndToEndId"), amount, currency)
