"""Read one page: its codes, its print, and how far its own text layer is to be believed.

A text layer stands for the page only if the page says the same to the eye: a layer may be another page's, shifted, or
hidden with somebody else's number in it. What a machine cannot read stays in the image and is kept out of the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from PIL import Image
from pypdfium2 import PdfPage

from sozialakte.intake.pages.codes import FoundCode, codes_of, find_codes
from sozialakte.intake.pages.images import code_image, colour_image, fine_code_image, reading_image
from sozialakte.intake.pages.ink import ink_of
from sozialakte.intake.pages.ocr import Ocr
from sozialakte.intake.pages.read_words import read_words
from sozialakte.intake.pages.recognised import Pixels, SeenLine, confidence_of, text_of
from sozialakte.intake.pages.sight import PageSight, Sight, place_on_page
from sozialakte.intake.pages.spots import dense_places
from sozialakte.intake.pages.text_agreement import Agreement, Places, Verdict, agreement, says_something
from sozialakte.intake.pages.text_layer import usable_text
from sozialakte.intake.pages.unread_ink import unread_ink
from sozialakte.intake.pages.word_order import in_reading_order, text_in_lines
from sozialakte.intake.pdfa.own_words import own_words
from sozialakte.intake.pdfa.words import Word
from sozialakte.intake.readings import PageReading, TextSource
from sozialakte.shared.reasons import Reason

_BESIDE = 0.6
"""Confidence from which on a line beside the layer is taken: with less it is a logo or a picture."""


@dataclass(frozen=True)
class PageRead:
    """A page's reading, its words for the rendition, and the quarter turns clockwise that make the page upright."""

    reading: PageReading
    words: tuple[Word, ...] = ()
    turn: int = 0


def read_page(page: PdfPage, number: int, ocr: Ocr, turn: int | None = None) -> PageRead:
    """Read an open page; ``turn``: a person has said that it is upright once turned so. Raises `PageImageError` and
    `OcrError`.
    """
    codes = _codes(page)
    sight = PageSight(ocr, turn).see(reading_image(page), [code.box for code in codes], lambda: colour_image(page))
    unread = sight.unread.is_writing(sight.closings)
    read = PageReading(number, text_of(sight.read), TextSource.OCR, confidence_of(sight.read), unread, codes_of(codes))
    seen = PageRead(read, tuple(_words(sight, sight.read)), sight.lie.turn)
    return _with_own_text(page, seen, sight, ocr) if usable_text(page) else seen


def _with_own_text(page: PdfPage, seen: PageRead, sight: Sight, ocr: Ocr) -> PageRead:
    """The page with the text it carries in itself, as far as that is to be seen on it."""
    own, read = own_words(page, seen.turn), list(_words(sight, sight.lines))
    found = agreement(own, read)
    if found.unseen:
        found = agreement(own, [*read, *read_words(sight.shown, found.unseen, ocr)])
    if found.verdict is Verdict.STANDS:
        return _standing(seen, sight, found)
    if found.verdict is Verdict.CONTRADICTS:
        return replace(seen, reading=replace(seen.reading, notes=(Reason("note.text_layer_disagrees"),)))
    return seen


def _standing(seen: PageRead, sight: Sight, found: Agreement) -> PageRead:
    """The page with its own text, and with what is to be seen beside it: filled in, stamped, put there as an image."""
    beside = list(_beside(sight, found.seen))
    words = in_reading_order(found.seen, [list(_words(sight, [line])) for line in beside])
    unread = unread_ink(sight.shown, [_pixels(word, sight.shown) for word in words])
    certain = sum(len(word.text) for word in found.seen)
    doubted = sum((1 - line.confidence) * line.letters for line in beside)
    reading = replace(
        seen.reading,
        text=text_in_lines(words),
        source=TextSource.TEXT_LAYER,
        confidence=1 - doubted / (certain + sum(line.letters for line in beside)),
        unread=seen.reading.unread and unread.is_writing(sight.closings),
    )
    return PageRead(reading, words, seen.turn)


def _beside(sight: Sight, layer: Sequence[Word]) -> Iterator[SeenLine]:
    """What was read where the layer says nothing, as far as it says something."""
    places = Places(layer)
    for line in sight.read:
        words = tuple(word for word in line.words if not places.at(Word("", *place_on_page(word.box, sight))))
        rest = replace(line, words=words)
        if rest.confidence >= _BESIDE and says_something(word.text for word in words):
            yield rest


def _pixels(word: Word, page: Image.Image) -> Pixels:
    width, height = page.size
    return round(word.left * width), round(word.top * height), round(word.right * width), round(word.bottom * height)


def _codes(page: PdfPage) -> list[FoundCode]:
    image = code_image(page)
    return find_codes(image, dense_places(ink_of(image, page.get_size())), lambda: fine_code_image(page))


def _words(sight: Sight, lines: Sequence[SeenLine]) -> Iterator[Word]:
    """Lines that were read, word by word with the places on the page turned."""
    for line in lines:
        for word in line.words:
            yield Word(word.text, *place_on_page(word.box, sight))
