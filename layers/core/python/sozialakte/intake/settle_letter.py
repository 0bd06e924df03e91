"""Record what the dossiers made of a letter: filed, or refused and back to a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sozialakte.dossiers import DocumentFiled, FilingRefused
from sozialakte.intake.letter import Letter, LetterState
from sozialakte.intake.store import IntakeStore


@dataclass(frozen=True)
class SettleLetter:
    """The use case with what it works on."""

    store: IntakeStore
    now: datetime

    def filed(self, message: DocumentFiled) -> None:
        """The document exists, so the letter is filed, whatever it waited for meanwhile; or it was moved since."""
        letter = self.store.letter(message.letter_id)
        if letter.state is not LetterState.FILED:
            filed = letter.file(message.dossier_id, message.inbox, self.now, message.filing_version)
            self.store.save_letter(filed)
        elif message.moved_by is not None:
            self._follow(letter, message)

    def _follow(self, letter: Letter, message: DocumentFiled) -> None:
        """A person put it into another dossier: what it teaches follows."""
        refiled = letter.refile(message.dossier_id, message.inbox, message.filing_version, message.moved_by, self.now)
        if refiled is not letter:
            self.store.save_letter(refiled)

    def refused(self, message: FilingRefused) -> None:
        """Back to review, unless the answer is to an attempt that has been overtaken."""
        letter = self.store.letter(message.letter_id)
        if letter.state is LetterState.IDENTIFIED and letter.version == message.attempt:
            self.store.save_letter(letter.refuse(message.reason.reason(), self.now))
