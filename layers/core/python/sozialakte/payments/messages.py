"""The messages of the payments: letters to look for bills in, and what became of those letters."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from sozialakte.shared.ids import DossierId, LetterId
from sozialakte.shared.messages import Message


class RegisterBills(Message):
    """A letter was read: register every bill in it, whatever becomes of the letter. Repeated: the same."""

    type: Literal["payments.register-bills"] = "payments.register-bills"
    letter_id: LetterId
    object_key: str
    object_version: str
    kind: str | None = None
    page_count: Annotated[int, Field(ge=1)]
    received_at: AwareDatetime


class LetterSettled(Message):
    """What became of the letter: ``fate`` is the state of the letter; a filed one names its dossier.

    Of two such messages about a letter the one with the greater ``letter_version`` counts.
    """

    type: Literal["payments.letter-settled"] = "payments.letter-settled"
    letter_id: LetterId
    fate: Literal["filed", "review", "forwarded", "rejected", "blank", "replaced", "rescan"]
    letter_version: int
    dossier_id: DossierId | None = None
