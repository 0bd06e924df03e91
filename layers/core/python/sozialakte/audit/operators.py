"""What operators see with their own access to AWS, past the routes: written down like every other look."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sozialakte.audit.model import AuditEntry, entry_of
from sozialakte.shared.access import Action, Decision, Relation
from sozialakte.shared.attempts import Attempt


@dataclass(frozen=True)
class Operator:
    """Who runs a command: the ARN AWS knows them by; ``run_id`` is of this one run, at a moment (UTC)."""

    arn: str
    run_id: str
    at: datetime

    def look(self, action: Action, subject: str, part: str | None = None) -> AuditEntry:
        """The entry of a look: allowed, but by no role and in no relation; AWS let them, not we."""
        decision = Decision(action, Relation.NONE, None)
        attempt = Attempt(self.run_id, self.at, self.arn, frozenset(), subject, decision, part)
        return replace(entry_of(attempt), allowed=True)
