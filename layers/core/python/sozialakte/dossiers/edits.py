"""What people change at the same time: each change says who made it, when and what, so that the next one is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Edit:
    """The last change of something people edit. ``what`` are codes of the catalogue (``edited.<code>``)."""

    by: str
    at: datetime
    what: tuple[str, ...]


class ChangedMeanwhileError(Exception):
    """Somebody else changed it since it was read; ``version`` is the one there now, ``edit`` says who and what."""

    def __init__(self, version: int, edit: Edit) -> None:
        super().__init__(f"version {version}")
        self.version = version
        self.edit = edit


class UnknownThingError(LookupError):
    """There is no such document, note, task or entry here."""


class MovedAwayError(UnknownThingError):
    """The document lies in another dossier by now; ``edit`` says who moved it there, ``version`` is its own then."""

    def __init__(self, to_dossier: str, version: int, edit: Edit) -> None:
        super().__init__(to_dossier)
        self.to_dossier = to_dossier
        self.version = version
        self.edit = edit
