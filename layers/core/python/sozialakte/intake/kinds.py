"""What kind of letter it is, by words: one readable table of weights. And which dossiers a kind belongs to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from sozialakte.register import DossierType
from sozialakte.shared.names import fold


class Kind(StrEnum):
    """The kinds of letters, in the order that settles a tie: the more particular kind first."""

    JOB_APPLICATION = "job_application"
    APPLICATION = "application"
    KESB = "kesb"
    REMINDER = "reminder"
    DECISION = "decision"
    BILL = "bill"
    MEDICAL = "medical"
    EMPLOYER = "employer"
    LANDLORD = "landlord"
    INSURER = "insurer"
    OTHER = "other"


ENOUGH = 3
"""Less weight than this is no kind: ``OTHER``."""

# Weight of a word or phrase found at least once; * stands for any letters. 5 names the kind, 3 is typical of it,
# 1 or 2 supports it. A reminder outweighs the bill it speaks of, a job application the employer's words in it.
WORDS: Mapping[Kind, Mapping[str, int]] = MappingProxyType(
    {
        Kind.JOB_APPLICATION: {
            "bewerbung": 5, "bewerbung als": 3, "bewerbung um": 3, "motivationsschreiben": 4, "bewerbungsunterlagen": 4,
            "lebenslauf": 3, "ausgeschriebene stelle": 4, "offene stelle": 2, "vorstellungsgespraech": 3,
        },
        Kind.APPLICATION: {
            "gesuch um wirtschaftliche": 7, "gesuch um sozialhilfe": 7, "gesuch um unterstuetzung": 7, "gesuch um": 2,
            "antrag auf wirtschaftliche": 7, "antrag auf sozialhilfe": 7, "antrag auf unterstuetzung": 7,
            "anmeldung fuer sozialhilfe": 7, "gesuchsteller*": 4, "wirtschaftliche hilfe": 2, "sozialhilfe": 1,
            "ich beantrage": 4,
        },
        Kind.KESB: {
            "kesb": 4, "kindes und erwachsenenschutzbehoerde": 6, "beistandschaft": 4, "beistaendin": 2, "beistand": 2,
            "gefaehrdungsmeldung": 5, "erwachsenenschutz*": 2, "kindesschutz*": 3, "rechenschaftsbericht": 3,
            "vormundschaft": 3, "*platzierung": 2, "fuersorgerische unterbringung": 4,
        },
        Kind.REMINDER: {
            "mahnung": 8, "*zahlungserinnerung": 8, "mahngebuehr*": 4, "mahnspesen": 4, "betreibung": 5,
            "betreibung*": 3, "zahlungsbefehl": 8, "ueberfaellig*": 3, "verzugszins*": 2, "inkasso*": 3,
            "noch nicht bezahlt": 3, "ausstehend*": 2,
        },
        Kind.DECISION: {
            "verfuegung": 5, "entscheid": 4, "beschluss": 4, "urteil": 5, "rechtsmittelbelehrung": 5, "dispositiv": 3,
            "einspracheentscheid": 6, "wird verfuegt": 4, "wird erkannt": 4, "*gericht": 3, "rechtskraft": 2,
            "beschwerde": 1, "einsprache": 1,
        },
        Kind.BILL: {
            "rechnung": 3, "rechnung nr": 3, "arztrechnung": 5, "spitalrechnung": 5, "praemienrechnung": 5,
            "honorarrechnung": 5, "schlussrechnung": 5, "sammelrechnung": 5, "rechnungsnummer": 3, "rechnungsbetrag": 3,
            "rechnungsdatum": 3, "rechnungstotal": 3, "zahlbar": 2, "zahlbar bis": 2, "zahlteil": 3,
            "empfangsschein": 3, "konto zahlbar an": 2, "mwst": 1,
        },
        Kind.MEDICAL: {
            "arztbericht": 6, "arztzeugnis": 4, "aerztliches zeugnis": 6, "arbeitsunfaehig*": 4, "diagnose*": 4,
            "austrittsbericht": 6, "verlaufsbericht": 4, "befund*": 3, "anamnese": 4, "*therapie*": 2, "*therapeut*": 2,
            "patient*": 2, "medikation": 3, "sprechstunde": 2, "behandlung": 2, "dr med": 2, "*spital": 1, "klinik": 1,
            "schweigepflicht*": 3,
        },
        Kind.EMPLOYER: {
            "arbeitsvertrag": 5, "lohnabrechnung*": 2, "lohnausweis": 4, "lohnbestaetigung": 6, "stundenlohn": 3,
            "arbeitgeberbescheinigung": 6, "arbeitszeugnis": 5, "arbeitsverhaeltnis*": 4, "bruttolohn": 3,
            "nettolohn": 3, "arbeitgeber*": 2, "*pensum": 2, "personalabteilung": 3, "personalverantwortliche*": 3,
            "human resources": 3, "ferienguthaben": 2,
        },
        Kind.LANDLORD: {
            "mietvertrag*": 5, "mietzins*": 5, "nebenkostenabrechnung": 7, "*nebenkosten": 2, "mietverhaeltnis*": 5,
            "liegenschaft*": 2, "immobilien*": 3, "wohnungsabgabe": 5, "vermieter*": 3, "mieter*": 2, "hausordnung": 4,
            "wohnungskuendigung": 5, "verwaltung ag": 2, "treppenhaus*": 2, "waschkueche*": 2,
        },
        Kind.INSURER: {
            "versicherungspolice": 6, "police": 4, "krankenkasse": 3, "krankenversicherung": 3,
            "versicherungsausweis": 5,
            "leistungsabrechnung": 7, "kostenbeteiligung": 4, "franchise": 3, "selbstbehalt": 3, "praemie*": 3,
            "versicherte person": 3, "versichertennummer": 2, "grundversicherung": 3, "kvg": 2, "versicherung*": 1,
            "taggeld*": 3, "ausgleichskasse": 3, "ergaenzungsleistung*": 3, "invalidenversicherung": 3,
        },
    }
)  # fmt: skip

# Which of a person's dossiers a letter of this kind belongs to. Kinds that may belong to any are left out: then a
# person decides.
_ASSISTANCE = frozenset({DossierType.ECONOMIC_ASSISTANCE, DossierType.ASYLUM})
DOSSIER_TYPES: Mapping[Kind, frozenset[DossierType]] = MappingProxyType(
    {
        Kind.BILL: _ASSISTANCE,
        Kind.REMINDER: _ASSISTANCE,
        Kind.MEDICAL: _ASSISTANCE,
        Kind.EMPLOYER: _ASSISTANCE,
        Kind.LANDLORD: _ASSISTANCE,
        Kind.INSURER: _ASSISTANCE,
        Kind.APPLICATION: _ASSISTANCE,
        Kind.KESB: frozenset({DossierType.ADULT_PROTECTION, DossierType.CHILD_PROTECTION}),
    }
)


def kind_of(text: str) -> Kind:
    """The kind with the most weight; `Kind.OTHER` if none has enough."""
    folded = fold(text)
    weights = {kind: _weight(kind, folded) for kind in WORDS}
    best = max(weights, key=lambda kind: weights[kind])  # the first of the heaviest
    return best if weights[best] >= ENOUGH else Kind.OTHER


def dossier_types_of(kind: str) -> frozenset[DossierType]:
    """The types of dossiers letters of this kind belong to; empty where the kind does not tell."""
    return DOSSIER_TYPES.get(Kind(kind), frozenset())


def _weight(kind: Kind, folded: str) -> int:
    return sum(weight for word, weight in WORDS[kind].items() if _pattern(word).search(folded))


@lru_cache(maxsize=512)
def _pattern(word: str) -> re.Pattern[str]:
    anything = re.escape(word).replace(r"\*", "[a-z]*")
    return re.compile(rf"\b{anything}\b")
