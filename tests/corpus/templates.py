"""The letters' wordings, ``letters/<kind>.yaml``, and how their blanks are filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

import yaml

from tests.demo.facts import MONTHS, francs, long, short
from tests.demo.people import Person

FOLDER = Path(__file__).parent / "letters"
WRITTEN = date(2026, 11, 16)
OURS = (
    "Stadt Luzern\nSoziale Dienste\nPostfach\n6002 Luzern",
    "Soziale Dienste Stadt Luzern\nAbteilung Sozialhilfe\nObergrundstrasse 1\n6002 Luzern",
    "A-Post\nStadt Luzern, Sozialdienst\nz. Hd. Frau K. Lötscher\nObergrundstrasse 1\n6002 Luzern",
    "Sozialamt der Stadt Luzern\nPostfach 6002\n6002 Luzern",
)
OTHERS = (
    "Stadt Luzern\nSteueramt\nPostfach\n6002 Luzern",
    "Stadt Luzern\nEinwohnerdienste\nObergrundstrasse 1\n6002 Luzern",
    "Betreibungsamt Luzern\nWinkelriedstrasse 14\n6003 Luzern",
    "Stadt Luzern\nVolksschule\nRektorat\n6002 Luzern",
)


@dataclass(frozen=True)
class Template:
    """A wording. ``label`` stands before the person, ``reference`` before the sender's number for them."""

    kind: str
    id: str
    text: str
    sender: str = ""
    label: str = "Betrifft"
    reference: str = "Unser Zeichen"
    payment: bool = False
    private: bool = False


@cache
def templates(kind: str) -> tuple[Template, ...]:
    """All wordings of a kind."""
    entries = yaml.safe_load((FOLDER / f"{kind}.yaml").read_text(encoding="utf-8"))
    return tuple(Template(kind=kind, **entry) for entry in entries)


@cache
def kinds() -> tuple[str, ...]:
    """Every kind there is a wording for."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def fill(template: Template, person: Person, blanks: Mapping[str, str], random: Random) -> str:
    """The text of the letter; ``blanks`` are those that depend on the case."""
    ours = random.choice(OURS)
    facts = {**_particulars(person), **_figures(random), **_dates(random), "me": ours, "window": ours, **blanks}
    return template.text.format_map(facts)


def _particulars(person: Person) -> dict[str, str]:
    return {
        "fl": person.title,
        "name": person.name,
        "last": person.last,
        "street": person.street,
        "postal_code": person.postal_code,
        "town": person.town,
    }


def _figures(random: Random) -> dict[str, str]:
    ranges = {"amount": (300, 1900), "amount2": (120, 700), "small": (12, 90)}
    amounts = {name: francs(random.randint(low * 20, high * 20) / 20) for name, (low, high) in ranges.items()}
    return amounts | {"n1": str(random.randrange(10**6, 10**7))}


def _dates(random: Random) -> dict[str, str]:
    write = random.choice([short, long])
    return {
        "date": write(WRITTEN),
        "place_date": f"Luzern, {write(WRITTEN)}",
        "d1": short(WRITTEN - timedelta(days=random.randint(2, 9))),
        "d2": short(WRITTEN - timedelta(days=random.randint(20, 90))),
        "f1": short(WRITTEN + timedelta(days=random.randint(10, 40))),
        "month": f"{MONTHS[WRITTEN.month - 2]} {WRITTEN.year}",
    }
