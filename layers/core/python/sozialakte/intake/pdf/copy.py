"""Pages of a PDF written into a new one, object after object: a letter of gigabytes takes no more memory than a page.

Streams stay as they are, byte for byte. What pages share is written once. What the source hides is null.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import BinaryIO

from pypdf import PageObject
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, NullObject, PdfObject, StreamObject

from sozialakte.intake.pdf.check import PdfSource
from sozialakte.intake.pdfa.file import PdfFile
from sozialakte.intake.pdfa.objects import stored


class PdfCopy:
    """A new file and what of the source lies in it so far: the source's object numbers and ours."""

    def __init__(self, source: PdfSource, file: BinaryIO | None) -> None:
        """Begin the new file; with None nothing is written, to see whether it could be."""
        self._source, self._target = source, PdfFile(file)
        self._catalogue, self._tree = self._target.reserve(), self._target.reserve()
        self._numbers: dict[tuple[int, int], int] = {}
        self._waiting: list[IndirectObject] = []

    def write(self, pages: Sequence[PageObject]) -> None:
        """Write the pages in this order and finish the file. Raises what pypdf raises on a broken source."""
        kids = [self._number_of(page) for page in pages]
        for page, kid in zip(pages, kids, strict=True):
            self._write_page(page, kid)
            self._source.forget()
        listed = b" ".join(b"%d 0 R" % kid for kid in kids)
        self._target.add(b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(kids), listed), self._tree)
        self._target.add(b"<< /Type /Catalog /Pages %d 0 R >>" % self._tree, self._catalogue)
        self._target.finish(self._catalogue)

    def _number_of(self, page: PageObject) -> int:
        """A page's number, known before anything points to it; one that is wanted twice is written twice."""
        number = self._target.reserve()
        if page.indirect_reference is not None:
            self._numbers[_key(page.indirect_reference)] = number
        return number

    def _write_page(self, page: PageObject, number: int) -> None:
        entries = self._entries(page, leave_out=("/Parent",))
        self._target.add(b"<< %b /Parent %d 0 R >>" % (entries, self._tree), number)
        while self._waiting:
            self._write_object(self._waiting.pop())

    def _write_object(self, reference: IndirectObject) -> None:
        content, number = self._source.get_object(reference), self._numbers[_key(reference)]
        if isinstance(content, StreamObject):
            entries = self._entries(content, leave_out=("/Length",))
            self._target.add_stream(entries, stored(content), number)
        else:
            self._target.add(self._value(content), number)

    def _value(self, value: PdfObject | None) -> bytes:
        if isinstance(value, IndirectObject):
            return self._reference(value)
        if isinstance(value, DictionaryObject):
            return b"<< %b >>" % self._entries(value)
        if isinstance(value, ArrayObject):
            return b"[%b]" % b" ".join(self._value(item) for item in value)
        return _plain(value if value is not None else NullObject())

    def _entries(self, of: DictionaryObject, leave_out: Sequence[str] = ()) -> bytes:
        kept = [key for key in of if key not in leave_out]
        return b" ".join(b"%b %b" % (_name(key), self._value(of.raw_get(key))) for key in kept)

    def _reference(self, reference: IndirectObject) -> bytes:
        """Our number for an object of the source, which is written now or later."""
        key = _key(reference)
        if key not in self._numbers:
            self._numbers[key] = self._target.reserve()
            self._waiting.append(reference)
        return b"%d 0 R" % self._numbers[key]


def _key(reference: IndirectObject) -> tuple[int, int]:
    return reference.idnum, reference.generation


@lru_cache(maxsize=256)  # pages have the same few
def _name(key: NameObject) -> bytes:
    return _plain(key)


def _plain(value: PdfObject) -> bytes:
    target = io.BytesIO()
    value.write_to_stream(target)
    return target.getvalue()
