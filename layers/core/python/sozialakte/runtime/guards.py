"""What a route must declare before it may answer: the action, its subject, and how the caller stands to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sozialakte.runtime.identity import Staff
from sozialakte.runtime.requests import Envelope
from sozialakte.shared.access import Action, Relation, decide
from sozialakte.shared.attempts import Attempt


@dataclass(frozen=True)
class Asked:
    """A request that passed validation: who asks, when, and the route's arguments by name."""

    staff: Staff
    envelope: Envelope
    arguments: Mapping[str, object]

    def text(self, name: str, default: str = "") -> str:
        """A text argument of the route; ``default`` where it is left out."""
        value = self.arguments.get(name)
        return value if isinstance(value, str) else default


def _none(_: Asked) -> Relation:
    return Relation.NONE


@dataclass(frozen=True)
class Guard:
    """The declaration. ``subject`` and ``part`` name what is asked for, ``relation`` finds how close the caller is.

    ``relation`` gives ``Relation.NONE`` for what does not exist, so that it looks the same as what is foreign.
    """

    action: Action
    subject: Callable[[Asked], str]
    relation: Callable[[Asked], Relation] = _none
    part: Callable[[Asked], str | None] = lambda _: None

    def attempt(self, asked: Asked) -> Attempt:
        """The decided attempt, ready to be recorded."""
        return Attempt(
            request_id=asked.envelope.request_id,
            at=asked.envelope.at,
            staff_id=asked.staff.staff_id,
            roles=asked.staff.roles,
            subject=self.subject(asked),
            part=self.part(asked),
            decision=decide(asked.staff.roles, self.relation(asked), self.action),
        )
