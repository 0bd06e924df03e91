"""Names as they are compared: spelling variants fold to one form, order and hyphens do not count."""

from __future__ import annotations

import re
import unicodedata

_TRANSCRIBED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "æ": "ae", "œ": "oe", "ø": "oe"})
_STRIPPED = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o"})
# Letters that do not decompose into a letter and an accent.
_BARRED = str.maketrans({"ß": "ss", "ł": "l", "đ": "d", "\N{LATIN SMALL LETTER DOTLESS I}": "i"})

_DOTS = "\N{COMBINING DIAERESIS}"
# A lone diaeresis (U+00A8) is a blank with combining dots after normalisation. It stands after its vowel (Mu¨ller), or
# before it, as TeX writes it (M¨uller); a second blank on the far side is the scanner's (M¨ uller).
_DOTS_AFTER = re.compile(rf"([aou]) {_DOTS} ?(?=\w)")
_DOTS_BEFORE = re.compile(rf" {_DOTS} ?([aou])")

_LOOKALIKES = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "!": "l", "5": "s", "8": "b"})
_STROKES = (("rn", "m"), ("vv", "w"), ("u", "ll"))  # the last one: ii is read for ü, and II for ll
_E_AFTER_VOWEL = re.compile(r"([aou])e+")
_E_OF_UMLAUT = re.compile(r"([ao]|ll)e+")


def fold(text: str) -> str:
    """``text`` in small letters, umlauts transcribed (Müller = Mueller), no accents; the rest becomes single spaces."""
    return _plain(_lower(text).translate(_TRANSCRIBED))


def foldings(text: str) -> tuple[str, str]:
    """`fold`, and the same with umlauts stripped: a scan or a foreign sender writes Müller as Muller."""
    lower = _lower(text)
    return _plain(lower.translate(_TRANSCRIBED)), _plain(lower.translate(_STRIPPED))


def spelt_alike(text: str) -> str:
    """`fold`, with every spelling of an umlaut the same, wherever it is cut off: Müller = Mueller = Muller."""
    return _E_AFTER_VOWEL.sub(r"\1", _plain(_lower(text).translate(_STRIPPED)))


def blur(text: str) -> str:
    """`fold`, with what scanners take for one another made the same; a few different names look alike then.

    0 and O; 1, l and I; 5 and S; 8 and B; rn and m; vv and w; ii and ü; every spelling of an umlaut (ü, ue, u).
    """
    lower = _lower(text).translate(_STRIPPED).translate(_LOOKALIKES)
    blurred = _plain(lower)
    for read, same in _STROKES:
        blurred = blurred.replace(read, same)
    return _E_OF_UMLAUT.sub(r"\1", blurred)


def _lower(text: str) -> str:
    lower = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).translate(_BARRED)
    if _DOTS not in lower:
        return lower
    return unicodedata.normalize("NFC", _DOTS_BEFORE.sub(rf"\1{_DOTS}", _DOTS_AFTER.sub(rf"\1{_DOTS}", lower)))


def _plain(lower: str) -> str:
    letters = (char for char in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in letters).split())
