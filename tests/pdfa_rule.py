"""One rule of PDF/A-2b, and the list that a module of rules makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.pdfa_parsed import Parsed

Check = Callable[[Parsed], bool]


@dataclass(frozen=True)
class Rule:
    """A clause of ISO 19005-2, what it says, and whether a file breaks it."""

    clause: str
    words: str
    is_broken: Check


def rule(rules: list[Rule], clause: str, words: str) -> Callable[[Check], Check]:
    """Put a check into a list of rules."""

    def put(check: Check) -> Check:
        rules.append(Rule(clause, words, check))
        return check

    return put
