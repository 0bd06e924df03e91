"""The rules of a QR-bill (SIX IG QR-bill 2.3, 4.2.2), numbered: "29.3" is the third rule on line 29 of the code, "0.n"
one on the payload as a whole.

| rules | what they ask |
|---|---|
| 0.1 to 0.5 | UTF-8; permitted characters; one kind of line end, LF or CR+LF; 31 to 34 lines; at most 997 characters |
| 1.1, 2.1, 3.1 | ``SPC``; version 02xx; coding 1 |
| 4.1 to 4.3 | an IBAN of CH or LI with 21 characters; no blanks; check digits |
| n.1, n.2, n.3 | lines 5 to 27: missing; too long; must be empty |
| 5.4, 21.4 | an address is structured; a combined one is a warning (not written since 21 November 2025) |
| 11.4, 27.4 | a country of ISO 3166-1 |
| 19.1 to 19.3 | an amount to the cent; 0.00 only for a notification; a notification is a warning |
| 20.1, 20.2 | CHF or EUR; EUR with a QR-IBAN is a warning (not permitted from version 2.4 on) |
| 28.1 to 28.3 | QRR, SCOR or NON; a QR-IBAN goes with QRR; QRR goes with a QR-IBAN |
| 29.1 to 29.6 | missing; QRR: 27 digits; QRR: check digit; SCOR: form; SCOR: check digits; none with NON |
| 30.1, 30.2 | at most 140 characters; "not for payment" beside an amount is a warning |
| 31.1 | ``EPD`` |
| 32.1 to 32.4 | begins with ``//``; with line 30 at most 140 characters; warnings: S1 unread, VAT unlike amount |
| 33.1, 34.1 | at most 100 characters |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from sozialakte.payments.check_digits import (
    has_creditor_form,
    has_qr_form,
    has_swiss_form,
    is_creditor_reference,
    is_qr_iban,
    is_qr_reference,
    is_swiss_iban,
    squeezed,
)
from sozialakte.payments.countries import COUNTRIES
from sozialakte.payments.qr_bill import NOT_FOR_PAYMENT, CheckedBill, Finding, QrBill
from sozialakte.payments.qr_payload import (
    AMOUNT,
    BILLING,
    CREDITOR,
    CURRENCY,
    DEBTOR,
    FEWEST_LINES,
    IBAN,
    LONGEST,
    MESSAGE,
    MOST_LINES,
    PARTY_LINES,
    REFERENCE,
    REFERENCE_TYPE,
    SCHEMES,
    TRAILER,
    ULTIMATE_CREDITOR,
    Payload,
    bill_of,
    decode,
)
from sozialakte.payments.swico import read_billing_information
from sozialakte.shared.reasons import Reason

_PERMITTED = re.compile("[\u0020-\u007e\u00a0-\u017f\u0218-\u021b\u20ac]*")
_VERSION = re.compile(r"02[0-9]{2}")
_AMOUNT = re.compile(r"(?:0|[1-9][0-9]{0,8})\.[0-9]{2}")
_ADDRESS = ("AdrTp", "Name", "StrtNmOrAdrLine1", "BldgNbOrAdrLine2", "PstCd", "TwnNm", "Ctry")
_LONGEST_OF = {"S": (1, 70, 70, 16, 16, 35, 2), "K": (1, 70, 70, 70, 16, 35, 2)}
_MANDATORY_OF = {"S": (0, 1, 4, 5, 6), "K": (0, 1, 3, 6)}
_EMPTY_OF = {"S": (), "K": (4, 5)}
_LONGEST_TEXT, _LONGEST_SCHEME = 140, 100
_ROUNDED = Decimal("0.05")  # totals are rounded to five Rappen


def read_bill(code: bytes) -> CheckedBill:
    """A bill from the bytes of its code, with every rule that it breaks. Never raises: what can be read is read."""
    payload = decode(code)
    bill = bill_of(payload)
    errors = (*_whole(payload), *_header(payload), *_iban(payload), *_parties(payload), *_sum(payload, bill),
              *_reference(payload, bill), *_texts(payload))  # fmt: skip
    return CheckedBill(bill, _in_order(errors), _in_order(_warnings(payload, bill)))


def _in_order(findings: Iterator[Finding] | tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda one: tuple(map(int, one.rule.split(".")))))


def _whole(payload: Payload) -> Iterator[Finding]:
    if not payload.is_utf8:
        yield Finding("0.1", Reason("qr_bill.not_utf8"))
    for number, line in enumerate(payload.lines, start=1):
        if not _PERMITTED.fullmatch(line):
            yield Finding("0.2", Reason("qr_bill.characters", {"line": str(number)}))
    if len(payload.separators) > 1 or "\r" in payload.separators:
        yield Finding("0.3", Reason("qr_bill.line_ends"))
    count = len(payload.lines)
    if not FEWEST_LINES <= count <= MOST_LINES:
        yield Finding("0.4", Reason("qr_bill.line_count", {"count": str(count)}))
    if len(payload.text) > LONGEST:
        yield Finding("0.5", Reason("qr_bill.payload_too_long", {"length": str(len(payload.text))}))


def _header(payload: Payload) -> Iterator[Finding]:
    if payload.line(1) != "SPC":
        yield Finding("1.1", Reason("qr_bill.type"))
    if not _VERSION.fullmatch(payload.line(2)):
        yield Finding("2.1", Reason("qr_bill.version"))
    if payload.line(3) != "1":
        yield Finding("3.1", Reason("qr_bill.coding"))
    if payload.line(TRAILER) != "EPD":
        yield Finding("31.1", Reason("qr_bill.trailer"))


def _iban(payload: Payload) -> Iterator[Finding]:
    iban = squeezed(payload.line(IBAN))
    if iban != payload.line(IBAN):
        yield Finding("4.2", Reason("qr_bill.iban_blanks"))
    if not has_swiss_form(iban):
        yield Finding("4.1", Reason("qr_bill.iban_form"))
    elif not is_swiss_iban(iban):
        yield Finding("4.3", Reason("qr_bill.iban_check"))


def _parties(payload: Payload) -> Iterator[Finding]:
    yield from _party(payload, CREDITOR, "Cdtr")
    for line in range(ULTIMATE_CREDITOR, ULTIMATE_CREDITOR + PARTY_LINES):
        if payload.line(line):
            yield _must_be_empty(line, f"UltmtCdtr {_ADDRESS[line - ULTIMATE_CREDITOR]}")
    if any(payload.party(DEBTOR)):
        yield from _party(payload, DEBTOR, "UltmtDbtr")


def _party(payload: Payload, first: int, element: str) -> Iterator[Finding]:
    lines = payload.party(first)
    kind = lines[0]
    if kind and kind not in _MANDATORY_OF:
        yield Finding(f"{first}.4", Reason("qr_bill.address_type", {"line": str(first)}))
    form = kind if kind in _MANDATORY_OF else "S"
    for offset, written in enumerate(lines):
        line, name = first + offset, f"{element} {_ADDRESS[offset]}"
        if not written and offset in _MANDATORY_OF[form]:
            yield Finding(f"{line}.1", Reason("qr_bill.missing", {"line": str(line), "element": name}))
        yield from _too_long(line, name, written, _LONGEST_OF[form][offset])
        if written and offset in _EMPTY_OF[form]:
            yield _must_be_empty(line, name)
    if lines[-1] and lines[-1] not in COUNTRIES:
        line = first + PARTY_LINES - 1
        yield Finding(f"{line}.4", Reason("qr_bill.country", {"line": str(line)}))


def _must_be_empty(line: int, element: str) -> Finding:
    return Finding(f"{line}.3", Reason("qr_bill.must_be_empty", {"line": str(line), "element": element}))


def _too_long(line: int, element: str, written: str, most: int, rule: int = 2) -> Iterator[Finding]:
    if len(written) > most:
        facts = {"line": str(line), "element": element, "most": str(most)}
        yield Finding(f"{line}.{rule}", Reason("qr_bill.too_long", facts))


def _sum(payload: Payload, bill: QrBill) -> Iterator[Finding]:
    written = payload.line(AMOUNT)
    if written and not _AMOUNT.fullmatch(written):
        yield Finding("19.1", Reason("qr_bill.amount_form"))
    if bill.amount == 0 and not bill.is_notification:
        yield Finding("19.2", Reason("qr_bill.amount_zero"))
    if payload.line(CURRENCY) not in {"CHF", "EUR"}:
        yield Finding("20.1", Reason("qr_bill.currency"))


def _reference(payload: Payload, bill: QrBill) -> Iterator[Finding]:
    kind = payload.line(REFERENCE_TYPE)
    if kind not in {"QRR", "SCOR", "NON"}:
        yield Finding("28.1", Reason("qr_bill.reference_type"))
    elif is_qr_iban(bill.iban) and kind != "QRR":
        yield Finding("28.2", Reason("qr_bill.qr_iban_without_qrr"))
    elif kind == "QRR" and has_swiss_form(bill.iban) and not is_qr_iban(bill.iban):
        yield Finding("28.3", Reason("qr_bill.qrr_without_qr_iban"))
    written = payload.line(REFERENCE)
    if kind in {"QRR", "SCOR"} and not written:
        yield Finding("29.1", Reason("qr_bill.reference_missing"))
    elif kind == "QRR":
        yield from _qr_reference(written)
    elif kind == "SCOR":
        yield from _creditor_reference(written)
    elif kind == "NON" and written:
        yield Finding("29.6", Reason("qr_bill.reference_with_non"))


def _qr_reference(written: str) -> Iterator[Finding]:
    if not has_qr_form(written):
        yield Finding("29.2", Reason("qr_bill.qr_reference_form"))
    elif not is_qr_reference(written):
        yield Finding("29.3", Reason("qr_bill.qr_reference_check"))


def _creditor_reference(written: str) -> Iterator[Finding]:
    if not has_creditor_form(written):
        yield Finding("29.4", Reason("qr_bill.creditor_reference_form"))
    elif not is_creditor_reference(written):
        yield Finding("29.5", Reason("qr_bill.creditor_reference_check"))


def _texts(payload: Payload) -> Iterator[Finding]:
    message, billing = payload.line(MESSAGE), payload.line(BILLING)
    yield from _too_long(MESSAGE, "Ustrd", message, _LONGEST_TEXT, rule=1)
    if billing and not billing.startswith("//"):
        yield Finding("32.1", Reason("qr_bill.billing_form"))
    if len(message) <= _LONGEST_TEXT < len(message) + len(billing):
        yield Finding("32.2", Reason("qr_bill.texts_too_long", {"most": str(_LONGEST_TEXT)}))
    for line in range(SCHEMES, MOST_LINES + 1):
        yield from _too_long(line, "AltPmt", payload.line(line), _LONGEST_SCHEME, rule=1)


def _warnings(payload: Payload, bill: QrBill) -> Iterator[Finding]:
    for first, party in ((CREDITOR, bill.creditor), (DEBTOR, bill.debtor)):
        if party and party.combined:
            yield Finding(f"{first}.4", Reason("qr_bill.combined_address", {"line": str(first)}))
    if bill.is_notification:
        yield Finding("19.3", Reason("qr_bill.notification"))
    elif bill.message in NOT_FOR_PAYMENT:
        yield Finding("30.2", Reason("qr_bill.not_for_payment_with_amount"))
    if bill.currency == "EUR" and is_qr_iban(bill.iban):
        yield Finding("20.2", Reason("qr_bill.eur_with_qr_iban"))
    yield from _billing_warnings(payload.line(BILLING), bill)


def _billing_warnings(written: str, bill: QrBill) -> Iterator[Finding]:
    told = read_billing_information(written)
    if told and told.unread:
        yield Finding("32.3", Reason("qr_bill.billing_unread", {"tags": ", ".join(told.unread)}))
    if told and told.gross is not None and bill.amount and abs(told.gross - bill.amount) > _ROUNDED:
        yield Finding("32.4", Reason("qr_bill.vat_unlike_amount"))
