"""How Tuesday's letters are made: about whom, by whom, and what must become of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sozialakte.intake.letter import Destination
from tests.demo.cast import Cast
from tests.demo.letters import Clue, Order
from tests.demo.scan_files import Fed
from tests.demo.stack import PLAIN, Haste, Item, Sheets

TUESDAY = date(2026, 11, 17)
HOSPITAL, THERAPIST = "Regionalspital Rottal", "Psychotherapie am Hirschengraben"
INSURED_NUMBER = ("Versicherten-Nr.", "LK 4471.908.22")
TAX_OFFICE = ("Stadt Luzern", "Steueramt", "Obergrundstrasse 1", "6002 Luzern")
IN_TEN_DAYS = Haste(urgent=True, deadline=TUESDAY + timedelta(days=10))
APPEAL = Haste(urgent=True, days=30)


def letter(
    cast: Cast, role: str, clue: Clue, wording: str, *, others: Sequence[str] = (), dossier: str | None = None
) -> Item:
    """A letter that belongs into the role's dossier (or the named one); ``wording`` is ``kind/variant``."""
    kind, variant = wording.split("/")
    kept = cast.dossiers[dossier or role]
    people = tuple(cast.people[other] for other in others)
    order = Order(kind, cast.people[role], clue, TUESDAY, variant, kept.dossier_id, people)
    return Item(order, kept.dossier_id, kept.responsible, f"{clue} of {role}")


def by(sender: str, item: Item) -> Item:
    """Written by this one of those who write such letters."""
    return replace(item, order=replace(item.order, sender=sender))


def on(sheets: Sheets, item: Item) -> Item:
    """On sheets like these."""
    return replace(item, sheets=sheets)


def hasty(haste: Haste, item: Item) -> Item:
    """As urgent as this."""
    return replace(item, haste=haste)


def in_review(item: Item, why: str) -> Item:
    """No machine may decide about it."""
    return replace(item, dossier=None, inbox=None, why=why)


def with_number(item: Item) -> Item:
    """With the insurer's number of the person: what the first letter teaches tells whom the second one is about."""
    return replace(item, order=replace(item.order, reference=INSURED_NUMBER))


def with_maiden_name(item: Item) -> Item:
    """The sender knows the name before the marriage."""
    person = item.order.person
    return replace(item, order=replace(item.order, person=replace(person, last=person.former_last[0])))


def unparted(first: Item, *others: Item, why: str) -> Item:
    """Letters without anything between: a person parts them."""
    return replace(in_review(first, why), more=tuple(item.order for item in others))


def by_hand(cast: Cast) -> Item:
    """A letter that nobody but a person reads."""
    order = Order("other", cast.people["writer"], Clue.NOTHING, TUESDAY, "wegzug")
    return Item(order, None, None, "no machine reads this hand", Sheets(by_hand=True))


def elsewhere(cast: Cast, role: str, wording: str, destination: Destination) -> Item:
    """Somebody who is no client writes: it belongs into no dossier."""
    kind, variant = wording.split("/")
    order = Order(kind, cast.people[role], Clue.NOTHING, TUESDAY, variant)
    return Item(order, None, None, f"{role} is no client", destination=destination)


def for_the_tax_office(cast: Cast) -> Item:
    """Post for somebody else in the same house."""
    order = Order("employer", cast.people["taxpayer"], Clue.AHV, TUESDAY, "lohnausweis", recipient=TAX_OFFICE)
    why = "addressed to the tax office"
    return Item(order, None, None, why, Sheets(Fed(turned=90)), destination=Destination.OTHER_OFFICE)


def about_a_father(cast: Cast) -> Item:
    """About somebody nobody knows; the mother of his child, a client, stands in it with her AHV number."""
    father, mother = cast.people["absent-father"], cast.people["mother-of-his-child"]
    order = Order("kesb", father, Clue.BIRTH, TUESDAY, "vaterschaft", others=(mother,))
    return Item(order, None, None, "about a father nobody knows; a client is the mother of his child", PLAIN)
