"""The payments of a run, as plain values: what every program that builds a file of them starts from.

Imports nothing but the standard library: peers use it too. Every creditor and client is another one.
"""

from __future__ import annotations

from dataclasses import dataclass

OWN_NAME, OWN_IBAN, OWN_BIC = "Stadt Rottal, Soziale Dienste", "CH7280005000088877766", "KBAGCH22"
DAY = (2026, 11, 26)


@dataclass(frozen=True)
class PlainPayment:
    """A payment in Swiss francs without a reference; ``cents``: how much."""

    own_id: str
    name: str
    street: str
    number: str
    postal_code: str
    town: str
    iban: str
    cents: int
    message: str


def payments(count: int) -> list[PlainPayment]:
    """So many payments."""
    return [_payment(number) for number in range(count)]


def _payment(number: int) -> PlainPayment:
    return PlainPayment(
        own_id=f"SOZ-20261124-{number:06d}",
        name=f"Müller & Söhne Nr. {number}",
        street="Werkhofstrasse",
        number=str(1 + number % 200),
        postal_code=str(6000 + number % 100),
        town="Luzern",
        iban=_iban(number),
        cents=5_000 + number * 37,
        message=f"Rechnung {number} vom 3. November 2026",
    )


def _iban(number: int) -> str:
    own = f"00762{number:012d}"
    check = 98 - int(f"{own}121700") % 97
    return f"CH{check:02d}{own}"
