"""The countries of the SEPA payment area, with the length of their account numbers (ECB list; ISO 13616 registry)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from sozialakte.payments.check_digits import has_right_remainder

_LENGTHS = """
AD24 AL28 AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GI23 GR27 HR21 HU28 IE22 IS26 IT27 LI21
LT20 LU20 LV21 MC27 MD24 ME22 MK19 MT31 NL18 NO15 PL28 PT25 RO24 RS22 SE24 SI19 SK24 SM27 VA22
"""
SEPA_LENGTHS: Mapping[str, int] = MappingProxyType({entry[:2]: int(entry[2:]) for entry in _LENGTHS.split()})
"""Characters of an IBAN by country."""

_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}")


@lru_cache(maxsize=16_384)
def is_iban(iban: str) -> bool:
    """Whether this is an IBAN of any country, without blanks, with the right check digits and, in SEPA, length."""
    if not _IBAN.fullmatch(iban) or not has_right_remainder(iban):
        return False
    return SEPA_LENGTHS.get(iban[:2], len(iban)) == len(iban)


def is_in_sepa(iban: str) -> bool:
    """Whether the account is in a country of SEPA."""
    return iban[:2] in SEPA_LENGTHS
