"""What the routes of the audit give: entries in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sozialakte.audit.model import AuditEntry
from sozialakte.register import StaffMember
from sozialakte.shared.model import Model
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say


class TraceAnswer(Model):
    """Who did, or was refused, what, when, and in which relation; ``text`` says it in one sentence."""

    at: datetime
    staff_id: str
    staff_name: str | None
    action: str
    part: str | None
    relation: str
    role: str | None
    allowed: bool
    text: str

    @classmethod
    def of(cls, entry: AuditEntry, staff: Mapping[str, StaffMember]) -> TraceAnswer:
        """The entry in words; ``staff`` by id knows the names."""
        member = staff.get(entry.staff_id)
        return cls(
            at=entry.at,
            staff_id=entry.staff_id,
            staff_name=member.name if member else None,
            action=entry.action.value,
            part=entry.part,
            relation=entry.relation.value,
            role=entry.role.value if entry.role else None,
            allowed=entry.allowed,
            text=sentence(entry, member.name if member else entry.staff_id),
        )


class TraceList(Model):
    """Entries about a subject, newest first; ``next`` is the cursor of the next page.

    For a person the subjects follow one another: the person, then each dossier. A page may be empty before the end.
    """

    subject: str
    traces: list[TraceAnswer]
    next: str | None


def sentence(entry: AuditEntry, name: str) -> str:
    """For example: Anna Beispiel hat ein Dokument geöffnet (zuständig)."""
    did = say(Reason(f"action.{entry.action}"))
    relation = say(Reason(f"relation.{entry.relation}"))
    code = "audit.did" if entry.allowed else "audit.refused"
    return say(Reason(code, {"name": name, "action": did, "relation": relation}))
