"""Checks a payment file of any origin and size: schema and Swiss rules in one go, in bounded memory."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from lxml import etree

from sozialakte.payments.iso20022 import rule_book
from sozialakte.payments.iso20022.bank_profile import SPS, BankProfile
from sozialakte.payments.iso20022.breaches import Breach
from sozialakte.payments.iso20022.fields import FieldReader, Fields, local_name, read_all
from sozialakte.payments.iso20022.group_rules import against_group
from sozialakte.payments.iso20022.header_rules import against_header, against_totals
from sozialakte.payments.iso20022.message_stream import (
    MessageStream,
    Opening,
    UnreadableMessageError,
    opening_of,
)
from sozialakte.payments.iso20022.payment_rules import PaymentRules, amount_of
from sozialakte.payments.iso20022.rule_book import RuleError, broken
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
MOST_RULE_ERRORS = 1000
"""Told of one file."""
_ROOT = "/Document/CstmrCdtTrfInitn"
_LOOKED_AT = ("GrpHdr", "PmtInf", "CdtTrfTxInf")
_VERSION = re.compile(r"pain\.001\.001\.[0-9]{2}")
_MESSAGE = re.compile(r"[a-z]{4}\.[0-9]{3}\.[0-9]{3}\.[0-9]{2}")


@dataclass(frozen=True, slots=True)
class FileFindings:
    """What is wrong with a file, and what it pays. ``total``: all amounts added up, whatever the currency."""

    schema_errors: tuple[str, ...]
    rule_errors: tuple[RuleError, ...]
    payments: int
    total: Decimal

    @property
    def valid(self) -> bool:
        """Whether a bank would take it."""
        return not self.schema_errors and not self.rule_errors


@dataclass(frozen=True, slots=True)
class Asked:
    """What else the rules need to know. ``day``: execution dates are judged from it. ``sent``: ids the bank has."""

    profile: BankProfile = SPS
    day: date | None = None
    sent: Container[str] = ()


def check_payment_file(source: BinaryIO, schema: etree.XMLSchema, asked: Asked = Asked()) -> FileFindings:
    """The findings on a file that can be read from its beginning more than once. Says what is wrong, never raises."""
    check = _Check(asked)
    try:
        opening = opening_of(source)
        if wrong := _not_this_message(opening):
            check.count_only(source, opening)
            return check.findings((say(wrong),))
        stream = check.run(source, schema)
        if stream.has_enough_errors:
            check = _Check(asked)
            check.run(source, None)
        if opening.has_byte_order_mark:
            check.note(rule_book.BYTE_ORDER_MARK, "/")
    except UnreadableMessageError as error:
        return check.findings((say(error.reason),))
    return check.findings(tuple(stream.located_errors()))


def _not_this_message(opening: Opening) -> Reason | None:
    if opening.namespace == NAMESPACE:
        return None if opening.root == "Document" else Reason("bank_file.root")
    if not opening.namespace:
        return Reason("bank_file.no_namespace")
    if version := _VERSION.search(opening.namespace):
        return Reason("bank_file.version", {"found": version[0], "wanted": "pain.001.001.09"})
    found = _MESSAGE.search(opening.namespace)
    return Reason("bank_file.other_message", {"found": found[0] if found else "?", "wanted": "pain.001.001.09"})


@dataclass
class _Check:
    asked: Asked
    errors: list[RuleError] = field(default_factory=list)
    payments: int = 0
    total: Decimal = Decimal(0)
    _reader: FieldReader = field(default_factory=FieldReader)
    _header: Fields | None = None
    _group_ids: set[str] = field(default_factory=set)
    _groups: int = 0
    _group: PaymentRules | None = None
    _group_payments: int = 0
    _group_total: Decimal = Decimal(0)

    def run(self, source: BinaryIO, schema: etree.XMLSchema | None) -> MessageStream:
        stream = MessageStream(source, "Document", _LOOKED_AT, NAMESPACE, schema)
        for element in stream:
            match local_name(element):
                case "CdtTrfTxInf":
                    self._payment(element)
                case "PmtInf":
                    self._end_group(element)
                case _:
                    self._header = self._reader.read(element)
                    self._note_all(f"{_ROOT}/GrpHdr", against_header(self._header, self.asked.sent))
        if self._header:
            rules = (rule_book.COUNT, rule_book.SUM)
            self._note_all(f"{_ROOT}/GrpHdr", against_totals(self._header, self.payments, self.total, rules))
        if stream.has_cdata:
            self.note(rule_book.CDATA, "/")
        return stream

    def count_only(self, source: BinaryIO, opening: Opening) -> None:
        """Of another version we know where payments are, not what their rules were."""
        for element in MessageStream(source, opening.root, _LOOKED_AT):
            if local_name(element) == "CdtTrfTxInf":
                self.payments += 1
                self.total += amount_of(self._reader.read(element))

    def findings(self, schema_errors: tuple[str, ...]) -> FileFindings:
        return FileFindings(schema_errors, tuple(self.errors), self.payments, self.total)

    def note(self, rule: rule_book.Rule, path: str, **facts: str) -> None:
        if len(self.errors) < MOST_RULE_ERRORS:
            self.errors.append(broken(rule, path, **facts))

    def _note_all(self, above: str, breaches: Iterable[Breach]) -> None:
        for rule, path, facts in breaches:
            self.note(rule, f"{above}/{path}", **facts)

    @property
    def _place(self) -> str:
        return f"{_ROOT}/PmtInf[{self._groups}]"

    def _payment(self, element: etree._Element) -> None:
        group = self._group or self._begin_group(reversed(list(element.itersiblings(preceding=True))))
        payment = self._reader.read(element)
        amount = amount_of(payment)
        self._group_payments += 1
        self._group_total += amount
        self.payments += 1
        self.total += amount
        if breaches := group.check(payment, amount):
            self._note_all(f"{self._place}/CdtTrfTxInf[{self._group_payments}]", breaches)

    def _begin_group(self, before: Iterable[etree._Element]) -> PaymentRules:
        fields = read_all(before, self._reader)
        self._groups += 1
        self._group = PaymentRules(fields, self.asked.profile)
        self._group_payments, self._group_total = 0, Decimal(0)
        self._note_all(self._place, against_group(fields, self.asked.profile, self.asked.day))
        own_id = fields.text("PmtInfId")
        if own_id in self._group_ids:
            self.note(rule_book.DUPLICATE_GROUP, f"{self._place}/PmtInfId", value=own_id)
        self._group_ids.add(own_id)
        return self._group

    def _end_group(self, element: etree._Element) -> None:
        group = self._group or self._begin_group(element)
        rules = (rule_book.GROUP_COUNT, rule_book.GROUP_SUM)
        self._note_all(self._place, against_totals(group.group, self._group_payments, self._group_total, rules))
        if len(group.currencies) > 1:
            self.note(rule_book.CURRENCIES, self._place, found=", ".join(sorted(group.currencies)))
        if len(group.kinds) > 1:
            self.note(rule_book.TYPES, self._place, found=", ".join(sorted(group.kinds)))
        self._group = None
