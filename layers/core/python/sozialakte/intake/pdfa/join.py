"""The parts of a long letter joined into one PDF/A file, one page in memory at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pypdf.generic import DictionaryObject, PdfObject, StreamObject

from sozialakte.intake.pdf.check import PdfSource, errors_named, open_source
from sozialakte.intake.pdfa.document import PdfADocument
from sozialakte.intake.pdfa.sheet import Sheet


def join_pdfa(parts: Sequence[Path], target: Path, title: str) -> None:
    """Write the pages of all parts, in order, into one file; what pages share is there once.

    The parts are files of `PdfAWriter`; the same parts give the same file. Raises `UnreadableFileError`.
    """
    with PdfADocument(target, title) as joined:
        for part in parts:
            with open_source(part) as source, errors_named():
                _copy_pages(source, joined)


def _copy_pages(source: PdfSource, joined: PdfADocument) -> None:
    for index, label in enumerate(source.page_labels):
        page = source.pages[index]
        size = (float(page.mediabox.width), float(page.mediabox.height))
        sheet = Sheet(size, float(page.get("/UserUnit", 1)))
        image = joined.copy_image(_stream(page, "/Resources", "/XObject", "/I"))
        joined.write_page(image, _stream(page, "/Contents").get_data(), sheet, rendition=label != str(index + 1))
        source.forget()


def _stream(inside: DictionaryObject, *keys: str) -> StreamObject:
    """What lies under the keys. Raises ``TypeError`` or ``KeyError`` in a file that is not ours."""
    found: PdfObject = inside
    for key in keys:
        if not isinstance(found, DictionaryObject):
            raise TypeError(key)
        found = found[key]
    if not isinstance(found, StreamObject):
        raise TypeError(keys[-1])
    return found
