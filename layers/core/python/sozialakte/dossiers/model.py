"""What lies in a dossier and how it may change; what became of a letter here. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from sozialakte.dossiers.edits import Edit
from sozialakte.dossiers.registers import Register, register_of
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.reasons import Reason

DocumentChange = Literal["filed", "relabelled", "moved_in", "moved_out"]
"""What happened to a document in a dossier last."""

NO_INBOX = "backfile"
"""Stands for an inbox where a document was filed into none: nobody is called so."""


@dataclass(frozen=True)
class Labels:
    """What a person may correct. None: as it is; ``removed``: what the letter does not say after all."""

    kind: str | None = None
    register: Register | None = None
    subject: str | None = None
    written_on: date | None = None
    sender: str | None = None
    urgent: bool | None = None
    deadline: date | None = None
    removed: tuple[str, ...] = ()

    @property
    def given(self) -> dict[str, object]:
        """The labels that are to change, by name."""
        said = {name: value for name, value in vars(self).items() if name != "removed" and value is not None}
        return said | dict.fromkeys(self.removed)


@dataclass(frozen=True)
class Document:
    """A document in a dossier. The original is the record: exactly this object version, with this SHA-256, on hold.

    ``unread_pages`` (handwriting, for example) can be seen but not searched; ``notes``: what else to know about it.
    ``register`` is a person's choice; else section or kind decide. ``version`` goes on when it moves to a dossier.
    ``change`` is what made this ``version`` of it. ``section``: the register of the paper dossier it lay in.
    """

    document_id: str
    dossier_id: str
    letter_id: str
    sha256: str
    object_key: str
    object_version: str
    searchable_key: str
    page_count: int
    kind: str
    received_at: datetime
    filed_at: datetime
    inbox: str
    decided_by: str
    reasons: tuple[Reason, ...] = ()
    written_on: date | None = None
    sender: str | None = None
    subject: str | None = None
    urgent: bool = False
    deadline: date | None = None
    unread_pages: tuple[int, ...] = ()
    notes: tuple[Reason, ...] = ()
    register: Register | None = None
    change: DocumentChange = "filed"
    edit: Edit | None = None
    version: int = 1
    section: str | None = None

    @property
    def has_entry(self) -> bool:
        """Whether it came into somebody's inbox; documents of old dossiers are news to nobody."""
        return self.inbox != NO_INBOX

    @property
    def lies_in(self) -> Register:
        """The register it is found in."""
        return self.register or register_of(self.kind, self.section)

    @property
    def dated(self) -> date:
        """The day it is listed under: that of the letter, or if it has none the day it was received."""
        return self.written_on or zurich_date(self.received_at)

    @property
    def last_edit(self) -> Edit:
        """Who changed it last: whoever filed it, as long as nobody else did."""
        return self.edit or Edit(self.decided_by, self.filed_at, ("filed",))

    def relabel(self, labels: Labels, by: str, at: datetime) -> Document:
        """The document as a person labels it; itself if that changes nothing."""
        before = {**vars(self), "register": self.lies_in}
        changed = {name: value for name, value in labels.given.items() if before[name] != value}
        if not changed:
            return self
        edit = Edit(by, at, tuple(changed))
        return replace(self, **changed, change="relabelled", edit=edit, version=self.version + 1)  # type: ignore[arg-type]

    def move(self, dossier_id: str, inbox: str, by: str, at: datetime) -> Document:
        """The same document in another dossier."""
        edit = Edit(by, at, ("dossier",))
        moved = replace(self, dossier_id=dossier_id, inbox=inbox, decided_by=by)
        return replace(moved, change="moved_in", edit=edit, version=self.version + 1)


@dataclass(frozen=True)
class Move:
    """That a document was moved: both dossiers show it. ``version`` is the document's afterwards."""

    document_id: str
    from_dossier: str
    to_dossier: str
    reason: str
    by: str
    at: datetime
    version: int


class FilingState(StrEnum):
    """How an attempt to file ended."""

    FILED = "filed"
    REFUSED = "refused"


@dataclass(frozen=True)
class Filing:
    """What became of a letter here: one row a letter, so that it can never lie in two dossiers.

    ``version`` grows when there is something to announce (again). ``moved_by``: who put it into another dossier later.
    ``asked_by``: who asked for it and is told (``intake``, ``payments``).
    """

    letter_id: str
    dossier_id: str
    attempt: int
    state: FilingState
    at: datetime
    inbox: str | None = None
    reason: Reason | None = None
    version: int = 1
    moved_by: str | None = None
    asked_by: str = "intake"

    def announce_again(self) -> Filing:
        """The same outcome with a new version: somebody did not hear of it."""
        return replace(self, version=self.version + 1)

    def move(self, dossier_id: str, inbox: str, by: str) -> Filing:
        """It lies in another dossier now."""
        return replace(self, dossier_id=dossier_id, inbox=inbox, moved_by=by, version=self.version + 1)
