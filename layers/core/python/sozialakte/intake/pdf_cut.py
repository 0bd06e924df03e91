"""Pages taken out of a PDF unchanged, and the proof that they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pypdf import PageObject, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject

from sozialakte.intake.pdf_files import PdfSource, open_source

_FORMS_DEEP = 12
"""Forms inside forms that are followed when hashing images; pdfium follows 12 too."""


@dataclass(frozen=True)
class PageHashes:
    """SHA-256 (hex) of the bytes of a page's content streams and of its images, as stored in the file."""

    page: int
    content: tuple[str, ...]
    images: tuple[str, ...]


def write_pages(source: Path | PdfSource, pages: Sequence[int], target: Path) -> None:
    """Write the pages (numbered from 1, in this order) into a PDF of their own.

    Streams stay as they are, byte for byte; the same call gives the same file. Other pages of the source do not get into
    the file, even where a link or a form points to them. Give an opened `PdfSource` when cutting many letters from one
    batch. Raises `UnreadableFileError` if the source cannot be copied, ``IndexError`` for a page that is not there.
    """
    if isinstance(source, Path):
        with open_source(source) as opened:
            write_pages(opened, pages, target)
        return
    writer = PdfWriter()
    taken = [_page(source, page) for page in pages]
    source.hidden = _object_numbers(source.pages) - _object_numbers(taken)
    try:
        for page in taken:
            writer.add_page(page)
        with target.open("wb") as file:
            writer.write(file)
    finally:
        source.hidden = frozenset()
        source.forget()


def page_stream_hashes(source: Path | PdfSource, pages: Sequence[int]) -> list[PageHashes]:
    """Hashes of what each page is made of. Equal hashes before and after prove an unchanged cut."""
    if isinstance(source, Path):
        with open_source(source) as opened:
            return page_stream_hashes(opened, pages)
    hashes = []
    for number in pages:
        page = _page(source, number)
        images = _images(page.get("/Resources"), depth=_FORMS_DEEP)
        content = tuple(_sha256(stream) for stream in _content_streams(page.get("/Contents")))
        hashes.append(PageHashes(number, content, tuple(_sha256(image) for image in images)))
        source.forget()
    return hashes


def _page(source: PdfSource, number: int) -> PageObject:
    if number < 1:
        raise IndexError("pages are numbered from 1")
    return source.pages[number - 1]


def _object_numbers(pages: Sequence[PageObject]) -> frozenset[int]:
    return frozenset(page.indirect_reference.idnum for page in pages if page.indirect_reference is not None)


def _content_streams(contents: PdfObject | None) -> Iterator[StreamObject]:
    resolved = contents.get_object() if contents is not None else None
    if isinstance(resolved, StreamObject):
        yield resolved
    elif isinstance(resolved, ArrayObject):
        yield from (stream for item in resolved if isinstance(stream := item.get_object(), StreamObject))


def _images(resources: PdfObject | None, depth: int) -> Iterator[StreamObject]:
    """The images of a page in the order of their names, those inside forms too."""
    resolved = resources.get_object() if resources is not None else None
    drawn = resolved.get("/XObject") if isinstance(resolved, DictionaryObject) else None
    drawn = drawn.get_object() if drawn is not None else None
    if not isinstance(drawn, DictionaryObject) or depth == 0:
        return
    for name in sorted(drawn):
        item = drawn[name].get_object()
        if isinstance(item, StreamObject) and item.get("/Subtype") == "/Image":
            yield item
        elif isinstance(item, StreamObject):
            yield from _images(item.get("/Resources"), depth - 1)


def _sha256(stream: StreamObject) -> str:
    stored = stream._data  # noqa: SLF001 - get_data() decodes, and the proof is about the bytes as stored
    return hashlib.sha256(stored).hexdigest()
