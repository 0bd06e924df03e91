"""Fields of the feed as values. A field that breaks a rule is noted and read as None; no problem quotes the value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from re import Pattern
from typing import TypeVar

from sozialakte.register.csv_files import Problem, Row
from sozialakte.shared.ahv_number import AhvNumber, InvalidAhvNumberError, parse_ahv_number

_LONGEST_NAME = 120
_FIRST_YEAR = 1900
MAX_FORMER_NAMES = 5
"""A person is saved with all keys of all names in one transaction, which takes a hundred changes."""
_HOUSE_NUMBER = re.compile(r"(?=.*[0-9])[0-9A-Za-z][0-9A-Za-z /.+-]{0,11}")
_POSTAL_CODE = re.compile(r"(?=.*[0-9])[0-9A-Z][0-9A-Z -]{2,11}")

_GARBLED = re.compile(
    r"\ufffd|[\u00c2-\u00c5][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u2010-\u203f\u20ac\u2122]"
)
"""A character an earlier conversion could not read, or UTF-8 read as Windows-1252; no name has these."""

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class BrokenRuleError(ValueError):
    """A field breaks the rule ``code`` of the text catalogue."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass
class Fields:
    """One row, read field by field, and the problems found so far."""

    row: Row
    problems: list[Problem] = field(default_factory=list)

    def read(self, column: str, parse: Callable[[str], T]) -> T | None:
        """The field as a value, or None with the problem noted."""
        try:
            return parse(self.row.values[column])
        except BrokenRuleError as error:
            self.problems.append(self.row.problem(column, error.code, **error.params))
            return None

    def read_optional(self, column: str, parse: Callable[[str], T]) -> T | None:
        """The same for a field that may be empty."""
        return self.read(column, parse) if self.row.values[column] else None


def shaped(shape: Pattern[str]) -> Callable[[str], str]:
    """An id of this shape."""

    def parse(value: str) -> str:
        if not shape.fullmatch(value):
            raise BrokenRuleError("import.wrong_shape")
        return value

    return parse


def one_of(choices: type[E]) -> Callable[[str], E]:
    """One of the values."""

    def parse(value: str) -> E:
        try:
            return choices(value)
        except ValueError:
            raise BrokenRuleError("import.no_choice", choices=", ".join(choices)) from None

    return parse


def deputies_of(own: str | None, shape: Pattern[str]) -> Callable[[str], tuple[str, ...]]:
    """Staff ids in order, separated by blanks, each once and not the own one."""

    def parse(value: str) -> tuple[str, ...]:
        deputies = tuple(map(shaped(shape), value.split()))
        if len(set(deputies)) < len(deputies):
            raise BrokenRuleError("import.deputy_twice")
        if own in deputies:
            raise BrokenRuleError("import.own_deputy")
        return deputies

    return parse


def yes_or_no(value: str) -> bool:
    """``yes`` or ``no``."""
    if value not in {"yes", "no"}:
        raise BrokenRuleError("import.no_choice", choices="yes, no")
    return value == "yes"


def name(value: str) -> str:
    """A name: printable, not empty, composed characters."""
    composed = unicodedata.normalize("NFC", value)
    if not composed:
        raise BrokenRuleError("import.empty")
    if _GARBLED.search(composed):
        raise BrokenRuleError("import.wrong_encoding")
    if len(composed) > _LONGEST_NAME or not composed.isprintable():
        raise BrokenRuleError("import.no_name")
    return composed


def former_names(value: str) -> tuple[str, ...]:
    """Names separated by ``|``, each once; none if empty."""
    names = tuple(dict.fromkeys(name(part.strip()) for part in value.split("|"))) if value else ()
    if len(names) > MAX_FORMER_NAMES:
        raise BrokenRuleError("import.too_many_names", count=str(MAX_FORMER_NAMES))
    return names


def house_number(value: str) -> str:
    """``12``, ``12a``, ``12/14``: something with a digit."""
    if not _HOUSE_NUMBER.fullmatch(value):
        raise BrokenRuleError("import.no_house_number")
    return value


def postal_code(value: str) -> str:
    """Of any country, with its letters or without: ``6003``, ``CH-6003``, ``78224``."""
    if not value:
        raise BrokenRuleError("import.empty")
    if not _POSTAL_CODE.fullmatch(value):
        raise BrokenRuleError("import.no_postal_code")
    return value


def commune(value: str) -> int:
    """A BFS number: one to four digits."""
    if not (value.isascii() and value.isdigit() and len(value) <= 4 and int(value)):
        raise BrokenRuleError("import.no_commune")
    return int(value)


def day(value: str) -> date:
    """A calendar day, ``2026-03-12`` or ``12.03.2026``."""
    parts = value.split("-") if "-" in value else value.split(".")[::-1]
    if len(parts) != 3 or len(parts[0]) != 4 or not all(part.isascii() and part.isdigit() for part in parts):
        raise BrokenRuleError("import.no_date")
    year, month, day_of_month = map(int, parts)
    try:
        found = date(year, month, day_of_month)
    except ValueError:
        raise BrokenRuleError("import.no_date") from None
    if found.year < _FIRST_YEAR:
        raise BrokenRuleError("import.no_date")
    return found


def birth_date(today: date) -> Callable[[str], date]:
    """A day not after today."""

    def parse(value: str) -> date:
        found = day(value)
        if found > today:
            raise BrokenRuleError("import.not_born")
        return found

    return parse


def day_until(today: date) -> Callable[[str], date]:
    """A day that is not to come."""

    def parse(value: str) -> date:
        found = day(value)
        if found > today:
            raise BrokenRuleError("import.not_yet")
        return found

    return parse


def ahv_number(value: str) -> AhvNumber:
    """A number with a fitting check digit."""
    try:
        return parse_ahv_number(value)
    except InvalidAhvNumberError:
        raise BrokenRuleError("import.no_ahv_number") from None
