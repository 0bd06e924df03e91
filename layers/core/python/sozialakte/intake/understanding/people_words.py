"""The words that stand around a person's name in a letter and tell the part they play in it: readable tables.

Words are compared folded (`shared.names.fold`): small letters, umlauts transcribed, no punctuation.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words(
    "herr herrn herren frau frl fraeulein hr fr fam familie eheleute ehepaar mme madame monsieur signor signora"
)
"""Who is called so is a person."""
DEGREES = _words(
    "dr dres med dent vet phil iur jur lic prof dipl rer pol oec nat ing mlaw blaw msc bsc ma ra fh eth hf fmh fsp"
)
"""Stand between title and name; whoever has them writes letters rather than being their subject."""

FILLERS = _words("ist war wird heisst lautet")
"""May stand between a mark and the name: "Kontaktperson ist Herr Muster"."""

_SUBJECT = (
    "betrifft, betreff, betr, in sachen, i s, betreffend, bezueglich, concerne, versicherte person, versicherter, "
    "versicherte, versicherungsnehmer, versicherungsnehmerin, patient, patientin, unser patient, unsere "
    "patientin, mieter, mieterin, mieterschaft, mietpartei, mietverhaeltnis mit, mietverhaeltnis, schuldner, "
    "schuldnerin, gesuchsteller, gesuchstellerin, antragsteller, antragstellerin, betroffene person, betroffener, "
    "betroffene, kunde, kundin, klient, klientin, ihr klient, ihre klientin, name, name vorname, vorname name, "
    "name und vorname, vorname und name, nachname vorname, schueler, schuelerin, mitarbeiter, mitarbeiterin, "
    "arbeitnehmer, arbeitnehmerin, leistungsbezueger, leistungsbezuegerin, rentner, rentnerin, bezueger, "
    "steuerpflichtige, steuerpflichtiger, steuerpflichtige person, beschuldigte person, beschuldigte, "
    "beschuldigter, beklagte partei, beklagte, beklagter, gesuchsgegner, gesuchsgegnerin, gegen, gegenueber, "
    "bewohner, bewohnerin, verbeistaendete person, mandant, mandantin, ihr sohn, ihre tochter, ihr kind, "
    "unterstuetzte person, anspruchsberechtigte person, verunfallte person, halter, kontoinhaber, kontoinhaberin, "
    "verstorbene, verstorbener, fuer ihren sohn, fuer ihre tochter, stellensuchende, stellensuchender, person, "
    "verbrauchsstelle, fallbezeichnung, bewerber, bewerberin, fall, beschwerdefuehrer, beschwerdefuehrerin, "
    "rekurrent, rekurrentin, berufungsklaeger, berufungsklaegerin, empfaenger, empfaengerin, bezugsberechtigte, "
    "mitglied, lernende, lernender, einsatzmitarbeiter, einsatzmitarbeiterin, verstorbene person, "
    "beschwerdefuehrende person, verurteilte person, verurteilter, verurteilte, sachen, vertragsinhaber, "
    "vertragsinhaberin, vertragspartner, vertragspartnerin, anschlussinhaber, anschlussinhaberin, abonnent, "
    "abonnentin, nachlass des, nachlass der"
)
_FAMILY = (
    "kindsmutter, kindsvater, kindesmutter, kindesvater, mutter, vater, eltern, elternteil, partner, partnerin, "
    "lebenspartner, lebenspartnerin, lebensgefaehrte, lebensgefaehrtin, konkubinatspartner, konkubinatspartnerin, "
    "freund, freundin, ehefrau, ehemann, ehegatte, ehegattin, gatte, gattin, gemahlin, ex frau, ex mann, ex "
    "partner, ex partnerin, schwester, bruder, geschwister, sohn, tochter, kinder, stieftochter, stiefsohn, "
    "pflegemutter, pflegevater, pflegeeltern, grossmutter, grossvater, tante, onkel, cousin, cousine, schwager, "
    "schwaegerin, schwiegermutter, schwiegervater, mitbewohner, mitbewohnerin, untermieter, untermieterin, "
    "ehepartner, ehepartnerin, verlobte, verlobter, kindseltern, pflegekind, grosseltern, halbbruder, "
    "halbschwester, enkel, enkelin, neffe, nichte, haushalt lebt, haushalt lebt zudem, haushalt lebt auch, "
    "haushalt leben, zusammen mit, gemeinsam mit, wohnt bei, wohnhaft bei, lebt bei"
)
_OTHERS = (
    "nachbar, nachbarin, vermieter, vermieterin, eigentuemer, eigentuemerin, hauswart, hauswartin, vertreten "
    "durch, vertreterin, vertreter, rechtsvertreter, rechtsvertreterin, rechtsanwalt, rechtsanwaeltin, anwalt, "
    "anwaeltin, fuersprecher, beistand, beistaendin, beistandsperson, berufsbeistand, berufsbeistaendin, als "
    "beistand wird, als beistaendin wird, als beistand, als beistaendin, vormund, sachbearbeiter, "
    "sachbearbeiterin, sachbearbeitung, ansprechperson, ansprechpartner, ansprechpartnerin, kontaktperson, "
    "kontakt, auskunft, auskunft erteilt, zustaendig, zustaendige person, beraterin, berater, personalberater, "
    "personalberaterin, arzt, aerztin, hausarzt, hausaerztin, behandelnder arzt, behandelnde aerztin, therapeut, "
    "therapeutin, psychologe, psychologin, zahnarzt, zahnaerztin, lehrer, lehrerin, klassenlehrer, "
    "klassenlehrerin, klassenlehrperson, lehrperson, schulleiter, schulleiterin, arbeitgeber, arbeitgeberin, "
    "vorgesetzter, vorgesetzte, inhaber, inhaberin, glaeubiger, glaeubigerin, geschaeftsfuehrer, "
    "geschaeftsfuehrerin, kopie an, kopie, kopie geht an, z k an, gez, i a, i v, ppa, praesident, praesidentin, "
    "richter, richterin, einzelrichter, einzelrichterin, gerichtsschreiber, gerichtsschreiberin, notar, notarin, "
    "zeuge, zeugin, referentin, referent, z hd, z h, zuhanden, zu handen, c o, p a, kollege, kollegin, "
    "sozialarbeiter, sozialarbeiterin, betreuer, betreuerin, bezugsperson, telefonat mit, gespraech mit, "
    "ruecksprache mit, absprache mit, ihrem mitarbeiter, ihrer mitarbeiterin, geschaedigter, geschaedigte, "
    "klaeger, klaegerin, klagende partei, unterhaltspflichtiger, unterhaltspflichtige, leistungserbringer, "
    "leistungserbringerin, rechnungssteller, rechnungsstellerin, begleitet von, begleitung von, gemeldet durch, "
    "gemeldet von, unterzeichnet von, wenden sie sich an, sich an, mitmieter, mitmieterin, solidarhafter, "
    "drittperson"
)
_AHEAD = (
    "eltern, kinder, vertreten durch, als beistand wird, als beistaendin wird, als beistand, als beistaendin, "
    "kontakt, auskunft, auskunft erteilt, kopie an, kopie, kopie geht an, z k an, gez, i a, i v, ppa, z hd, z h, "
    "zuhanden, zu handen, c o, p a, telefonat mit, gespraech mit, ruecksprache mit, absprache mit, ihrem "
    "mitarbeiter, ihrer mitarbeiterin, haushalt lebt, haushalt lebt zudem, haushalt lebt auch, haushalt leben, "
    "zusammen mit, gemeinsam mit, wohnt bei, wohnhaft bei, lebt bei, begleitet von, begleitung von, gemeldet "
    "durch, gemeldet von, unterzeichnet von, wenden sie sich an, sich an"
)

SUBJECT_MARKS = frozenset(f" {mark}" for mark in _SUBJECT.split(", "))
"""What stands right before or after the name of whom the letter is about."""
FAMILY = frozenset(f" {mark}" for mark in _FAMILY.split(", "))
OTHERS = frozenset(f" {mark}" for mark in _OTHERS.split(", "))
"""What stands right before or after the name of somebody who is named because of somebody else."""
AHEAD = frozenset(f" {mark}" for mark in _AHEAD.split(", "))
"""Relations that only stand before the name: behind it they belong to the next person."""
MARKS = SUBJECT_MARKS | FAMILY | OTHERS
MARK_WORDS = frozenset(word for mark in MARKS for word in mark.split() if len(word) > 2)

_NOUN_ENDINGS = re.compile(
    r"(?:.{3,30}(?:ung|heit|keit|schaft|tion|taet|nummer|strasse|gasse|datum|dienst|dienste|amt|kasse|zins|zeugnis|bericht"
    r"|bestaetigung|vertrag|schreiben|rechnung|unterlagen|geld|gelder|leistungen|versicherung|verfahren|beitrag"
    r"|beitraege|ismus|nisse|nis|gespraech|arbeit|vollmacht|liche[nrs]?|ische[nrs]?))$"
)
_NOUNS = _words(
    "adresse ahv ahvn13 ahvnr alle als am an anfang anmeldung antrag anzahl april arbeitgeber art auch auf "
    "aufenthalt august aus ausweis bei beide beilage beilagen bemerkung beruf besten betrag betreff betrifft "
    "bewerbung bis bitte brief chf damen dank das dass datum deckung dein der deren dessen dezember die dienstag "
    "diese dieser dieses donnerstag dossier durch eidgenoessische eine einen einer eingang einsatz email ende "
    "entscheid ergaenzungsleistungen fall februar firma franken freitag freundliche frist fuer geboren "
    "geburtsdatum geehrte geehrter gemaess gemeinde geschieden geschlecht gesuch gewalt gruesse guten hallo hat "
    "heimatort herren hilfe iban ich ihnen ihr ihre ihrem ihren ihrer im in ist jahr januar juli juni kanton "
    "kantonale kantonaler kein keine kind kinder konto kosten kunde kunden ledig leistungsabrechnung liebe lieber "
    "lohn maerz mahnung mai mail mandat mein meine meinen meiner miete mietzins mit mittwoch mobile monat montag "
    "mwst nach nachname name nationalitaet neue neuen neuer neues november nr objekt ohne oktober ort per plz "
    "police post postfach praemie praemienrechnung prozent rechnung referenz reform sachen samstag schweiz "
    "schweizerische schweizerischer sehr sein seine seinen seiner seit seite september sie sind sonntag "
    "sozialdienst sozialhilfe staatsangehoerigkeit stadt stelle strasse tag tel telefon termin termine total "
    "uebrigen uhr um unser unsere unserem unserer urteil verein verheiratet verlauf versnr vertrag vertreten vom "
    "von vorname wie wir wird wohnort wohnung wurde zahlung zeichen zeit zimmer zivilstand zu zum zur zustellung"
)

_ORGANISATION = re.compile(
    r"\b(?:ag|gmbh|sa|sarl|klg|kg|genossenschaft|stiftung|verein|verband|gemeinde|stadt|kanton|klinik|spital|praxis"
    r"|versicherung\w*|bank|schule|behoerde|kesb|dienste?|verwaltung\w*|gericht|treuhand|immobilien|inkasso|garage"
    r"|restaurant|hotel|apotheke|zentrum|center|services?|group|holding|swisscom|abteilung|fachstelle|sekretariat"
    r"|company|ltd|bund|eidgenossenschaft|firma|team|buero|atelier|kundendienst|office|partner|soehne|erbengemeinschaft"
    r"|\w*(?:amt|kasse|verwaltung|versicherung|versicherungen|dienste?|werke?|spital|klinik|schule|stelle|gericht|bank"
    r"|behoerde|genossenschaft|gemeinschaft|stiftung|verband|zentrum|anstalt|garage|reinigung|handel|technik|therapie"
    r"|praxis|service|logistik|kita|hort|center|kanzlei|kundencenter|treuhand|apotheke|gastro))\b"
)


def is_noun(folded_word: str) -> bool:
    """Whether a capitalised word is no name."""
    return folded_word in _NOUNS or _NOUN_ENDINGS.match(folded_word) is not None


def is_organisation(folded_text: str) -> bool:
    """Whether a name is that of a firm, an office or an institution."""
    return _ORGANISATION.search(folded_text) is not None
