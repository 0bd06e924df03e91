"""The rules of a payment in a payment file (level C)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from sozialakte.payments.iso20022 import rule_book
from sozialakte.payments.iso20022.bank_profile import BankProfile
from sozialakte.payments.iso20022.breaches import (
    Breach,
    against_address_form,
    against_address_texts,
    against_texts,
)
from sozialakte.payments.iso20022.fields import Fields
from sozialakte.payments.iso20022.group_rules import service_level
from sozialakte.payments.iso20022.header_rules import decimal_of
from sozialakte.payments.iso20022.payment_types import PaymentType, type_of
from sozialakte.payments.iso20022.refuse_payments import LARGEST
from sozialakte.payments.iso20022.remittance_rules import against_remittance
from sozialakte.payments.iso20022.sepa import is_iban, is_in_sepa
from sozialakte.payments.iso20022.sps_text import is_identifier, is_permitted

_IBAN = "CdtrAcct/Id/IBAN"
_AMOUNT = "Amt/InstdAmt"
_EQUIVALENT = "Amt/EqvtAmt/Amt"
_PARTIES = ("Cdtr", "UltmtDbtr", "UltmtCdtr")
_ONE_LEVEL = ("PmtTpInf", "ChrgBr", "UltmtDbtr")
_ON_GROUPS = frozenset({"SALA", "PENS"})
_WITH_CENTS = frozenset({"CHF", "EUR"})
_CENT = -2
_LONGEST_SEPA_NAME = 70
_WITH_ACCOUNT = frozenset({PaymentType.DOMESTIC, PaymentType.SEPA})


@dataclass
class PaymentRules:
    """The rules for the payments of one group. ``group``: what stands before them."""

    group: Fields
    profile: BankProfile
    currencies: set[str] = field(default_factory=set)
    kinds: set[PaymentType] = field(default_factory=set)
    _instruction_ids: set[str] = field(default_factory=set)
    _by_form: dict[frozenset[str], tuple[Breach, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._method = self.group.text("PmtMtd")
        self._service_level = service_level(self.group)

    def check(self, payment: Fields) -> list[Breach]:
        """What is wrong with a payment. Currency and type are noted, for those of a group must be the same."""
        kind = self._kind(payment)
        self.currencies.add(payment.currency)
        self.kinds.add(kind)
        found = [*self._form(payment.elements), *against_remittance(payment, kind)]
        if not _is_written_well(payment):
            found += against_texts(payment)
        found += self._against_ids(payment)
        found += _against_amount(payment, kind)
        found += _against_account(payment, kind)
        for party in _PARTIES:
            if party in payment.elements:
                found += against_address_texts(payment, party)
        return [*found, *self._against_conditions(payment, kind)] if kind is not PaymentType.DOMESTIC else found

    def _kind(self, payment: Fields) -> PaymentType:
        level = self._service_level or ("PmtTpInf" in payment.elements and service_level(payment)) or ""
        bank = payment.text("CdtrAgt/FinInstnId/BICFI")
        country = payment.text(_IBAN)[:2] or bank[4:6]
        return type_of(self._method, level, country, payment.currency)

    def _form(self, elements: frozenset[str]) -> tuple[Breach, ...]:
        """What is wrong with the elements, whatever they say; worked out once for payments of the same form."""
        known = self._by_form.get(elements)
        if known is None:
            known = self._by_form[elements] = tuple(self._against_form(elements))
        return known

    def _against_form(self, elements: frozenset[str]) -> Iterator[Breach]:
        for party in _PARTIES:
            yield from against_address_form(elements, party, self.profile)
        for name in _ONE_LEVEL:
            if name in elements and name in self.group.elements:
                yield Breach(rule_book.ON_BOTH_LEVELS, name, {"element": name})
        if "Cdtr/PstlAdr/AdrTp" in elements:
            yield Breach(rule_book.ADDRESS_TYPE, "Cdtr/PstlAdr/AdrTp")
        if "Cdtr" not in elements or not {"Cdtr/Nm", "Cdtr/PstlAdr"} & elements:
            yield Breach(rule_book.NO_CREDITOR, "Cdtr/Nm", {"element": "Cdtr/Nm"})
        if "ChqInstr" in elements and self._method != "CHK":
            yield Breach(rule_book.CHEQUE_HERE, "ChqInstr")
        if self.profile.instruction_ids and "PmtId/InstrId" not in elements:
            yield Breach(rule_book.INSTRUCTION_ID, "PmtId/InstrId")

    def _against_ids(self, payment: Fields) -> Iterator[Breach]:
        own_id = payment.text("PmtId/EndToEndId")
        if not is_identifier(own_id):
            yield Breach(rule_book.PAYMENT_ID, "PmtId/EndToEndId", {"value": own_id})
        instruction_id = payment.texts.get("PmtId/InstrId")
        if instruction_id is None:
            return
        if not is_identifier(instruction_id):
            yield Breach(rule_book.PAYMENT_ID, "PmtId/InstrId", {"value": instruction_id})
        elif instruction_id in self._instruction_ids:
            yield Breach(rule_book.DUPLICATE_INSTRUCTION, "PmtId/InstrId", {"value": instruction_id})
        self._instruction_ids.add(instruction_id)

    def _against_conditions(self, payment: Fields, kind: PaymentType) -> Iterator[Breach]:
        if kind is PaymentType.SEPA:
            yield from _against_sepa(payment)
            charges = payment.text("ChrgBr") or self.group.text("ChrgBr")
            if charges not in {"", "SLEV"}:
                yield Breach(rule_book.CHARGES, "ChrgBr", {"value": charges})


def amount_of(payment: Fields) -> Decimal:
    """The amount, also where it is given in another currency; 0 if there is none."""
    return decimal_of(payment.text(_AMOUNT) or payment.text(_EQUIVALENT)) or Decimal(0)


def _is_written_well(payment: Fields) -> bool:
    texts = list(payment.texts.values())
    return None not in texts and is_permitted("".join(texts))  # type: ignore[arg-type] # none is None


def _against_amount(payment: Fields, kind: PaymentType) -> Iterator[Breach]:
    amount, path = amount_of(payment), _AMOUNT
    if amount == 0:
        yield Breach(rule_book.ZERO, path)
    elif kind in LARGEST and amount > LARGEST[kind]:
        yield Breach(rule_book.AMOUNT, path, {"most": str(LARGEST[kind])})
    if payment.currency in _WITH_CENTS and int(amount.as_tuple().exponent) < _CENT:
        yield Breach(rule_book.DECIMALS, path, {"currency": payment.currency})


def _against_account(payment: Fields, kind: PaymentType) -> Iterator[Breach]:
    iban = payment.text(_IBAN)
    if iban and not is_iban(iban):
        yield Breach(rule_book.ACCOUNT, _IBAN)
    if not iban and kind in _WITH_ACCOUNT:
        yield Breach(rule_book.NO_ACCOUNT, _IBAN, {"element": _IBAN})
    if payment.text("PmtTpInf/CtgyPurp/Cd") in _ON_GROUPS:
        yield Breach(rule_book.PURPOSE_HERE, "PmtTpInf/CtgyPurp/Cd")


def _against_sepa(payment: Fields) -> Iterator[Breach]:
    if payment.currency != "EUR":
        yield Breach(rule_book.CURRENCY, _AMOUNT, {"currency": payment.currency})
    iban = payment.text(_IBAN)
    if iban and not is_in_sepa(iban):
        yield Breach(rule_book.SEPA_ACCOUNT, _IBAN, {"country": iban[:2]})
    if len(payment.text("Cdtr/Nm")) > _LONGEST_SEPA_NAME:
        yield Breach(rule_book.NAME_TOO_LONG, "Cdtr/Nm", {"element": "Nm", "most": str(_LONGEST_SEPA_NAME)})
