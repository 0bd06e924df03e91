"""What the review desk adds to a letter: who has claimed it, what speaks for which dossier, how its pages lie, and how
people put pages together anew. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from sozialakte.shared.reasons import Reason

CLAIM_LASTS = timedelta(minutes=15)
"""How long a letter stays with whoever claimed it, unless they renew or release it."""
MOST_LETTERS_MERGED = 20
MOST_PARTS = 30
"""A rearrangement is one transaction of at most a hundred rows."""


class Rework(StrEnum):
    """What people do to the pages of letters."""

    SPLIT = "split"
    MERGE = "merge"
    BLANK = "blank"


class RejectReason(StrEnum):
    """Why a letter goes nowhere."""

    ADVERTISING = "advertising"
    DUPLICATE = "duplicate"
    ILLEGIBLE = "illegible"
    NOT_OURS = "not_ours"
    TEST_SCAN = "test_scan"


class RescanReason(StrEnum):
    """What is wrong with a scan, for the scanning centre to do better."""

    CUT_OFF = "cut_off"
    ILLEGIBLE = "illegible"
    PAGES_MISSING = "pages_missing"
    WRONG_ORDER = "wrong_order"


@dataclass(frozen=True)
class Claim:
    """Somebody is at it, until then (UTC)."""

    by: str
    until: datetime

    def holds(self, now: datetime) -> bool:
        """It has not expired."""
        return now < self.until

    def keeps_out(self, staff_id: str, now: datetime) -> bool:
        """Somebody else is at it."""
        return self.by != staff_id and self.holds(now)


@dataclass(frozen=True)
class PageTurn:
    """A person says: this page (the letter's own number) is upright once turned clockwise by 0, 90, 180, 270."""

    page: int
    clockwise: int


@dataclass(frozen=True)
class Ground:
    """What speaks for a dossier in question, the weightiest first, and its share of all weight in per cent."""

    dossier_id: str
    percent: int
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Part:
    """Pages (of the batch, in order) that become a letter of their own; ``blank`` ones are set aside."""

    pages: tuple[int, ...]
    blank: bool = False


@dataclass(frozen=True)
class Rearrangement:
    """How the pages of ``sources`` (letter ids, the first one leads) become ``parts``.

    ``seal`` stands for the sources as the person saw them: it makes the ids of the new letters, so the same decision
    delivered twice gives the same letters, and putting together again what was taken apart gives new ones.
    """

    what: Rework
    sources: tuple[str, ...]
    parts: tuple[Part, ...]
    seal: str

    def letter_id_of(self, part: Part) -> str:
        """The id of the letter that a part becomes."""
        batch_id = self.sources[0].split("-")[0]
        told = f"{self.seal}\n{','.join(map(str, part.pages))}"
        return f"{batch_id}-{part.pages[0]:04d}-{part.pages[-1]:04d}-{sha256(told.encode()).hexdigest()[:8]}"

    @property
    def letter_ids(self) -> tuple[str, ...]:
        """The ids of all that the sources become."""
        return tuple(map(self.letter_id_of, self.parts))


class RescanState(StrEnum):
    """How an order for a new scan stands."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class RescanOrder:
    """The scanning centre shall scan a letter again. ``rescan_id``: twelve digits, printed on the sheet before it.

    ``pages`` are batch pages. ``new_letter_id``: what came.
    """

    rescan_id: str
    letter_id: str
    batch_id: str
    pages: tuple[int, ...]
    reason: RescanReason
    ordered_by: str
    since: datetime
    state: RescanState = RescanState.OPEN
    new_letter_id: str | None = None
    version: int = 1


def seal_of(seen: Sequence[tuple[str, int]]) -> str:
    """Stands for letters in the versions somebody saw."""
    return sha256("\n".join(f"{letter_id}@{version}" for letter_id, version in seen).encode()).hexdigest()[:16]


def rescan_id_of(letter_id: str, version: int) -> str:
    """The number of the order for a new scan of this letter, decided about this version."""
    return f"{int(seal_of([(letter_id, version)]), 16) % 10**12:012d}"
