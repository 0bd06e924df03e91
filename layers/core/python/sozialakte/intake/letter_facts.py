"""What a letter says about itself, as far as the machine understands it: shown to people, and kept with the document.

Sender and subject may hold names: they live in tables and messages, which are encrypted, and in no key, log or address.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sozialakte.shared.reasons import Reason

# A row holds 400 KB, and SQS bills a message by 64 KB: whatever a letter looks like, its facts stay far below.
LONGEST_SENDER = 120  # characters
LONGEST_SUBJECT = 200  # characters
MOST_CUTS = 50
MOST_NOTES = 20


@dataclass(frozen=True)
class ProposedCut:
    """A new letter may begin with page ``page`` (the letter's own numbering, from 2): only a person cuts there."""

    page: int
    reason: Reason


@dataclass(frozen=True)
class LetterFacts:
    """``written_on`` and ``deadline`` are dates in Europe/Zurich.

    ``urgent``: somebody must act soon; ``deadline`` says until when, where the letter tells. ``unread_pages`` are kept
    as images only, for example handwriting. ``notes`` name what else people should know (a form, active content).
    """

    kind: str = "other"
    written_on: date | None = None
    sender: str | None = None
    subject: str | None = None
    urgent: bool = False
    deadline: date | None = None
    unread_pages: tuple[int, ...] = ()
    proposed_cuts: tuple[ProposedCut, ...] = ()
    notes: tuple[Reason, ...] = ()

    def bounded(self) -> LetterFacts:
        """The same, no longer than a row and a person can take: texts cut off, the first cuts and notes only."""
        return replace(
            self,
            sender=self.sender[:LONGEST_SENDER] if self.sender else None,
            subject=self.subject[:LONGEST_SUBJECT] if self.subject else None,
            proposed_cuts=self.proposed_cuts[:MOST_CUTS],
            notes=self.notes[:MOST_NOTES],
        )
