"""The rules of a payment's remittance information: references and messages (3.4 of our notes on the guidelines)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

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
_IBAN = "CdtrAcct/Id/IBAN"
_LONGEST = {PaymentType.DOMESTIC: 9000, PaymentType.SEPA: 140}
_CHECKED = frozenset(_LONGEST)


def against_remittance(fields: Fields, kind: PaymentType) -> Iterator[Breach]:
    """What is wrong with references and messages of a payment in Switzerland or in SEPA; others are not looked at."""
    if kind not in _CHECKED:
        return
    wrong_kind = tuple(_against_kind(fields))
    yield from wrong_kind
    if "RmtInf" in fields.elements:
        yield from _against_form(fields, kind)
        if not wrong_kind:
            yield from _against_reference(fields)


def _against_kind(fields: Fields) -> Iterator[Breach]:
    """A QR-IBAN goes with a QR reference, and a QR reference with a QR-IBAN."""
    is_qrr = fields.text(f"{_KIND}/Prtry") == "QRR"
    if is_qrr == is_qr_iban(fields.text(_IBAN)):
        return
    yield Breach(rule_book.QRR_HERE if is_qrr else rule_book.QRR_MISSING, f"{_KIND}/Prtry")


def _against_form(fields: Fields, kind: PaymentType) -> Iterator[Breach]:
    elements = fields.elements
    if _TEXT in elements and (_STRUCTURED in elements or is_qr_iban(fields.text(_IBAN))):
        yield Breach(rule_book.TEXT_BESIDE_REFERENCE, _TEXT)
    form = _form_of(elements)
    yield from form.twice
    if _STRUCTURED in elements:
        if _length(fields, form, with_tags=kind is PaymentType.SEPA) > _LONGEST[kind]:
            facts = {"element": "Strd", "most": str(_LONGEST[kind])}
            yield Breach(rule_book.REMITTANCE_TOO_LONG, _STRUCTURED, facts)
        if form.has_no_reference:
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


class _Form(NamedTuple):
    """What the elements tell, whatever stands in them. ``structured``: all paths of the structured information."""

    twice: tuple[Breach, ...]
    has_no_reference: bool
    structured: tuple[str, ...]


@lru_cache(maxsize=1024)  # payments of a file have few forms
def _form_of(elements: frozenset[str]) -> _Form:
    again = [f"{path}[2]" for path in (_TEXT, _STRUCTURED, _BESIDE)]
    twice = tuple(Breach(rule_book.REMITTANCE_TWICE, path) for path in again if path in elements)
    structured = tuple(path for path in elements if path.startswith(_STRUCTURED))
    below = [path for path in structured if path.startswith(f"{_STRUCTURED}/")]
    return _Form(twice, all(path.startswith(_BESIDE) for path in below), structured)


def _length(fields: Fields, form: _Form, *, with_tags: bool) -> int:
    """Characters of the structured information; for SEPA as XML, its tags counted."""
    texts = sum([len(fields.texts.get(path) or "") for path in form.structured])
    if not with_tags:
        return texts
    names = [path.rpartition("/")[2].partition("[")[0] for path in form.structured]
    return texts + sum(2 * len(name) + len("<></>") for name in names)
