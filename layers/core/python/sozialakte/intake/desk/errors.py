"""What the review desk refuses, each named after the rule that is broken. Pure."""

from __future__ import annotations

from sozialakte.intake.letter import Letter


class DeskError(ValueError):
    """A decision about ``letter`` that is not possible now; ``code`` names the problem for people."""

    code = "letter_not_in_review"

    def __init__(self, letter: Letter) -> None:
        super().__init__(letter.letter_id)
        self.letter = letter


class LetterClaimedError(DeskError):
    """Somebody else is at it."""

    code = "letter_claimed"


class NothingToUndoError(DeskError):
    """Nobody has decided about it."""

    code = "nothing_to_undo"


class AlreadyFiledError(DeskError):
    """It lies in a dossier: from there it is moved, with a trace."""

    code = "letter_filed"


class AlreadyReplacedError(DeskError):
    """Its pages are put together anew, or were: what they became is decided about."""

    code = "letter_replaced"


class MergeAcrossBatchesError(DeskError):
    """Letters of different batches stay apart: each batch accounts for its own pages."""

    code = "merge_across_batches"


class NoSuchPageError(ValueError):
    """The letter has no such page, or it cannot be meant; ``field`` is where it was named."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class NotMergeableError(ValueError):
    """A letter cannot be merged with itself."""
