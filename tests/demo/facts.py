"""What a letter's wording may fill in: the person's particulars, seeded dates and amounts."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.demo.people import Person

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
AMOUNTS = {
    "a1": (980, 1480),
    "a2": (1180, 1790),
    "a3": (420, 890),
    "a4": (78, 240),
    "a5": (24, 96),
    "a6": (11, 64),
    "premium": (370, 460),
}
"""Placeholders of amounts with their range in francs."""
PAST = {"d1": (2, 5), "d2": (12, 20), "d3": (28, 45), "d4": (200, 900)}
"""Placeholders of earlier dates with how many days they lie back."""


def short(day: date) -> str:
    """``16.11.2026``."""
    return f"{day:%d.%m.%Y}"


def long(day: date) -> str:
    """``16. November 2026``."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def francs(amount: float) -> str:
    """``1'480.55``: the Swiss way of writing an amount."""
    return f"{amount:,.2f}".replace(",", "'")


def facts_about(person: Person, written: date, random: Random) -> dict[str, str]:
    """Every placeholder of the wordings. The same arguments give the same facts."""
    return {**_particulars(person), **_dates(written, random), **_amounts(random)}


def _particulars(person: Person) -> dict[str, str]:
    woman = person.female
    return {
        "title": person.title,
        "acc": "Frau" if woman else "Herrn",
        "pronoun": "sie" if woman else "er",
        "pronoun_acc": "sie" if woman else "ihn",
        "pronoun_dat": "ihr" if woman else "ihm",
        "who": "die" if woman else "der",
        "name": person.name,
        "first": person.first,
        "last": person.last,
        "street": person.street,
        "postal_code": person.postal_code,
        "town": person.town,
        "born": short(person.born),
        "listed": listed(person),
    }


def listed(person: Person) -> str:
    """One person of several in a list."""
    return f"{person.title} {person.name}, geb. {short(person.born)}"


def _dates(written: date, random: Random) -> dict[str, str]:
    days = {key: short(written - timedelta(days=random.randint(*back))) for key, back in PAST.items()}
    days["f1"] = short(written + timedelta(days=random.randint(10, 20)))
    days["f2"] = short(_first_of_month(written, ahead=2))
    ahead = {"last_month": -1, "month": 0, "next_month": 1}
    months = {key: _first_of_month(written, step) for key, step in ahead.items()}
    return days | {key: f"{MONTHS[first.month - 1]} {first.year}" for key, first in months.items()}


def _first_of_month(day: date, ahead: int) -> date:
    months = day.year * 12 + day.month - 1 + ahead
    return date(months // 12, months % 12 + 1, 1)


def _amounts(random: Random) -> dict[str, str]:
    # Rounded to five centimes: the smallest coin.
    amounts = {key: random.randint(low * 20, high * 20) / 20 for key, (low, high) in AMOUNTS.items()}
    amounts |= {"total": amounts["a4"] + amounts["a5"], "open_premium": amounts["premium"] - 261}
    numbers = {
        "n1": f"{random.randrange(10**6, 10**7)}",
        "n2": f"{random.randrange(10, 99)} {random.randrange(10, 99)}",
        "n3": f"{random.randrange(3, 90)}",
    }
    return {key: francs(amount) for key, amount in amounts.items()} | numbers
