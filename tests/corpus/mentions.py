"""Sentences about somebody else than the person a letter is about."""

from __future__ import annotations

from random import Random

from tests.demo.facts import short
from tests.demo.people import Person

CERTAIN = (
    "Die Kindsmutter, {name} (AHV {ahv}), ist informiert.",
    "Seine Partnerin {name}, geb. {born}, wohnt im gleichen Haushalt.",
    "Ehepartner: {name}, geboren am {born}",
    "Als Kontaktperson ist {fl} {name}, {street}, {postal_code} {town}, angegeben.",
    "Vertreten durch {fl} {name}, {street}, {postal_code} {town}",
    "Eine Kopie geht an den Kindsvater {name}, AHV-Nr. {ahv}.",
    "Im Haushalt lebt zudem {name}, {born}.",
)
"""With what the register knows of them."""

PASSING = (
    "Bei Fragen wenden Sie sich an {fl} {name}.",
    "{fl} {name} ist mit dem Vorgehen einverstanden.",
    "Kontaktperson: {name}, Telefon 041 555 77 10",
)
"""With the name alone."""


def certain(person: Person, random: Random) -> str:
    """A sentence that names the person with number, birth date or address."""
    return _about(random.choice(CERTAIN), person)


def passing(person: Person, random: Random) -> str:
    """A sentence that names the person."""
    return _about(random.choice(PASSING), person)


def _about(sentence: str, person: Person) -> str:
    return sentence.format(
        name=person.name,
        fl=person.title,
        ahv=person.ahv_shown,
        born=short(person.born),
        street=person.street,
        postal_code=person.postal_code,
        town=person.town,
    )
