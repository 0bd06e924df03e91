"""Dates as letters write them, scanning mistakes included; which of them is the letter's own, which a birth date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from sozialakte.intake.understanding.letter_text import DIGITS_MEANT
from sozialakte.shared.names import blur

_NAMES = (
    "januar jänner jan janvier gennaio",
    "februar feb febr février febbraio",
    "märz mrz mars marzo",
    "april apr avril aprile",
    "mai maggio",
    "juni jun juin giugno",
    "juli jul juillet luglio",
    "august aug août agosto",
    "september sept sep septembre settembre",
    "oktober okt octobre ottobre",
    "november nov novembre",
    "dezember dez décembre dicembre",
)
MONTHS: Mapping[str, int] = MappingProxyType(
    {blur(name): month for month, names in enumerate(_NAMES, start=1) for name in names.split()}
)
"""Months by their blurred names: what a scanner takes for one another does not count."""

_D = "[0-9OolI|Bb]"
_YEAR = rf"(?:[1lI|]9|[2Zz][0Oo]){_D}{{2}}"
_MONTH_NAME = r"[A-Za-zÀ-ÿ0-9|]{3,10}"
_DATE = re.compile(
    r"(?<![0-9A-Za-zÀ-ÿ])(?<![0-9]\.)(?:"
    r"(?P<iso_year>[0-9]{4})-(?P<iso_month>[0-9]{2})-(?P<iso_day>[0-9]{2})"
    rf"|(?P<day>{_D}{{1,2}})(?: ?[./,] ?(?P<month>{_D}{{1,2}}) ?[./,] ?(?P<year>{_YEAR}|[0-9]{{2}})"
    rf"|(?:er)?[.,]? ?(?P<name>{_MONTH_NAME})[.,]? ?(?P<named_year>{_YEAR}))"
    r")(?![0-9A-Za-zÀ-ÿ])(?!\.[0-9])"
)
_NEXT_CENTURY = 40  # a year of two digits up to here is in this century

BIRTH_MARK = re.compile(
    r"(?i:\bgeb(?:oren|\b)|\bgebor|geburts|\bdate de naissance|\bn[ée]e? le|\bnato il|\bnata il|\bJg\b)|(?<!\S)\* ?"
)
"""What stands before a birth date."""
_STAMP = re.compile(r"(?i)\be[il1]ngegangen|\bposteingang|\berhalten am|\beingang(?:sdatum)?\b")
_REACH_OF_STAMP = 2  # lines
_REACH = 60  # characters beside a date that say what day it is
_LABEL = re.compile(
    r"(?i)\b(?:rechnungs|brief|verf[üu]gungs|ausstell\w*|druck|beleg)?datum\b[^0-9]{0,12}$|\bdate\W{0,3}$"
)
_PLACE = re.compile(r"^[A-ZÀ-Þ][\w.'\u2019/ ()-]{1,40}[,.]? ?(?:,|den|am|le|il)?\s*$")
_OF_THE_PAPER = re.compile(
    r"(?i)\b(?:verf[üu]gung|entscheid|rechnung|urteil|beschluss|vertrag|abrechnung)\W{0,3}vom\W*$"
)
_OTHER_DAY = re.compile(
    r"(?i)\b(?:bis|per|ab|seit|vom|von|am|zum|f[äa]llig\w*|zahlbar|frist|termin|periode|g[üu]ltig\w*|eintritt\w*"
    r"|austritt\w*|behandlung\w*|schreiben|valuta)\b[^0-9]{0,25}$|[0-9]\s*(?:-|\u2013|bis)\s*$"
)
_BEFORE_SALUTATION, _AT_THE_END = 60, 15  # lines that may hold the letter's date
_SURE = 4  # weight of a date beside the place or a label
_LONG_AGO = 14  # years: a birth date rather than the date of a letter
_ONE_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class FoundDate:
    """A date and where it stands in the text; ``is_birth``: it is called a birth date."""

    day: date
    start: int
    end: int
    is_birth: bool = False


def find_dates(text: str) -> tuple[FoundDate, ...]:
    """The dates in order; years of two digits are 1941 to 2040."""
    return tuple(_found(text))


def find_written_on(lines: Sequence[str], received_on: date) -> date | None:
    """The letter's own date, from the lines of its pages: beside the place, labelled, or alone on a line.

    Never the stamp of receipt, a birth date or a due date; never more than a year after the receipt.
    """
    at_top = [(-weight, at, day) for at, weight, day in _candidates(lines[:_BEFORE_SALUTATION], received_on)]
    if at_top:
        return min(at_top)[2]
    at_end = [day for _, weight, day in _candidates(lines[-_AT_THE_END:], received_on) if weight > 1]
    return at_end[-1] if at_end else None


def find_stamped(lines: Sequence[str]) -> date | None:
    """The day the stamp of receipt names."""
    for at, line in enumerate(lines):
        if _STAMP.search(line):
            dates = find_dates("\n".join(lines[at : at + _REACH_OF_STAMP + 1]))
            if dates:
                return dates[0].day
    return None


def find_birth_date(text: str, received_on: date) -> date | None:
    """The first date in the text that is called a birth date, or begins the text and lies long ago."""
    for found in find_dates(text):
        begins = not any(map(str.isalnum, text[: found.start]))
        old = begins and found.day.year < received_on.year - _LONG_AGO
        if found.day <= received_on and (found.is_birth or old):
            return found.day
    return None


def _found(text: str) -> Iterator[FoundDate]:
    end_of_last = 0
    for match in _DATE.finditer(text):
        day = _date_of(match)
        if day:
            before = max(end_of_last, match.start() - _REACH)  # a mark belongs to the next date only
            is_birth = BIRTH_MARK.search(text, before, match.start()) is not None
            yield FoundDate(day, match.start(), match.end(), is_birth)
        end_of_last = match.end()


def _candidates(lines: Sequence[str], received_on: date) -> Iterator[tuple[int, int, date]]:
    """Line, weight and day of what may be the letter's date."""
    stamped = {near for at, line in enumerate(lines) if _STAMP.search(line) for near in range(at, at + 3)}
    for at, line in enumerate(lines):
        for found in find_dates(line):
            weight = _weight(line, found, received_on)
            sure = weight >= _SURE or (weight and at not in stamped)
            if sure and found.day <= received_on + _ONE_YEAR:
                yield at, weight, found.day


