"""The Swiss rules of a payment file by number, each with the code that a bank's refusal has (SPS 2025, IG Credit
Transfer 2.2, chapter 5; ISO external codes). "F" is the file as a whole, "A" its header, "B" a group of payments, "C" a
payment, "P" what one bank wants otherwise (`bank_profile`).
"""

from __future__ import annotations

from dataclasses import dataclass

from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say


@dataclass(frozen=True, slots=True)
class Rule:
    """``number`` for people, ``code`` as banks say it, ``text`` a key of the catalogue."""

    number: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class RuleError:
    """A rule that a file breaks. ``path`` says where, as XPath without prefixes."""

    code: str
    rule: str
    path: str
    message: str


def broken(rule: Rule, path: str, **facts: str) -> RuleError:
    """The rule is broken there."""
    return RuleError(rule.code, rule.number, path, say(Reason(rule.text, facts)))


BYTE_ORDER_MARK = Rule("F.1", "CH16", "pain001.byte_order_mark")
CDATA = Rule("F.2", "CH17", "pain001.cdata")
EMPTY = Rule("F.3", "CH16", "pain001.empty")
CHARACTERS = Rule("F.4", "CH16", "pain001.characters")
COUNTRY = Rule("F.5", "BE09", "pain001.country")
ADDRESS_UNSTRUCTURED = Rule("F.6", "CH21", "pain001.address_incomplete")
ADDRESS_WITHOUT_NAME = Rule("F.7", "CH21", "pain001.address_without_name")
ADDRESS_LINES = Rule("F.8", "CH17", "pain001.address_lines")
ADDRESS_TWICE = Rule("F.9", "CH16", "pain001.address_twice")

MESSAGE_ID = Rule("A.1", "CH16", "pain001.identifier")
COUNT = Rule("A.2", "AM18", "pain001.count")
TOO_MANY = Rule("A.3", "AM18", "pain001.too_many")
SUM = Rule("A.4", "AM10", "pain001.sum")
INITIATOR_ADDRESS = Rule("A.5", "CH17", "pain001.initiator_address")
INITIATOR = Rule("A.6", "CH21", "pain001.initiator")
CONTACT = Rule("A.7", "CH17", "pain001.contact")
DUPLICATE_MESSAGE = Rule("A.8", "DU01", "pain001.duplicate_message")

GROUP_ID = Rule("B.1", "CH16", "pain001.identifier")
DUPLICATE_GROUP = Rule("B.2", "DU02", "pain001.duplicate_group")
GROUP_COUNT = Rule("B.3", "AM18", "pain001.count")
GROUP_SUM = Rule("B.4", "AM10", "pain001.sum")
METHOD = Rule("B.5", "CH16", "pain001.method")
OWN_ACCOUNT = Rule("B.6", "AC01", "pain001.own_account")
OWN_QR_IBAN = Rule("B.7", "AC01", "pain001.own_qr_iban")
DEBTOR_NAME = Rule("B.8", "CH21", "pain001.missing")
DEBTOR_BANK = Rule("B.9", "AGNT", "pain001.debtor_bank")
TOO_FAR_AHEAD = Rule("B.10", "CH03", "pain001.too_far_ahead")
TOO_LONG_AGO = Rule("B.11", "CH04", "pain001.too_long_ago")
TIME_OF_DAY = Rule("B.12", "CH17", "pain001.time_of_day")
CURRENCIES = Rule("B.13", "CURR", "pain001.currencies")
TYPES = Rule("B.14", "CH16", "pain001.types")
ACCOUNT_TYPE = Rule("B.15", "CH16", "pain001.account_type")

PAYMENT_ID = Rule("C.1", "CH16", "pain001.identifier")
DUPLICATE_INSTRUCTION = Rule("C.2", "DU05", "pain001.duplicate_instruction")
ZERO = Rule("C.3", "AM01", "pain001.zero")
AMOUNT = Rule("C.4", "AM02", "pain001.amount")
CURRENCY = Rule("C.5", "AM03", "pain001.currency")
DECIMALS = Rule("C.6", "CH20", "pain001.decimals")
ACCOUNT = Rule("C.7", "AC01", "pain001.account")
NO_ACCOUNT = Rule("C.8", "CH21", "pain001.missing")
NO_CREDITOR = Rule("C.9", "CH21", "pain001.missing")
ON_BOTH_LEVELS = Rule("C.10", "CH07", "pain001.on_both_levels")
NAME_TOO_LONG = Rule("C.11", "CH15", "pain001.too_long")
CHARGES = Rule("C.12", "CH16", "pain001.charges")
SEPA_ACCOUNT = Rule("C.13", "AC01", "pain001.sepa_account")
PURPOSE_HERE = Rule("C.14", "CH17", "pain001.purpose_here")
CHEQUE_HERE = Rule("C.15", "CH17", "pain001.cheque_here")
ADDRESS_TYPE = Rule("C.16", "CH17", "pain001.address_type")
QRR_MISSING = Rule("C.17", "CH21", "pain001.qrr_missing")
QRR_HERE = Rule("C.18", "CH17", "pain001.qrr_here")
TEXT_BESIDE_REFERENCE = Rule("C.19", "CH17", "pain001.text_beside_reference")
REFERENCE_KIND = Rule("C.20", "CH16", "pain001.reference_kind")
REFERENCE = Rule("C.21", "CH16", "pain001.reference")
NO_REFERENCE = Rule("C.22", "CH21", "pain001.no_reference")
REMITTANCE_TWICE = Rule("C.23", "CH17", "pain001.remittance_twice")
REMITTANCE_TOO_LONG = Rule("C.24", "CH15", "pain001.too_long")

INSTRUCTION_ID = Rule("P.1", "CH21", "pain001.instruction_id")
POSTAL_CODE_BY_LINE = Rule("P.2", "CH17", "pain001.postal_code_by_line")
