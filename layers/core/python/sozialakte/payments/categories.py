"""What the money of a bill is for: the categories of client accounts, each with its account in the municipal accounts.

A category has days on which it holds: a chart of accounts changes at the turn of a year, and old bookings keep theirs.
The suggested list follows the posting rules of the cantons (Sozialhilfehandbuch ZH 18.1.03, Handbuch AG 6.2). Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sozialakte.shared.names import fold

CODE = re.compile(r"[0-9]{1,4}")
"""The number of a category, for example ``21``."""
ACCOUNT = re.compile(r"[0-9]{4}\.[34][0-9]{3}(?:\.[0-9]{2})?|[12][0-9]{3}(?:\.[0-9]{2})?")
"""HRM2: ``function.nature.running``, nature 3 an expense, 4 an income; or an account of the balance, 1 or 2."""


@dataclass(frozen=True)
class Category:
    """A category from its first to its last day (None: until further notice).

    ``support``: counts as support under Art. 3 ZUG. ``ahead``: is billed in the month before (rent, premiums).
    ``words``: what stands on such bills, folded (`fold`).
    """

    code: str
    name: str
    account: str
    support: bool
    valid_from: date
    valid_to: date | None = None
    ahead: bool = False
    words: tuple[str, ...] = ()

    @property
    def function(self) -> str | None:
        """What the commune does with it (HRM2): ``5720``; None for an account of the balance."""
        return self.account.split(".")[0] if self._is_result else None

    @property
    def nature(self) -> str:
        """What kind of money it is (HRM2): ``3637``; of the balance the account itself."""
        return self.account.split(".")[1 if self._is_result else 0]

    @property
    def _is_result(self) -> bool:
        return re.match(r"[0-9]{4}\.[34][0-9]{3}", self.account) is not None

    def holds_on(self, day: date) -> bool:
        """Whether something of this day may be booked on it."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class CategoryList:
    """All categories of a service, past and planned ones too. ``version`` counts the imports."""

    categories: tuple[Category, ...] = ()
    version: int = 0

    @property
    def codes(self) -> frozenset[str]:
        """Every number there is or was."""
        return frozenset(category.code for category in self.categories)

    def find(self, code: str, day: date) -> Category | None:
        """The category as it holds on a day, None if it does not."""
        return next((one for one in self.categories if one.code == code and one.holds_on(day)), None)

    def on(self, day: date) -> tuple[Category, ...]:
        """Those that hold on a day, by number as people sort them: 1, 21, 211, 3."""
        return tuple(sorted((one for one in self.categories if one.holds_on(day)), key=lambda one: one.code))

    def of(self, code: str) -> tuple[Category, ...]:
        """The category over time, the oldest first."""
        return tuple(sorted((one for one in self.categories if one.code == code), key=lambda one: one.valid_from))

    def first_gap(self, code: str, first: date, last: date | None) -> date | None:
        """The first day from ``first`` to ``last`` (None: for ever) on which the category does not hold; None: none."""
        day = first
        for category in self.of(code):
            if category.holds_on(day):
                if category.valid_to is None:
                    return None
                day = category.valid_to + timedelta(days=1)
        return day if last is None or day <= last else None

    def said_by(self, text: str, day: date) -> tuple[Category, str] | None:
        """The category whose word stands in a text, and the word: the longest one, so that it is the most telling."""
        found = [(category, word) for category in self.on(day) for word in category.words if _stands_in(word, text)]
        return max(found, key=lambda one: (len(one[1]), one[0].code), default=None)


def overlaps(categories: tuple[Category, ...]) -> Iterator[Category]:
    """Categories that begin before the one of the same number ends."""
    for category in categories:
        earlier = (one for one in categories if one.code == category.code and one is not category)
        if any(one.valid_from <= category.valid_from and one.holds_on(category.valid_from) for one in earlier):
            yield category


def _stands_in(word: str, text: str) -> bool:
    """At the beginning of a word: ``miet`` stands in Mietzins, not in Untermiete."""
    return f" {word}" in f" {fold(text)}"
