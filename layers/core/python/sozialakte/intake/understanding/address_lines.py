"""Postal addresses in the lines of a letter: blocks that end with postal code and town, and those on one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sozialakte.intake.understanding.letter_dates import find_dates
from sozialakte.intake.understanding.letter_text import DIGITS_MEANT

_PART = r"[\w.'\u2019/-]{1,40}"  # bounded, as all parts are: no text may make a search slow
_TOWN = rf"[A-ZÀ-Þ]{_PART}(?: (?!Tel|Fax|Telefon|Postfach){_PART}){{0,3}}"
_CODE = r"(?:(?:CH|D|FL)[ -]{0,3})?(?P<code>[1-9b][0-9OolIb]{3})"
_PLACE = rf"{_CODE} ?(?P<town>{_TOWN})"
_PLACE_LINE = re.compile(rf"^\W{{0,3}}{_PLACE}\W*$")
_DAMAGED_PLACE = re.compile(rf"^[0-9OolIb]{{2,4}} ?{_TOWN}$")
_ENDS_WITH_PLACE = re.compile(rf"(?:[,;|·•.]| [-\u2013]) ?{_PLACE}\W*$")
_INLINE_PLACE = re.compile(rf"(?<![\w.]){_PLACE}")
_SEEMS_INLINE = re.compile(r"(?:[0-9][a-h]?|Postfach)[,;.|·•] ?[1-9][0-9OolIb]{2,3} ?\w")
_NUMBER = r"[0-9][0-9OolIb]{0,3}(?: ?[a-hA-H]\b)?"
_STREET_END = (
    r"(?:[Ss]tr(?:asse|\.)?|[Ww]eg|[Gg]asse|[Pp]latz|rain|halde|hof|matte?|[Aa]llee|ring|quai|steig|graben|berg|feld"
    r"|acker|wiese|bach|park|promenade|ufer|h[öo]he|tal|wil|moos|r[üu]ti)"
)
_BEFORE_STREET = r"(?:(?:Alte|Neue|Obere|Untere|Hintere|Vordere|Innere|[ÄA]ussere|Kleine|Grosse|Lange|Hohe|St\.) )?"
_STREETS = (
    re.compile(rf"\b{_BEFORE_STREET}[\w'\u2019-]{{0,40}}{_STREET_END} {_NUMBER}"),
    re.compile(rf"\b(?:[Rr]ue|[Cc]hemin|[Rr]oute|[Aa]venue|[Vv]ia)(?: {_PART}){{1,3}},? {_NUMBER}"),
    re.compile(rf"\b[A-ZÀ-Þ]{_PART}(?: {_PART}){{0,2}} {_NUMBER}(?=[,;]? ?\n?(?:CH[ -])?[1-9][0-9]{{3}} [A-ZÀ-Þ])"),
)
"""By their usual ends, in French and Italian by their beginnings, any others only right before a postal code."""
_MISREAD_STREET = re.compile(r"(?:s[tl]r[ao]ss?[ceo]|stasse|srasse)(?= [0-9])")
_NO_ADDRESS = re.compile(
    r"(?i)\b(?:tel|telefon|telefax|fax|phone|mobile|e-?mail|www|iban|mwst|uid|datum|zeichen|referenz|konto|betrifft"
    r"|betreff|kopie|duplikat|einschreiben|a-post|b-post|a-priority|vertraulich)\b|@|https?:|\w: ?\S"
)
_TITLE = re.compile(r"(?:Herrn?|Frau|Familie|Firma|Monsieur|Madame|Signora?)\W?")
_LINES_ABOVE = 6  # name, office, person, street, box ...
_LONGEST_LINE = 52  # characters in a window of 90 millimetres
_LONGEST_RETURN = 130


@dataclass(frozen=True)
class ReturnAddress:
    """``Name, Strasse 1, 6000 Ort`` in one line, as it stands small above the window."""

    name: str
    postal_code: str


@dataclass(frozen=True)
class PostalAddress:
    """Street with house number, postal code and town, as far as they stand there."""

    street: str | None = None
    postal_code: str | None = None
    town: str | None = None


NOWHERE = PostalAddress()


def address_blocks(lines: Sequence[str]) -> list[range]:
    """Where addresses stand: the lines of each, down to its postal code and town."""
    blocks: list[range] = []
    for at, line in enumerate(lines):
        if _ends_address(line, lines[:at]):
            lowest = blocks[-1].stop if blocks else 0
            start = at
            while start > max(lowest, at - _LINES_ABOVE) and _may_follow(lines[start - 1], lines[start]):
                start -= 1
            blocks += [range(start, at + 1)] if start < at else []
    return blocks


def unwrapped(lines: Sequence[str]) -> list[str]:
    """The lines, with an address on one line that was too long for it made whole."""
    whole: list[str] = []
    for line in lines:
        if whole and whole[-1].endswith(",") and _PLACE_LINE.match(line):
            whole[-1] += f" {line}"
        else:
            whole.append(line)
    return whole


def return_address(line: str) -> ReturnAddress | None:
    """The address on one line, or None."""
    if len(line) > _LONGEST_RETURN or _NO_ADDRESS.search(line):
        return None
    place = _ENDS_WITH_PLACE.search(line)
    name = re.split(r"[,;|·•]| [-\u2013] ", line, maxsplit=1)[0].strip()
    is_name = name[:1].isalpha() and not any(map(str.isdigit, name)) and not name.startswith("Postfach")
    return ReturnAddress(name, _code(place)) if place and is_name else None


def find_address(text: str) -> PostalAddress:
    """The first street and the first postal code with town in the text, whichever of them are there."""
    found = next(filter(None, (pattern.search(text) for pattern in _STREETS)), None)
    street = _MISREAD_STREET.sub("strasse", found.group()) if found else None
    place = _INLINE_PLACE.search(text)
    return PostalAddress(street, _code(place), place["town"].rstrip(" .")) if place else PostalAddress(street)


def is_place(line: str) -> bool:
    """Whether the line is a postal code with its town and nothing else."""
    return _PLACE_LINE.match(line) is not None


def postal_code_of(lines: Sequence[str]) -> str | None:
    """The postal code of an address block or of an address on one line."""
    for line in lines:
        place = _PLACE_LINE.match(line) or _ENDS_WITH_PLACE.search(line)
        if place:
            return _code(place)
    return None


def _ends_address(line: str, above: Sequence[str]) -> bool:
    """Postal code and town alone; or behind street or box, which letterheads have: so not the first on the page."""
    if _PLACE_LINE.match(line) or (above and _DAMAGED_PLACE.match(line) and _is_street_or_box(above[-1])):
        return True
    place = _ENDS_WITH_PLACE.search(line)
    own_line = place is not None and _is_street_or_box(line[: place.start()], whole=True)
    return own_line and any(_PLACE_LINE.match(one) or _ENDS_WITH_PLACE.search(one) for one in above)


def _is_street_or_box(line: str, *, whole: bool = False) -> bool:
    street = find_address(line).street
    return line.startswith("Postfach") or (street is not None and (not whole or line.startswith(street)))


def _may_follow(line: str, below: str) -> bool:
    """Whether the address goes on above: not above "Herr" or "Frau", where it begins."""
    return _may_be_in_address(line) and not _TITLE.fullmatch(below)


def _may_be_in_address(line: str) -> bool:
    inline = _SEEMS_INLINE.search(line) or _ENDS_WITH_PLACE.search(line)
    told_otherwise = inline or _NO_ADDRESS.search(line) or find_dates(line)
    return len(line) <= _LONGEST_LINE and not told_otherwise


def _code(place: re.Match[str]) -> str:
    return place["code"].translate(DIGITS_MEANT)
