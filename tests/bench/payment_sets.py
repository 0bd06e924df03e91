"""The payments of a run, as plain values: what every program that builds a file of them starts from.

Imports nothing but the standard library: peers use it too. Every creditor and every client is another one. Of ten
``mixed`` payments five are QR-bills with a QR reference, two with a creditor reference, two without one, and one goes
in euros to another country of SEPA; bills name who pays them, and most have a message. The ``plain`` ones are nine
without a reference and one in euros, each with a message, of nobody's bill: all that sepaxml can say, too.
"""

from __future__ import annotations

from dataclasses import dataclass

OWN_NAME, OWN_IBAN, OWN_BIC = "Stadt Rottal, Soziale Dienste", "CH7280005000088877766", "KBAGCH22"
DAY = (2026, 11, 26)
_CARRY = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)
_QR_INSTITUTION, _INSTITUTION = "30762", "00762"
_OF_TEN = {"mixed": ("QRR",) * 5 + ("SCOR",) * 2 + ("NON",) * 2 + ("SEPA",), "plain": ("NON",) * 9 + ("SEPA",)}


@dataclass(frozen=True)
class PlainParty:
    """A name and a structured address."""

    name: str
    street: str
    number: str
    postal_code: str
    town: str
    country: str = "CH"


@dataclass(frozen=True)
class PlainPayment:
    """A payment; ``cents``: how much. ``reference_type``: QRR, SCOR or NON. ``debtor``: whose bill it is."""

    own_id: str
    creditor: PlainParty
    iban: str
    cents: int
    currency: str
    reference_type: str
    reference: str
    message: str
    debtor: PlainParty | None


def payments(count: int, of: str = "mixed") -> list[PlainPayment]:
    """So many payments."""
    return [_payment(number, _OF_TEN[of][number % 10], is_bill=of == "mixed") for number in range(1, count + 1)]


def _payment(number: int, kind: str, *, is_bill: bool) -> PlainPayment:
    reference = {"QRR": _qr_reference(number), "SCOR": _creditor_reference(number)}.get(kind, "")
    return PlainPayment(
        own_id=f"SOZ-20261124-{number:06d}",
        creditor=_abroad(number) if kind == "SEPA" else _here(number),
        iban=_german(number) if kind == "SEPA" else _swiss(_QR_INSTITUTION if kind == "QRR" else _INSTITUTION, number),
        cents=5_000 + number * 37,
        currency="EUR" if kind == "SEPA" else "CHF",
        reference_type=kind if reference else "NON",
        reference=reference,
        message=f"Rechnung {number} vom 3. November 2026" if number % 3 or not reference else "",
        debtor=_client(number) if is_bill and kind != "SEPA" else None,
    )


def _here(number: int) -> PlainParty:
    name = f"Müller & Söhne Nr. {number}"
    return PlainParty(name, "Werkhofstrasse", str(1 + number % 200), str(6000 + number % 100), "Luzern")


def _abroad(number: int) -> PlainParty:
    return PlainParty(f"Pflegeheim Süd {number} GmbH", "Bahnhofstraße", str(1 + number % 90), "78462", "Konstanz", "DE")


def _client(number: int) -> PlainParty:
    return PlainParty(f"Anna Élise Beispiel-{number}", "Seestrasse", str(1 + number % 80), "6003", "Luzern")


def _qr_reference(number: int) -> str:
    digits, carry = f"{number:026d}", 0
    for digit in digits:
        carry = _CARRY[(carry + int(digit)) % 10]
    return f"{digits}{(10 - carry) % 10}"


def _creditor_reference(number: int) -> str:
    return f"RF{98 - int(f'{number}271500') % 97:02d}{number}"


def _swiss(institution: str, number: int) -> str:
    own = f"{institution}{number:012d}"
    return f"CH{98 - int(f'{own}121700') % 97:02d}{own}"


def _german(number: int) -> str:
    own = f"69050001{number:010d}"
    return f"DE{98 - int(f'{own}131400') % 97:02d}{own}"
