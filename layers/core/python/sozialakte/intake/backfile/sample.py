"""How many pages of a box people look at before its paper is shredded, and which. Pure.

If one page in fifty or more of a box were bad, the sample would show one with at least 95 per cent (hypergeometric, no
bad page accepted). Which pages are drawn follows from the box's number and the round alone, so anybody can draw them
again and nobody can choose them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256

BAD_SHARE = Fraction(1, 50)
MISSED_AT_MOST = 0.05


class Verdict(StrEnum):
    """What a sample says of its box. ``OPEN``: not all pages have been looked at, and none was bad."""

    OPEN = "open"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, order=True)
class SamplePage:
    """A page of a document as it was filed; ``page`` is the document's own number, from 1."""

    dossier_id: str
    letter_id: str
    page: int


def sample_size(lot: int) -> int:
    """How many of ``lot`` pages are drawn; all of a small lot."""
    bad = -(-lot * BAD_SHARE.numerator // BAD_SHARE.denominator)
    missed = 1.0
    for drawn in range(lot):
        if missed <= MISSED_AT_MOST:
            return drawn
        missed *= max(0, lot - bad - drawn) / (lot - drawn)
    return lot


def draw(
    box_id: str, attempt: int, pages: Iterable[SamplePage], bad: Iterable[SamplePage] = ()
) -> tuple[SamplePage, ...]:
    """The sample of a box; ``attempt`` counts from 1. In the order in which dossiers and documents lie.

    Pages that were ``bad`` in an earlier round and are still there come again: drawing anew mends nothing.
    """
    lot = set(pages)
    seed = f"{box_id}:{attempt}"
    by_lot = sorted(lot, key=lambda one: sha256(f"{seed}:{one.letter_id}:{one.page}".encode()).digest())
    return tuple(sorted({*by_lot[: sample_size(len(lot))], *(lot & set(bad))}))


def lot_id(dossier_ids: Iterable[str], pages: Iterable[SamplePage]) -> str:
    """Names what a sample was drawn from: another dossier in the box, or another page, is another lot."""
    lot = [*sorted(set(dossier_ids)), *(f"{one.letter_id}:{one.page}:{one.dossier_id}" for one in sorted(set(pages)))]
    return sha256("\n".join(lot).encode()).hexdigest()


def verdict(drawn: Sequence[SamplePage], good: Mapping[int, bool]) -> Verdict:
    """``good`` says of the pages looked at, by their number in the sample (from 1), whether they are."""
    if not all(good.values()):
        return Verdict.FAILED
    return Verdict.PASSED if set(good) == set(range(1, len(drawn) + 1)) else Verdict.OPEN
