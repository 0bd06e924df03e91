"""A party as it stands in a message: a name and a structured address (Swiss Payment Standards 2025, 3.11).

Unstructured addresses are not accepted since 20 November 2026, so the two lines of an old QR-bill are taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from xml.sax.saxutils import escape

from sozialakte.payments.countries import COUNTRIES
from sozialakte.payments.iso20022.sps_text import UNKNOWN, fitted
from sozialakte.payments.qr_bill import Party
from sozialakte.shared.reasons import Reason

LONGEST_NAME = 70
_LONGEST = {"StrtNm": 70, "BldgNb": 16, "PstCd": 16, "TwnNm": 35}
_STREET = re.compile(r"(?P<street>.*[^\d\s].*?)\s+(?P<number>[0-9]{1,5}\s?[A-Za-z]?(?:[-/][0-9]{1,5}[A-Za-z]?)?)")
_DIGIT = re.compile("[0-9]")


@dataclass(frozen=True, slots=True)
class WrittenParty:
    """Nm and PstlAdr as XML, and why a bank would not take them. ``address``: empty where there is something wrong."""

    name: str
    address: str
    wrong_name: tuple[Reason, ...] = ()
    wrong_address: tuple[Reason, ...] = ()


@lru_cache(maxsize=16_384)  # a file is gone through twice, and months of payments go to the same people
def written(party: Party) -> WrittenParty:
    """The party in XML, or what is wrong with it."""
    name = fitted(party.name)
    address = structured(party)
    wrong_name, wrong_address = tuple(_against_name(name)), tuple(_against_address(address))
    return WrittenParty(
        "" if wrong_name else f"<Nm>{escape(name)}</Nm>",
        "" if wrong_address else _address(address),
        wrong_name,
        wrong_address,
    )


def structured(party: Party) -> Party:
    """The party with an address in fields, of permitted characters. Its street keeps a number that cannot be told."""
    street, number = fitted(party.street), fitted(party.building_number)
    apart = _STREET.fullmatch(street) if party.combined and not number else None
    if apart:
        street, number = apart["street"], apart["number"]
    code, town = fitted(party.postal_code), fitted(party.town)
    return replace(party, street=street, building_number=number, postal_code=code, town=town)


def _against_name(name: str) -> Iterator[Reason]:
    if not name:
        yield Reason("bank.name_missing")
    elif not any(character.isalnum() for character in name):
        yield Reason("bank.name_unreadable")
    elif len(name) > LONGEST_NAME:
        yield Reason("bank.too_long", {"element": "Nm", "most": str(LONGEST_NAME)})


def _against_address(party: Party) -> Iterator[Reason]:
    if not party.town:
        yield Reason("bank.town_missing")
    elif party.combined and not party.postal_code and _DIGIT.search(party.town):
        yield Reason("bank.combined_address")
    elif party.town.strip(UNKNOWN) == "":
        yield Reason("bank.town_unreadable")
    if party.country not in COUNTRIES:
        yield Reason("bank.country")
    for element, text in _elements(party):
        if len(text) > _LONGEST[element]:
            yield Reason("bank.too_long", {"element": element, "most": str(_LONGEST[element])})


def _address(party: Party) -> str:
    fields = "".join([f"<{element}>{escape(text)}</{element}>" for element, text in _elements(party) if text])
    return f"<PstlAdr>{fields}<Ctry>{party.country}</Ctry></PstlAdr>"


def _elements(party: Party) -> tuple[tuple[str, str], ...]:
    return (
        ("StrtNm", party.street),
        ("BldgNb", party.building_number),
        ("PstCd", party.postal_code),
        ("TwnNm", party.town),
    )
