"""Who saw or did what: every attempt is written down before any data leaves."""

from __future__ import annotations

from dataclasses import dataclass

from sozialakte.audit.model import AuditEntry, entry_of
from sozialakte.audit.store import AuditPage, AuditStore
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.attempts import Attempt, AttemptNotRecordedError

__all__ = ["AttemptNotRecordedError", "AuditEntry", "AuditPage", "AuditStore", "entry_of", "record_attempt"]


@dataclass(frozen=True)
class _Settings:
    audit_table: str


def record_attempt(attempt: Attempt) -> None:
    """Write the attempt into the audit table of this stage. Raises `AttemptNotRecordedError`: no entry, no data."""
    AuditStore(read_settings(_Settings).audit_table).record(entry_of(attempt))
