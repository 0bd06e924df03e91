"""What was read of a letter's pages, and where it lies. No PDF library here: who identifies a letter has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pydantic import TypeAdapter

from sozialakte.intake.batch import letter_key
from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.letter import Letter
from sozialakte.intake.model import Code
from sozialakte.shared.reasons import Reason


class TextSource(StrEnum):
    """Where a page's text comes from; an unreadable page has none."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class PageReading:
    """What was read of a page (the letter's own numbering, from 1).

    ``confidence`` is the mean over the words, 0 to 1 (1 for a text layer). ``unread``: there is writing that the
    machine cannot read, for example by hand. ``notes``: what people should know, for example active content.
    """

    page: int
    text: str
    source: TextSource
    confidence: float = 1.0
    unread: bool = False
    codes: tuple[Code, ...] = ()
    notes: tuple[Reason, ...] = ()


_READINGS = TypeAdapter(tuple[PageReading, ...])


def reading_key(letter_id: str, chunk: int) -> str:
    """Where the readings of a chunk lie."""
    return letter_key(letter_id, f"reading-{chunk:03d}.json")


def to_json(readings: Sequence[PageReading]) -> bytes:
    """The readings of a chunk as they are kept."""
    return _READINGS.dump_json(tuple(readings))


def readings_of(files: IntakeFiles, letter: Letter) -> list[PageReading]:
    """The readings of all pages of a letter that has been read, in order."""
    kept = (files.read(reading_key(letter.letter_id, chunk)) for chunk in range(letter.chunks))
    return [reading for chunk in kept for reading in _READINGS.validate_json(chunk)]
