"""The messages of the intake's queues: ids only, versioned, refused when unknown."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sozialakte.shared.ids import LetterId
from sozialakte.shared.messages import Message


class ReadPages(Message):
    """Read one chunk (from 0) of a letter."""

    type: Literal["intake.read-pages"] = "intake.read-pages"
    letter_id: LetterId
    chunk: Annotated[int, Field(ge=0)]


class PicturePages(Message):
    """Picture the pages of a letter that has come to people."""

    type: Literal["intake.picture-pages"] = "intake.picture-pages"
    letter_id: LetterId


class MakeParts(Message):
    """Carry out how people put the pages of letters together; ``letter_id`` is the one that leads the plan."""

    type: Literal["intake.make-parts"] = "intake.make-parts"
    letter_id: LetterId


class IdentifyLetter(Message):
    """Find the dossier of a letter that has been read."""

    type: Literal["intake.identify-letter"] = "intake.identify-letter"
    letter_id: LetterId
