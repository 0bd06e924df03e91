"""What a payment file of ours tells the bank to pay, read again from the file: the truth about what went out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import BytesIO

from lxml import etree

from sozialakte.payments.iso20022.message_stream import MessageStream, UnreadableMessageError, opening_of
from sozialakte.payments.iso20022.pain001 import NAMESPACE
from sozialakte.shared.reasons import Reason

_IN = {"p": NAMESPACE}


@dataclass(frozen=True)
class SentPayment:
    """A payment in a file."""

    end_to_end_id: str
    amount: Decimal
    currency: str
    iban: str


@dataclass(frozen=True)
class SentFile:
    """A file, and its payments in order."""

    message_id: str
    payments: tuple[SentPayment, ...]

    @property
    def total(self) -> Decimal:
        """All amounts added up."""
        return sum((one.amount for one in self.payments), Decimal(0))


def read_sent(body: bytes) -> SentFile:
    """The payments of a pain.001.001.09. Raises `UnreadableMessageError`, for another message too."""
    if opening_of(BytesIO(body)).namespace != NAMESPACE:
        raise UnreadableMessageError(Reason("emergency.other_message"))
    message_id, payments = "", []
    for element in MessageStream(BytesIO(body), NAMESPACE, ("GrpHdr", "CdtTrfTxInf")):
        if etree.QName(element).localname == "GrpHdr":
            message_id = _text(element, "p:MsgId")
        else:
            payments.append(_payment(element))
    return SentFile(message_id, tuple(payments))


def _payment(element: etree._Element) -> SentPayment:
    amount = element.find("p:Amt/p:InstdAmt", _IN)
    currency = str(amount.get("Ccy", "")) if amount is not None else ""
    try:
        value = Decimal(_text(element, "p:Amt/p:InstdAmt"))
    except InvalidOperation as error:
        raise UnreadableMessageError(Reason("emergency.other_message")) from error
    return SentPayment(
        _text(element, "p:PmtId/p:EndToEndId"), value, currency, _text(element, "p:CdtrAcct/p:Id/p:IBAN")
    )


def _text(element: etree._Element, path: str) -> str:
    return (element.findtext(path, "", _IN) or "").strip()
