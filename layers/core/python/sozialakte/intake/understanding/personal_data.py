"""The names in the lines of a letter, each with the birth date, AHV number and address that stand with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sozialakte.intake.identifiers import find_ahv_numbers
from sozialakte.intake.understanding.address_lines import NOWHERE, PostalAddress, find_address
from sozialakte.intake.understanding.letter_dates import find_birth_date
from sozialakte.intake.understanding.names_in_text import WORD, Mention, find_mentions
from sozialakte.intake.understanding.people_words import TITLES
from sozialakte.shared.ahv_number import AhvNumber
from sozialakte.shared.names import fold

_REACH = 130  # characters after a name in which its data stand
_REACH_OF_LINES = 3  # so many lines below a name a form still speaks of it
_MARGIN = 20  # characters before a name that begins its line: a bullet and a title
_LONG_LINE = 90  # characters: text, no line of a form
_NAMES = rf"{WORD}(?: {WORD}){{0,2}}"
_FAMILY_THEN_GIVEN = re.compile(
    rf"\b(?:Name|Nachname|Familienname) ?:? ?(?P<family>{_NAMES})[ ,;|\n]{{1,3}}Vornamen? ?:? ?(?P<given>{_NAMES})"
)
_GIVEN_THEN_FAMILY = re.compile(
    rf"\bVornamen? ?:? ?(?P<given>{_NAMES})[ ,;|\n]{{1,3}}(?:Name|Nachname|Familienname) ?:? ?(?P<family>{_NAMES})"
)


@dataclass(frozen=True)
class Entry:
    """A name with its data, or data that stand with no name. ``begins_line``: nothing but a bullet stands before."""

    mention: Mention | None
    birth_date: date | None = None
    ahv_number: AhvNumber | None = None
    address: PostalAddress = NOWHERE
    begins_line: bool = False

    @property
    def is_empty(self) -> bool:
        """Neither name nor number nor date."""
        return not (self.mention or self.birth_date or self.ahv_number)


def entries_of(lines: Sequence[str], received_on: date, *, bare: bool = False) -> list[Entry]:
    """The entries of the lines in order; with ``bare`` also for what only looks like a name."""
    entries: list[Entry] = []
    since = _REACH_OF_LINES + 1  # lines since the last name
    for line in _forms_joined(lines):
        found = list(_entries(line, received_on, bare=bare))
        named = any(entry.mention for entry in found)
        since = 0 if named else since + 1
        if not named and since <= _REACH_OF_LINES and len(line) <= _LONG_LINE and entries and _may_go_on(entries[-1]):
            entries[-1] = _with_more(entries[-1], found[0])
        else:
            entries += [entry for entry in found if not entry.is_empty]
    return entries


def _entries(line: str, received_on: date, *, bare: bool) -> Iterator[Entry]:
    """Each name with what follows it; what stands before the only name of a line belongs to it too."""
    mentions = find_mentions(line, bare=bare)
    before = _data(line[: mentions[0].start] if mentions else line, received_on)
    if len(mentions) != 1:
        yield before
    ends = [*(mention.start for mention in mentions[1:]), len(line)]
    for mention, end in zip(mentions, ends, strict=False):
        data = _data(line[mention.end : min(end, mention.end + _REACH)], received_on)
        entry = replace(data, mention=mention, begins_line=_begins(line, mention))
        yield _with_more(entry, before) if len(mentions) == 1 else entry


def _data(text: str, received_on: date) -> Entry:
    numbers = find_ahv_numbers(text)
    return Entry(None, find_birth_date(text, received_on), numbers[0] if numbers else None, find_address(text))


def _with_more(entry: Entry, more: Entry) -> Entry:
    """The entry with what it lacked."""
    own, other = entry.address, more.address
    return replace(
        entry,
        birth_date=entry.birth_date or more.birth_date,
        ahv_number=entry.ahv_number or more.ahv_number,
        address=PostalAddress(own.street or other.street, own.postal_code or other.postal_code, own.town or other.town),
    )


def _may_go_on(entry: Entry) -> bool:
    """Lines below a clerk's name speak of the case again."""
    return entry.mention is not None and entry.mention.relation is None


def _begins(line: str, mention: Mention) -> bool:
    before = fold(line[: mention.start]).split() if mention.start < _MARGIN else ["text"]
    return all(word in TITLES or word.isdigit() or len(word) == 1 for word in before)


def _forms_joined(lines: Sequence[str]) -> list[str]:
    """Family name and given name of a form in one line, as `find_mentions` knows them."""
    text = "\n".join(lines)
    for pattern in (_FAMILY_THEN_GIVEN, _GIVEN_THEN_FAMILY):
        text = pattern.sub(r"Name Vorname: \g<family>, \g<given>", text)
    return text.split("\n")
