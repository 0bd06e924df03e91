"""The payment part of a QR-bill, with a real payload (SIX IG QR-bill 2.3, 4.2) for an invented creditor."""

from __future__ import annotations

from random import Random

from stdnum.ch import esr

from tests.demo import drawings
from tests.demo.people import Person

QR_IBAN = "CH4431999123000889012"  # the example account of the guidelines: belongs to nobody
CREDITOR = ("Stadtwerke Rottal", "Werkhofstrasse", "5", "6004", "Luzern")


def bill(facts: dict[str, str], debtor: Person, random: Random) -> dict[str, str | list[str]]:
    """What the template prints for this bill."""
    body = f"{random.randrange(10**12):026d}"
    reference = body + esr.calc_check_digit(body)
    amount = facts["total"].replace("'", "")
    name, street, number, code, town = CREDITOR
    shown = f"{reference[:2]} " + " ".join(reference[start : start + 5] for start in range(2, 27, 5))
    return {
        "qr": drawings.qr(_payload(amount, reference, debtor, facts["n1"])),
        "amount": facts["total"].replace("'", " "),
        "reference": shown,
        "message": f"Rechnung {facts['n1']}",
        "creditor": [_grouped(QR_IBAN), name, f"{street} {number}", f"{code} {town}"],
        "debtor": [debtor.name, debtor.street, f"{debtor.postal_code} {debtor.town}"],
    }


def _payload(amount: str, reference: str, debtor: Person, invoice: str) -> str:
    street, number = debtor.street.rsplit(" ", 1)
    payer = ["S", debtor.name, street, number, debtor.postal_code, debtor.town, "CH"]
    lines = ["SPC", "0200", "1", QR_IBAN, "S", *CREDITOR, "CH", *[""] * 7, amount, "CHF", *payer]
    return "\n".join([*lines, "QRR", reference, f"Rechnung {invoice}", "EPD"])


def _grouped(iban: str) -> str:
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))
