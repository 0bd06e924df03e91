"""Find the dossier of a letter from what was read, send it where it belongs instead, or hand it to a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sozialakte.intake.backfile.place_document import place
from sozialakte.intake.desk.store import DeskStore
from sozialakte.intake.desk.tie_rescan import is_expected
from sozialakte.intake.destinations import with_destination
from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.identifying.decide_dossier import Decision, decide, without_sender
from sozialakte.intake.identifying.gather_evidence import Asked, Named, gather_evidence
from sozialakte.intake.kept_readings import readings_of
from sozialakte.intake.known_references import sender_signatures, signatures_of
from sozialakte.intake.letter import Letter, LetterState
from sozialakte.intake.letter_facts import ProposedCut
from sozialakte.intake.model import Lane
from sozialakte.intake.store import IntakeStore
from sozialakte.intake.understanding.letter_contents import LetterContents, read_letter
from sozialakte.register import RegisterStore
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.reasons import Reason


@dataclass(frozen=True)
class IdentifyLetter:
    """The use case with what it works on."""

    store: IntakeStore
    files: IntakeFiles
    register: RegisterStore
    now: datetime
    desk: DeskStore

    def __call__(self, letter_id: str) -> None:
        """Decide, unless it has been decided. Raises `UnknownLetterError`."""
        letter = self.store.letter(letter_id)
        if letter.state is LetterState.READ:
            self.store.save_letter(self._decided(replace(letter, objections=self._objections(letter))))

    def _objections(self, letter: Letter) -> tuple[Reason, ...]:
        """Whatever the cut found; and a new scan that replaces nothing may be there twice."""
        if letter.rescan is None or is_expected(self.desk, letter, letter.rescan):
            return letter.objections
        unexpected = Reason("rescan.unexpected", {"rescan_id": letter.rescan})
        return letter.objections if unexpected in letter.objections else (*letter.objections, unexpected)

    def _decided(self, letter: Letter) -> Letter:
        readings = readings_of(self.files, letter)
        if letter.lane is Lane.BACKFILE:
            return place(letter, readings, self.now)
        contents = read_letter(readings, zurich_date(letter.received_at))
        references = [(one.label, one.value) for one in contents.references]
        signatures = signatures_of(contents.sender_keys, references) or sender_signatures(contents.sender_keys)
        text = "\n".join(reading.text for reading in readings)
        decision = self._decide(letter, contents, text, signatures)
        known = letter.know(contents.facts, decision.confidence, signatures, decision.grounds)
        return self._step(known, decision)

    def _decide(self, letter: Letter, contents: LetterContents, text: str, signatures: Sequence[str]) -> Decision:
        named = Named(letter.named_dossier, letter.named_by) if letter.named_dossier and letter.named_by else None
        known = self.store.find_known_references(signatures)
        evidence = gather_evidence(Asked(contents, text, named, known), self.register)
        cuts = tuple(_proposed(contents.facts.proposed_cuts))
        evidence = replace(evidence, objections=(*letter.objections, *evidence.objections, *cuts, *contents.gaps))
        return with_destination(decide(evidence), contents, without_sender(evidence), text)

    def _step(self, letter: Letter, decision: Decision) -> Letter:
        if decision.destination:
            return letter.forward(decision.destination, decision.reasons, self.now)
        if decision.dossier_id:
            return letter.identify(decision.dossier_id, decision.reasons, self.now, teaches=decision.teaches)
        return letter.review(decision.reasons, decision.candidates, self.now)


def _proposed(cuts: Sequence[ProposedCut]) -> Iterator[Reason]:
    """The machine never cuts by guess: where two letters may lie in one, a person looks."""
    yield from (cut.reason for cut in cuts)
