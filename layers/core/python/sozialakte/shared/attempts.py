"""Who tried to do what, and whether they were let: the fact that access is about and the audit keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sozialakte.shared.access import Decision, Role


@dataclass(frozen=True)
class Attempt:
    """One attempt of a member of staff, decided but not yet carried out.

    ``subject`` is what it is about (``dossier#SH-2026-00123``, ``letter#...``, ``batch#...``, ``inbox#...``); ``part``
    narrows it (one document of the dossier). ``at`` (UTC) and ``request_id`` are those of the request at the gateway,
    so that a request delivered twice is the same attempt. Ids only, no contents.
    """

    request_id: str
    at: datetime
    staff_id: str
    roles: frozenset[Role]
    subject: str
    decision: Decision
    part: str | None = None


class AttemptNotRecordedError(RuntimeError):
    """The audit could not be written: no entry, no data."""
