"""An audit entry: who did (or was refused) what, to which subject, when. Ids only, no contents."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from sozialakte.shared.access import Action, Relation, Role
from sozialakte.shared.attempts import Attempt
from sozialakte.shared.id_forms import DOSSIER_ID


@dataclass(frozen=True)
class AuditEntry:
    """One entry. ``role`` is the role that allowed it, None for a refusal; ``roles`` are all the person had."""

    entry_id: str
    at: datetime
    request_id: str
    staff_id: str
    roles: tuple[Role, ...]
    action: Action
    subject: str
    part: str | None
    relation: Relation
    role: Role | None
    allowed: bool

    @property
    def other_dossiers(self) -> frozenset[str]:
        """The dossiers its part names: where a document was moved to."""
        return frozenset(DOSSIER_ID.findall(self.part or ""))

    def without(self, hidden: AbstractSet[str]) -> AuditEntry:
        """The entry without its part, should that name one of the ``hidden`` dossiers."""
        return replace(self, part=None) if hidden & self.other_dossiers else self


def entry_of(attempt: Attempt) -> AuditEntry:
    """The entry of an attempt; the same attempt delivered again gives the same entry."""
    decision = attempt.decision
    return AuditEntry(
        entry_id=entry_id_of(attempt),
        at=attempt.at,
        request_id=attempt.request_id,
        staff_id=attempt.staff_id,
        roles=tuple(sorted(attempt.roles)),
        action=decision.action,
        subject=attempt.subject,
        part=attempt.part,
        relation=decision.relation,
        role=decision.role,
        allowed=decision.allowed,
    )


def entry_id_of(attempt: Attempt) -> str:
    """From the request, the action, the subject and the outcome.

    The outcome counts too: should a repeated request be decided differently, that is a second fact.
    """
    decision = attempt.decision
    facts = (
        attempt.request_id,
        attempt.staff_id,
        decision.action,
        attempt.subject,
        attempt.part or "",
        str(decision.allowed),
    )
    return sha256("\n".join(facts).encode()).hexdigest()[:32]
