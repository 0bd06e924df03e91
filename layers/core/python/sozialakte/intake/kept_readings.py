"""Where readings lie. No PDF library here: who identifies a letter has none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from sozialakte.intake.batch import letter_key
from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.letter import PAGES_PER_CHUNK, Letter
from sozialakte.intake.readings import PageReading, TextSource

_READINGS = TypeAdapter(tuple[PageReading, ...])
_LEGIBLE = 0.75  # mean confidence of its words from which on hardly any word of a page is missing


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


@dataclass(frozen=True)
class KeptTexts:
    """What was read of letters, for others; ``bucket`` is that of the letters."""

    bucket: str

    def __call__(self, letter_id: str, page_count: int) -> Iterator[tuple[int, str]]:
        """Number (from 1) and text of each page of a letter that has been read; a chunk of them in memory.

        Readings are kept before a letter goes on, so one that is not there is lost: its pages are left out.
        """
        files = IntakeFiles(scans="", letters=self.bucket)
        for chunk in range(-(-page_count // PAGES_PER_CHUNK)):
            kept = files.read_if_there(reading_key(letter_id, chunk))
            yield from ((reading.page, reading.text) for reading in (_READINGS.validate_json(kept) if kept else ()))


@dataclass(frozen=True)
class KeptPage:
    """A page as it was read. ``codes``: what its QR codes say; ``legible`` False: much of it may not have been read."""

    page: int
    text: str
    codes: tuple[str, ...] = ()
    legible: bool = True


@dataclass(frozen=True)
class KeptPages:
    """As `KeptTexts`, with what else was seen on each page."""

    bucket: str

    def __call__(self, letter_id: str, page_count: int) -> list[KeptPage]:
        """The pages of a letter that has been read; a read of a file for each ten of them."""
        files = IntakeFiles(scans="", letters=self.bucket)
        chunks = range(-(-page_count // PAGES_PER_CHUNK))
        kept = (files.read(reading_key(letter_id, chunk)) for chunk in chunks)
        return [_kept(reading) for chunk in kept for reading in _READINGS.validate_json(chunk)]


def _kept(reading: PageReading) -> KeptPage:
    codes = tuple(code.text for code in reading.codes if code.format == "QRCode")
    legible = reading.source is TextSource.TEXT_LAYER or reading.confidence >= _LEGIBLE
    return KeptPage(reading.page, reading.text, codes, legible and not reading.unread and bool(reading.text.strip()))
