"""The readings of a letter's pages, and the letter as a searchable PDF/A.

Pages are read in a process of their own, within limits: a page that goes beyond them is unread and a sheet in its place
says so; the others are not held up. Of the original nothing is changed: it lies beside the searchable file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from pypdfium2 import PdfDocument

from sozialakte.intake.pages.images import PageImageError, all_images_decode, open_document, open_page
from sozialakte.intake.pages.ocr import Ocr
from sozialakte.intake.pages.read_page import PageRead, read_page
from sozialakte.intake.pages.worker import Limits, Overrun, run_pages
from sozialakte.intake.pdf.active_content import document_notes, page_notes
from sozialakte.intake.pdf.check import PdfSource, open_source
from sozialakte.intake.pdf.whole import is_whole_page
from sozialakte.intake.pdfa.writer import PdfAWriter
from sozialakte.intake.readings import PageReading, TextSource
from sozialakte.shared.reasons import Reason

# A page of the smallest print takes 11 seconds on one processor, and one that lies in an unclear way is read up to four
# times. Ten pages at the limit still end within the function's ten minutes; its memory is 2 GB.
LIMITS = Limits(seconds=50, memory_mb=1200)
TOO_COSTLY = Overrun().reason
NOT_TURNED: Mapping[int, int] = MappingProxyType({})


def read_pages(path: Path, pages: Sequence[int], limits: Limits = LIMITS) -> list[PageReading]:
    """The readings of the pages (numbered from 1). Raises `OcrError`; a page nobody can look at has no text."""
    return [read.reading for read in _read_all(path, pages, limits)]


def read_chunk(
    path: Path,
    pages: Sequence[int],
    target: Path,
    title: str = "",
    limits: Limits = LIMITS,
    turns: Mapping[int, int] = NOT_TURNED,
) -> list[PageReading]:
    """`read_pages`, and the pages with their words under them written to ``target``. Same input, same file.

    ``title`` is the letter's id; ``turns`` are pages of which a person has said how they lie. Raises `OcrError` and
    `UnreadableFileError`.
    """
    readings = []
    with open_source(path) as source, open_document(path) as document, PdfAWriter(target, title) as writer:
        for read in _read_all(path, pages, limits, turns):
            _write(writer, source, document, read)
            readings.append(_with_notes(read.reading, source))
    return readings


def _read_all(
    path: Path, pages: Sequence[int], limits: Limits, turns: Mapping[int, int] = NOT_TURNED
) -> Iterator[PageRead]:
    for number, read in run_pages(lambda: _reading(path, turns), pages, limits):
        yield _unreadable(number, read.reason) if isinstance(read, Overrun) else read


@contextmanager
def _reading(path: Path, turns: Mapping[int, int]) -> Iterator[Callable[[int], PageRead]]:
    with open_source(path) as source, open_document(path) as document, Ocr() as ocr:
        yield lambda number: _checked(source, _read(document, ocr, number, turns.get(number)))


def _read(document: PdfDocument, ocr: Ocr, number: int, turn: int | None) -> PageRead:
    try:
        with open_page(document, number) as page:
            read = read_page(page, number, ocr, turn)
            seen = read.reading.text or all_images_decode(page)
            return read if seen else _unreadable(number, Reason("page.unreadable"))
    except PageImageError as error:
        return _unreadable(number, error.reason)


def _checked(source: PdfSource, read: PageRead) -> PageRead:
    """The page as read; it says so if some of what it draws is missing, or all."""
    reading = read.reading
    if reading.source is TextSource.UNREADABLE or is_whole_page(source, reading.page):
        return read
    if not reading.text:
        return _unreadable(reading.page, Reason("page.unreadable"))
    return replace(read, reading=replace(reading, notes=(*reading.notes, Reason("page.incomplete"))))


def _unreadable(number: int, reason: Reason) -> PageRead:
    return PageRead(PageReading(number, "", TextSource.UNREADABLE, 0.0, unread=True, notes=(reason,)))


def _write(writer: PdfAWriter, source: PdfSource, document: PdfDocument, read: PageRead) -> None:
    """What went beyond the limits is not looked at again; an image nobody can decode may still be taken over."""
    if TOO_COSTLY in read.reading.notes:
        writer.add_missing()
        return
    try:
        with open_page(document, read.reading.page) as page:
            writer.add_page(source, read.reading.page, page, read.words, read.turn)
    except PageImageError:
        writer.add_missing()


def _with_notes(reading: PageReading, source: PdfSource) -> PageReading:
    of_document = document_notes(source) if reading.page == 1 else ()
    return replace(reading, notes=(*reading.notes, *page_notes(source, reading.page), *of_document))
