"""The rules of a payment file's header (level A)."""

from __future__ import annotations

from collections.abc import Container, Iterator
from decimal import Decimal, InvalidOperation

from sozialakte.payments.iso20022 import rule_book
from sozialakte.payments.iso20022.breaches import Breach, against_texts
from sozialakte.payments.iso20022.fields import Fields
from sozialakte.payments.iso20022.refuse_payments import MOST_PAYMENTS
from sozialakte.payments.iso20022.rule_book import Rule
from sozialakte.payments.iso20022.sps_text import is_identifier

_CONTACTS = frozenset({"NAME", "PRVD", "VRSN", "SPSV"})
_CONTACT = "InitgPty/CtctDtls"


def against_header(header: Fields, sent: Container[str]) -> Iterator[Breach]:
    """What is wrong with it by itself. ``sent``: ids of messages that the bank already has."""
    yield from against_texts(header)
    message_id = header.text("MsgId")
    if not is_identifier(message_id):
        yield Breach(rule_book.MESSAGE_ID, "MsgId", {"value": message_id})
    elif message_id in sent:
        yield Breach(rule_book.DUPLICATE_MESSAGE, "MsgId", {"value": message_id})
    if "InitgPty/PstlAdr" in header.elements:
        yield Breach(rule_book.INITIATOR_ADDRESS, "InitgPty/PstlAdr")
    if not {"InitgPty/Nm", "InitgPty/Id"} & header.elements:
        yield Breach(rule_book.INITIATOR, "InitgPty")
    yield from _against_contact(header)


def against_totals(fields: Fields, count: int, total: Decimal, rules: tuple[Rule, Rule]) -> Iterator[Breach]:
    """What a header says of payments and sum, against what there is. ``rules``: for the number, for the sum."""
    of_count, of_sum = rules
    said = fields.text("NbOfTxs")
    if said and decimal_of(said) != count:
        yield Breach(of_count, "NbOfTxs", {"said": said, "found": str(count)})
    if count > MOST_PAYMENTS and of_count is rule_book.COUNT:
        yield Breach(rule_book.TOO_MANY, "NbOfTxs", {"most": str(MOST_PAYMENTS)})
    said_sum = fields.text("CtrlSum")
    if said_sum and decimal_of(said_sum) != total:
        yield Breach(of_sum, "CtrlSum", {"said": said_sum, "found": str(total)})


def decimal_of(text: str) -> Decimal | None:
    """The number, None if it is none (the schema says so)."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _against_contact(header: Fields) -> Iterator[Breach]:
    for path in sorted(header.elements):
        if path.startswith(f"{_CONTACT}/") and not path.startswith(f"{_CONTACT}/Othr"):
            yield Breach(rule_book.CONTACT, path)
    kinds = [(path, text) for path, text in header.texts.items() if path.endswith("/ChanlTp")]
    for at, (path, kind) in enumerate(kinds):
        if kind not in _CONTACTS or kind in [other for _, other in kinds[:at]]:
            yield Breach(rule_book.CONTACT, path)
