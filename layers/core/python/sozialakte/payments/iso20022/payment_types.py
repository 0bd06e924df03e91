"""Which of the Swiss payment types a payment is (Swiss Payment Standards 2025, IG Credit Transfer 2.2, chapter 4)."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from sozialakte.payments.iso20022.sepa import is_in_sepa

_HOME = frozenset({"CH", "LI"})
_HOME_CURRENCIES = frozenset({"CHF", "EUR"})


class PaymentType(StrEnum):
    """D: Swiss francs or euros in Switzerland and Liechtenstein. S: SEPA. X: other. C: cheque. We write D and S."""

    DOMESTIC = "D"
    SEPA = "S"
    FOREIGN = "X"
    CHEQUE = "C"


@lru_cache(maxsize=1024)  # a file of 10'000 payments asks for few of them
def type_of(method: str, service_level: str, country: str, currency: str) -> PaymentType:
    """The type of a payment in a file, decided in the guidelines' order.

    ``method``: PmtMtd. ``service_level``: the code, or empty. ``country``: of the creditor's IBAN, or else of its bank.
    """
    if method == "CHK":
        return PaymentType.CHEQUE
    if service_level == "SEPA":
        return PaymentType.SEPA
    if country in _HOME and currency in _HOME_CURRENCIES:
        return PaymentType.DOMESTIC
    return PaymentType.FOREIGN


def type_for(iban: str, currency: str) -> PaymentType:
    """The type that a payment to this account gets from us: SEPA is asked for where it is needed, and only there."""
    return _type_in(iban[:2], currency)


@lru_cache(maxsize=1024)
def _type_in(country: str, currency: str) -> PaymentType:
    abroad = country not in _HOME
    service_level = "SEPA" if abroad and currency == "EUR" and is_in_sepa(country) else ""
    return type_of("TRF", service_level, country, currency)
