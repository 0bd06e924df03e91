"""A party as it stands in a message: a name and a structured address (Swiss Payment Standards 2025, 3.11).

Unstructured addresses are not accepted since 20 November 2026, so the two lines of an old QR-bill are taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from operator import gt
from typing import NamedTuple

from sozialakte.payments.countries import COUNTRIES
from sozialakte.payments.iso20022.sps_text import UNKNOWN, are_fitted, escaped, fitted
from sozialakte.payments.qr_bill import Party
from sozialakte.shared.reasons import Reason

LONGEST_NAME = 70
_LONGEST = {"StrtNm": 70, "BldgNb": 16, "PstCd": 16, "TwnNm": 35}
_NUMBER = re.compile(r"[0-9]{1,5}[A-Za-z]?(?:[-/][0-9]{1,5}[A-Za-z]?)?")
_MOST = (LONGEST_NAME, *_LONGEST.values())
"""Characters of a name and of the parts of an address, in order."""
_READABLE = re.compile("[A-Za-z0-9]").search
_DIGIT = re.compile("[0-9]")


class WrittenParty(NamedTuple):
    """Nm and PstlAdr as XML, and why a bank would not take them. ``address``: empty where there is something wrong."""

    name: str
    address: str
    wrong_name: tuple[Reason, ...] = ()
    wrong_address: tuple[Reason, ...] = ()


@lru_cache(maxsize=16_384)  # a file is gone through twice, and months of payments go to the same people
def written(party: Party) -> WrittenParty:
    """The party in XML, or what is wrong with it."""
    return _as_it_is(party) or looked_at(party)


def looked_at(party: Party) -> WrittenParty:
    """As `written`, of any party."""
    name = fitted(party.name)
    address = structured(party)
    wrong_name, wrong_address = tuple(_against_name(name)), tuple(_against_address(address))
    return WrittenParty(
        "" if wrong_name else f"<Nm>{escaped(name)}</Nm>",
        "" if wrong_address else _address(address),
        wrong_name,
        wrong_address,
    )


def _as_it_is(party: Party) -> WrittenParty | None:
    """A party with nothing to change and nothing wrong, as nearly all are: a third of the time. None: look at it."""
    texts = (party.name, party.street, party.building_number, party.postal_code, party.town)
    is_well = not party.combined and party.country in COUNTRIES and are_fitted(texts)
    if not is_well or any(map(gt, map(len, texts), _MOST)) or not (_READABLE(texts[0]) and _READABLE(texts[-1])):
        return None
    return WrittenParty(f"<Nm>{escaped(party.name)}</Nm>", _address(party))


def structured(party: Party) -> Party:
    """The party with an address in fields, of permitted characters. Its street keeps a number that cannot be told."""
    asked = (party.street, party.building_number, party.postal_code, party.town)
    street, number, code, town = map(fitted, asked)
    if party.combined and not number:
        street, number = _apart(street)
    return Party(party.name, street, number, code, town, party.country, party.combined)


def _apart(line: str) -> tuple[str, str]:
    """Street and building number; the whole line and nothing where the last word is no number of a building."""
    street, _, number = line.rpartition(" ")
    is_street = any(map(str.isalpha, street))
    return (street, number) if is_street and _NUMBER.fullmatch(number) else (line, "")


def _against_name(name: str) -> Iterator[Reason]:
    if not name:
        yield Reason("bank.name_missing")
    elif not any(map(str.isalnum, name)):
        yield Reason("bank.name_unreadable")
    elif len(name) > LONGEST_NAME:
        yield Reason("bank.too_long.nm", {"most": str(LONGEST_NAME)})


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
            yield Reason(f"bank.too_long.{element.lower()}", {"most": str(_LONGEST[element])})


def _address(party: Party) -> str:
    street, number, code = map(escaped, (party.street, party.building_number, party.postal_code))
    return (
        f"<PstlAdr>{street and f'<StrtNm>{street}</StrtNm>'}{number and f'<BldgNb>{number}</BldgNb>'}"
        f"{code and f'<PstCd>{code}</PstCd>'}<TwnNm>{escaped(party.town)}</TwnNm><Ctry>{party.country}</Ctry></PstlAdr>"
    )


def _elements(party: Party) -> tuple[tuple[str, str], ...]:
    return (
        ("StrtNm", party.street),
        ("BldgNb", party.building_number),
        ("PstCd", party.postal_code),
        ("TwnNm", party.town),
    )
