"""The states of a letter and the only steps between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from sozialakte.shared.reasons import Reason

MACHINE = "machine"


class LetterState(StrEnum):
    """Where a letter stands.

    ``FILED`` and ``REPLACED`` are the end; what was replaced may still hear that it was filed. ``REVIEW`` waits for
    a person, ``FORWARDED`` until one takes it, ``RESCAN`` for a new scan. ``BLANK`` and ``REJECTED`` are set aside
    and can be brought back. ``REARRANGING``: its pages are put together anew; ``RECALLED``: a decision was taken
    back, and the dossiers say whether it was filed before.
    """

    CUT = "cut"
    READ = "read"
    IDENTIFIED = "identified"
    REVIEW = "review"
    FORWARDED = "forwarded"
    FILED = "filed"
    REARRANGING = "rearranging"
    REPLACED = "replaced"
    BLANK = "blank"
    REJECTED = "rejected"
    RESCAN = "rescan"
    RECALLED = "recalled"


class Destination(StrEnum):
    """Where a letter goes that belongs into no dossier."""

    NEW_CASE = "new_case"
    JOB_APPLICATIONS = "job_applications"
    OTHER_OFFICE = "other_office"


_BY_PEOPLE = frozenset(
    {
        LetterState.CUT,
        LetterState.IDENTIFIED,
        LetterState.FORWARDED,
        LetterState.REVIEW,
        LetterState.REARRANGING,
        LetterState.BLANK,
        LetterState.REJECTED,
        LetterState.RESCAN,
    }
)
"""What people may decide about a letter that waits for them; turned pages are read again."""
_BACK = frozenset({LetterState.REVIEW, LetterState.FILED})
"""A late answer of the dossiers always counts: a document that exists is filed."""

LETTER_STEPS: Mapping[LetterState, frozenset[LetterState]] = MappingProxyType(
    {
        LetterState.CUT: frozenset({LetterState.READ, LetterState.REVIEW}),
        LetterState.READ: frozenset({LetterState.IDENTIFIED, LetterState.REVIEW, LetterState.FORWARDED}),
        LetterState.REVIEW: _BY_PEOPLE | {LetterState.FILED},
        LetterState.FORWARDED: _BY_PEOPLE | {LetterState.FILED},
        LetterState.IDENTIFIED: frozenset({LetterState.FILED, LetterState.REVIEW, LetterState.RECALLED}),
        LetterState.RECALLED: _BACK,
        LetterState.REARRANGING: _BACK | {LetterState.REPLACED},
        LetterState.BLANK: _BACK,
        LetterState.REJECTED: _BACK,
        LetterState.RESCAN: _BACK | {LetterState.REPLACED},
        LetterState.FILED: frozenset(),
        LetterState.REPLACED: frozenset({LetterState.REPLACED}),
    }
)

SETTLED = frozenset(
    {
        LetterState.REVIEW,
        LetterState.FORWARDED,
        LetterState.FILED,
        LetterState.REPLACED,
        LetterState.BLANK,
        LetterState.REJECTED,
        LetterState.RESCAN,
    }
)
"""In these the machine has nothing to do."""
MOVING = frozenset(LetterState) - SETTLED
"""In these it has."""
FINISHED = frozenset({LetterState.FILED, LetterState.REPLACED, LetterState.BLANK, LetterState.REJECTED})
"""In these nobody has anything to do."""


@dataclass(frozen=True)
class Step:
    """One line of a letter's biography: it reached ``state`` at ``at`` by the machine or a staff id, and why."""

    state: LetterState
    at: datetime
    by: str = MACHINE
    reason: Reason | None = None
