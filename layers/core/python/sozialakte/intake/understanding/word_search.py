"""Finds words of our tables in a letter's text, whatever a scanner took for one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from sozialakte.shared.names import blur, fold

_LONG_WORD, _VERY_LONG_WORD = 7, 12  # letters: one of them, or two, may be misread
_TITLE = 200  # characters: short enough to look for split and misread words
_MOST_PIECES = 20  # of one word


@dataclass(frozen=True)
class WordSearch:
    """A text to search, ``without`` some phrases. An entry is a word or phrase; * at its ends stands for any letters.

    In a short text (a title) a long word is also found with a letter misread, split or l e t t e r s p a c e d.
    """

    text: str
    without: tuple[str, ...] = ()

    def has(self, entry: str) -> bool:
        """Whether the entry stands in the text."""
        return _wanted(entry, blur) in self._blurred or (
            len(self.text) <= _TITLE and self._has_nearly(entry.strip("*"))
        )

    def has_any(self, entries: Iterable[str]) -> bool:
        """Whether one of the entries does."""
        return any(map(self.has, entries))

    @cached_property
    def _blurred(self) -> str:
        text = f" {blur(self.text)} "
        for phrase in self.without:
            text = text.replace(_wanted(phrase, blur), " ")
        return text

    @cached_property
    def _words(self) -> list[str]:
        text = f" {fold(self.text)} "
        for phrase in self.without:
            text = text.replace(_wanted(phrase, fold), " ")
        return text.split()

    @cached_property
    def _joined(self) -> set[str]:
        """Neighbouring words in one, from two of them to all the letters of a s p a c e d one."""
        words = self._words
        return {"".join(words[at:end]) for at in range(len(words)) for end in range(at + 2, at + _MOST_PIECES)}

    def _has_nearly(self, entry: str) -> bool:
        word, very_long = entry.replace(" ", ""), len(entry) >= _VERY_LONG_WORD
        if len(word) < _LONG_WORD:
            return False
        if word in self._joined or (very_long and word in "".join(self._words)):
            return True
        words = [] if " " in entry else self._words
        return process.extractOne(word, words, scorer=Levenshtein.distance, score_cutoff=1 + very_long) is not None


@lru_cache(maxsize=4096)
def _wanted(entry: str, form: Callable[[str], str]) -> str:
    start, end = ("" if entry.startswith("*") else " "), ("" if entry.endswith("*") else " ")
    return f"{start}{form(entry.strip('*'))}{end}"
