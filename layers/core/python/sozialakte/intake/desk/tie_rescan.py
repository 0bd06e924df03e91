"""A scan that was ordered has come: it takes the place of the old one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sozialakte.intake.desk.model import RescanOrder, RescanState
from sozialakte.intake.desk.steps import replaced
from sozialakte.intake.desk.store import DeskStore, UnknownRescanError
from sozialakte.intake.letter import Letter, LetterState
from sozialakte.intake.store import StaleLetterError


@dataclass(frozen=True)
class TieRescan:
    """The use case with what it works on."""

    store: DeskStore
    now: datetime

    def __call__(self, new: Letter) -> Letter:
        """Replace the letter the order is about, if it still waits; a second scan of one order replaces nothing.

        Answers the new letter, which goes on as the old one did: of an old dossier, it is news to nobody, whichever
        bucket it came through.
        """
        try:
            order = self.store.order(new.rescan or "")
        except UnknownRescanError:
            return new  # a number nobody ordered: `is_expected` says so, and a person looks
        if order.state is RescanState.OPEN:
            self._replace(order, new)
        kept = self.store.letter(new.letter_id)
        return replace(new, lane=kept.lane, section=kept.section)

    def _replace(self, order: RescanOrder, new: Letter) -> None:
        old = self.store.letter(order.letter_id)
        if old.state is not LetterState.RESCAN or old.ordered_rescan != order.rescan_id:
            return
        done = replace(order, state=RescanState.DONE, new_letter_id=new.letter_id, version=order.version + 1)
        heir = replace(new, lane=old.lane, section=old.section)
        try:
            # The heir's version stays: the publisher, which called this, is about to say what follows from it.
            changes = [(old, replaced(old, [new.letter_id], self.now)), (new, heir)]
            self.store.decide(changes, [self.store.changed_order(done)])
        except StaleLetterError:
            # Somebody took the order back at the same moment, or another process has done the same.
            return


def is_expected(store: DeskStore, letter: Letter, rescan_id: str) -> bool:
    """Whether the letter, or one its pages were in before, is the one that came for this order."""
    try:
        order = store.order(rescan_id)
    except UnknownRescanError:
        return False
    return order.new_letter_id in {letter.letter_id, *letter.made_from}
