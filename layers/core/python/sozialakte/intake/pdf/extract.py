"""Pages taken out of a PDF unchanged, and the proof that they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pypdf import PageObject
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject

from sozialakte.intake.pdf.check import PdfSource, errors_named, open_source
from sozialakte.intake.pdf.copy import PdfCopy

_FORMS_DEEP = 12  # forms inside forms that are followed when hashing images


@dataclass(frozen=True)
class PageHashes:
    """SHA-256 (hex) of the bytes of a page's content streams, its images and its forms, as stored in the file."""

    content: tuple[str, ...]
    images: tuple[str, ...]
    forms: tuple[str, ...] = ()


def write_pages(source: Path | PdfSource, pages: Sequence[int], target: Path) -> None:
    """Write the pages (numbered from 1, in this order) into a PDF of their own.

    Streams stay as they are, byte for byte; the same call gives the same file. Other pages of the source do not get
    into it, even where a link or a form points to them. Give an opened `PdfSource` when cutting many letters from one
    batch. Raises `UnreadableFileError` if the source cannot be copied, ``IndexError`` for a page that is not there.
    """
    with _opened(source) as opened, target.open("wb") as file:
        _copy(opened, pages, file)


def check_copies(source: Path | PdfSource, pages: int) -> None:
    """Try to take out all pages, so that a file that cannot be cut is refused before anything is cut.

    What pages share is tried once: fonts of a mass mailing for each page would take minutes. Raises
    `UnreadableFileError`.
    """
    with _opened(source) as opened, errors_named(pages):
        PdfCopy(opened, None).write([_page(opened, page) for page in range(1, pages + 1)])


@contextmanager
def others_hidden(source: PdfSource, pages: Sequence[int]) -> Iterator[None]:
    """Keep all other pages out of what is copied meanwhile: a link or a form may point to them."""
    taken = [_page(source, page).indirect_reference for page in pages]
    with errors_named():
        source.hidden = source.page_numbers - {reference.idnum for reference in taken if reference is not None}
    try:
        yield
    finally:
        source.hidden = frozenset()
        source.forget()


def page_stream_hashes(source: Path | PdfSource, pages: Sequence[int]) -> list[PageHashes]:
    """Hashes of what each page is made of. Equal hashes before and after prove an unchanged cut."""
    with _opened(source) as opened:
        return [_hashes(opened, page) for page in pages]


def _copy(source: PdfSource, pages: Sequence[int], file: BinaryIO) -> None:
    with others_hidden(source, pages), errors_named():
        PdfCopy(source, file).write([_page(source, page) for page in pages])


def _opened(source: Path | PdfSource) -> AbstractContextManager[PdfSource]:
    return open_source(source) if isinstance(source, Path) else nullcontext(source)


def _page(source: PdfSource, number: int) -> PageObject:
    with errors_named():
        count = len(source.pages)
    if not 1 <= number <= count:
        raise IndexError(f"no page {number}")
    return source.pages[number - 1]


def _hashes(source: PdfSource, number: int) -> PageHashes:
    page = _page(source, number)
    with errors_named():
        content = tuple(_sha256(stream) for stream in _content_streams(page.get("/Contents")))
        drawn = list(_drawn(page.get("/Resources"), _FORMS_DEEP))
        images = tuple(_sha256(one) for one in drawn if _is_image(one))
        forms = tuple(_sha256(one) for one in drawn if not _is_image(one))
    source.forget()
    return PageHashes(content, images, forms)


def _content_streams(contents: PdfObject | None) -> Iterator[StreamObject]:
    resolved = contents.get_object() if contents is not None else None
    if isinstance(resolved, StreamObject):
        yield resolved
    elif isinstance(resolved, ArrayObject):
        yield from (stream for item in resolved if isinstance(stream := item.get_object(), StreamObject))


def _drawn(resources: PdfObject | None, depth: int) -> Iterator[StreamObject]:
    """The images and forms of a page in the order of their names, those inside forms too."""
    for item in _drawn_objects(resources) if depth else ():
        yield item
        if not _is_image(item):
            yield from _drawn(item.get("/Resources"), depth - 1)


def _is_image(item: StreamObject) -> bool:
    return item.get("/Subtype") == "/Image"


def _drawn_objects(resources: PdfObject | None) -> list[StreamObject]:
    holder = resources.get_object() if resources is not None else None
    named = holder.get("/XObject") if isinstance(holder, DictionaryObject) else None
    drawn = named.get_object() if named is not None else None
    if not isinstance(drawn, DictionaryObject):
        return []
    return [item for name in sorted(drawn) if isinstance(item := drawn[name].get_object(), StreamObject)]


def _sha256(stream: StreamObject) -> str:
    stored = stream._data  # noqa: SLF001 - get_data() decodes, and the proof is about the bytes as stored
    return hashlib.sha256(stored).hexdigest()
