"""People's names in a line of a letter: where they stand, and what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, pairwise

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from sozialakte.intake.understanding.letter_dates import MONTHS
from sozialakte.intake.understanding.name_readings import PARTICLES, PersonName, read_name
from sozialakte.intake.understanding.people_words import (
    AHEAD,
    DEGREES,
    FILLERS,
    MARK_WORDS,
    MARKS,
    SUBJECT_MARKS,
    TITLES,
    is_noun,
    is_organisation,
)
from sozialakte.shared.names import blur, fold


@dataclass(frozen=True)
class Mention:
    """A name in a line, with its likeliest readings first.

    ``anchored``: title, mark or personal data say that it is a person; else it only looks like a name. ``relation``:
    the word that says the person is named because of somebody else.
    """

    names: tuple[PersonName, ...]
    start: int
    end: int
    anchored: bool
    is_subject: bool = False
    relation: str | None = None


@dataclass(frozen=True)
class _Group:
    """Capitalised words side by side that may be a name."""

    words: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class _Left:
    """What stands before a name, folded and without titles and degrees; and whether there were any."""

    words: str
    titled: bool
    learned: bool


WORD = r"(?:[A-ZÀ-Þ][\w'\u2019]{0,40}(?:-[A-ZÀ-Þa-z][\w'\u2019]{0,40}){0,4})"
"""A word that may be part of a name."""
_RUN = re.compile(rf"(?<![\w.@/-]){WORD}(?:\.? (?:(?:{'|'.join(sorted(PARTICLES))}) ){{0,2}}{WORD}){{0,9}}(?![\w@])")
_MAIDEN = re.compile(r"^[ ,(]{0,3}(?:geb\.?|geborene[rn]?|n[ée]{1,2}|vormals|ledig) (?P<name>[A-ZÀ-Þ][\w'-]+)(?![\w.])")
_PERSONAL_DATA = re.compile(
    r"^[ ,(:\u2013-]{0,4}(?:geb\b|geboren|\*|Geburts|Jg\b|AHV|Vers\.? ?-?Nr|Sozialvers|7[5S]6[. ]|wohnhaft|whft"
    r")|^ ?[,(] ?[0-3]?[0-9]\. ?[01]?[0-9]\. ?(?:19[0-9]|200)[0-9]\b"
)
_GIVEN_AFTER_COMMA = re.compile(rf"^, (?P<given>{WORD}(?: {WORD})?)(?=[,;(]| geb|\W*$)")
_APPOSITIONS = tuple(
    re.compile(rf"^ ?[,(\u2013-] ?(?P<words>[^\W\d_]+(?:[ -][^\W\d_]+){{{more}}})(?: ?(?P<next>:| [^\W\d_]+))?")
    for more in (1, 0)
)
_DATA_BETWEEN = re.compile(r"^[ ,(]{0,3}(?:geb\.?|geboren)(?: am)? [0-9. A-Za-zä]{6,20}(?=[,)])")
_SMALL_WORDS = frozenset(
    ("fuer", "von", "vom", "zu", "zum", "zur", "betreffend", "an", "und", "der", "die", "des", "ueber", "per")
)
_ENDS_NAME = re.compile(r"\W*$|[ ]?[,;(\u2013-]")
_FEMALE_TOO = re.compile(r"(?<=[a-zäöü])(?:/-?in|\(in\)|[:*]in)(?:nen)?\b")
_PLURAL = re.compile(r"(?:familie|eheleute|ehepaar|herrn? und frau|frau und herrn?)$")
_LONG_MARKS = tuple(word for word in sorted(MARK_WORDS) if len(word) >= 8)
_FAMILY_FIRST = ("name vorname", "nachname vorname", "name und vorname")
_LEFT, _RIGHT = 60, 70  # characters beside a name that tell who it is
_MOST_WORDS = 6
_MOST_RUNS = 500  # of capitalised words in a line; a densely printed page has 200


def find_mentions(line: str, *, bare: bool = False) -> list[Mention]:
    """The people named in a line, in order; with ``bare`` also what only looks like a name."""
    groups = [group for run in islice(_RUN.finditer(line), _MOST_RUNS) for group in _groups(run)]
    couples = chain.from_iterable(_couple(line, one, other) for one, other in pairwise(groups))
    alone = (mention for group in groups if (mention := _mention(line, group, bare=bare)))
    found = {mention.start: mention for mention in (*alone, *couples)}
    return [found[start] for start in sorted(found)]


def _groups(run: re.Match[str]) -> Iterator[_Group]:
    """The parts of a run of capitalised words between titles, marks and nouns."""
    words: list[re.Match[str]] = []
    for word in re.finditer(r"[^ ]+", run.group()):
        folded = fold(word.group())
        surname = len(words) == 1 and folded in MARK_WORDS  # Anna Richter
        if not surname and (_is_mark(folded) or _is_no_name(word.group())):
            yield from _group(run.start(), words)
            words = []
        else:
            words.append(word)
    yield from _group(run.start(), words)


def _group(offset: int, words: Sequence[re.Match[str]]) -> Iterator[_Group]:
    if 0 < len(words) <= _MOST_WORDS:
        texts = tuple(word.group() if len(word.group()) < 3 else word.group().rstrip(".") for word in words)
        yield _Group(texts, offset + words[0].start(), offset + words[-1].end())


@lru_cache(maxsize=4096)
def _is_mark(folded: str) -> bool:
    """A title, a degree or a word of a mark, a long one with a misread letter too."""
    if folded in TITLES or folded in DEGREES or folded in MARK_WORDS:
        return True
    return process.extractOne(folded, _LONG_MARKS, scorer=Levenshtein.distance, score_cutoff=1) is not None


def _is_no_name(word: str) -> bool:
    return is_noun(fold(word)) or sum(map(str.isdigit, word)) > 1


def _mention(line: str, group: _Group, *, bare: bool) -> Mention | None:
    right = line[group.end : group.end + _RIGHT]
    left = _left(line[max(0, group.start - _LEFT) : group.start])
    mark = max((mark for mark in MARKS if left.words.endswith(mark)), key=len, default="") or _apposition(right)
    anchored = bool(left.titled or left.learned or mark or _PERSONAL_DATA.match(right))
    given = _GIVEN_AFTER_COMMA.match(right) if mark in SUBJECT_MARKS or bare else None
    names = _names(group, given, titled=left.titled, family_first=mark.endswith(_FAMILY_FIRST))
    end = group.end + (given.end() if given and names and names[0].given == given["given"] else 0)
    alone = bare and (_is_heading(line[: group.start]) or _has_capitals(group)) and _ENDS_NAME.match(line[end:])
    if not names or not (anchored or alone) or is_organisation(fold(" ".join(group.words))):
        return None
    relation = "" if mark in SUBJECT_MARKS else mark.strip() or "dr" * left.learned
    return Mention(
        names=_with_maiden(names, line[end : end + _RIGHT]),
        start=group.start,
        end=end,
        anchored=anchored,
        is_subject=mark in SUBJECT_MARKS,
        relation=relation or None,
    )


def _has_capitals(group: _Group) -> bool:
    """MUSTER Anna: the way authorities write names."""
    return sum(word.isupper() and len(word) > 2 for word in group.words) in range(1, len(group.words))


def _is_heading(before: str) -> bool:
    """Nothing but nouns and small words stand before the name: "Einsatzvertrag für"."""
    return len(before) < _LEFT and all(is_noun(word) or word in _SMALL_WORDS for word in fold(before).split())


def _names(group: _Group, given: re.Match[str] | None, *, titled: bool, family_first: bool) -> tuple[PersonName, ...]:
    """One word is a name after a title, or before a comma and a given name."""
    one = len(group.words) == 1
    if given and (one or family_first) and not any(map(_is_no_name, given["given"].split())):
        return (PersonName(" ".join(group.words), given["given"]),)
    return read_name(group.words, family_first=family_first) if titled or not one else ()


def _with_maiden(names: tuple[PersonName, ...], right: str) -> tuple[PersonName, ...]:
    maiden = _MAIDEN.match(right)
    if not maiden or blur(maiden["name"]) in MONTHS:
        return names
    return (*names, PersonName(maiden["name"], names[0].given))


def _couple(line: str, one: _Group, other: _Group) -> Iterator[Mention]:
    """Peter in "Familie Peter und Anna Muster"."""
    together = line[one.end : other.start] == " und " and len(one.words) == 1 and len(other.words) > 1
    if together and _PLURAL.search(fold(line[max(0, one.start - _LEFT) : one.start])):
        for first, last, group in (
            (one.words[0], other.words[-1], one),
            (" ".join(other.words[:-1]), other.words[-1], other),
        ):
            yield Mention((PersonName(last, first),), group.start, group.end, anchored=True)


def _left(before: str) -> _Left:
    words = fold(_FEMALE_TOO.sub("", before)).split()
    stripped: set[str] = set()
    while words and (words[-1] in TITLES or words[-1] in DEGREES or words[-1] in FILLERS):
        stripped.add(words.pop())
    return _Left(" " + " ".join(words), bool(stripped & TITLES), bool(stripped & DEGREES))


def _apposition(right: str) -> str:
    """The mark that follows the name ("Anna Beispiel (Kindsmutter)"), if it is not the next person's."""
    for pattern in _APPOSITIONS:
        after = pattern.match(_DATA_BETWEEN.sub("", right))
        mark = f" {fold(after['words'])}" if after else ""
        following = (after["next"] or "").strip() if after else ""
        if mark in MARKS and mark not in AHEAD and not (following[:1].isupper() and not is_noun(fold(following))):
            return "" if following == ":" else mark
    return ""
