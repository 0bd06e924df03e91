"""Doubts about single pages of a letter, which name them by the letter's own numbers. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sozialakte.shared.reasons import Reason

MOST_NAMED = 20  # pages that a doubt names
_MORE = " ..."
_OF_PAGES = frozenset(
    {"doubt.damaged_code", "doubt.pages_incomplete", "doubt.pages_not_seen", "doubt.pages_unreadable"}
)


def listed(pages: Sequence[int]) -> str:
    """The pages as a doubt names them."""
    return ", ".join(map(str, pages[:MOST_NAMED])) + (_MORE if len(pages) > MOST_NAMED else "")


def is_of_pages(doubt: Reason) -> bool:
    """Whether it is about single pages of the letter, not about the letter as a whole."""
    return doubt.code in _OF_PAGES


def renumbered(doubt: Reason, numbers: Mapping[int, int]) -> Iterator[Reason]:
    """The doubt about those of its pages that have a new number; nothing if none has.

    Where it does not name all its pages, every page after the last named one may be meant.
    """
    named = [int(number) for number in re.findall(r"\d+", doubt.params["pages"])]
    if doubt.params["pages"].endswith(_MORE):
        named += [number for number in numbers if number > named[-1]]
    pages = sorted(numbers[number] for number in named if number in numbers)
    if pages:
        yield Reason(doubt.code, {"pages": listed(pages)})


def joined(doubts: Sequence[Reason]) -> Reason:
    """One doubt of several of a kind."""
    if len(doubts) == 1:
        return doubts[0]
    pages = sorted(int(number) for doubt in doubts for number in re.findall(r"\d+", doubt.params["pages"]))
    more = any(doubt.params["pages"].endswith(_MORE) for doubt in doubts) and len(pages) <= MOST_NAMED
    return Reason(doubts[0].code, {"pages": listed(pages) + (_MORE if more else "")})
