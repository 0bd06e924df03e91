"""The lines of a manifest as spreadsheets and scanning programs write them: a table with named columns.

Separated by ``;``, ``,`` or tabs; a first line ``sep=;`` says which. UTF-8, UTF-16 with its mark, else Windows-1252.
Empty columns that a spreadsheet leaves at the right are none.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NoReturn

from sozialakte.shared.reasons import Reason

LARGEST = 1 << 20  # bytes: 5000 documents take a tenth of it
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS = "\t;,"

Row = tuple[int, Mapping[str, str]]
"""The number of a line in the file, and its values by column."""


class ManifestError(ValueError):
    """A manifest of no use: ``reason`` says where and why (``manifest.unreadable``, ``manifest.contradicts``, ...)."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


def refuse(code: str, line: int, **params: str) -> NoReturn:
    """Raise `ManifestError` for a line of the file."""
    raise ManifestError(Reason(f"manifest.{code}", {"line": str(line), **params}))


def read_table(content: bytes, needed: Collection[str], known: Collection[str]) -> list[Row]:
    """The lines below the names of the columns, at least one. Raises `ManifestError`."""
    text, first, separator = _without_separator_line(_text(content))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        lines = [(reader.line_num + first, [field.strip() for field in fields]) for fields in reader]
    except csv.Error:
        refuse("unreadable", reader.line_num + first)
    if not lines:
        refuse("unreadable", 1 + first)
    names = _columns(*lines[0], needed, known)
    rows = list(_rows(names, lines[1:]))
    if not rows:
        refuse("unreadable", lines[-1][0] + 1)
    return rows


def _text(content: bytes) -> str:
    if len(content) > LARGEST:
        refuse("unreadable", 1)
    if content.startswith(_UTF_16):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _without_separator_line(text: str) -> tuple[str, int, str]:
    """The text, how many lines were left out before it, and what separates its values."""
    first, _, rest = text.partition("\n")
    told = first.rstrip("\r").lower().removeprefix("sep=")
    if first.lower().startswith("sep=") and told in tuple(_SEPARATORS):
        return rest, 1, told
    return text, 0, next((one for one in _SEPARATORS if one in first), ",")


def _columns(line: int, names: Sequence[str], needed: Collection[str], known: Collection[str]) -> Sequence[str]:
    named = [name.lower() for name in _trimmed(names)]
    for place, name in enumerate(named, start=1):
        # A column nobody knows may be a known one misspelt: its values would be lost without a word.
        if name not in known:
            refuse("column_unknown", line, column=str(place))
        if named.count(name) > 1:
            refuse("column_twice", line, column=name)
    for name in sorted(set(needed) - set(named)):
        refuse("column_missing", line, column=name)
    return named


def _rows(names: Sequence[str], lines: Sequence[tuple[int, Sequence[str]]]) -> Iterator[Row]:
    for line, values in lines:
        if not any(values):
            continue
        if len(values) < len(names) or len(_trimmed(values)) > len(names):
            refuse("fields", line)
        yield line, dict(zip(names, values, strict=False))


def _trimmed(values: Sequence[str]) -> Sequence[str]:
    """Without the empty ones at the end."""
    filled = [place for place, value in enumerate(values, start=1) if value]
    return values[: filled[-1]] if filled else []
