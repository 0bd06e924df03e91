"""The rules of a payment's remittance information: references and messages (3.4 of our notes on the guidelines)."""

from __future__ import annotations

from collections.abc import Iterator

from sozialakte.payments.check_digits import is_creditor_reference, is_qr_iban, is_qr_reference
from sozialakte.payments.iso20022 import rule_book
from sozialakte.payments.iso20022.breaches import Breach
from sozialakte.payments.iso20022.fields import Fields
from sozialakte.payments.iso20022.payment_types import PaymentType

_TEXT, _STRUCTURED = "RmtInf/Ustrd", "RmtInf/Strd"
_INFORMATION = f"{_STRUCTURED}/CdtrRefInf"
_KIND = f"{_INFORMATION}/Tp/CdOrPrtry"
_REFERENCE = f"{_INFORMATION}/Ref"
_BESIDE = f"{_STRUCTURED}/AddtlRmtInf"
_LONGEST = {PaymentType.DOMESTIC: 9000, PaymentType.SEPA: 140}
_CHECKED = frozenset(_LONGEST)


def against_remittance(fields: Fields, kind: PaymentType) -> Iterator[Breach]:
    """What is wrong with references and messages of a payment in Switzerland or in SEPA; others are not looked at."""
    if kind not in _CHECKED:
        return
    if is_qr_iban(fields.text("CdtrAcct/Id/IBAN")):
        yield from _against_qr_iban(fields)
    elif fields.text(f"{_KIND}/Prtry") == "QRR":
        yield Breach(rule_book.QRR_HERE, f"{_KIND}/Prtry")
    if "RmtInf" in fields.elements:
        yield from _against_form(fields, kind)
        yield from _against_reference(fields)


def _against_qr_iban(fields: Fields) -> Iterator[Breach]:
    if fields.text(f"{_KIND}/Prtry") != "QRR":
        yield Breach(rule_book.QRR_MISSING, f"{_KIND}/Prtry")
    if _TEXT in fields.elements:
        yield Breach(rule_book.TEXT_BESIDE_REFERENCE, _TEXT)


def _against_form(fields: Fields, kind: PaymentType) -> Iterator[Breach]:
    elements = fields.elements
    if {_TEXT, _STRUCTURED} <= elements and not is_qr_iban(fields.text("CdtrAcct/Id/IBAN")):
        yield Breach(rule_book.TEXT_BESIDE_REFERENCE, _TEXT)
    for path in (_TEXT, _STRUCTURED, _BESIDE):
        if f"{path}[2]" in elements:
            yield Breach(rule_book.REMITTANCE_TWICE, f"{path}[2]")
    if _STRUCTURED in elements:
        if _length(fields, with_tags=kind is PaymentType.SEPA) > _LONGEST[kind]:
            facts = {"element": "Strd", "most": str(_LONGEST[kind])}
            yield Breach(rule_book.REMITTANCE_TOO_LONG, _STRUCTURED, facts)
        if all(path.startswith(_BESIDE) for path in elements if path.startswith(f"{_STRUCTURED}/")):
            yield Breach(rule_book.NO_REFERENCE, _INFORMATION)


def _against_reference(fields: Fields) -> Iterator[Breach]:
    if _INFORMATION not in fields.elements:
        return
    own, code, reference = fields.text(f"{_KIND}/Prtry"), fields.text(f"{_KIND}/Cd"), fields.text(_REFERENCE)
    if not reference:
        yield Breach(rule_book.NO_REFERENCE, _REFERENCE)
    elif (own, code) == ("QRR", ""):
        if not is_qr_reference(reference):
            yield Breach(rule_book.REFERENCE, _REFERENCE)
    elif (own, code) == ("", "SCOR"):
        if not is_creditor_reference(reference):
            yield Breach(rule_book.REFERENCE, _REFERENCE)
    else:
        yield Breach(rule_book.REFERENCE_KIND, _KIND)


def _length(fields: Fields, *, with_tags: bool) -> int:
    """Characters of the structured information; for SEPA as XML, its tags counted."""
    texts = sum(len(text or "") for path, text in fields.texts.items() if path.startswith(_STRUCTURED))
    if not with_tags:
        return texts
    names = [path.rpartition("/")[2].partition("[")[0] for path in fields.elements if path.startswith(_STRUCTURED)]
    return texts + sum(2 * len(name) + len("<></>") for name in names)
