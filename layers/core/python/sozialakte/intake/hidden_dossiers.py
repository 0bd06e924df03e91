"""What somebody sees of letters and pages who must not know of some dossiers. Pure.

Of a letter that lies in one of them only its pages, its state and when it came to it: not which dossier, not of what
kind it is, not who looks after it. Of other letters only the reasons go that name such a dossier.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace

from sozialakte.intake.ledger import PageAccount
from sozialakte.intake.letter import BACKFILE, MACHINE, Letter, LetterState, Step
from sozialakte.shared.reasons import Reason, without

NOT_SHOWN = Reason("letter.not_shown")


def shown_letter(letter: Letter, hidden: AbstractSet[str]) -> Letter:
    """The letter as if there were no ``hidden`` dossiers; one that lies in such a dossier only says that it is kept."""
    history = tuple(_shown_step(step, hidden) for step in letter.history)
    reasons = without(letter.reasons, hidden)
    if letter.dossier_id not in hidden:
        return replace(letter, reasons=reasons, history=history)
    history = tuple(_unnamed(step) for step in history)
    known = {MACHINE, BACKFILE, *(step.by for step in history)}
    return replace(
        letter,
        dossier_id=None,
        inbox=None,
        facts=None,
        confidence=None,
        reasons=(NOT_SHOWN,),
        history=history,
        decided_by=letter.decided_by if letter.decided_by in known else MACHINE,
    )


def shown_page(account: PageAccount, hidden: AbstractSet[str]) -> PageAccount:
    """The line of the ledger; a cover or a label of a ``hidden`` dossier says only that it is one."""
    return replace(account, reason=NOT_SHOWN) if hidden & account.reason.dossiers() else account


def _shown_step(step: Step, hidden: AbstractSet[str]) -> Step:
    named = step.reason is not None and step.reason.tells_of(hidden)
    return replace(step, reason=None) if named else step


def _unnamed(step: Step) -> Step:
    """Who put it where it lies is one of those who may see it."""
    return replace(step, by=MACHINE) if step.state is LetterState.FILED else step
