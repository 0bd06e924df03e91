"""Finds in a letter's text what tells whose letter it is: AHV numbers, dossier numbers, birth dates, names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from rapidfuzz import fuzz

from sozialakte.intake.understanding.letter_dates import find_dates
from sozialakte.shared.ahv_number import AhvNumber, InvalidAhvNumberError, parse_ahv_number
from sozialakte.shared.names import foldings

_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "D": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8"})
_MAX_LOOKALIKES = 2  # more, and it is a word rather than a misread number
_DIGIT = r"[0-9OoDlI|SB]"
_GAP = r"[ \t.,\u00b7-]{0,3}"

_AHV = re.compile(rf"(?<![0-9A-Za-z])7[5S]6{_GAP}{_DIGIT}{{4}}{_GAP}{_DIGIT}{{4}}{_GAP}{_DIGIT}{{2}}(?![0-9A-Za-z])")

_HYPHEN = r"(?: ?[-\u2010-\u2014] ?| )"  # hyphens and dashes, or just a blank
_DOSSIER = re.compile(
    rf"(?<![0-9A-Z])([A-Z]{{2}}){_HYPHEN}([12][0-9OolI]{{3}}){_HYPHEN}([0-9OolI]{{5}})(?![0-9A-Za-z])"
)

_LONG_NAME = 6  # letters; Meier and Meyer are two names
_MISREAD = 83  # per cent alike: one letter of six
_SURELY_A_BIRTH = 14  # years before the newest date: letters rarely name other dates that old


def find_ahv_numbers(text: str) -> tuple[AhvNumber, ...]:
    """The AHV numbers in order of appearance, each once; misread characters only where the check digit then fits."""
    return tuple(dict.fromkeys(_ahv_numbers(text)))


def find_dossier_numbers(text: str) -> tuple[str, ...]:
    """What looks like a dossier's number, each once. There is no check digit: a misread one looks as good."""
    return tuple(dict.fromkeys(filter(None, map(_dossier_number, _DOSSIER.finditer(text)))))


def find_birth_dates(text: str) -> tuple[date, ...]:
    """The dates called a birth date, or too old to be anything else, each once."""
    dates = find_dates(text)
    if not dates:
        return ()
    newest = max(found.day for found in dates).year
    marked = [found.day for found in dates if found.is_birth]
    old = [found.day for found in dates if found.day.year <= newest - _SURELY_A_BIRTH]
    return tuple(dict.fromkeys(marked + old))


def mentions_person(text: str, family_name: str, given_names: str) -> bool:
    """The family name stands in the text with the first given name beside it, before or after.

    Umlauts, accents, hyphens and capitals do not count. Further given names may stand between or be left out. One
    misread letter in a long family name is forgiven, so this is a clue only together with the person's birth date.
    """
    return any(
        _stand_together(words.split(), family.split(), given.split())
        for words, family, given in zip(foldings(text), foldings(family_name), foldings(given_names), strict=True)
    )


def _ahv_numbers(text: str) -> Iterator[AhvNumber]:
    for match in _AHV.finditer(text):
        found = re.sub(r"[^0-9A-Za-z|]", "", match.group())
        if sum(not char.isdigit() for char in found) > _MAX_LOOKALIKES:
            continue
        try:
            yield parse_ahv_number(found.translate(_LOOKALIKES))
        except InvalidAhvNumberError:
            continue  # another number, or a misread one: nobody's


def _dossier_number(match: re.Match[str]) -> str | None:
    kind, year, serial = match.groups()
    misread = sum(not char.isdigit() for char in year + serial)
    return (
        f"{kind}-{year.translate(_LOOKALIKES)}-{serial.translate(_LOOKALIKES)}" if misread <= _MAX_LOOKALIKES else None
    )


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
