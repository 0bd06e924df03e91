"""Attempts for tests of the audit."""

from __future__ import annotations

from datetime import datetime

from sozialakte.shared.access import Action, Relation, Role, decide
from sozialakte.shared.attempts import Attempt

SUBJECT = "batch#x"


def an_attempt(at: datetime, request_id: str = "r-1", subject: str = SUBJECT) -> Attempt:
    """The mailroom looks at a batch; ``subject`` may be anything."""
    decision = decide([Role.MAILROOM], Relation.NONE, Action.READ_BATCH)
    return Attempt(request_id, at, "ma-200", frozenset({Role.MAILROOM}), subject, decision)
