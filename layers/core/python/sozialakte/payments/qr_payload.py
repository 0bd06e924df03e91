"""The lines of a QR-bill's code (SIX IG QR-bill 2.3, 4.2.2): from its bytes, and back to text.

Line numbers are those of the guidelines, from 1. Reading keeps what is written, however wrong; `qr_rules` judges it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sozialakte.payments.check_digits import squeezed
from sozialakte.payments.qr_bill import Party, QrBill

IBAN, CREDITOR, ULTIMATE_CREDITOR, AMOUNT, CURRENCY, DEBTOR = 4, 5, 12, 19, 20, 21
REFERENCE_TYPE, REFERENCE, MESSAGE, TRAILER, BILLING, SCHEMES = 28, 29, 30, 31, 32, 33
PARTY_LINES = 7
FEWEST_LINES, MOST_LINES = 31, 34
LONGEST = 997
"""Characters of a whole payload."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_BEGIN = re.compile(rb"(?:\xef\xbb\xbf)?\s*SPC\s*[\r\n]")
_AMOUNT = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,2})?")
_POSTAL_CODE = re.compile(r"(?:[A-Z]{1,2}-)?(?P<code>[0-9]{4,6}) +(?P<town>\S.*)")


@dataclass(frozen=True)
class Payload:
    """What stands in a code. ``is_utf8`` False: it was taken for Latin 1, the next best."""

    text: str
    is_utf8: bool

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines, without empty ones after the last element."""
        lines = _LINE_END.split(self.text)
        while len(lines) > TRAILER and not lines[-1]:
            lines.pop()
        return tuple(lines)

    @property
    def separators(self) -> frozenset[str]:
        """The kinds of line ends."""
        return frozenset(_LINE_END.findall(self.text))

    def line(self, number: int) -> str:
        """A line; empty where the payload has none."""
        lines = self.lines
        return lines[number - 1] if number <= len(lines) else ""

    def party(self, first: int) -> tuple[str, ...]:
        """The seven lines of a party, from line ``first`` on."""
        return tuple(self.line(first + offset) for offset in range(PARTY_LINES))


def is_qr_bill(code: bytes) -> bool:
    """Whether a QR code says that it is one of a bill; other codes stand on letters, too."""
    return _BEGIN.match(code) is not None


def decode(code: bytes) -> Payload:
    """The bytes of a code as UTF-8. Decoders guess the character set and guess wrong, so they are not asked."""
    try:
        return Payload(code.decode("utf-8"), is_utf8=True)
    except UnicodeDecodeError:
        return Payload(code.decode("latin-1"), is_utf8=False)


def bill_of(payload: Payload) -> QrBill:
    """The bill as far as it can be read. IBAN and reference come without blanks."""
    return QrBill(
        version=payload.line(2),
        iban=squeezed(payload.line(IBAN)),
        creditor=_party(payload.party(CREDITOR)) or Party(""),
        amount=_amount(payload.line(AMOUNT)),
        currency=payload.line(CURRENCY),
        debtor=_party(payload.party(DEBTOR)),
        reference_type=payload.line(REFERENCE_TYPE),
        reference=squeezed(payload.line(REFERENCE)) or None,
        message=payload.line(MESSAGE) or None,
        billing_information=payload.line(BILLING) or None,
        alternative_schemes=tuple(filter(None, payload.lines[SCHEMES - 1 :])),
    )


def write_payload(bill: QrBill) -> str:
    """The text of the bill's code, lines ended by LF; addresses are structured, others may not be written any more."""
    amount = "" if bill.amount is None else f"{bill.amount:.2f}"
    lines = ["SPC", "0200", "1", bill.iban, *_party_lines(bill.creditor), *[""] * PARTY_LINES, amount, bill.currency]
    lines += [*_party_lines(bill.debtor), bill.reference_type, bill.reference or "", bill.message or "", "EPD"]
    if bill.billing_information or bill.alternative_schemes:
        lines += [bill.billing_information or "", *bill.alternative_schemes]
    return "\n".join(lines)


def _party(lines: tuple[str, ...]) -> Party | None:
    """Structured (S), or combined in two lines (K), which bills from before 21 November 2025 have."""
    if not any(lines):
        return None
    kind, name, street, number, code, town, country = lines
    if kind != "K":
        return Party(name, street, number, code, town, country)
    place = _POSTAL_CODE.fullmatch(number.strip())
    if place:
        return Party(name, street, "", place["code"], place["town"], country, combined=True)
    return Party(name, street, "", "", number, country, combined=True)


def _party_lines(party: Party | None) -> Iterator[str]:
    if party is None:
        yield from [""] * PARTY_LINES
    else:
        yield from ("S", party.name, party.street, party.building_number, party.postal_code, party.town, party.country)


def _amount(written: str) -> Decimal | None:
    """None if nothing is written, or nothing that can be understood (a rule says so)."""
    return Decimal(written) if _AMOUNT.fullmatch(written) else None
