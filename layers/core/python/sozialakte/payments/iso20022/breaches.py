"""What the rules find in one element, and the rules on parties, which header, group and payment have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from sozialakte.payments.countries import COUNTRIES
from sozialakte.payments.iso20022 import rule_book
from sozialakte.payments.iso20022.bank_profile import BankProfile
from sozialakte.payments.iso20022.fields import Fields
from sozialakte.payments.iso20022.rule_book import Rule
from sozialakte.payments.iso20022.sps_text import is_permitted

_MOST_LINES = 2
_NO_FACTS: Mapping[str, str] = {}


class Breach(NamedTuple):
    """A broken rule. ``path``: below the element that was looked at."""

    rule: Rule
    path: str
    facts: Mapping[str, str] = _NO_FACTS


def against_texts(fields: Fields) -> Iterator[Breach]:
    """Empty elements, and characters that no message may have."""
    for path, text in fields.texts.items():
        if text is None:
            yield Breach(rule_book.EMPTY, path)
        elif not is_permitted(text):
            yield Breach(rule_book.CHARACTERS, path)


def against_address_form(elements: frozenset[str], party: str, profile: BankProfile) -> Iterator[Breach]:
    """What is wrong with the elements of a party's address: 3.11 of the guidelines, structured or hybrid."""
    address = f"{party}/PstlAdr"
    if address not in elements:
        return
    if f"{party}/Nm" not in elements:
        yield Breach(rule_book.ADDRESS_WITHOUT_NAME, f"{party}/Nm")
    missing = [path for path in (f"{address}/TwnNm", f"{address}/Ctry") if path not in elements]
    if missing:
        yield Breach(rule_book.ADDRESS_UNSTRUCTURED, missing[0])
    if f"{address}/AdrLine[{_MOST_LINES + 1}]" in elements:
        yield Breach(rule_book.ADDRESS_LINES, f"{address}/AdrLine[{_MOST_LINES + 1}]")
    if profile.no_postal_code_by_line and {f"{address}/AdrLine", f"{address}/PstCd"} <= elements:
        yield Breach(rule_book.POSTAL_CODE_BY_LINE, f"{address}/PstCd")


def against_address_texts(fields: Fields, party: str) -> Iterator[Breach]:
    """A country that is none, and lines that say again what an element says."""
    where = _places_of(party)
    country = fields.texts.get(where.country)
    if country and country not in COUNTRIES:
        yield Breach(rule_book.COUNTRY, where.country)
    if where.line in fields.elements:
        yield from _said_twice(fields, where.address)


class _Places(NamedTuple):
    address: str
    country: str
    line: str


@cache  # there are three parties
def _places_of(party: str) -> _Places:
    address = f"{party}/PstlAdr"
    return _Places(address, f"{address}/Ctry", f"{address}/AdrLine")


def _said_twice(fields: Fields, address: str) -> Iterator[Breach]:
    texts = {path: text for path, text in fields.texts.items() if path.startswith(address) and text}
    elsewhere = {text for path, text in texts.items() if "/AdrLine" not in path}
    for path, text in texts.items():
        if "/AdrLine" in path and text in elsewhere:
            yield Breach(rule_book.ADDRESS_TWICE, path)