def _weight(line: str, found: FoundDate, received_on: date) -> int:
    """How surely this date is the letter's: 0 for not at all, 1 for a date that nothing else claims."""
    before, after = line[max(0, found.start - _REACH) : found.start], line[found.end : found.end + _REACH]
    long_ago = found.day.year < received_on.year - _LONG_AGO
    if found.is_birth or (long_ago and not _PLACE.match(before)):
        return 0
    ends_line = not any(map(str.isalnum, after))
    if _LABEL.search(before):
        return _SURE
    if ends_line and _PLACE.match(before) and not _OTHER_DAY.search(before):
        return _SURE
    if _OF_THE_PAPER.search(before):
        return 2
    if not any(map(str.isalnum, before)) and ends_line:
        return 3
    return int(not _OTHER_DAY.search(before) and found.day <= received_on)


def _date_of(match: re.Match[str]) -> date | None:
    month = match["iso_month"] or match["month"] or str(MONTHS.get(blur(match["name"]), 0))
    year = (match["iso_year"] or match["named_year"] or match["year"]).translate(DIGITS_MEANT)
    parts = (year, month.translate(DIGITS_MEANT), (match["iso_day"] or match["day"]).translate(DIGITS_MEANT))
    try:
        return date(_century(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None


def _century(year: str) -> int:
    if len(year) > 2:
        return int(year)
    return int(year) + (2000 if int(year) <= _NEXT_CENTURY else 1900)
