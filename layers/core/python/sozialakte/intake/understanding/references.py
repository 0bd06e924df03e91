"""The numbers under which the sender keeps this person or case: the same in the next letter.

Not: invoice numbers, order numbers, dates, phone numbers, AHV numbers, our own dossier numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from types import MappingProxyType

from sozialakte.intake.understanding.letter_dates import find_dates
from sozialakte.shared.names import fold

MOST_REFERENCES = 12


@dataclass(frozen=True)
class Reference:
    """``label``: the sort of number (a key of the table below). ``value``: capitals and digits only."""

    label: str
    value: str


# Folded labels without "Nr." and its like.
_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "insured": "versicherten versicherungs versicherter vers mitglied mitglieder versichertenkarten",
        "policy": "policen police versicherungspolicen",
        "customer": "kunden kundin kd debitor debitoren partner geschaeftspartner gp vertragskonto abonnenten "
        "abonnement teilnehmer rechnungsempfaenger",
        "contract": "vertrags vertrag mietvertrags mietvertrag leasing",
        "tenant": "mieter objekt mietobjekt mieterreferenz wohnungs liegenschafts verwaltungs",
        "patient": "patienten patientin pat pid personenident",
        "person": "personen person personal mitarbeiter schueler zemis register steuer steuerregister pers bezueger "
        "stes klienten mandanten",
        "case": "dossier geschaefts geschaeft verfahrens verfahren akten fall schaden schadens unfall betreibungs "
        "betreibung forderungs forderung inkasso verlustschein prozess straf aktenzeichen geschaeftszeichen",
    }
)
_SORTS = {word: sort for sort, words in _LABELS.items() for word in words.split()}

_NUMBER = r"[-. ]{0,2}(?:[Nn]r\b|NR\b|[Nn]o\b|[Nn]ummer\b|N°|ID\b)\.?"
_VALUE = r"[ :.]{0,4}\n?(?P<value>(?:[A-Za-z]{1,5}[-./ ]?)?[0-9][0-9A-Za-z]{0,24}(?:[-./ ][0-9A-Za-z]{1,24}){0,6})"
_LABELLED = re.compile(
    rf"\b(?P<label>[^\W\d_]{{2,24}}?){_NUMBER}(?: ?[/(][^:\n]{{1,20}}?[:)]| [A-Z]\w{{1,14}}(?=:))?{_VALUE}"
)
_NAMED = re.compile(
    rf"(?i:\b(?P<label>police|objekt|mietobjekt|vertragskonto|aktenzeichen|gesch[äa]ftszeichen|dossier)) ?:{_VALUE}"
)
_OURS = re.compile(rf"(?i:\bunsere?\.? ?(?:zeichen|referenz|ref\b|nr\b|dossiernummer|gesch[äa]fts-?nr)\.?){_VALUE}")
_LABEL = re.compile(rf"\b(?P<label>[^\W\d_]{{2,24}}?){_NUMBER}|\b(?P<date>\w{{0,12}}[Dd]atum)\b")
_OUR_DOSSIER = re.compile(r"[A-Z]{2}20[0-9]{7}")
_SHORT = 4  # characters: too few for a number of its own, so the digits beside it belong to it
_AHV_DIGITS = 13
_FEWEST_DIGITS = 3


def find_references(text: str) -> tuple[Reference, ...]:
    """The sender's references in a letter's text (one line a line), each once, in order."""
    labelled = (match for pattern in (_LABELLED, _NAMED) for match in pattern.finditer(text))
    found = [
        *(Reference("ours", _value(match["value"])) for match in _OURS.finditer(text)),
        *(Reference(sort, _value(match["value"])) for match in labelled if (sort := _SORTS.get(fold(match["label"])))),
        *_in_columns(text.split("\n")),
    ]
    return tuple(dict.fromkeys(one for one in found if _tells_somebody(one.value)))[:MOST_REFERENCES]


def _in_columns(lines: Sequence[str]) -> Iterator[Reference]:
    """A line of labels with as many values in the line below it."""
    for line, below in pairwise(lines):
        labels = [match["label"] or "" for match in _LABEL.finditer(line)]
        values = below.split()
        if len(labels) > 1 and len(labels) == len(values):
            for label, value in zip(labels, values, strict=True):
                if fold(label) in _SORTS:
                    yield Reference(_SORTS[fold(label)], _value(value))


def _value(written: str) -> str:
    """Without a date after it, and without the next number unless this one is too short to stand alone."""
    later = [found.start for found in find_dates(written) if found.start]
    first, *more = written[: min(later, default=len(written))].split()
    if first.isalpha():
        first += "".join(more[:1])
        more = more[1:]
    groups = takewhile(str.isdigit, more if len(first) <= _SHORT else ())
    return "".join(filter(str.isalnum, first + "".join(groups))).upper()


def _tells_somebody(value: str) -> bool:
    """Long enough, no AHV number (the register knows those), no dossier number of ours."""
    digits = sum(map(str.isdigit, value))
    is_ahv = digits >= _AHV_DIGITS and value.startswith("756")
    return digits >= _FEWEST_DIGITS and not is_ahv and not _OUR_DOSSIER.fullmatch(value)
