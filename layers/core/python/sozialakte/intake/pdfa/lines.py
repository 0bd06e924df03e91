"""Boxes of words put on lines: one size and an even base line, so that programs read a line as one line.

A box from OCR or of print is as high as its letters happen to be: ``gegen`` and ``Ende`` have different tops and
bottoms. How far letters of a kind reach is much the same in the fonts of letters and books.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_LOW = frozenset("acegmnopqrsuvwxyz")
_BELOW = frozenset("gjpqyß,;()[]{}|/")
_REACH_LOW, _REACH_HIGH, _REACH_BELOW = 0.48, 0.70, 0.20  # shares of the font size
_ALIKE = 1.5  # sizes within a line differ by this factor at most: else a box holds more than the word


@dataclass(frozen=True)
class Box:
    """Where something lies, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """How high it is."""
        return self.top - self.bottom


@dataclass(frozen=True)
class Setting:
    """How large a word is set, and where its base line lies above the lower edge of the page (points)."""

    size: float
    base: float


def settings(words: Sequence[tuple[str, Box]]) -> Iterator[Setting]:
    """The setting of each word, given in reading order with its box."""
    for line in _lines(words):
        yield from _settings(line)


def same_line(box: Box, following: Box) -> bool:
    """Whether the box after another one in reading order goes on in its line."""
    shared = min(box.top, following.top) - max(box.bottom, following.bottom)
    return following.left > box.left and shared > 0.5 * min(box.height, following.height)


def _lines(words: Sequence[tuple[str, Box]]) -> Iterator[Sequence[tuple[str, Box]]]:
    ends = [index for index, (one, other) in enumerate(pairwise(words), 1) if not same_line(one[1], other[1])]
    for start, end in pairwise([0, *ends, len(words)]):
        yield words[start:end]


def _settings(line: Sequence[tuple[str, Box]]) -> Iterator[Setting]:
    own = [_own(text, box) for text, box in line]
    sizes = [setting.size for setting in own if setting is not None]
    size = median(sizes) if sizes else max((box.height for _, box in line), default=0.0)
    base = next((setting.base for setting in own if setting is not None), None)
    for setting, (_, box) in zip(own, line, strict=True):
        if setting is not None and not size / _ALIKE <= setting.size <= size * _ALIKE:
            yield setting
            continue
        base = setting.base if setting is not None else box.bottom if base is None else base
        yield Setting(size, base)


def _own(text: str, box: Box) -> Setting | None:
    """The setting that a word's own letters and box tell; marks alone tell nothing."""
    if not any(map(str.isalnum, text)):
        return None
    below = _REACH_BELOW if _BELOW.intersection(text) else 0.0
    above = _REACH_LOW if all(sign in _LOW or not sign.isalnum() for sign in text) else _REACH_HIGH
    size = box.height / (above + below)
    return Setting(size, box.bottom + below * size)
