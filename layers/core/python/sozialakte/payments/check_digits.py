"""Account numbers and references that prove themselves by their check digits.

IBAN: ISO 13616; QR-IBAN and QR reference: SIX IG QR-bill 2.3, annex B; creditor reference: ISO 11649. The sums are
done here: a payment file has three to a payment, and stdnum takes eight times as long.
"""

from __future__ import annotations

import re
from functools import lru_cache

IBAN_LENGTH = 21
"""Characters of an IBAN of Switzerland or Liechtenstein."""

_SWISS = re.compile(r"(?:CH|LI)[0-9]{7}[0-9A-Z]{12}")
_QR_IIDS = range(30000, 32000)
_QR_REFERENCE = re.compile(r"[0-9]{27}")
_CREDITOR_REFERENCE = re.compile(r"[Rr][Ff][0-9]{2}[0-9A-Za-z]{1,21}")
_AS_NUMBERS = {ord(letter): str(int(letter, 36)) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_ASKED_AGAIN = 16_384
"""A payment's account and reference are looked at when it is written and when its file is checked."""
_NEXT_CARRY = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)


def squeezed(text: str) -> str:
    """Without any blanks."""
    return "".join(text.split())


def has_swiss_form(iban: str) -> bool:
    """Whether this has the form of an IBAN of Switzerland or Liechtenstein, check digits aside."""
    return _SWISS.fullmatch(iban) is not None


def is_swiss_iban(iban: str) -> bool:
    """Whether this is an IBAN of Switzerland or Liechtenstein, without blanks, with the right check digits."""
    return has_swiss_form(iban) and has_right_remainder(iban)


@lru_cache(maxsize=_ASKED_AGAIN)
def is_qr_iban(iban: str) -> bool:
    """Whether an IBAN of Swiss form is for payments with a QR reference: institution 30000 to 31999."""
    return has_swiss_form(iban) and int(iban[4:9]) in _QR_IIDS


def has_qr_form(reference: str) -> bool:
    """Whether this has the form of a QR reference, its check digit aside: 27 digits, not all 0."""
    return _QR_REFERENCE.fullmatch(reference) is not None and set(reference) != {"0"}


@lru_cache(maxsize=_ASKED_AGAIN)
def is_qr_reference(reference: str) -> bool:
    """Whether this is a QR reference with the right check digit (modulo 10, recursive)."""
    return has_qr_form(reference) and _recursive(reference[:-1]) == int(reference[-1])


def has_creditor_form(reference: str) -> bool:
    """Whether this has the form of a creditor reference, check digits aside: RF, 2 digits, 1 to 21 characters."""
    return _CREDITOR_REFERENCE.fullmatch(reference) is not None


def is_creditor_reference(reference: str) -> bool:
    """Whether this is a creditor reference with the right check digits."""
    return has_creditor_form(reference) and has_right_remainder(reference.upper())


@lru_cache(maxsize=_ASKED_AGAIN)
def has_right_remainder(number: str) -> bool:
    """Whether the check digits of an IBAN of any country, or of a creditor reference, are right (ISO 7064, 97-10).

    ``number`` has the form of one: 0 to 9 and A to Z.
    """
    return int((number[4:] + number[:4]).translate(_AS_NUMBERS)) % 97 == 1


def _recursive(digits: str) -> int:
    """The check digit that goes with these (modulo 10, recursive)."""
    carry = 0
    for digit in digits:
        carry = _NEXT_CARRY[(carry + int(digit)) % 10]
    return (10 - carry) % 10
