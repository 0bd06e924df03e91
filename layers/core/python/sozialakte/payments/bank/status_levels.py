"""What the levels of a status report say together: of a file, of its groups, of its payments. Pure.

A bank that has a file already refuses it once more, and pays the first one. It may say so at any level, and refuse
without a reason at another: so what is a duplicate at any level is no refusal of a payment below it (STANDARDS 3.8).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sozialakte.payments.bank.file_answers import RANKS, together
from sozialakte.payments.iso20022.bank_message import REJECTED, Status

DUPLICATE = frozenset({"AM05", "DU01", "DU02", "DU03", "DU04", "DU05"})
"""Duplicate amount, message, group, payment, EndToEndId, InstrId (ISO's ExternalStatusReason1Code)."""


_IN_WORDS = "DUPL"


def is_duplicate(*said: str) -> bool:
    """Whether a code of ISO's, or a bank's own code or words, say that it has this already."""
    return any(one in DUPLICATE or _IN_WORDS in one.upper() for one in said)


@dataclass(frozen=True)
class StatusLevels:
    """Of one message, by what it names: who ``speaks`` for itself, and what the bank says to ``have`` already.

    ``file``: the file, if it has that. A message speaks of one file, wherever in it that stands. ``answer``: of which
    file it says what as a whole; None if that is nothing new, or nothing that we know. ``message_id``: the file;
    ``refused``: the file and the groups that it refuses, as far as it says nothing else below; ``why``: the codes.
    """

    speaks: frozenset[str] = frozenset()
    have: frozenset[str] = frozenset()
    file: str | None = None
    answer: tuple[str, str] | None = None
    message_id: str = ""
    refused: frozenset[str] = frozenset()
    why: frozenset[str] = frozenset()

    @classmethod
    def of(cls, statuses: Iterable[Status]) -> StatusLevels:
        """All statuses of a message."""
        speaks, have, groups, file, answer = set[str](), set[str](), set[str](), None, ("", "")
        refused, why = set[str](), set[str]()
        for status in statuses:
            if status.status:
                speaks.add(status.name)
            if is_duplicate(*status.codes, status.reason.text):
                have.add(status.name)
                file = status.message_id if status.is_of_file else file
            if status.status == REJECTED and not status.end_to_end_id:
                refused.add(status.name)
                why.update(status.codes)
            if status.is_of_file:
                answer = (status.message_id, status.status)
            elif not status.end_to_end_id:
                groups.add(status.status)
        message_id, said = answer[0], answer[1] or together(frozenset(groups))
        known = message_id and said in RANKS and not have
        told = (message_id, said) if known else None
        spoken, known_there = frozenset(speaks), frozenset(have) - {""}
        return cls(spoken, known_there, file, told, message_id, frozenset(refused), frozenset(why))

    def duplicate(self, *names: str) -> str | None:
        """Which of these the bank has already: its file, or the first of them. None: it does not say so of any."""
        return self.file or next((name for name in names if name in self.have), None)
