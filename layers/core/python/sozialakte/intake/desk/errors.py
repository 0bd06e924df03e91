"""What the review desk refuses, each named after the rule that is broken. Pure."""

from __future__ import annotations

from sozialakte.intake.letter import Letter


class DeskError(ValueError):
    """A decision about ``letter`` that is not possible now."""

    def __init__(self, letter: Letter) -> None:
        super().__init__(letter.letter_id)
        self.letter = letter


class LetterClaimedError(DeskError):
    """Somebody else is at it."""


class NothingToUndoError(DeskError):
    """Nobody has decided about it."""


class AlreadyFiledError(DeskError):
    """It lies in a dossier: from there it is moved, with a trace."""


class AlreadyReplacedError(DeskError):
    """Its pages are put together anew, or were: what they became is decided about."""


class MergeAcrossBatchesError(DeskError):
    """Letters of different batches stay apart: each batch accounts for its own pages."""


class NoSuchPageError(ValueError):
    """The letter has no such page, or it cannot be meant; ``field`` is where it was named."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class NotMergeableError(ValueError):
    """A letter cannot be merged with itself."""
