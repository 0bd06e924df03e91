"""The text of a letter's pages, and the letter with that text under it so that people can search and copy.

A page's own text layer is taken where it can stand for the page; else the page is read once, and that one pass gives
both the text and the invisible words of the searchable page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdfium2 import PdfDocument, PdfPage

from sozialakte.intake.ocr import Ocr
from sozialakte.intake.page_images import READING_DPI, PageImageError, open_document, open_page, reading_image
from sozialakte.intake.pdf_check import open_source
from sozialakte.intake.pdf_files import copy_page, others_hidden, save
from sozialakte.intake.text_layer import usable_text


class TextSource(StrEnum):
    """Where a page's text comes from; an unreadable page has none."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class PageText:
    """The text of a page; ``confidence`` is the mean over its words, 0 to 1 (1 for a text layer)."""

    page: int
    text: str
    source: TextSource
    confidence: float


@dataclass(frozen=True)
class _PageRead:
    """A page's text with the PDF of its words, which holds until the next page is read."""

    text: PageText
    layer: Path | None = None


def read_pages(path: Path, pages: Sequence[int]) -> list[PageText]:
    """The texts of the pages (numbered from 1). Raises `OcrError`; a page nobody can look at has no text."""
    with _reading(path) as (document, ocr):
        return [_read(document, ocr, page).text for page in pages]


def read_chunk(path: Path, pages: Sequence[int], target: Path) -> list[PageText]:
    """`read_pages`, and the pages with their text under them written to ``target``. Same input, same file.

    Raises `OcrError` and `UnreadableFileError`.
    """
    writer = PdfWriter()
    texts = []
    with _reading(path) as (document, ocr), open_source(path) as source, others_hidden(source, pages):
        for number in pages:
            read = _read(document, ocr, number)
            copy = copy_page(source, number, writer)
            if read.layer is not None:
                with open_page(document, number) as page:
                    _put_under(copy, read.layer, page)
            texts.append(read.text)
    save(writer, target)
    return texts


@contextmanager
def _reading(path: Path) -> Iterator[tuple[PdfDocument, Ocr]]:
    with open_document(path) as document, Ocr() as ocr:
        yield document, ocr


def _read(document: PdfDocument, ocr: Ocr, number: int) -> _PageRead:
    try:
        with open_page(document, number) as page:
            own = usable_text(page)
            image = None if own is not None else reading_image(page)
    except PageImageError:
        return _PageRead(PageText(number, "", TextSource.UNREADABLE, 0.0))
    if own is not None or image is None:
        return _PageRead(PageText(number, own or "", TextSource.TEXT_LAYER, 1.0))
    found = ocr.read(image, READING_DPI)
    return _PageRead(PageText(number, found.text, TextSource.OCR, found.confidence), found.layer)


def _put_under(page: PageObject, layer: Path, seen: PdfPage) -> None:
    """Merge the words under the page so that each lies where it is seen: the layer is drawn as the page is seen."""
    words = PdfReader(layer).pages[0]
    left, bottom, right, top = seen.get_bbox()
    width, height = right - left, top - bottom
    turn = {
        0: (1, 0, 0, 1, 0, 0),
        90: (0, 1, -1, 0, width, 0),
        180: (-1, 0, 0, -1, width, height),
        270: (0, -1, 1, 0, 0, height),
    }[seen.get_rotation()]
    seen_width, seen_height = seen.get_size()
    fitted = Transformation().scale(
        seen_width / float(words.mediabox.width), seen_height / float(words.mediabox.height)
    )
    page.merge_transformed_page(words, fitted.transform(Transformation(turn)).translate(left, bottom), over=False)
