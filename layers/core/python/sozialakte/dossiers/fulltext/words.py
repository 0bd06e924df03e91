"""Words of pages and of searches, so that they meet however they are spelt. What people type is data, never syntax.

SQLite's ``unicode61`` makes letters small and takes accents off (Müller = muller). What it does not know is done here:
one Unicode form, words divided at the end of a line, and the German ways to write ä, ö, ü and ß in plain letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice, product

_SOFT_HYPHEN = "\u00ad"
_DIVIDED = re.compile(r"(?<=[^\W\d_])-[ \t]*\r?\n[ \t]*(?!(?:und|oder|sowie|bzw)\b)(?=[a-zäöüß])")
"""Kranken-/kasse is one word at the end of a line; Miet- / und Nebenkosten are two."""
_SPELLINGS = re.compile("(ä|ae|ö|oe|ü|ue|ß|ss)")
_OTHER = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ae": "ä", "oe": "ö", "ue": "ü", "ss": "ß"}
_MOST_SPELLINGS = 8  # of one word; three places to write differently
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
    terms = [_term(word) for word in clean(words).lower().split() if any(map(str.isalnum, word))]
    return " AND ".join(terms) or None


def _term(word: str) -> str:
    beginning = " *" if _LONG_ENOUGH.search(word) else ""
    quoted = (f"{_quoted(spelling)}{beginning}" for spelling in islice(_spellings(word), _MOST_SPELLINGS))
    return f"({' OR '.join(quoted)})"


def _spellings(word: str) -> Iterator[str]:
    """The word as it is typed, then as it may be spelt too."""
    parts = _SPELLINGS.split(word)
    return map("".join, product(*((part, _OTHER[part]) if part in _OTHER else (part,) for part in parts)))


def _quoted(word: str) -> str:
    doubled = word.replace('"', '""')
    return f'"{doubled}"'


def _seen(char: str) -> str:
    return " " if unicodedata.category(char) in {"Cc", "Cs", "Cf"} else char
