"""Read one chunk of a letter; the last chunk to finish moves the letter on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sozialakte.intake.batch import letter_key
from sozialakte.intake.desk.pictures import turns_by_page
from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.kept_readings import reading_key, to_json
from sozialakte.intake.letter import Letter, LetterState
from sozialakte.intake.pages.texts import read_chunk
from sozialakte.intake.pdfa.join import join_pdfa
from sozialakte.intake.store import IntakeStore, StaleLetterError


@dataclass(frozen=True)
class ReadPages:
    """The use case with what it works on. ``folder`` is an empty folder on disk."""

    store: IntakeStore
    files: IntakeFiles
    folder: Path
    now: datetime

    def __call__(self, letter_id: str, chunk: int) -> None:
        """Read the chunk unless the letter has gone on. Raises `UnknownLetterError`."""
        letter = self.store.letter(letter_id)
        if letter.state is not LetterState.CUT:
            return
        self._read(letter, chunk)
        done = self.store.mark_chunk_read(letter_id, chunk)
        if len(done) == letter.chunks:
            self._finish(letter)

    def _read(self, letter: Letter, chunk: int) -> None:
        original = self.folder / "original.pdf"
        searchable = self.folder / "searchable.pdf"
        self.files.fetch(letter.original, original)
        pages, turns = letter.chunk_pages(chunk), turns_by_page(letter)
        readings = read_chunk(original, pages, searchable, letter.letter_id, turns=turns)
        self.files.keep(searchable_key(letter, chunk), searchable)
        self.files.write(reading_key(letter.letter_id, chunk), to_json(readings))

    def _finish(self, letter: Letter) -> None:
        if letter.chunks > 1:
            self._join(letter)
        try:
            self.store.save_letter(letter.read(self.now))
        except StaleLetterError:
            # Two chunks finished together and both saw the full set; the other one moved the letter on.
            return

    def _join(self, letter: Letter) -> None:
        parts = [self.folder / f"part-{chunk}.pdf" for chunk in range(letter.chunks)]
        for chunk, part in enumerate(parts):
            self.files.fetch_latest(searchable_key(letter, chunk), part)
        whole = self.folder / "whole.pdf"
        join_pdfa(parts, whole, letter.letter_id)
        self.files.keep(letter_key(letter.letter_id, "searchable.pdf"), whole)


def searchable_key(letter: Letter, chunk: int) -> str:
    """Where a chunk's searchable pages lie; a letter of one chunk needs no joining."""
    return letter_key(letter.letter_id, "searchable.pdf" if letter.chunks == 1 else f"searchable-{chunk:03d}.pdf")
