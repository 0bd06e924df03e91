"""The queue of letters that wait for a person: which of them somebody wants to see, and how many there are. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sozialakte.intake.letter import Letter
from sozialakte.intake.letter_facts import LetterFacts


class Held(StrEnum):
    """Who has claimed a letter."""

    MINE = "mine"
    FREE = "free"
    OTHERS = "others"


@dataclass(frozen=True)
class Viewer:
    """Who looks, and when."""

    staff_id: str
    now: datetime

    def held(self, letter: Letter) -> Held:
        """Who has the letter, for this viewer. A claim that has expired is none."""
        claim = letter.claim
        if claim is None or not claim.holds(self.now):
            return Held.FREE
        return Held.MINE if claim.by == self.staff_id else Held.OTHERS


@dataclass(frozen=True)
class Filters:
    """Which letters somebody wants to see; what is None does not matter. ``reason`` is a code."""

    kind: str | None = None
    reason: str | None = None
    urgent: bool | None = None
    batch_id: str | None = None
    held: Held | None = None

    def take(self, letter: Letter, viewer: Viewer) -> bool:
        """Whether the letter is wanted."""
        facts = letter.facts or LetterFacts()
        asked: Sequence[tuple[object, Callable[[], bool]]] = (
            (self.kind, lambda: facts.kind == self.kind),
            (self.reason, lambda: any(reason.code == self.reason for reason in letter.reasons)),
            (self.urgent, lambda: facts.urgent == self.urgent),
            (self.batch_id, lambda: letter.batch_id == self.batch_id),
            (self.held, lambda: viewer.held(letter) is self.held),
        )
        return all(fits() for wanted, fits in asked if wanted is not None)


@dataclass(frozen=True)
class Counts:
    """How many letters wait, unfiltered; ``by_reason`` counts each by its first reason, ``by_batch`` by when its batch
    came and its id.
    """

    waiting: int
    urgent: int
    held: Mapping[Held, int]
    by_kind: Mapping[str, int]
    by_reason: Mapping[str, int]
    by_batch: Mapping[tuple[datetime, str], int]
    oldest: datetime | None


def counts_of(letters: Iterable[Letter], viewer: Viewer) -> Counts:
    """The counts of these letters."""
    all_of_them = list(letters)
    facts = [letter.facts or LetterFacts() for letter in all_of_them]
    return Counts(
        waiting=len(all_of_them),
        urgent=sum(one.urgent for one in facts),
        held=Counter(viewer.held(letter) for letter in all_of_them),
        by_kind=Counter(one.kind for one in facts),
        by_reason=Counter(letter.reasons[0].code for letter in all_of_them if letter.reasons),
        by_batch=Counter((letter.received_at, letter.batch_id) for letter in all_of_them),
        oldest=min((letter.since for letter in all_of_them), default=None),
    )
