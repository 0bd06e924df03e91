"""Where the texts of a letter lie once they have been read. No PDF library here: who identifies a letter has none."""

from __future__ import annotations

import json

from sozialakte.intake.batch import letter_key
from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.letter import Letter


def reading_key(letter_id: str, chunk: int) -> str:
    """Where the texts of a chunk lie."""
    return letter_key(letter_id, f"reading-{chunk:03d}.json")


def texts_of(files: IntakeFiles, letter: Letter) -> list[str]:
    """The text of each page of a letter that has been read."""
    readings = [json.loads(files.read(reading_key(letter.letter_id, chunk))) for chunk in range(letter.chunks)]
    return [page["text"] for reading in readings for page in reading["pages"]]
