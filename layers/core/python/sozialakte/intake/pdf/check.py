"""The file a scanner sends: is it whole, and how many pages has it?

A reader that repairs a broken file may silently lose pages, so a file that does not hold together is refused by name
instead of repaired. Limits on nesting, counts and decompressed sizes are pypdf's (``pypdf.Configuration``).
"""

from __future__ import annotations

import logging
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

import pypdf.filters  # noqa: F401 - pypdf imports it with its first stream, and each child would do so anew
import pypdfium2
from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject, NullObject, NumberObject, PdfObject

from sozialakte.intake.model import UnreadableFileError
from sozialakte.shared.reasons import Reason

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings quote the file, and files hold personal data

# What pypdf raises on a file that breaks the format; its errors.py warns that broken files raise others than its own.
BROKEN = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    zlib.error,
)

_END_BYTES = 2048
_END = re.compile(rb"startxref\s+([0-9]{1,15})\s+%%EOF[\s\0]*\Z")
_OBJECT = re.compile(rb"\s*([0-9]{1,15})\s+([0-9]{1,5})\s+obj")
_LINEARIZED_LENGTH = re.compile(rb"/Linearized\b[^>]*?/L\s+([0-9]{1,15})")


class PdfSource(PdfReader):
    """A reader that never searches a file for lost objects, and that can hide pages.

    What the cross-reference table does not list is null (ISO 32000-1, 7.3.10).
    """

    hidden: frozenset[int] = frozenset()

    def get_object(self, indirect_reference: int | IndirectObject) -> PdfObject | None:
        """The object, or null if the file does not list it or it is hidden."""
        if isinstance(indirect_reference, int):
            indirect_reference = IndirectObject(indirect_reference, 0, self)
        if indirect_reference.idnum in self.hidden or not self._lists(indirect_reference):
            return NullObject()
        return super().get_object(indirect_reference)

    @cached_property
    def page_numbers(self) -> frozenset[int]:
        """The object numbers of all pages. Raises what pypdf raises on a broken page tree."""
        return frozenset(page.indirect_reference.idnum for page in self.pages if page.indirect_reference is not None)

    def forget(self) -> None:
        """Drop what was parsed so far: memory must not grow with the batch."""
        self.resolved_objects.clear()

    def _lists(self, reference: IndirectObject) -> bool:
        packed = reference.generation == 0 and reference.idnum in self.xref_objStm
        return packed or reference.idnum in self.xref.get(reference.generation, {})


def check_pdf(path: Path) -> int:
    """The number of pages of a whole, open PDF.

    Raises `UnreadableFileError` with ``file.empty``, ``file.not_a_pdf``, ``file.truncated``, ``file.encrypted``,
    ``file.protected`` (everybody may open it, nobody change it), ``file.damaged`` or ``file.no_pages``. A file saved in
    several revisions and cut exactly between two of them is a
    valid older revision: nothing in the file can show that.
    """
    with open_source(path) as source:
        return count_pages(source, path)


def count_pages(source: PdfSource, path: Path) -> int:
    """As `check_pdf`, of a file that is open."""
    with errors_named():
        pages = len(source.pages)
        claimed = _claimed_count(source)
    if {claimed, _count_of_pdfium(path)} != {pages}:
        raise _refused("damaged", pages)
    if pages == 0:
        raise _refused("no_pages")
    return pages


@contextmanager
def open_source(path: Path) -> Iterator[PdfSource]:
    """Open a file whose ends and cross-reference table hold together. Raises as `check_pdf` (all but no_pages)."""
    with path.open("rb") as file:
        with _protection_named(path), errors_named():
            source = _opened(file)
        yield source


@contextmanager
def _protection_named(path: Path) -> Iterator[None]:
    """Tell a file that everybody may open and nobody may change from one that needs a password."""
    try:
        yield
    except UnreadableFileError as error:
        if error.reason.code == "file.encrypted" and _count_of_pdfium(path):
            raise _refused("protected") from error
        raise


@contextmanager
def errors_named(pages: int = 0) -> Iterator[None]:
    """Turn what pypdf raises on a broken file into `UnreadableFileError`; ``pages`` if their number is known."""
    try:
        yield
    except UnreadableFileError as error:
        raise UnreadableFileError(error.reason, error.pages or pages) from error
    except (FileNotDecryptedError, DependencyError, NotImplementedError) as error:
        raise _refused("encrypted", pages) from error  # pypdf lacks the password or the cipher
    except BROKEN as error:
        raise _refused("damaged", pages) from error


def _opened(file: BinaryIO) -> PdfSource:
    size = os.fstat(file.fileno()).st_size
    _check_ends(file, size)
    source = PdfSource(file, strict=True)
    if source.is_encrypted:
        raise _refused("encrypted")
    _check_offsets(file, size, source)
    return source


def _check_ends(file: BinaryIO, size: int) -> None:
    if size == 0:
        raise _refused("empty")
    head = file.read(_END_BYTES)
    if not head.startswith(b"%PDF-"):
        raise _refused("damaged" if b"%PDF-" in head else "not_a_pdf")
    file.seek(max(0, size - _END_BYTES))
    end = _END.search(file.read())
    linearized = _LINEARIZED_LENGTH.search(head)
    if end is None or int(end[1]) >= size or (linearized and int(linearized[1]) > size):
        raise _refused("truncated")


def _check_offsets(file: BinaryIO, size: int, source: PdfSource) -> None:
    """Every object must begin where the table says: else a reader would go looking for it and may find another."""
    for generation, offsets in source.xref.items():
        for number, offset in offsets.items():
            if offset >= size:
                raise _refused("truncated")
            head = _OBJECT.match(os.pread(file.fileno(), 64, offset))
            if head is None or (int(head[1]), int(head[2])) != (number, generation):
                raise _refused("damaged")


def _claimed_count(source: PdfSource) -> int:
    """How many pages the file says it has (ISO 32000-1, 7.7.3). A walk must find as many, or some got lost."""
    tree = source.root_object["/Pages"]
    claimed = tree["/Count"] if isinstance(tree, DictionaryObject) else None
    if not isinstance(claimed, NumberObject):
        raise _refused("damaged")
    return int(claimed)


def _count_of_pdfium(path: Path) -> int:
    """How many pages the other reader sees, which shows them later; none if it cannot open the file."""
    try:
        with pypdfium2.PdfDocument(path) as document:
            return len(document)
    except pypdfium2.PdfiumError:
        return 0


def _refused(code: str, pages: int = 0) -> UnreadableFileError:
    return UnreadableFileError(Reason(f"file.{code}"), pages)
