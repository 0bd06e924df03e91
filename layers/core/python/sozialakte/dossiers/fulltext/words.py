"""Words of pages and of searches, so that they meet however they are spelt. What people type is data, never syntax.

SQLite's ``unicode61`` makes letters small and takes accents off (Müller = muller). What it does not know is done here:
one Unicode form, words divided at the end of a line, and the German ways to write ä, ö, ü and ß in plain letters:
Müller, Mueller and Muller are one word, whichever of them is typed and whichever stands on the page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import combinations, islice

_SOFT_HYPHEN = "\u00ad"
_DIVIDED = re.compile(r"(?<=[^\W\d_])-[ \t]*\r?\n[ \t]*(?!(?:und|oder|sowie|bzw)\b)(?=[a-zäöüß])")
"""Kranken-/kasse is one word at the end of a line; Miet- / und Nebenkosten are two."""
_SPELLINGS = re.compile("(ae|oe|ue|ss|[aouäöüß])")
_OTHER = {"a": "ae", "ä": "ae", "ae": "a", "o": "oe", "ö": "oe", "oe": "o", "u": "ue", "ü": "ue", "ue": "u",
          "ß": "ss", "ss": "ß"}  # fmt: skip
_MOST_SPELLINGS = 64  # of one word: all ways to write six places, those with up to two changes to write ten
_MOST_OF_ALL = 128  # of all words together; each is looked up
_FEWEST = 8  # of one of many words: three places
_LONG_ENOUGH = re.compile(r"\w{3}\W*$")
"""From three letters on a word stands for all that begin with it."""


def clean(text: str) -> str:
    """A page's text as it is kept and shown: one line of whole words, without what nobody can see."""
    whole = _DIVIDED.sub("", unicodedata.normalize("NFKC", text).replace(_SOFT_HYPHEN, ""))
    return " ".join("".join(map(_seen, whole)).split())


def match_of(words: str) -> str | None:
    """The search for pages that have all these words, in any spelling; None if there is no word among them.

    What hangs together (756.92, Müller-Meier) must stand together. Every word is quoted for SQLite.
    """
    asked = dict.fromkeys(word for word in clean(words).lower().split() if any(map(str.isalnum, word)))
    most = min(_MOST_SPELLINGS, max(_FEWEST, _MOST_OF_ALL // max(1, len(asked))))
    return " AND ".join(_term(word, most) for word in asked) or None


def _term(word: str, most: int) -> str:
    beginning = " *" if _LONG_ENOUGH.search(word) else ""
    quoted = (f"{_quoted(spelling)}{beginning}" for spelling in islice(_spellings(word), most))
    return f"({' OR '.join(quoted)})"


def _spellings(word: str) -> Iterator[str]:
    """The word as it is typed, then as it may be spelt too, with more and more places written differently."""
    parts = _SPELLINGS.split(word)
    places = [number for number, part in enumerate(parts) if part in _OTHER]
    for changed in range(len(places) + 1):
        for others in combinations(places, changed):
            yield "".join(_OTHER[part] if number in others else part for number, part in enumerate(parts))


def _quoted(word: str) -> str:
    doubled = word.replace('"', '""')
    return f'"{doubled}"'


def _seen(char: str) -> str:
    return " " if unicodedata.category(char) in {"Cc", "Cs", "Cf"} else char
