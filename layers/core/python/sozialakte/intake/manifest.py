"""The scanning centre's manifest of a batch: how many pages it counted, in which order, for which documents.

The house format is a small CSV file beside the batch, with the same name but for the ending (``0001.tif`` and
``0001.csv``). The first line names the columns, in any order; README describes it for the scanning centre:

| column | |
|---|---|
| ``file`` | the batch's file name, so that nobody takes one manifest for another |
| ``pages`` | all pages of the file, separator sheets and blank backs included |
| ``order`` | how they follow each other (`PageOrder`); empty or left out: as they are read |
| ``document`` | the number of a document; one line for each, or none at all |
| ``document_pages`` | its pages, blank backs included, separator sheets not |

Separated by ``;`` or ``,``; UTF-8 with or without byte order mark, else it is taken for Windows-1252. The columns that
speak of the whole file are the same on every line, or empty but on the first.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from sozialakte.intake.batch import Upload
from sozialakte.intake.pages.order import PageOrder
from sozialakte.shared.reasons import Reason

LARGEST = 1 << 20  # bytes: 5000 documents take a tenth of it

_NEEDED = frozenset({"file", "pages"})
_COLUMNS = _NEEDED | {"order", "document", "document_pages"}
_OF_THE_FILE = ("file", "pages", "order")
_MOST_DIGITS = 10

_Row = tuple[int, Mapping[str, str]]


class ManifestError(ValueError):
    """A manifest of no use: ``reason.code`` is ``manifest.unreadable`` or ``manifest.contradicts``."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True)
class Manifest:
    """What the scanning centre says about a file. ``documents`` are the pages of each, empty if it does not say."""

    file: str
    pages: int
    order: PageOrder = PageOrder.AS_READ
    documents: tuple[int, ...] = ()

    def names(self, file_name: str) -> bool:
        """Whether it is about this file; paths, case and the writing of umlauts do not count."""
        return _plain(self.file) == _plain(file_name)


@dataclass(frozen=True)
class ManifestRead:
    """A manifest that came: what it says, or why that is of no use."""

    upload: Upload
    says: Manifest | None
    reason: Reason | None = None


def read_manifest(upload: Upload, content: bytes, batch_file: str | None) -> ManifestRead:
    """What a manifest says about the batch file of this name (none: about whichever it names)."""
    try:
        says = parse_manifest(content)
    except ManifestError as error:
        return ManifestRead(upload, None, error.reason)
    if batch_file and not says.names(batch_file):
        return ManifestRead(upload, None, Reason("manifest.other_file"))
    return ManifestRead(upload, says)


def parse_manifest(content: bytes) -> Manifest:
    """The manifest in a file. Raises `ManifestError`."""
    rows = _rows(_text(content))
    whole = {column: _shared(rows, column) for column in _OF_THE_FILE}
    if not whole["file"]:
        _unreadable(rows[0][0])
    pages = _number(rows[0][0], whole["pages"])
    manifest = Manifest(whole["file"], pages, _order(rows[0][0], whole["order"]), _documents(rows))
    if sum(manifest.documents) > pages:
        raise ManifestError(Reason("manifest.contradicts", {"line": str(rows[-1][0])}))
    return manifest


def _text(content: bytes) -> str:
    if len(content) > LARGEST:
        _unreadable(1)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _rows(text: str) -> list[_Row]:
    """The lines below the first, with their numbers."""
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[_Row] = []
    names: Sequence[str] = ()
    try:
        for fields in reader:
            values = [field.strip() for field in fields]
            if not names:
                names = _header(values)
            elif any(values):
                rows.append((reader.line_num, _row(reader.line_num, names, values)))
    except csv.Error:
        _unreadable(reader.line_num)
    if not rows:
        _unreadable(reader.line_num + 1)
    return rows


def _header(names: Sequence[str]) -> Sequence[str]:
    named = [name.lower() for name in names]
    # A column nobody knows may be a known one misspelt: its values would be lost without a word.
    if len(set(named)) < len(named) or not _NEEDED <= set(named) <= _COLUMNS:
        _unreadable(1)
    return named


def _row(line: int, names: Sequence[str], values: Sequence[str]) -> Mapping[str, str]:
    if len(values) != len(names):
        _unreadable(line)
    return dict(zip(names, values, strict=True))


def _shared(rows: Sequence[_Row], column: str) -> str:
    """What all lines say of the file; only the first has to."""
    first = rows[0][1].get(column, "")
    for line, row in rows[1:]:
        if row.get(column, "") not in ("", first):
            raise ManifestError(Reason("manifest.contradicts", {"line": str(line)}))
    return first


def _documents(rows: Sequence[_Row]) -> tuple[int, ...]:
    named = [(line, row.get("document", ""), row.get("document_pages", "")) for line, row in rows]
    if len(named) == 1 and named[0][1:] == ("", ""):
        return ()
    numbers: set[int] = set()
    for line, document, _ in named:
        number = _number(line, document)
        if number in numbers:
            raise ManifestError(Reason("manifest.contradicts", {"line": str(line)}))
        numbers.add(number)
    return tuple(_number(line, pages) for line, _, pages in named)


def _order(line: int, text: str) -> PageOrder:
    try:
        return PageOrder(text.lower()) if text else PageOrder.AS_READ
    except ValueError:
        _unreadable(line)


def _number(line: int, text: str) -> int:
    """A whole number above zero."""
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS and int(text)):
        _unreadable(line)
    return int(text)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1]).casefold()


def _unreadable(line: int) -> NoReturn:
    raise ManifestError(Reason("manifest.unreadable", {"line": str(line)}))
