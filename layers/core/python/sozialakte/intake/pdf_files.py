"""The file a scanner sends: is it whole, how many pages has it, and its pages taken out unchanged.

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
from pathlib import Path
from typing import BinaryIO

import pypdfium2
from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError
from pypdf.generic import IndirectObject, NullObject, PdfObject

from sozialakte.intake.model import UnreadableFileError
from sozialakte.shared.reasons import Reason

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings quote the file, and files hold personal data

BROKEN = (
    PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
    zlib.error,
)  # fmt: skip
"""What pypdf raises on a file that breaks the format ("broken PDF files might cause other exceptions", its errors.py)."""

_END_BYTES = 2048
_END = re.compile(rb"startxref\s+([0-9]{1,15})\s+%%EOF[\s\0]*\Z")
_LINEARIZED_LENGTH = re.compile(rb"/Linearized\b[^>]*?/L\s+([0-9]{1,15})")


class PdfSource(PdfReader):
    """A reader that never searches a file for lost objects, and that can hide the pages of other letters.

    What the cross-reference table does not list is null (ISO 32000-1, 7.3.10).
    """

    hidden: frozenset[int] = frozenset()

    def get_object(self, indirect_reference: int | IndirectObject) -> PdfObject | None:
        """The object, or null if the file does not list it or it is hidden."""
        if isinstance(indirect_reference, int):
            number, generation = indirect_reference, 0
        else:
            number, generation = indirect_reference.idnum, indirect_reference.generation
        listed = number in self.xref_objStm if generation == 0 else False
        if number in self.hidden or not (listed or number in self.xref.get(generation, ())):
            return NullObject()
        return super().get_object(indirect_reference)

    def forget(self) -> None:
        """Drop what was parsed so far: memory must not grow with the batch."""
        self.resolved_objects.clear()


def check_pdf(path: Path) -> int:
    """The number of pages of a whole, open PDF.

    Raises `UnreadableFileError` with ``file.empty``, ``file.not_a_pdf``, ``file.truncated``, ``file.encrypted``,
    ``file.damaged`` or ``file.no_pages``. A file that was saved in several revisions and cut exactly between two of them
    is a valid older revision: nothing in the file can show that.
    """
    with open_source(path) as source:
        pages = _checked_page_count(source, path)
    if pages == 0:
        raise refused("no_pages")
    return pages


@contextmanager
def open_source(path: Path) -> Iterator[PdfSource]:
    """Open a file whose ends and cross-reference table hold together. Raises as `check_pdf`, also on later reading."""
    with path.open("rb") as file, _errors_named():
        size = os.fstat(file.fileno()).st_size
        _check_ends(file, size)
        source = PdfSource(file, strict=True)
        if source.is_encrypted:
            raise refused("encrypted")
        _check_offsets(file, size, source)
        yield source


def refused(code: str, pages: int = 0) -> UnreadableFileError:
    """The error that names why a file cannot be taken."""
    return UnreadableFileError(Reason(f"file.{code}"), pages)


@contextmanager
def _errors_named() -> Iterator[None]:
    try:
        yield
    except UnreadableFileError:
        raise
    except (FileNotDecryptedError, DependencyError, NotImplementedError) as error:
        raise refused("encrypted") from error  # pypdf lacks the cipher or the password
    except BROKEN as error:
        raise refused("damaged") from error


def _check_ends(file: BinaryIO, size: int) -> None:
    if size == 0:
        raise refused("empty")
    head = file.read(_END_BYTES)
    if not head.startswith(b"%PDF-"):
        raise refused("damaged" if b"%PDF-" in head else "not_a_pdf")
    file.seek(max(0, size - _END_BYTES))
    end = _END.search(file.read())
    if end is None or int(end[1]) >= size:
        raise refused("truncated")
    linearized = _LINEARIZED_LENGTH.search(head)
    if linearized and int(linearized[1]) > size:
        raise refused("truncated")


def _check_offsets(file: BinaryIO, size: int, source: PdfSource) -> None:
    """Every object must begin where the table says: else a reader would go looking for it and may find another."""
    for generation, offsets in source.xref.items():
        for number, offset in offsets.items():
            if offset >= size:
                raise refused("truncated")
            file.seek(offset)
            if not re.match(rb"\s*0*%d\s+0*%d\s+obj" % (number, generation), file.read(48)):
                raise refused("damaged")


def _checked_page_count(source: PdfSource, path: Path) -> int:
    """Count by walking the tree (pypdf) and by what the tree claims (pdfium): a difference means lost pages."""
    pages = len(source.pages)
    try:
        with pypdfium2.PdfDocument(path) as document:
            claimed = len(document)
    except pypdfium2.PdfiumError as error:
        raise refused("damaged" if pages else "no_pages", pages) from error
    if claimed != pages:
        raise refused("damaged", max(pages, claimed))
    return pages
