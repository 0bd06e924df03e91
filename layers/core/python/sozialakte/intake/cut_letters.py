"""Cut the letters of a plan out of a batch: each gets its file, then its row; what has its row is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sozialakte.intake.batch import Batch, letter_key, set_aside_key, whole_file_key
from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.letter import Letter, LetterState, Step, StoredObject, letter_id_of
from sozialakte.intake.model import CutPlan, PageFate, PlannedLetter
from sozialakte.intake.pdf.active_content import lost_by_copying
from sozialakte.intake.pdf.check import PdfSource, open_source
from sozialakte.intake.pdf.extract import write_pages
from sozialakte.intake.store import IntakeStore
from sozialakte.shared.reasons import Reason


@dataclass(frozen=True)
class CutLetters:
    """The cutting with what it works on. ``folder`` has room for the largest letter."""

    store: IntakeStore
    files: IntakeFiles
    folder: Path
    now: datetime

    def __call__(self, batch: Batch, plan: CutPlan, pdf: Path) -> None:
        """Write all letters that are not there yet, and what is no letter aside."""
        present = self.store.letter_ids_of(batch.batch_id)
        with open_source(pdf) as source:
            lost = lost_by_cutting(plan, source)
            for position, planned in enumerate(plan.letters):
                letter_id = letter_id_of(batch.batch_id, planned.pages)
                if letter_id not in present:
                    cut = self._write(pdf, source, planned.pages)
                    kept = self.files.keep_once(letter_key(letter_id, "original.pdf"), cut)
                    objections = (*_doubts_about(planned), *batch.doubts_about(position), *lost)
                    self.store.add_letter(self._letter(batch, planned, kept, objections))
            self._keep_aside(batch, plan, pdf, source)
        if lost:
            self.files.keep_once(whole_file_key(batch.batch_id), pdf)

    def _letter(
        self, batch: Batch, planned: PlannedLetter, kept: tuple[StoredObject, str], objections: tuple[Reason, ...]
    ) -> Letter:
        original, sha256 = kept
        return Letter(
            letter_id=letter_id_of(batch.batch_id, planned.pages),
            batch_id=batch.batch_id,
            pages=planned.pages,
            sha256=sha256,
            original=original,
            received_at=batch.received_at,
            state=LetterState.CUT,
            since=self.now,
            history=(Step(LetterState.CUT, self.now),),
            named_dossier=planned.dossier_id,
            named_by=planned.named_by,
            lane=batch.upload.lane,
            section=planned.section,
            objections=objections,
            rescan=planned.rescan,
        )

    def _keep_aside(self, batch: Batch, plan: CutPlan, pdf: Path, source: PdfSource) -> None:
        aside = tuple(finding.page for finding in plan.findings if finding.fate is not PageFate.LETTER)
        if aside:
            self.files.keep_once(set_aside_key(batch.batch_id), self._write(pdf, source, aside))

    def _write(self, pdf: Path, source: PdfSource, pages: Sequence[int]) -> Path:
        """The pages as a file of their own. All pages are the file itself: its signature stays valid."""
        if _are_all(pages, len(source.pages)):
            return pdf
        target = self.folder / "cut.pdf"
        write_pages(source, pages, target)
        return target


def lost_by_cutting(plan: CutPlan, source: PdfSource) -> tuple[Reason, ...]:
    """What the file carries beside its pages and no letter will: attachments may belong to any of them, so people look.

    Raises `UnreadableFileError` for a file whose catalogue is broken.
    """
    if len(plan.letters) == 1 and _are_all(plan.letters[0].pages, plan.pages_in):
        return ()
    return lost_by_copying(source)


def _are_all(pages: Sequence[int], count: int) -> bool:
    return list(pages) == list(range(1, count + 1))


def _doubts_about(planned: PlannedLetter) -> tuple[Reason, ...]:
    return (*((Reason("page.codes_contradict"),) if planned.disputed else ()), *planned.doubts)
