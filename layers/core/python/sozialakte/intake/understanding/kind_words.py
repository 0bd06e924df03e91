"""The words that tell what kind of letter it is: readable tables of weights.

A word counts once, at its best place. * stands for any letters. 5 names the kind, 3 is typical of it, 1 or 2 supports
it; less than 0 speaks against it. A reminder outweighs the bill it speaks of.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """The kinds of letters, in the order that settles a tie: the more particular kind first.

    Who writes comes before the form: whatever a KESB sends is ``KESB``, also its rulings, for they belong into a
    dossier of protection. Then the form: a ruling that can be contested is a ``DECISION``, whether a court, an
    office or a social insurer (IV, SUVA, unemployment fund) makes it, because its term binds; and what a court or
    prosecutor sends is one too. A bill or a reminder is one whoever sends it.
    """

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


NOT_MEANT = (
    "zur verfuegung", "in rechnung gestellt", "in rechnung stellen", "rechnung getragen", "rechnung tragen",
    "jahresrechnung", "ihren entscheid", "ihrem entscheid", "ihr entscheid", "ihre verfuegung", "auf rechnung",
    "keine mahnung", "betreuung*", "ihre kostengutsprache", "ihrer kostengutsprache",
)  # fmt: skip
"""Phrases that hold a word of the tables but mean something else; taken out before searching."""

WORDS: Mapping[Kind, Mapping[str, int]] = MappingProxyType(
    {
        Kind.JOB_APPLICATION: {
            "bewerbung": 3, "bewerbung als": 4, "bewerbung um": 4, "bewerbung fuer": 3, "motivationsschreiben": 4,
            "bewerbungsunterlagen": 4, "bewerbungsdossier": 4, "lebenslauf": 2, "ausgeschriebene stelle": 4,
            "ausgeschriebenen stelle": 4, "stelleninserat": 4, "spontanbewerbung": 6, "blindbewerbung": 6,
            "vorstellungsgespraech": 2, "ich bewerbe mich": 6, "bewerbe ich mich": 6, "initiativbewerbung": 6,
            "ihre bewerbung": -8, "fuer ihre bewerbung": -4, "arbeitsbemuehungen": -6, "nachweis der*": -2,
            "wirtschaftliche sozialhilfe": -5, "absage*": -5, "praktikumsstelle": 3, "lehrstelle": 3,
            "arbeitslosenversicherung": -3,
        },
        Kind.APPLICATION: {
            "gesuch um wirtschaftliche": 7, "gesuch um sozialhilfe": 7, "gesuch um unterstuetzung": 7, "gesuch um": 2,
            "gesuch": 2, "antrag auf wirtschaftliche": 7, "antrag auf sozialhilfe": 7, "antrag auf unterstuetzung": 7,
            "antrag auf finanzielle": 7, "antrag auf kostenuebernahme": 4, "anmeldung sozialhilfe": 7,
            "anmeldung fuer sozialhilfe": 7, "anmeldung zum bezug": 4, "sozialhilfe beantragen": 6, "gesuchsteller*": 4,
            "antragsteller*": 2, "wirtschaftliche hilfe": 2, "sozialhilfe": 1, "ich beantrage": 4,
            "unterstuetzungsgesuch": 7, "sozialhilfegesuch": 7, "sozialhilfeantrag": 7, "finanzielle hilfe": 3,
            "finanzielle unterstuetzung": 3, "um hilfe": 2, "nothilfe": 3, "notlage": 2, "ich brauche": 2,
            "stelle ich das gesuch": 5, "stelle ich den antrag": 5, "wir beantragen": -2,
        },
        Kind.KESB: {
            "kesb": 3, "kindes und erwachsenenschutzbehoerde": 5, "beistandschaft*": 3, "*beistandschaft": 4,
            "gefaehrdungsmeldung": 5, "erwachsenenschutz*": 2, "kindesschutz*": 3, "rechenschaftsbericht": 4,
            "vormundschaft": 3, "*platzierung": 2, "fuersorgerische unterbringung": 5, "mandatstraeger*": 3,
            "beistandsperson": 1, "anhoerung": 2, "ernennungsurkunde": 2, "abklaerungsauftrag": 4, "sozialbericht": 3,
            "obhut*": 2, "besuchsrecht*": 2, "elterliche sorge": 3, "schlussbericht": 1, "eingangsinventar": 3,
            "art 308 zgb": 3, "art 307 zgb": 3, "art 394 zgb": 3,
        },
        Kind.REMINDER: {
            "mahnung": 7, "mahnung*": 5, "letzte mahnung": 4, "*zahlungserinnerung": 8, "mahngebuehr*": 4,
            "mahnspesen": 4, "mahnstufe": 5, "betreibung": 3, "betreibungsandrohung": 8, "androhung der betreibung": 5,
            "zahlungsbefehl": 9, "pfaendung*": 5, "konkursandrohung": 9, "ueberfaellig*": 3, "verzugszins*": 2,
            "inkasso*": 3, "forderungsmanagement": 3, "noch nicht bezahlt": 3, "nicht beglichen": 3,
            "noch nicht beglichen": 2, "erinnern wir sie": 3, "ausstehend*": 2, "zahlungsrueckstand": 3,
            "zahlungsaufforderung": 7, "kein zahlungseingang": 4, "keine zahlung": 3, "keinen zahlungseingang": 4,
            "offene rechnung*": 2, "offener posten": 2, "verlustschein": 5, "glaeubiger*": 2,
        },
        Kind.DECISION: {
            "verfuegung": 4, "entscheid": 3, "beschluss": 3, "urteil": 5, "rechtsmittelbelehrung": 6,
            "rechtsmittel": 3, "dispositiv": 3, "einspracheentscheid": 7, "wird verfuegt": 5, "verfuegt*": 2,
            "wird erkannt": 4, "wird entschieden": 4, "wird beschlossen": 4, "bezirksgericht": 3, "kantonsgericht": 3,
            "obergericht": 3, "verwaltungsgericht": 3, "rechtskraft": 2, "rechtskraeftig": 2, "vorbescheid": 6,
            "beschwerde erhoben": 3, "einsprache erhoben": 3, "einsprache": 1, "beschwerde": 1, "rekurs": 2,
            "strafbefehl": 8, "vorladung": 5, "einstellungsverfuegung": 6, "rueckforderungsverfuegung": 6,
            "veranlagungsverfuegung": 7, "schlussverfuegung": 6, "*verfuegung": 2, "gerichtskosten": 2,
            "gestuetzt auf": 1, "in sachen": 1, "schlichtungsverhandlung": 5, "hauptverhandlung": 5,
            "bewilligung": 1, "aufenthaltsbewilligung": 1, "eheschutz*": 3, "scheidungsurteil": 6,
        },
        Kind.BILL: {
            "rechnung": 3, "rechnung nr": 3, "arztrechnung": 5, "spitalrechnung": 5, "praemienrechnung": 6,
            "honorarrechnung": 5, "schlussrechnung": 4, "sammelrechnung": 5, "steuerrechnung": 5, "*rechnung": 2,
            "honorarnote": 6, "faktura": 5, "rechnungsnummer": 3, "rechnungs nr": 3, "rechnungsbetrag": 3,
            "rechnungsdatum": 3, "rechnungstotal": 3, "zahlbar": 2, "zahlbar bis": 2, "zahlbar innert": 2,
            "zahlungsfrist": 1, "zahlungskonditionen": 3, "zahlungsbedingungen": 3, "tage netto": 3, "zahlteil": 3,
            "empfangsschein": 3, "konto zahlbar an": 2, "mwst": 1, "rueckforderungsbeleg": 5, "tarmed": 3,
            "tarpsy": 3, "elternbeitrag": 3, "einzahlungsschein": 2, "facture": 5, "fattura": 5, "gutschrift": 2,
            "saldo zu unseren gunsten": 3, "zu bezahlen": 1, "total chf": 1, "betrag chf": 1, "kostenrechnung": 3,
        },
        Kind.MEDICAL: {
            "arztbericht": 6, "arztzeugnis": 5, "aerztliches zeugnis": 6, "aerztlicher bericht": 6,
            "arbeitsunfaehig*": 3, "arbeitsunfaehigkeitszeugnis": 6, "diagnose*": 4, "austrittsbericht": 6,
            "eintrittsbericht": 6, "verlaufsbericht": 5, "therapiebericht": 6, "operationsbericht": 6, "befund*": 3,
            "anamnese": 4, "*therapie": 2, "*therapeut*": 2, "*therapeutische*": 2, "patient*": 2, "medikation": 3,
            "medikament*": 1, "sprechstunde": 2, "behandlung": 1, "dr med": 2, "*spital": 1, "klinik": 1,
            "schweigepflicht*": 3, "kostenvoranschlag": 3, "zahnbehandlung*": 3, "zahnarzt*": 2, "zahnaerzt*": 2,
            "dr med dent": 2, "ueberweisung": 1, "untersuchung*": 1, "psychiatri*": 2, "hospitalisation": 3,
            "hospitalisiert": 2, "gutachten": 3, "medizinisch*": 1, "impf*": 1, "spitex": 1, "therapieplatz": 3,
        },
        Kind.EMPLOYER: {
            "arbeitsvertrag": 5, "lohnabrechnung*": 5, "gehaltsabrechnung": 5, "lohnausweis": 5,
            "lohnbestaetigung": 6, "stundenlohn": 3, "arbeitgeberbescheinigung": 6, "arbeitszeugnis": 6,
            "arbeitsbestaetigung": 6, "zwischenzeugnis": 6, "arbeitsverhaeltnis*": 5, "arbeitsverhaeltnisses": 3,
            "bruttolohn": 3, "nettolohn": 3, "monatslohn": 3, "auszahlung": 1, "arbeitgeber*": 2, "*pensum": 2,
            "personalabteilung": 3, "personaldienst": 3, "personalverantwortliche*": 3, "personalbuero": 3,
            "human resources": 3, "ferienguthaben": 2, "einsatzvertrag": 6, "probezeit": 3, "arbeitseinsa*": 3,
            "zwischenverdienst*": 4, "bescheinigung ueber zwischenverdienst": 3, "einsatzplan": 3, "angestellt": 2,
            "mitarbeiter*": 1, "arbeitnehmer*": 2, "verwarnung": 1, "lohnzahlung*": 2, "quellensteuerabrechnung": 1,
        },
        Kind.LANDLORD: {
            "mietvertrag*": 5, "mietzins*": 5, "nebenkostenabrechnung": 7, "heizkostenabrechnung": 7,
            "*nebenkosten": 2, "mietverhaeltnis*": 5, "liegenschaft*": 2, "immobilien*": 2, "wohnungsabgabe": 6,
            "wohnungsuebergabe": 6, "vermieter*": 3, "mieterschaft": 4, "mieter": 2, "mieterin": 2, "mieter*": 1,
            "hausordnung": 4, "wohnungskuendigung": 6, "kuendigung der wohnung": 6, "mietkaution": 4,
            "mietzinsdepot": 4, "mietobjekt": 3, "verwaltung ag": 2, "treppenhaus*": 2, "waschkueche*": 2,
            "bewirtschaftung*": 2, "hauswart*": 1, "wohnung": 1, "zimmer wohnung": 1, "schluesseluebergabe": 3,
            "untermiete*": 3, "mietpartei*": 3, "amtliches formular": 2, "zahlungsverzug des mieters": 3,
            "art 257d or": 4, "mietausweisung": 4, "baugenossenschaft": 2, "wohngenossenschaft": 2,
        },
        Kind.INSURER: {
            "versicherungspolice": 6, "police": 3, "krankenkasse": 3, "krankenversicherung": 3,
            "krankenpflegeversicherung": 3, "versicherungsausweis": 5, "leistungsabrechnung": 7,
            "kostenbeteiligung": 3, "franchise": 3, "selbstbehalt": 2, "praemie*": 3, "versicherte person": 3,
            "versichertennummer": 2, "versicherten nr": 2, "grundversicherung": 3, "zusatzversicherung": 3, "kvg": 2,
            "uvg": 2, "versicherung*": 1, "taggeld*": 3, "taggeldabrechnung": 4, "ausgleichskasse": 2,
            "ergaenzungsleistung*": 2, "invalidenversicherung": 2, "iv stelle": 2, "rente": 2, "altersrente": 3,
            "unfallmeldung": 4, "schadenmeldung": 5, "schadenfall": 4, "schaden nr": 3, "deckung*": 1,
            "leistungsaufschub": 5, "arbeitslosenkasse": 3, "pensionskasse": 4, "vorsorgeausweis": 6,
            "freizuegigkeit*": 5, "praemienverbilligung": 3, "haftpflicht*": 3, "hausrat*": 3, "versicherungsschutz": 4,
            "kostengutsprache": 1, "unfall nr": 3, "versicherungsbestaetigung": 5, "versicherungsleistung*": 3,
        },
    }
)  # fmt: skip

SENDERS: Mapping[Kind, Mapping[str, int]] = MappingProxyType(
    {
        Kind.KESB: {"kesb": 20, "kindes und erwachsenenschutzbehoerde": 20, "erwachsenenschutzbehoerde": 20},
        Kind.REMINDER: {
            "betreibungsamt": 6, "inkasso*": 4, "konkursamt": 5, "intrum": 5, "creditreform": 4, "forderungs*": 3,
        },
        Kind.DECISION: {
            "*gericht": 6, "staatsanwaltschaft": 6, "gerichts*": 3, "schlichtungsbehoerde": 6, "migrationsamt": 3,
            "amt fuer migration": 3, "steueramt": 2, "steuerverwaltung": 2, "iv stelle": 2, "friedensrichter*": 5,
            "jugendanwaltschaft": 6, "statthalteramt": 4, "amt fuer *": 1, "regierungsrat": 4, "bezirksrat": 5,
        },
        Kind.BILL: {
            "stadtwerke": 2, "swisscom": 2, "salt": 1, "sunrise": 2, "serafe": 3, "elektrizitaetswerk*": 2,
            "billag": 3, "*werke": 1, "tierarzt*": 1,
        },
        Kind.MEDICAL: {
            "*spital": 4, "klinik": 4, "*klinik": 4, "spital*": 3, "dr med": 4, "praxis": 3, "arztpraxis": 5,
            "*praxis": 3, "psychiatri*": 4, "psychotherap*": 4, "physiotherap*": 4, "ambulatorium": 4,
            "gesundheitszentrum": 4, "spitex": 3, "therapie*": 3, "zahnarzt*": 4, "zahnaerzt*": 4, "dr med dent": 2,
            "hausarzt*": 4, "kinderarzt*": 4, "reha*": 3, "aerzte*": 4,
        },
        Kind.EMPLOYER: {
            "personal*": 3, "temporaer*": 4, "adecco": 5, "manpower": 5, "randstad": 5, "reinigung*": 3, "gastro*": 2,
            "restaurant": 2, "hotel": 2, "logistik": 2, "bau ag": 2, "*bau ag": 2, "transporte": 2, "gmbh": 1,
            "*reinigung": 2, "human resources": 4, "produktion*": 2, "baeckerei": 2, "personalberatung": 3,
        },
        Kind.LANDLORD: {
            "immobilien*": 5, "liegenschaft*": 5, "*genossenschaft": 3, "baugenossenschaft": 3, "hausverwaltung": 5,
            "verwaltungen": 3, "vermietung": 4, "bewirtschaftung*": 4, "livit": 5, "wincasa": 5, "wohnen": 2,
            "real estate": 5, "facility": 2, "wohnbau*": 4, "haus und grund*": 4, "treuhand und immobilien": 2,
        },
        Kind.INSURER: {
            "*versicherung": 4, "*versicherungen": 4, "versicherung*": 4, "krankenkasse": 5, "*krankenkasse": 5,
            "*kasse": 3, "suva": 5, "helsana": 5, "css": 5, "swica": 5, "concordia": 5, "assura": 5, "sanitas": 5,
            "visana": 5, "kpt": 5, "sympany": 5, "atupri": 5, "groupe mutuel": 5, "egk": 5, "oekk": 5, "axa": 5,
            "mobiliar": 5, "basler": 3, "allianz": 4, "generali": 4, "vaudoise": 4, "helvetia": 3, "zurich": 3,
            "ausgleichskasse": 4, "iv stelle": 4, "arbeitslosenkasse": 4, "pensionskasse": 4, "sva": 4, "*vorsorge": 3,
            "vorsorgestiftung": 4, "auffangeinrichtung": 4, "sozialversicherungsanstalt": 4,
            "sozialversicherungszentrum": 4, "was wirtschaft arbeit soziales": 3, "kundendienst praemien": 2,
        },
    }
)  # fmt: skip
"""Weight of a name on the letterhead, the line above the window, or under the signature."""
