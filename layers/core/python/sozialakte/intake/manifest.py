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

How the table may be written says `manifest_table`. The columns that speak of the whole file are the same on every
line, or empty but on the first.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sozialakte.intake.batch import Upload
from sozialakte.intake.manifest_table import ManifestError, Row, read_table, refuse
from sozialakte.intake.pages.order import PageOrder
from sozialakte.shared.reasons import Reason

_NEEDED = frozenset({"file", "pages"})
_COLUMNS = _NEEDED | {"order", "document", "document_pages"}
_OF_THE_FILE = ("file", "pages", "order")
_MOST_DIGITS = 10

_THOUSANDS = str.maketrans("", "", "'\u2019")  # 1'200


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
    rows = read_table(content, _NEEDED, _COLUMNS)
    line, whole = rows[0][0], {column: _shared(rows, column) for column in _OF_THE_FILE}
    if not whole["file"]:
        refuse("no_value", line, column="file")
    pages = _number(line, "pages", whole["pages"])
    manifest = Manifest(whole["file"], pages, _order(line, whole["order"]), _documents(rows))
    if sum(manifest.documents) > pages:
        refuse("contradicts", rows[-1][0])
    return manifest


def _shared(rows: Sequence[Row], column: str) -> str:
    """What all lines say of the file; only the first has to."""
    first = rows[0][1].get(column, "")
    for line, row in rows[1:]:
        if row.get(column, "") not in ("", first):
            refuse("contradicts", line)
    return first


def _documents(rows: Sequence[Row]) -> tuple[int, ...]:
    named = [(line, row.get("document", ""), row.get("document_pages", "")) for line, row in rows]
    if len(named) == 1 and named[0][1:] == ("", ""):
        return ()
    numbers: set[int] = set()
    for line, document, _ in named:
        number = _number(line, "document", document)
        if number in numbers:
            refuse("contradicts", line)
        numbers.add(number)
    return tuple(_number(line, "document_pages", pages) for line, _, pages in named)


def _order(line: int, text: str) -> PageOrder:
    try:
        return PageOrder(text.lower()) if text else PageOrder.AS_READ
    except ValueError:
        refuse("order_unknown", line)


def _number(line: int, column: str, text: str) -> int:
    """A whole number above zero."""
    digits = text.translate(_THOUSANDS)
    if not digits:
        refuse("no_value", line, column=column)
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS and int(digits)):
        refuse("no_number", line, column=column)
    return int(digits)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1]).casefold()
