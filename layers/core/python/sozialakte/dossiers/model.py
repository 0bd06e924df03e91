"""What lies in a dossier and what waits in an inbox."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal

from sozialakte.shared.clock import zurich_date
from sozialakte.shared.reasons import Reason

URGENT_FOR = timedelta(days=30)
"""So long after its day an urgent entry still stands among the urgent ones; then the others would drown in old ones."""


@dataclass(frozen=True)
class Document:
    """A document in a dossier. The original is the record: exactly this object version, with this SHA-256, on hold.

    ``unread_pages`` (handwriting, for example) can be seen but not searched; ``notes``: what else to know about it.
    ``change`` is what made this ``version`` of it.
    ``section``: the register of the paper dossier it lay in.
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
    change: Literal["filed", "relabelled", "moved_in"] = "filed"
    version: int = 1
    section: str | None = None


@dataclass(frozen=True)
class InboxEntry:
    """A new document in somebody's inbox (a staff id, ``team-<team>`` or ``office``), and why it lies there."""

    inbox: str
    document_id: str
    dossier_id: str
    kind: str
    page_count: int
    received_at: datetime
    filed_at: datetime
    reason: Reason
    written_on: date | None = None
    sender: str | None = None
    subject: str | None = None
    urgent: bool = False
    deadline: date | None = None

    @property
    def due(self) -> date | None:
        """Of an urgent one: the day by which somebody must act. Without a deadline that is the day it was filed."""
        return (self.deadline or zurich_date(self.filed_at)) if self.urgent else None


class FilingState(StrEnum):
    """How an attempt to file ended."""

    FILED = "filed"
    REFUSED = "refused"


@dataclass(frozen=True)
class Filing:
    """What became of a letter here: one row a letter, so that it can never lie in two dossiers.

    ``version`` grows when there is something to announce (again).
    """

    letter_id: str
    dossier_id: str
    attempt: int
    state: FilingState
    at: datetime
    inbox: str | None = None
    reason: Reason | None = None
    version: int = 1

    def announce_again(self) -> Filing:
        """The same outcome with a new version: somebody did not hear of it."""
        return replace(self, version=self.version + 1)
