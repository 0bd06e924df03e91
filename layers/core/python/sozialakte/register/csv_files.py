"""Reads the CSV files of the register feed: rows with their line numbers, and problems that never quote a value.

UTF-8 with or without byte order mark; separated by ``;`` or ``,`` (what the header line has); first line the column
names; quotes as usual in CSV; empty lines are skipped.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sozialakte.shared.reasons import Reason


@dataclass(frozen=True)
class Problem:
    """A rule that a file breaks: where, and which. Line 0 means the file as a whole."""

    file: str
    line: int
    column: str
    rule: Reason


@dataclass(frozen=True)
class Row:
    """One data row; ``line`` is where it starts in the file (the header is line 1)."""

    file: str
    line: int
    values: Mapping[str, str]

    def problem(self, column: str, code: str, **params: str) -> Problem:
        """This row breaks a rule."""
        return Problem(self.file, self.line, column, Reason(code, params))


@dataclass(frozen=True)
class CsvFile:
    """What could be read of a file, and what is wrong with its form."""

    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_csv(path: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> CsvFile:
    """The rows of the file, which must have these columns in any order, and may have the optional ones (else empty)."""
    if not path.is_file():
        return _refused(path, 0, "", "import.file_missing")
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _refused(path, content.count(b"\n", 0, error.start) + 1, "", "import.not_utf8")
    records = _records(path, text)
    header = next(records, None)
    if header is None:
        return _refused(path, 1, "", "import.no_header")
    if isinstance(header, Problem):
        return CsvFile(problems=(header,))
    names = [name.strip() for name in header[1]]
    problems = tuple(_header_problems(path, names, columns, optional))
    return CsvFile(problems=problems) if problems else _body(path, names, dict.fromkeys(optional, ""), records)


_Record = tuple[int, list[str]]


def _records(path: Path, text: str) -> Iterator[_Record | Problem]:
    """Lines as fields; ends with a problem where the quoting is broken."""
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for fields in reader:
            if any(field.strip() for field in fields):
                yield line, fields
            line = reader.line_num + 1
    except csv.Error:
        yield _problem(path, line, "", "import.broken_quotes")


def _body(path: Path, names: list[str], defaults: Mapping[str, str], records: Iterator[_Record | Problem]) -> CsvFile:
    rows: list[Row] = []
    problems: list[Problem] = []
    for record in records:
        if isinstance(record, Problem):
            problems.append(record)
            continue
        line, fields = record
        if len(fields) == len(names):
            values = {name: field.strip() for name, field in zip(names, fields, strict=True)}
            rows.append(Row(path.name, line, {**defaults, **values}))
        else:
            counts = {"found": str(len(fields)), "expected": str(len(names))}
            problems.append(_problem(path, line, "", "import.field_count", **counts))
    return CsvFile(tuple(rows), tuple(problems))


def _header_problems(
    path: Path, names: Sequence[str], columns: Sequence[str], optional: Sequence[str]
) -> Iterator[Problem]:
    known = (*columns, *optional)
    for column in known:
        if column in columns and column not in names:
            yield _problem(path, 1, column, "import.column_missing")
        elif names.count(column) > 1:
            yield _problem(path, 1, column, "import.column_twice")
    for position, name in enumerate(names, start=1):
        if name not in known:
            # By position: a file without header has a person's data here.
            yield _problem(path, 1, f"#{position}", "import.column_unknown", expected=", ".join(known))


def _refused(path: Path, line: int, column: str, code: str) -> CsvFile:
    return CsvFile(problems=(_problem(path, line, column, code),))


def _problem(path: Path, line: int, column: str, code: str, **params: str) -> Problem:
    return Problem(path.name, line, column, Reason(code, params))
