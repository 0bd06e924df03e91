"""The payment part of a QR-bill, with a real payload (SIX IG QR-bill 2.3, 4.2) for an invented creditor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from stdnum.ch import esr

from tests.demo import drawings
from tests.demo.people import Person

QR_IBAN = "CH4431999123000889012"  # the example account of the guidelines: belongs to nobody
CREDITOR = ("Stadtwerke Rottal", "Werkhofstrasse", "5", "6004", "Luzern")


@dataclass(frozen=True)
class Payee:
    """Whose payment part it is: IBAN, name and address by its parts, and the amount as it is written."""

    iban: str
    creditor: tuple[str, ...]
    amount: str


def payee_of(facts: dict[str, str], sender: str, own: Mapping[str, str] | bool) -> Payee:
    """The utility with the total of its letter, or what the wording says of the sender (``own``)."""
    if isinstance(own, bool):
        return Payee(QR_IBAN, CREDITOR, facts["total"])
    address = tuple(own[part] for part in ("street", "number", "postal_code", "town"))
    return Payee(own["iban"], (sender, *address), own["amount"])


def bill(facts: dict[str, str], payee: Payee, debtor: Person, random: Random) -> dict[str, str | list[str]]:
    """What the template prints for this bill."""
    body = f"{random.randrange(10**12):026d}"
    reference = body + esr.calc_check_digit(body)
    name, street, number, code, town = payee.creditor
    shown = f"{reference[:2]} " + " ".join(reference[start : start + 5] for start in range(2, 27, 5))
    return {
        "qr": drawings.qr(_payload(payee, reference, debtor, facts["n1"]), "utf-8"),
        "amount": payee.amount.replace("'", " "),
        "reference": shown,
        "message": f"Rechnung {facts['n1']}",
        "creditor": [_grouped(payee.iban), name, f"{street} {number}", f"{code} {town}"],
        "debtor": [debtor.name, debtor.street, f"{debtor.postal_code} {debtor.town}"],
    }


def _payload(payee: Payee, reference: str, debtor: Person, invoice: str) -> str:
    street, number = debtor.street.rsplit(" ", 1)
    payer = ["S", debtor.name, street, number, debtor.postal_code, debtor.town, "CH"]
    amount = payee.amount.replace("'", "")
    lines = ["SPC", "0200", "1", payee.iban, "S", *payee.creditor, "CH", *[""] * 7, amount, "CHF", *payer]
    return "\n".join([*lines, "QRR", reference, f"Rechnung {invoice}", "EPD"])


def _grouped(iban: str) -> str:
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))
