"""Pages that the printed count of a letter knows and the letter has not: a page that got lost is told of here. Pure.

A page without a number may be any that is missing. What is enclosed may be a part of something longer, so before the
first and behind the last page only the letter's own count is looked at, which is the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sozialakte.intake.readings import PageReading
from sozialakte.intake.understanding.letter_text import lines_of, tidy
from sozialakte.intake.understanding.page_numbers import PageNumber, find_page_number
from sozialakte.shared.reasons import Reason


@dataclass(frozen=True)
class _Counted:
    """A page that says "2 of 3", and how many pages without a number stand before it."""

    number: int
    total: int
    unnumbered: int = 0


def find_page_gaps(readings: Sequence[PageReading]) -> tuple[Reason, ...]:
    """Which pages are missing by the count that is printed, each gap once."""
    numbers = [find_page_number(lines_of(tidy(reading.text))) for reading in readings]
    return tuple(_missing(first, last, total) for first, last, total in _gaps(numbers))


def _gaps(numbers: Sequence[PageNumber | None]) -> Iterator[tuple[int, int, int]]:
    """First and last page that are missing, and of how many."""
    counts, behind = _counts(numbers)
    for at, count in enumerate(counts):
        before = 0 if at else 1 - count[0].number + count[0].unnumbered
        if before < 0:
            yield 1, count[0].number - 1, count[0].total
        for one, other in pairwise(count):
            if other.number - one.number - 1 > other.unnumbered:
                yield one.number + 1, other.number - 1, other.total
    if counts and _is_left_open(counts, behind):
        last = counts[0][-1]
        yield last.number + 1, last.total, last.total


def _is_left_open(counts: Sequence[Sequence[_Counted]], behind: int) -> bool:
    """Whether the letter's own count stops before its end, with too few pages behind it to be the rest."""
    last = counts[0][-1]
    following = counts[1][0].unnumbered if len(counts) > 1 else behind
    return last.total - last.number > following


def _counts(numbers: Sequence[PageNumber | None]) -> tuple[list[list[_Counted]], int]:
    """Pages of the same count that follow each other, and how many unnumbered ones stand at the end."""
    counts: list[list[_Counted]] = []
    unnumbered = 0
    for number in numbers:
        if number is None or number.total is None:
            unnumbered += 1
            continue
        page = _Counted(number.number, number.total)
        before = counts[-1][-1] if counts else page
        if not counts or page.total != before.total or page.number <= before.number:
            counts.append([])
        counts[-1].append(replace(page, unnumbered=unnumbered))
        unnumbered = 0
    return counts, unnumbered


def _missing(first: int, last: int, total: int) -> Reason:
    pages = str(first) if first == last else f"{first}\N{EN DASH}{last}"
    return Reason("letter.page_count_gap", {"pages": pages, "total": str(total)})
