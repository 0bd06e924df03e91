"""Record what the dossiers made of a letter: filed, or refused and back to a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sozialakte.dossiers import DocumentFiled, FilingRefused
from sozialakte.intake.desk.steps import brought_back, filed_late
from sozialakte.intake.letter import Letter, LetterState
from sozialakte.intake.store import IntakeStore


@dataclass(frozen=True)
class SettleLetter:
    """The use case with what it works on."""

    store: IntakeStore
    now: datetime

    def filed(self, message: DocumentFiled) -> None:
        """The document exists, so the letter is filed, whatever it waited for meanwhile; or it was moved since.

        If others have taken its place, they go their own way: its biography tells of the document.
        """
        letter = self.store.letter(message.letter_id)
        settled = self._settled(letter, message)
        if settled is not letter:
            self.store.save_letter(settled)

    def _settled(self, letter: Letter, message: DocumentFiled) -> Letter:
        if letter.state is LetterState.REPLACED:
            return filed_late(letter, message.dossier_id, self.now)
        if letter.state is not LetterState.FILED:
            return letter.file(message.dossier_id, message.inbox, self.now, message.filing_version, message.moved_by)
        if message.moved_by is None:
            return letter
        return letter.refile(message.dossier_id, message.inbox, message.filing_version, message.moved_by, self.now)

    def refused(self, message: FilingRefused) -> None:
        """Back to review, unless the answer is to an attempt that has been overtaken."""
        letter = self.store.letter(message.letter_id)
        if letter.version != message.attempt:
            return
        if letter.state is LetterState.IDENTIFIED:
            self.store.save_letter(letter.refuse(message.reason.reason(), self.now))
        elif letter.state is LetterState.RECALLED:
            undone = letter.history[-1]
            reason = undone.reason or message.reason.reason()
            self.store.save_letter(brought_back(letter, reason, self.now, by=undone.by))
