"""Which dossiers lie in which box, as a CSV file of the people who packed them.

| column | |
|---|---|
| ``box`` | the box, ``K-00042`` |
| ``dossier`` | a dossier's number, each in one box only |
| ``pages`` | may be left out or empty: its pages as counted when it was packed, with or without blank backs |

Separated by ``;`` or ``,``; UTF-8 with or without byte order mark.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from sozialakte.shared.id_forms import BOX_ID, DOSSIER_ID
from sozialakte.shared.reasons import Reason

_NEEDED, _KNOWN = {"box", "dossier"}, {"box", "dossier", "pages"}
_MOST_DIGITS = 6


class BoxListError(ValueError):
    """A list of no use; ``reason`` names the line."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True)
class BoxedDossier:
    """A dossier in its box. ``pages`` were counted when it was packed, if somebody did."""

    box_id: str
    dossier_id: str
    pages: int | None = None


def parse_box_list(content: bytes) -> tuple[BoxedDossier, ...]:
    """The dossiers in the order of the file. Raises `BoxListError`."""
    boxed: dict[str, BoxedDossier] = {}
    for line, row in _rows(content):
        found = _boxed(line, row)
        if found.dossier_id in boxed:
            raise BoxListError(Reason("box_list.twice", {"line": str(line), "dossier_id": found.dossier_id}))
        boxed[found.dossier_id] = found
    if not boxed:
        raise BoxListError(Reason("box_list.unreadable", {"line": "2"}))
    return tuple(boxed.values())


def _rows(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(1) from error
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        if not _NEEDED <= set(names) <= _KNOWN or len(set(names)) < len(names):
            raise _unreadable(1)
        for fields in reader:
            if any(fields):
                yield reader.line_num, _row(reader.line_num, names, fields)
    except csv.Error as error:
        raise _unreadable(reader.line_num) from error


def _row(line: int, names: list[str], fields: list[str]) -> dict[str, str]:
    if len(fields) != len(names):
        raise _unreadable(line)
    return dict(zip(names, (field.strip() for field in fields), strict=True))


def _boxed(line: int, row: dict[str, str]) -> BoxedDossier:
    pages = row.get("pages", "")
    is_number = pages.isascii() and pages.isdecimal() and len(pages) <= _MOST_DIGITS
    if not (BOX_ID.fullmatch(row["box"]) and DOSSIER_ID.fullmatch(row["dossier"]) and (is_number or not pages)):
        raise _unreadable(line)
    return BoxedDossier(row["box"], row["dossier"], int(pages) if pages else None)


def _unreadable(line: int) -> BoxListError:
    return BoxListError(Reason("box_list.unreadable", {"line": str(line)}))
