"""Invisible words over a page: what people search, mark and copy lies where they see it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from sozialakte.intake.pdfa.font import ADVANCE
from sozialakte.intake.pdfa.lines import Box, Setting, same_line, settings
from sozialakte.intake.pdfa.objects import decimal
from sozialakte.intake.pdfa.sheet import turn_matrix

_SMALLEST = 0.5  # points: a box without extent would make words nobody can find
_LONGEST = 8000  # characters in one string: a string ends at 32'767 bytes (ISO 19005-2, 6.1.13)


@dataclass(frozen=True)
class Word:
    """A word and its box in shares (0 to 1) of the page as shown, from the upper left corner.

    ``turned`` says how the word runs: 0 to the right, 90 downwards, 180 to the left (upside down), 270 upwards.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    turned: int = 0


def invisible(words: Iterable[Word], size: tuple[float, float]) -> bytes:
    """The operators that write the words, in this order, on a page of this size (points), in font ``/F``.

    Text rendering mode 3 (ISO 32000-1, 9.3.6). Each word is as wide as its box; a space follows it.
    """
    runs = groupby(words, lambda word: word.turned)
    return b"\n".join(_run([_upright(word) for word in run], turned, size) for turned, run in runs)


def _run(words: Iterable[Word], turned: int, size: tuple[float, float]) -> bytes:
    """Words that run one way: set as if they were upright, and turned together."""
    width, height = size if turned in (0, 180) else size[::-1]
    placed = [(codes, _box(word, (width, height))) for word in words if (codes := "".join(_characters(word.text)))]
    if not placed:
        return b""
    boxes = [box for _, box in placed]
    gaps = [*(_gap(box, following) for box, following in pairwise(boxes)), None]
    written = b"BT\n3 Tr\n%b\nET" % b"\n".join(map(_shown, placed, settings(placed), gaps))
    place = b" ".join(map(decimal, turn_matrix(turned, width, height)))
    return b"q %b cm\n%b\nQ" % (place, written) if turned else written


def _upright(word: Word) -> Word:
    """The word on the page turned back so that it runs to the right."""
    for _ in range(word.turned // 90):
        word = Word(word.text, word.top, 1 - word.right, word.bottom, 1 - word.left)
    return word


def _box(word: Word, size: tuple[float, float]) -> Box:
    left, right = (min(1.0, max(0.0, share)) * size[0] for share in (word.left, word.right))
    top, bottom = ((1 - min(1.0, max(0.0, share))) * size[1] for share in (word.top, word.bottom))
    return Box(left, bottom, max(left + _SMALLEST, right), max(bottom + _SMALLEST, top))


def _gap(box: Box, following: Box) -> float | None:
    """The space up to the next word if it goes on in the same line."""
    gap = following.left - box.right
    return gap if gap > 0 and same_line(box, following) else None


def _shown(word: tuple[str, Box], setting: Setting, gap: float | None) -> bytes:
    codes, box = word
    letter = ADVANCE * setting.size
    stretched = 100 * (box.right - box.left) / (letter * len(codes))
    spaced = 100 * min(gap or letter, 4 * letter) / letter
    place = f"/F {setting.size:.2f} Tf {stretched:.2f} Tz 1 0 0 1 {box.left:.2f} {setting.base:.2f} Tm"
    strings = [codes[start : start + _LONGEST] for start in range(0, len(codes), _LONGEST)]
    written = b" ".join(b"<%b> Tj" % string.encode("utf-16-be").hex().encode() for string in strings)
    return b"%b %b %.2f Tz <0020> Tj" % (place.encode(), written, spaced)


def _characters(text: str) -> Iterator[str]:
    """The text in characters that the font has: composed, without controls, all of them within 16 bits."""
    for character in unicodedata.normalize("NFC", text):
        if character > "\uffff":
            yield from (
                part if part <= "\uffff" else "\N{REPLACEMENT CHARACTER}"
                for part in unicodedata.normalize("NFKC", character)
            )
        elif unicodedata.category(character) not in ("Cc", "Cs") and character not in "\ufeff\ufffe\uffff":
            yield character
