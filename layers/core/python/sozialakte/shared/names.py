"""Names as they are compared: spelling variants fold to one form, order and hyphens do not count."""

from __future__ import annotations

import unicodedata

_TRANSCRIBED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "æ": "ae", "œ": "oe", "ø": "oe"})
_STRIPPED = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o"})
# Letters that do not decompose into a letter and an accent.
_BARRED = str.maketrans({"ß": "ss", "ł": "l", "đ": "d", "\N{LATIN SMALL LETTER DOTLESS I}": "i"})


def fold(text: str) -> str:
    """``text`` in small letters, umlauts transcribed (Müller = Mueller), no accents; the rest becomes single spaces."""
    return _plain(_lower(text).translate(_TRANSCRIBED))


def foldings(text: str) -> tuple[str, str]:
    """`fold`, and the same with umlauts stripped: a scan or a foreign sender writes Müller as Muller."""
    lower = _lower(text)
    return _plain(lower.translate(_TRANSCRIBED)), _plain(lower.translate(_STRIPPED))


def _lower(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).translate(_BARRED)


def _plain(lower: str) -> str:
    letters = (char for char in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in letters).split())
