"""Whether a page's own text says what is to be seen on the page, word by word at its place. Pure.

A word of the layer counts only where something like it is seen: hidden, white, covered or displaced text is seen
nowhere. A number that identifies somebody and is not seen is never a slip: with it a letter could be brought into a
stranger's dossier. One that is seen and not in the layer is none either: without it the letter would be nobody's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from rapidfuzz import fuzz

from sozialakte.intake.pdfa.words import Word

_ALIKE = 60  # per cent: OCR misreads letters, and divides words otherwise
_ALIKE_NUMBER = 80  # one digit of seven may be misread
_TELLING = 5  # digits: account, AHV and reference numbers, birth dates
_FEW = 0.05  # of the layer's letters are not seen: OCR fails at a logo or at light print on a dark ground
_MANY = 0.2  # of the layer's letters are not seen: it belongs to something else
_BESIDE = 0.25  # of the letters seen lie outside the layer: a layer of the letterhead alone does not stand for the page
_BAND = 100  # in which the page's height is divided to find what lies at a place
_LONGER = 3  # letters: what is shorter is as easily a speck
_AMOUNT = 2  # digits: so many are no speck


class Verdict(Enum):
    """What the layer is worth."""

    STANDS = "stands"
    INCOMPLETE = "incomplete"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True)
class Agreement:
    """``seen`` are the words of the layer that are to be seen on the page, ``unseen`` those that are not."""

    verdict: Verdict
    seen: tuple[Word, ...]
    unseen: tuple[Word, ...]


class Places:
    """Words by where they stand."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._bands: dict[int, list[Word]] = defaultdict(list)
        for word in words:
            for band in range(int(word.top * _BAND) - 1, int(word.bottom * _BAND) + 2):
                self._bands[band].append(word)

    def at(self, word: Word) -> list[Word]:
        """The words that share half of their height and some of their width with this one."""
        return [other for other in self._bands.get(_band(word), ()) if _share_a_place(word, other)]


def agreement(own: Sequence[Word], read: Sequence[Word]) -> Agreement:
    """Compare the words of a page's layer with those that OCR read, both in shares of the page as shown."""
    there = Places(read)
    seen = tuple(word for word in own if not _letters(word.text) or _is_seen(word, there))
    unseen = tuple(word for word in own if _letters(word.text) and not _is_seen(word, there))
    layer = Places(own)
    beside = [word for word in read if len(_letters(word.text)) >= _LONGER and not layer.at(word)]
    return Agreement(_verdict(_count(own), _count(read), unseen, beside), seen, unseen)


def says_something(words: Iterable[str]) -> bool:
    """Whether words beside a layer are worth taking: a speck is as easily a letter or two."""
    return any(len(_letters(word)) >= _LONGER or len(_digits(word)) >= _AMOUNT for word in words)


def _verdict(own: int, read: int, unseen: Sequence[Word], beside: Sequence[Word]) -> Verdict:
    missing = _count(unseen)
    if missing > _MANY * own or any(map(_is_telling, unseen)):
        return Verdict.CONTRADICTS
    if not own or missing > _FEW * own or _count(beside) > _BESIDE * read or any(map(_is_telling, beside)):
        return Verdict.INCOMPLETE
    return Verdict.STANDS


def _is_telling(word: Word) -> bool:
    return len(_digits(word.text)) >= _TELLING


def _is_seen(word: Word, there: Places) -> bool:
    at_its_place = " ".join(found.text for found in sorted(there.at(word), key=lambda found: found.left))
    if len(digits := _digits(word.text)) >= _TELLING:
        return fuzz.partial_ratio(digits, _digits(at_its_place)) >= _ALIKE_NUMBER and len(_digits(at_its_place)) > 1
    letters, others = _letters(word.text), _letters(at_its_place)
    return bool(others) and fuzz.partial_ratio(letters, others) >= _ALIKE


def _share_a_place(word: Word, other: Word) -> bool:
    across = min(word.right, other.right) > max(word.left, other.left)
    down = min(word.bottom, other.bottom) - max(word.top, other.top)
    return across and down > 0.3 * min(word.bottom - word.top, other.bottom - other.top)


def _band(word: Word) -> int:
    return int((word.top + word.bottom) / 2 * _BAND)


def _count(words: Iterable[Word]) -> int:
    return sum(len(_letters(word.text)) for word in words)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
