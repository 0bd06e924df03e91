"""The category list as a CSV file that a service keeps and replaces.

| column | |
|---|---|
| ``code`` | the number, ``21``; one line for each time its facts change |
| ``name`` | in the service's words |
| ``account`` | HRM2, ``5720.3637.20`` (function, nature, running number), or an account of the balance, ``1447.00`` |
| ``support`` | ``yes`` or ``no``: counts as support under Art. 3 ZUG |
| ``ahead`` | ``yes`` or ``no``: is billed in the month before |
| ``words`` | beginnings of words that stand on such bills, separated by a vertical bar; may be empty |
| ``valid_from``, ``valid_to`` | first and last day (ISO); an empty last day: until further notice |

Separated by ``;`` or ``,``; UTF-8 with or without byte order mark. No category is dropped, it ends: old bookings need it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sozialakte.payments.categories import ACCOUNT, CODE, Category, overlaps
from sozialakte.shared.names import fold
from sozialakte.shared.reasons import Reason

COLUMNS = ("code", "name", "account", "support", "ahead", "words", "valid_from", "valid_to")
_LONGEST_NAME = 80
_ANSWERS = {"yes": True, "no": False}


@dataclass(frozen=True)
class LineProblem:
    """A rule that a line breaks; line 0 is the file as a whole."""

    line: int
    rule: Reason


class _WrongValueError(ValueError):
    """A column whose value is of no use."""


@dataclass(frozen=True)
class CategoryFile:
    """What could be read, in the order of the file, and what is wrong."""

    categories: tuple[Category, ...]
    problems: tuple[LineProblem, ...]


def read_categories(content: bytes) -> CategoryFile:
    """The categories of a file with everything that is wrong with it."""
    categories: dict[int, Category] = {}
    problems: list[LineProblem] = []
    try:
        for line, row in _rows(content):
            try:
                categories[line] = _category(row)
            except _WrongValueError as error:
                problems.append(LineProblem(line, Reason("categories.wrong_value", {"column": str(error)})))
    except (UnicodeDecodeError, csv.Error):
        problems.append(LineProblem(0, Reason("categories.unreadable", {"columns": ", ".join(COLUMNS)})))
    problems += _overlap_problems(categories)
    if not categories and not problems:
        problems.append(LineProblem(0, Reason("categories.empty")))
    return CategoryFile(tuple(categories.values()), tuple(sorted(problems, key=lambda one: one.line)))


def _rows(content: bytes) -> Iterator[tuple[int, Mapping[str, str]]]:
    text = content.decode("utf-8-sig")
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    names = [name.strip().lower() for name in next(reader, [])]
    if sorted(names) != sorted(COLUMNS):
        raise csv.Error("columns")
    for fields in reader:
        if any(field.strip() for field in fields):
            if len(fields) != len(names):
                raise csv.Error("fields")
            yield reader.line_num, dict(zip(names, (field.strip() for field in fields), strict=True))


def _category(row: Mapping[str, str]) -> Category:
    valid_to = _day(row, "valid_to") if row["valid_to"] else None
    valid_from = _day(row, "valid_from")
    if valid_to and valid_to < valid_from:
        raise _WrongValueError("valid_to")
    return Category(
        code=_matching(row, "code", CODE.fullmatch(row["code"])),
        name=_matching(row, "name", 0 < len(row["name"]) <= _LONGEST_NAME),
        account=_matching(row, "account", ACCOUNT.fullmatch(row["account"])),
        support=_answer(row, "support"),
        ahead=_answer(row, "ahead"),
        words=tuple(word for part in row["words"].split("|") if (word := fold(part))),
        valid_from=valid_from,
        valid_to=valid_to,
    )


def _matching(row: Mapping[str, str], column: str, fits: object) -> str:
    if not fits:
        raise _WrongValueError(column)
    return row[column]


def _answer(row: Mapping[str, str], column: str) -> bool:
    if row[column] not in _ANSWERS:
        raise _WrongValueError(column)
    return _ANSWERS[row[column]]


def _day(row: Mapping[str, str], column: str) -> date:
    try:
        return date.fromisoformat(row[column])
    except ValueError as error:
        raise _WrongValueError(column) from error


def _overlap_problems(categories: Mapping[int, Category]) -> Iterator[LineProblem]:
    late = list(overlaps(tuple(categories.values())))
    for line, category in categories.items():
        if any(category is one for one in late):
            yield LineProblem(line, Reason("categories.overlap", {"code": category.code}))
