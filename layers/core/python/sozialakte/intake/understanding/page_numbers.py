"""The page number printed on a page: "Seite 2/3", "Seite 1 von 2", "Blatt 2", "- 2 -"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sozialakte.intake.understanding.letter_text import DIGITS_MEANT

_DIGITS = r"[0-9lIO|]{1,3}"
_CALLED = re.compile(
    rf"(?i)(?<!siehe )(?<!auf )\b(?:s[ec][il1]te|blatt|page|pagina|s\.)[: ]{{0,2}}(?P<number>{_DIGITS})"
    rf"(?: ?(?:/|von|de|of|di|\|) ?(?P<total>{_DIGITS}))?\W*$"
)
_ALONE = re.compile(
    rf"^\W*[-\u2013] ?(?P<number>[0-9]{{1,3}}) ?[-\u2013]\W*$|^(?P<of>{_DIGITS}) ?/ ?(?P<total>{_DIGITS})$"
)
_EDGE = 8  # lines at the top and at the foot of a page that may hold its number
"""Reading order puts footers before or after other columns."""


@dataclass(frozen=True)
class PageNumber:
    """``total`` is None where the page does not say of how many it is one."""

    number: int
    total: int | None = None

    @property
    def is_last(self) -> bool:
        """The page says that none follows."""
        return self.number == self.total

    def follows(self, before: PageNumber) -> bool:
        """Whether this is the page after ``before`` in the same count."""
        same_count = self.total == before.total or None in {self.total, before.total}
        return self.number == before.number + 1 and same_count


def find_page_number(lines: Sequence[str]) -> PageNumber | None:
    """The number at the top or foot of a page, from its lines; None if there is none that can be one."""
    for line in (*lines[-_EDGE:][::-1], *lines[:_EDGE]):
        match = _CALLED.search(line) or _ALONE.match(line)
        if match:
            found = _page_number(match.groupdict())
            if found:
                return found
    return None


def _page_number(parts: Mapping[str, str | None]) -> PageNumber | None:
    number, total = (_digits(parts.get("number") or parts.get("of")), _digits(parts.get("total")))
    if not number or (total is not None and total < number):
        return None
    return PageNumber(number, total)


def _digits(written: str | None) -> int | None:
    digits = (written or "").translate(DIGITS_MEANT)
    return int(digits) if digits.isdigit() else None
