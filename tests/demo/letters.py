"""Letters to the social services: who writes about whom, and what in the letter tells the dossier."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random

from sozialakte.intake.pages.sheet_codes import label_code, reply_code
from tests.demo import drawings, payment_part
from tests.demo.facts import facts_about, listed, long, short
from tests.demo.people import Person
from tests.demo.typeset import Json
from tests.demo.wordings import Block, Sender, Variant, wording

RECIPIENT = ("Stadt Luzern", "Soziale Dienste", "Postfach", "6002 Luzern")
CLOSINGS = ("Freundliche Grüsse", "Mit freundlichen Grüssen")


class Clue(StrEnum):
    """What in the letter tells whom it is about."""

    AHV = "ahv_number"
    DOSSIER = "dossier_number"
    BIRTH = "name_and_birth_date"
    NAME = "name_only"
    LABEL = "label"
    REPLY = "reply_code"
    COVER = "cover_sheet"
    ADDRESS = "name_and_address"
    DEBTOR = "bill_debtor"
    REFERENCE = "known_reference"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Order:
    """A letter to be written.

    ``others`` are further people in it; ``dossier_id`` is printed if the clue needs it. ``reference``: the sender's
    number for the person, its label first. ``recipient``: the lines of the window. ``sender``: who writes, of those who
    write such letters. ``copy_of``: with the same number printed twice, the very same letter.
    """

    kind: str
    person: Person
    clue: Clue
    written: date
    variant: str | None = None
    dossier_id: str | None = None
    others: tuple[Person, ...] = ()
    stamp: bool = False
    reference: tuple[str, str] | None = None
    recipient: tuple[str, ...] = RECIPIENT
    sender: str | None = None
    copy_of: int | None = None


def compose(order: Order, random: Random) -> dict[str, Json]:
    """The letter as the template wants it (``templates/letter.typ``). The same order and seed give the same letter."""
    sender, variant = wording(order.kind).pick(random, order.variant, order.sender)
    facts = facts_about(order.person, order.written, random)
    facts["other_listed"] = "; ".join(map(listed, order.others))
    facts["other_name"] = " und ".join(other.name for other in order.others)
    facts["other_ahv"] = ", ".join(other.ahv_shown for other in order.others)
    return {
        **_paper(order, sender, facts, random),
        **_text(variant, facts, random),
        "about": [] if variant.get("listed") else _about(order, random),
        "references": [] if sender.get("private") else _references(order, random),
        "label": _label(order),
        "reply": _reply(order),
        "payment": _payment(variant, str(sender["name"]), order.person, facts, random),
    }


def _paper(order: Order, sender: Sender, facts: dict[str, str], random: Random) -> dict[str, Json]:
    signed = [_signature(entry, facts, random) for entry in sender["signatories"]]
    lines = [line.format_map(facts) for line in sender["lines"]]
    name = sender["name"].format_map(facts)
    return {
        "style": sender["style"],
        "sender": {
            "name": name,
            "lines": [*lines],
            "footer": sender["footer"],
            "private": sender.get("private", False),
        },
        "recipient": [*order.recipient],
        "postage": f"{name}, {lines[1]}" if len(lines) > 2 else None,
        "place-date": f"{_town(lines)}, {long(order.written)}",
        "signatures": [*signed],
        "stamp": _stamp(order, str(sender["style"]["window"]), random),
    }


def _town(address: Sequence[str]) -> str:
    found = re.search(r"\b[0-9]{4} (\w+)", " ".join(address))
    return found[1] if found else "Luzern"


def _signature(entry: list[str], facts: dict[str, str], random: Random) -> Json:
    return {"name": entry[0].format_map(facts), "role": entry[1], "drawing": drawings.signature(random)}


def _stamp(order: Order, window: str, random: Random) -> Json:
    if not order.stamp:
        return None
    beside = 15 if window == "right" else 105  # millimetres: the mailroom spares the address
    place = {"x": beside + random.randint(-8, 8), "y": random.randint(38, 46), "angle": random.uniform(-6, 6)}
    return {**place, "date": short(order.written)}


def _payment(variant: Variant, sender: str, debtor: Person, facts: dict[str, str], random: Random) -> Json:
    own = variant.get("payment")
    if not own:
        return None
    return {**payment_part.bill(facts, payment_part.payee_of(facts, sender, own), debtor, random)}


def _text(variant: Variant, facts: dict[str, str], random: Random) -> dict[str, Json]:
    return {
        "subject": variant["subject"].format_map(facts),
        "salutation": variant["salutation"],
        "blocks": [_block(block, facts) for block in variant["blocks"]],
        "annex": [_block(block, facts) for block in variant.get("annex", [])],
        "closing": variant.get("closing") or random.choice(CLOSINGS),
        "enclosures": [*variant.get("enclosures", [])],
    }


def _block(block: Block, facts: dict[str, str]) -> Json:
    if isinstance(block, str):
        return {"type": "newpage"} if block == "newpage" else {"type": "p", "text": block.format_map(facts)}
    ((kind, content),) = block.items()
    if isinstance(content, str):
        return {"type": kind, "text": content.format_map(facts)}
    if isinstance(content, list):
        return {"type": kind, "entries": [entry.format_map(facts) for entry in content]}
    rows: list[Json] = [[cell.format_map(facts) for cell in row] for row in content["rows"]]
    return {"type": kind, "head": [*content["head"]], "rows": rows}


def _about(order: Order, random: Random) -> Json:
    person = order.person
    if order.clue in {Clue.DEBTOR, Clue.NOTHING}:
        return []
    if order.clue in {Clue.NAME, Clue.REFERENCE}:
        return [f"{person.title} {person.name}"]
    if order.clue in {Clue.BIRTH, Clue.COVER}:
        born = random.choice([f"geb. {short(person.born)}", f"geboren am {long(person.born)}"])
        return [f"{person.name}, {born}"]
    if order.clue is Clue.AHV:
        return [f"{person.name}, {random.choice(['AHV-Nr.', 'AHVN13', 'Vers.-Nr.'])} {person.ahv_shown}"]
    return [f"{person.name}, {person.street}, {person.postal_code} {person.town}"]


def _references(order: Order, random: Random) -> Json:
    ours = f"{random.choice('ABDKMRT')}{random.randrange(10**4, 10**5)}/{order.written.year % 100}"
    references: list[Json] = [["Unser Zeichen", ours]]
    if order.clue is Clue.DOSSIER and order.dossier_id:
        references.insert(0, ["Ihr Zeichen", order.dossier_id])
    return [[*order.reference], *references] if order.reference else references


def _label(order: Order) -> Json:
    if order.clue is not Clue.LABEL or not order.dossier_id:
        return None
    text = label_code(order.dossier_id)
    return {"qr": drawings.qr(text), "bars": drawings.bars(text, "Code128"), "text": order.dossier_id}


def _reply(order: Order) -> Json:
    if order.clue is not Clue.REPLY or not order.dossier_id:
        return None
    return {"qr": drawings.qr(reply_code(order.dossier_id)), "text": f"Sozialakte {order.dossier_id}"}
