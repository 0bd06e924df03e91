"""The order in which words on a page are read, whatever order a program wrote them in. Pure.

Programs draw a page as it suits them: the letterhead last, the lines from the foot up. What stands side by side is kept
as the layer has it (columns, tables), but nothing comes before what stands above it.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sozialakte.intake.pdfa.words import Word

_MOST = 600  # lines: 0.2 seconds; a page of the smallest print has 150, what has more is no page to be read
_SAME_LINE = 0.3  # of the lower one's height that two words of a line share at least


@dataclass(frozen=True)
class _Line:
    """Words that go on to the right, their edges, and where the line stands in the layer."""

    words: Sequence[Word]
    place: tuple[int, int]
    left: float
    top: float
    right: float
    bottom: float

    def stands_over(self, other: _Line) -> bool:
        """Whether the other one is read after this one: it begins below it, in the same column."""
        in_column = min(self.right, other.right) > max(self.left, other.left)
        shared = self.bottom - other.top
        below = shared <= _SAME_LINE * min(self.bottom - self.top, other.bottom - other.top)
        return in_column and below and self.top < other.top


def in_reading_order(layer: Sequence[Word], beside: Sequence[Sequence[Word]] = ()) -> tuple[Word, ...]:
    """The words of a layer, and the lines that stand beside it, as they are read."""
    own = [_line(words, (place, 0)) for place, words in enumerate(_lines(layer))]
    lines = [*own, *(_line(words, _place(words, own, at)) for at, words in enumerate(beside, start=1))]
    ordered = _ordered(lines) if len(lines) <= _MOST else lines
    return tuple(word for line in ordered for word in line.words)


def text_in_lines(words: Sequence[Word]) -> str:
    """The words as text, a new line where one does not go on to the right of the one before."""
    return "\n".join(" ".join(word.text for word in line) for line in _lines(words))


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    lines = [[word] for word in words[:1]]
    for one, other in pairwise(words):
        if _goes_on(one, other):
            lines[-1].append(other)
        else:
            lines.append([other])
    return lines


def _goes_on(one: Word, other: Word) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return other.left > one.left and shared > _SAME_LINE * min(one.bottom - one.top, other.bottom - other.top)


def _line(words: Sequence[Word], place: tuple[int, int]) -> _Line:
    left, top = min(word.left for word in words), min(word.top for word in words)
    return _Line(words, place, left, top, max(word.right for word in words), max(word.bottom for word in words))


def _place(words: Sequence[Word], own: Sequence[_Line], at: int) -> tuple[int, int]:
    """After the line of the layer that ends last above the foot of these words."""
    foot = max(word.bottom for word in words)
    above = [line for line in own if (line.top + line.bottom) / 2 <= foot]
    return (max(above, key=lambda line: line.bottom).place[0] if above else -1), at


def _ordered(lines: Sequence[_Line]) -> list[_Line]:
    """Each line once all that stand over it have come; of those that may come the one first in the layer."""
    after = [[other for other, below in enumerate(lines) if line.stands_over(below)] for line in lines]
    waits_for = [0] * len(lines)
    for below in after:
        for other in below:
            waits_for[other] += 1
    ready = [(line.place, at) for at, line in enumerate(lines) if not waits_for[at]]
    heapq.heapify(ready)
    ordered = []
    while ready:
        _, at = heapq.heappop(ready)
        ordered.append(lines[at])
        for other in after[at]:
            waits_for[other] -= 1
            if not waits_for[other]:
                heapq.heappush(ready, (lines[other].place, other))
    return ordered
