"""How a letter says whom it is about: with an AHV number, a birth date, an address, in many spellings."""

from __future__ import annotations

from random import Random

from stdnum.ch import esr

from sozialakte.intake.model import Code
from tests.corpus.templates import Template
from tests.demo.facts import long, short
from tests.demo.people import Person

QR_IBAN = "CH4431999123000889012"


def with_ahv(template: Template, person: Person, random: Random) -> str:
    """The person with the AHV number."""
    shown = random.choice([person.ahv_shown, person.ahv, person.ahv_shown.replace(".", " ")])
    mark = random.choice(["AHV-Nr.", "AHV-Nummer", "AHVN13:", "SV-Nr.", "Vers.-Nr."])
    join = random.choice([", ", "\n"])
    return f"{_labelled(template, written(person, random), random)}{join}{mark} {shown}"


def with_birth_date(template: Template, person: Person, random: Random) -> str:
    """The person with the birth date."""
    born = person.born
    day = random.choice([short(born), long(born), f"{born.day}.{born.month}.{born.year}"])
    mark = random.choice(["geb.", "geboren am", "Geburtsdatum:", "*"])
    return f"{_labelled(template, written(person, random), random)}, {mark} {day}"


def with_address(template: Template, person: Person, random: Random) -> str:
    """The person with street and town."""
    join = random.choice([", ", "\n"])
    place = f"{person.street}{random.choice([', ', join])}{person.postal_code} {person.town}"
    return f"{_labelled(template, written(person, random), random)}{join}{place}"


def with_name(template: Template, person: Person, random: Random) -> str:
    """The person's name alone."""
    return _labelled(template, written(person, random), random)


def number_of_ours(dossier_id: str, random: Random) -> str:
    """Our dossier number as senders repeat it."""
    mark = random.choice(["Ihr Zeichen", "Ihre Referenz", "Ihre Ref.", "Dossier", "Ihre Dossier-Nr."])
    return f"{mark}: {random.choice([dossier_id, dossier_id, dossier_id.replace('-', ' ')])}"


def number_of_theirs(template: Template, number: str) -> str:
    """The sender's own number for the person."""
    return f"{template.reference}: {number}"


def bill_code(debtor: Person, random: Random, amount: str = "184.60") -> Code:
    """The QR code of a bill the person has to pay (SIX IG QR-bill 2.3, 4.2)."""
    body = f"{random.randrange(10**14):026d}"
    street, _, number = debtor.street.rpartition(" ")
    creditor = ["S", "Verrechnungsstelle Rottal", "Werkhofstrasse", "5", "6004", "Luzern", "CH"]
    payer = ["S", debtor.name, street, number, debtor.postal_code, debtor.town, "CH"]
    reference = ["QRR", body + esr.calc_check_digit(body), "", "EPD"]
    lines = ["SPC", "0200", "1", QR_IBAN, *creditor, *[""] * 7, amount, "CHF", *payer, *reference]
    return Code("QRCode", "\n".join(lines))


def written(person: Person, random: Random) -> str:
    """The name as letters write it."""
    title = "Frau" if person.female else random.choice(["Herr", "Herrn"])
    surname_first = [f"{person.last} {person.first}", f"{person.last.upper()} {person.first}"]
    return random.choices([person.name, f"{title} {person.name}", *surname_first], weights=[5, 2, 2, 1])[0]


def _labelled(template: Template, name: str, random: Random) -> str:
    if template.private:
        return name
    return random.choice([f"{template.label}: {name}", f"{template.label} {name}", name])
