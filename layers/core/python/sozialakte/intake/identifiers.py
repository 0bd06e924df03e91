"""Finds in a letter's text what tells whose letter it is: AHV numbers, dossier numbers, birth dates, names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from rapidfuzz import fuzz

from sozialakte.shared.ahv_number import AhvNumber, InvalidAhvNumberError, parse_ahv_number
from sozialakte.shared.names import fold, foldings

_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "D": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8"})
_MAX_LOOKALIKES = 2  # more, and it is a word rather than a misread number
_DIGIT = r"[0-9OoDlI|SB]"
_GAP = r"[ \t.,\u00b7-]{0,3}"

_AHV = re.compile(rf"(?<![0-9A-Za-z])7[5S]6{_GAP}{_DIGIT}{{4}}{_GAP}{_DIGIT}{{4}}{_GAP}{_DIGIT}{{2}}(?![0-9A-Za-z])")

_HYPHEN = r"(?: ?[-\u2010-\u2014] ?| )"  # hyphens and dashes, or just a blank
_DOSSIER = re.compile(rf"(?<![0-9A-Z])([A-Z]{{2}}){_HYPHEN}([0-9]{{4}}){_HYPHEN}([0-9]{{5}})(?![0-9])")

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januar", "jaenner", "jan"),
            ("februar", "feb", "febr"),
            ("maerz", "marz", "mrz"),
            ("april", "apr"),
            ("mai",),
            ("juni", "jun"),
            ("juli", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("oktober", "okt"),
            ("november", "nov"),
            ("dezember", "dez"),
        ),
        start=1,
    )
    for name in names
}
_DATE = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    r"(?P<iso_year>[0-9]{4})-(?P<iso_month>[0-9]{2})-(?P<iso_day>[0-9]{2})"
    r"|(?P<day>[0-9OolI]{1,2})(?: ?[./] ?(?P<month>[0-9OolI]{1,2}) ?[./] ?|[.]? ?(?P<name>[A-Za-zä]{3,9})[.]? )"
    r"(?P<year>(?:19|20|l9|I9)[0-9OolI]{2})"
    r")(?![0-9A-Za-z])"
)
_BIRTH = re.compile(r"(?i:\bgeb\b|\bgeb\.|geboren|geburts|\bdate de naissance|\bn[ée]{1,2} le)|(?<!\S)\* ?")
_LONG_NAME = 6  # letters; Meier and Meyer are two names
_MISREAD = 83  # per cent alike: one letter of six
_REACH_OF_MARK = 60  # characters: a label and its value, with the next label between them at most
_SURELY_A_BIRTH = 14  # years before the newest date: letters rarely name other dates that old


def find_ahv_numbers(text: str) -> tuple[AhvNumber, ...]:
    """The AHV numbers in order of appearance, each once; misread characters only where the check digit then fits."""
    return tuple(dict.fromkeys(_ahv_numbers(text)))


def find_dossier_numbers(text: str) -> tuple[str, ...]:
    """What looks like a dossier's number, each once. There is no check digit: a misread one looks as good."""
    return tuple(dict.fromkeys("-".join(match.groups()) for match in _DOSSIER.finditer(text)))


def find_birth_dates(text: str) -> tuple[date, ...]:
    """The dates called a birth date, or too old to be anything else, each once."""
    dates = list(_dates(text))
    if not dates:
        return ()
    newest = max(day for _, _, day in dates).year
    marked = [day for before, _, day in dates if _BIRTH.search(before)]
    old = [day for _, _, day in dates if day.year <= newest - _SURELY_A_BIRTH]
    return tuple(dict.fromkeys(marked + old))


def find_certain_birth_dates(text: str) -> frozenset[date]:
    """The dates the letter calls a birth date ("geb."); not the newest date, which is the letter's own."""
    dates = list(_dates(text))
    newest = max((day for _, _, day in dates), default=None)
    return frozenset(day for before, _, day in dates if _BIRTH.search(before) and day != newest)


def mentions_person(text: str, family_name: str, given_names: str) -> bool:
    """The family name stands in the text with the first given name beside it, before or after.

    Umlauts, accents, hyphens and capitals do not count. Further given names may stand between or be left out. One
    misread letter in a long family name is forgiven, so this is a clue only together with the person's birth date.
    """
    return any(
        _stand_together(words.split(), family.split(), given.split())
        for words, family, given in zip(foldings(text), foldings(family_name), foldings(given_names), strict=True)
    )


def mentions_name(text: str, name: str) -> bool:
    """All parts of the name stand in the text, one after the other."""
    folded = zip(foldings(text), foldings(name), strict=True)
    return any(bool(parts) and f" {parts} " in f" {words} " for words, parts in folded)


def _ahv_numbers(text: str) -> Iterator[AhvNumber]:
    for match in _AHV.finditer(text):
        found = re.sub(r"[^0-9A-Za-z|]", "", match.group())
        if sum(not char.isdigit() for char in found) > _MAX_LOOKALIKES:
            continue
        try:
            yield parse_ahv_number(found.translate(_LOOKALIKES))
        except InvalidAhvNumberError:
            continue  # another number, or a misread one: nobody's


def _dates(text: str) -> Iterator[tuple[str, str, date]]:
    """Each date with the text between it and the one before (as far as a mark reaches) and its own text."""
    end_of_last = 0
    for match in _DATE.finditer(text):
        day = _date_of(match)
        if day is not None:
            yield text[max(end_of_last, match.start() - _REACH_OF_MARK) : match.start()], match.group(), day
        end_of_last = match.end()


def _date_of(match: re.Match[str]) -> date | None:
    month = match["iso_month"] or match["month"] or str(_MONTHS.get(fold(match["name"]), 0))
    parts = (match["iso_year"] or match["year"], month, match["iso_day"] or match["day"])
    year, month_number, day = (int(part.translate(_LOOKALIKES)) for part in parts)
    try:
        return date(year, month_number, day)
    except ValueError:
        return None


def _stand_together(words: list[str], family: list[str], given: list[str]) -> bool:
    if not family or not given:
        return False
    for start in range(len(words) - len(family) + 1):
        end = start + len(family)
        if all(map(_same_word, words[start:end], family)):
            beside = words[max(0, start - len(given)) : start] + words[end : end + 1]
            if given[0] in beside:
                return True
    return False


def _same_word(read: str, name: str) -> bool:
    return read == name or (len(name) >= _LONG_NAME and fuzz.ratio(read, name) >= _MISREAD)
