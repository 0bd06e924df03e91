"""What the routes of the review desk take."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from sozialakte.intake.desk.model import MOST_LETTERS_MERGED, MOST_PARTS, RejectReason, RescanReason
from sozialakte.intake.understanding.kind_words import Kind
from sozialakte.intake.waiting_answers import SeenVersion
from sozialakte.shared.ids import LetterId
from sozialakte.shared.model import Model

PageNumber = Annotated[int, Field(ge=1, le=999_999, description="a page of the letter, numbered from 1")]


class _Decision(Model):
    """A decision about the version of a letter that a person saw."""

    model_config = ConfigDict(extra="forbid", strict=True)

    version: SeenVersion


class SplitLetter(_Decision):
    """A new letter begins with each of these pages."""

    first_pages: Annotated[list[Annotated[PageNumber, Field(ge=2)]], Field(min_length=1, max_length=MOST_PARTS - 1)]


class OtherLetter(_Decision):
    """Another letter of the same batch."""

    letter_id: LetterId


class MergeLetters(_Decision):
    """These letters follow, in this order."""

    others: Annotated[list[OtherLetter], Field(min_length=1, max_length=MOST_LETTERS_MERGED - 1)]


class SetBlank(_Decision):
    """These pages are blank."""

    pages: Annotated[list[PageNumber], Field(min_length=1, max_length=2000)]


class TurnedPage(Model):
    """A page is upright once its picture as scanned is turned clockwise by so many degrees."""

    model_config = ConfigDict(extra="forbid", strict=True)

    page: PageNumber
    clockwise: Annotated[int, Field(ge=0, le=270, multiple_of=90)]


class TurnPages(_Decision):
    """How these pages lie."""

    turns: Annotated[list[TurnedPage], Field(min_length=1, max_length=2000)]


class ReclassifyLetter(_Decision):
    """It is of this kind."""

    kind: Annotated[Kind, Field(strict=False)]


class RejectLetter(_Decision):
    """It goes nowhere, because of this."""

    reason: Annotated[RejectReason, Field(strict=False)]


class OrderRescan(_Decision):
    """The scanning centre shall scan it again, because of this."""

    reason: Annotated[RescanReason, Field(strict=False)]


class UndoDecision(_Decision):
    """What was decided is taken back."""
