"""What was read of the same pages in an earlier run: reading takes longer than all else a run does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sozialakte.intake import messages
from sozialakte.intake.desk.model import PageTurn
from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.kept_readings import reading_key
from sozialakte.intake.letter import Letter
from sozialakte.intake.read_pages import ReadPages, searchable_key
from sozialakte.intake.store import IntakeStore
from sozialakte.runtime.sqs import process_messages
from sozialakte.shared.clock import utc_now
from tests.aws import INTAKE, LETTERS
from tests.lambda_events import Context

Pages = tuple[str, str, int, tuple[PageTurn, ...]]
_KEPT: dict[Pages, tuple[bytes, bytes]] = {}


@dataclass(frozen=True)
class ReadOnce(ReadPages):
    """Reads as the function does, and the same pages of the same file only once in this process."""

    def _read(self, letter: Letter, chunk: int) -> None:
        pages = (letter.letter_id, letter.sha256, chunk, letter.turns)
        if pages not in _KEPT:
            super()._read(letter, chunk)
            kept = (searchable_key(letter, chunk), reading_key(letter.letter_id, chunk))
            _KEPT[pages] = (self.files.read(kept[0]), self.files.read(kept[1]))
            return
        searchable, reading = _KEPT[pages]
        path = self.folder / "searchable.pdf"
        path.write_bytes(searchable)
        self.files.keep(searchable_key(letter, chunk), path)
        self.files.write(reading_key(letter.letter_id, chunk), reading)


def read_once(event: Mapping[str, object]) -> object:
    """Takes the place of the function that reads, wherever another one is tried."""

    def read(body: Mapping[str, object]) -> None:
        message = messages.ReadPages.parse(body)
        with TemporaryDirectory() as folder:
            files = IntakeFiles(scans="", letters=LETTERS)
            ReadOnce(IntakeStore(INTAKE), files, Path(folder), utc_now())(message.letter_id, message.chunk)

    return process_messages(event, Context(), read)
