"""Find the dossier of a letter from what was read, or hand it to a person with the reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sozialakte.intake.decide_dossier import decide
from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.gather_evidence import Named, gather_evidence
from sozialakte.intake.letter import Letter, LetterState
from sozialakte.intake.letter_contents import read_letter
from sozialakte.intake.readings import texts_of
from sozialakte.intake.store import IntakeStore
from sozialakte.register import RegisterStore
from sozialakte.shared.reasons import Reason


@dataclass(frozen=True)
class IdentifyLetter:
    """The use case with what it works on."""

    store: IntakeStore
    files: IntakeFiles
    register: RegisterStore
    now: datetime

    def __call__(self, letter_id: str) -> None:
        """Decide, unless it has been decided. Raises `UnknownLetterError`."""
        letter = self.store.letter(letter_id)
        if letter.state is LetterState.READ:
            self.store.save_letter(self._decided(letter))

    def _decided(self, letter: Letter) -> Letter:
        texts = texts_of(self.files, letter)
        contents = read_letter(texts)
        named = Named(letter.named_dossier, letter.named_by) if letter.named_dossier and letter.named_by else None
        evidence = gather_evidence(contents, texts, named, self.register)
        if letter.disputed:
            evidence = replace(evidence, objections=(*evidence.objections, Reason("page.codes_contradict")))
        decision = decide(evidence)
        if decision.dossier_id:
            return letter.identify(decision.dossier_id, contents.kind, decision.reasons, self.now)
        return letter.review(contents.kind, decision.reasons, decision.candidates, self.now)
