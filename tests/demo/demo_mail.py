"""The committed batches: which letters, in which order, between which sheets, and what must become of them."""

from __future__ import annotations

from datetime import date, timedelta

from tests.demo import active
from tests.demo.cast import Cast
from tests.demo.letters import Clue, Order
from tests.demo.sheets import Separator
from tests.demo.stack import Cover, Haste, Item, Sheets, Stack

MONDAY = date(2026, 11, 16)
APPEAL, GROUNDS = Haste(urgent=True, days=30), Haste(urgent=True, days=10)
IN_TEN_DAYS = Haste(urgent=True, deadline=MONDAY + timedelta(days=10))
FIRST_FILE = "Posteingang Süd + Löwenplatz 16.11.2026.pdf"
SECOND_FILE = "Behördenpost (Montag) KESB & Gericht 100%.pdf"
COPY_NAME = "Behördenpost (Montag) KESB & Gericht 100% - Kopie.pdf"
TRUNCATED_FILE = "Nachlieferung, Übertragung abgebrochen.pdf"
PAGE_LOST_FILE = "Nachlieferung, Seite verloren.pdf"


def first_stack(cast: Cast) -> Stack:
    """Monday's general post: every way to name a dossier."""
    return [
        Separator.CODE39,
        _filed(cast, "tenant", Clue.DOSSIER, "landlord", "mietzinserhoehung", "ma-102", blanks=1),
        Separator.OWN,
        _filed(cast, "insured", Clue.AHV, "insurer", "praemienausstand", "ma-102"),
        Cover(cast.dossiers["patient"].dossier_id),
        _filed(cast, "patient", Clue.COVER, "medical", "austrittsbericht", "ma-112"),
        _filed(cast, "worker", Clue.LABEL, "employer", "lohnbestaetigung", "ma-112", blanks=1),
        Separator.QR,
        _filed(cast, "father", Clue.DOSSIER, "bill", "stromrechnung", "ma-112", dossier="family"),
        Separator.CODE128,
        _filed(cast, "applicant", Clue.AHV, "application", "gesuch", "ma-112", blanks=1),
    ]


def second_stack(cast: Cast) -> Stack:
    """Post of the authorities: the second look, and what no machine may decide."""
    return [
        Separator.CODE39,
        _filed(cast, "ward", Clue.BIRTH, "kesb", "beistandschaft", "ma-122", dossier="ward-protection", haste=APPEAL),
        Separator.OWN,
        _filed(cast, "other-namesake", Clue.BIRTH, "reminder", "letzte-mahnung", "ma-112", blanks=1, haste=IN_TEN_DAYS),
        Separator.QR,
        _filed(cast, "namesake", Clue.ADDRESS, "landlord", "mietzinsausstand", "ma-102"),
        _filed(cast, "replier", Clue.REPLY, "other", "antwort", "ma-102", blanks=1),
        Separator.OWN,
        _review(cast, "neighbour", Clue.BIRTH, "landlord", "laermklage", "two people, two dossiers", "other-neighbour"),
        Separator.CODE39,
        _review(cast, "stranger", Clue.AHV, "medical", "therapiebericht", "nobody in the register"),
        Separator.CODE128,
        _review(cast, "doubled", Clue.AHV, "other", "wegzug", "two dossiers of one person, nothing decides"),
        Separator.OWN,
        _filed(cast, "pensioner", Clue.AHV, "decision", "el-verfuegung", "ma-122", haste=APPEAL),
        Separator.QR,
        _filed(cast, "twin", Clue.BIRTH, "decision", "urteil", "ma-102", digital=True, haste=GROUNDS),
    ]


def lone_letter(cast: Cast) -> Order:
    """The letter in a file that the intake must refuse."""
    return Order("other", cast.people["returned"], Clue.AHV, MONDAY, "wegzug")


def _filed(
    cast: Cast,
    role: str,
    clue: Clue,
    kind: str,
    variant: str,
    inbox: str,
    *,
    dossier: str | None = None,
    blanks: int = 0,
    digital: bool = False,
    haste: Haste | None = None,
) -> Item:
    dossier_id = cast.dossiers[dossier or role].dossier_id
    stamped = clue in {Clue.DOSSIER, Clue.BIRTH} and not digital
    order = Order(kind, cast.people[role], clue, MONDAY, variant, dossier_id, stamp=stamped)
    kept = active.as_it_is if digital else None
    return Item(order, dossier_id, inbox, f"{clue} of {role}", Sheets(blanks=blanks), haste=haste, digital=kept)


def _review(cast: Cast, role: str, clue: Clue, kind: str, variant: str, why: str, *others: str) -> Item:
    people = tuple(cast.people[other] for other in others)
    order = Order(kind, cast.people[role], clue, MONDAY, variant, others=people)
    return Item(order, None, None, why)
