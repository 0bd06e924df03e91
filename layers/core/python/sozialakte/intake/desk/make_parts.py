"""Make the letters of a rearrangement: each part gets its file, then all letters change places at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sozialakte.intake.batch import letter_key
from sozialakte.intake.desk.model import Part, Rearrangement
from sozialakte.intake.desk.parts import letters_made, pages_in
from sozialakte.intake.desk.steps import replaced
from sozialakte.intake.desk.store import DeskStore
from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.letter import Letter, LetterState, StoredObject
from sozialakte.intake.pdf.extract import write_pages
from sozialakte.intake.pdf.join import join_pages
from sozialakte.intake.store import StaleLetterError


@dataclass(frozen=True)
class MakeParts:
    """The use case with what it works on. ``folder`` is an empty folder on disk."""

    store: DeskStore
    files: IntakeFiles
    folder: Path
    now: datetime

    def __call__(self, letter_id: str) -> None:
        """Carry out the plan of the letter that leads it, unless that is done or given up."""
        lead = self.store.letter(letter_id)
        plan = lead.rearrangement
        if lead.state is not LetterState.REARRANGING or plan is None:
            return
        sources = [self.store.letter(source) for source in plan.sources]
        if any(source.rearrangement != plan for source in sources):
            return  # one was given up: people see each of them again
        self._change_places(sources, plan, self._files(sources, plan))

    def _change_places(
        self, sources: Sequence[Letter], plan: Rearrangement, files: Sequence[tuple[StoredObject, str]]
    ) -> None:
        gone = [(source, replaced(source, plan.letter_ids, self.now)) for source in sources]
        made = [self.store.new_letter(letter) for letter in letters_made(sources, plan, files, self.now)]
        try:
            self.store.decide(gone, made)
        except StaleLetterError:
            # Another process has done the same, or a letter was given up meanwhile.
            return

    def _files(self, sources: Sequence[Letter], plan: Rearrangement) -> list[tuple[StoredObject, str]]:
        originals = [self.folder / f"source-{number}.pdf" for number in range(len(sources))]
        for source, path in zip(sources, originals, strict=True):
            self.files.fetch(source.original, path)
        return [self._file(sources, originals, plan, part) for part in plan.parts]

    def _file(
        self, sources: Sequence[Letter], originals: Sequence[Path], plan: Rearrangement, part: Part
    ) -> tuple[StoredObject, str]:
        taken = []
        for number, (source, original) in enumerate(zip(sources, originals, strict=True)):
            if pages := pages_in(source, part):
                taken.append(self.folder / f"taken-{number}.pdf")
                write_pages(original, pages, taken[-1])
        whole = taken[0] if len(taken) == 1 else self.folder / "whole.pdf"
        if len(taken) > 1:
            join_pages(taken, whole)
        return self.files.keep_once(letter_key(plan.letter_id_of(part), "original.pdf"), whole)
