"""The text of a page as it is understood: tidy lines, and lines joined again where a paragraph was wrapped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from types import MappingProxyType

LONGEST_PAGE = 20_000
"""Characters of a page that are looked at; a page of the smallest print has 8000."""
LONGEST_LETTER = 60_000
"""Characters of a letter in which deadlines, names and references are searched: its first twenty pages."""

DIGITS_MEANT = MappingProxyType({ord(seen): meant for seen, meant in zip("OoDlI|ZSBb", "0001112586", strict=True)})
"""For `str.translate`: letters in the place of digits, as scanners read them."""

_WRAPPED = 50  # characters: a line so long goes on in the next one
_OPEN = re.compile(
    r"\b(?:bis|am|vom|von|zum|zu|den|der|die|das|dem|und|mit|f[üu]r|in|im|an|auf|bei|[üu]ber|Frau|Herrn?)$"
)
_DOTS_AFTER = re.compile(r"([aouAOU])\u00a8")
_DOTS_BEFORE = re.compile(r"\u00a8 ?([aouAOU])")
_QUOTE_DOTS = re.compile(r'(?<=[A-Za-z])([aou])"(?=[a-z])')
_BLANKS = re.compile(r"[^\S\n]+")
_SPLIT_WORD = re.compile(r"(?<=[a-zäöü])- (?!(?:und|oder|bzw|sowie|resp|et|ou)\b)(?=[a-zäöü])")
_OF_NO_USE = re.compile(r"[\u00ad\u200b-\u200f\ufeff\x00-\x08\x0b-\x1f]")


def tidy(text: str) -> str:
    """``text`` with umlauts in one piece (Mu¨ller), plain blanks and line ends, at most `LONGEST_PAGE` long."""
    plain = unicodedata.normalize("NFC", text[:LONGEST_PAGE]).replace("\r\n", "\n").replace("\r", "\n")
    plain = _OF_NO_USE.sub("", plain.replace("\f", "\n"))
    for split in (_DOTS_AFTER, _DOTS_BEFORE, _QUOTE_DOTS):
        plain = split.sub("\\1\u0308", plain)
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", plain))


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of `tidy` text that say something, without blanks around them."""
    stripped = (line.strip() for line in text.split("\n"))
    return tuple(line for line in stripped if any(map(str.isalnum, line)))


def flowing(lines: Sequence[str]) -> str:
    """The lines with those of a paragraph joined by blanks; a new line begins where one may begin in the letter."""
    parts: list[str] = []
    for before, line in zip(("", *lines), lines, strict=False):
        goes_on = line[:1].islower() or _OPEN.search(before) or (len(before) >= _WRAPPED and before[-1] not in ".:;!?")
        parts.append((" " if goes_on and parts else "\n") + line)
    return _SPLIT_WORD.sub("", "".join(parts).strip())
