"""Count an inbox anew: its counters are set to what lies in it, should they ever have drifted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sozialakte.dossiers.inbox_counters import CountsChangedError, Place
from sozialakte.dossiers.inbox_store import InboxStore

_ATTEMPTS = 5


@dataclass(frozen=True)
class RecountInbox:
    """The use case with what it works on."""

    store: InboxStore

    def __call__(self, inbox: str) -> Mapping[Place, tuple[int, int]]:
        """What was wrong, by place: the old and the right number. Raises `CountsChangedError`."""
        for _ in range(_ATTEMPTS):
            try:
                return self.store.recount(inbox)
            except CountsChangedError:
                continue
        raise CountsChangedError(inbox)
