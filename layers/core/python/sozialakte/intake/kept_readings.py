"""Where readings lie. No PDF library here: who identifies a letter has none."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import TypeAdapter

from sozialakte.intake.batch import letter_key
from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.letter import Letter
from sozialakte.intake.readings import PageReading

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
