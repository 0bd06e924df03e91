"""Decides whose letter it is, from clues. Pure. A letter in review costs a minute, one in a wrong dossier trust.

Rules:
1. A clue that leads nowhere (unknown dossier on our own code, person without an open dossier) is for a person to solve.
2. An own code or a dossier number names one dossier; every other clue must lead there too.
3. Persons lead to all their open dossiers. One dossier in all: it is this one. Several: the kind of the letter must
   point to exactly one of them, and every person must belong to it.
4. A dossier number alone is not enough: it has no check digit, so a name from the dossier must stand in the letter.
5. An AHV number nobody has, or an unknown number that looks like ours, is for a person, unless an own code decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sozialakte.intake.kinds import dossier_types_of
from sozialakte.register import Dossier
from sozialakte.shared.reasons import Reason


class Source(StrEnum):
    """Where a clue comes from."""

    CODE = "code"
    COVER = "cover"
    DOSSIER_NUMBER = "dossier_number"
    PERSON = "person"


@dataclass(frozen=True)
class Clue:
    """Something in the letter and the dossiers it leads to, closed ones too.

    ``proven``: it needs no support by another clue. ``dead_end``: what to say if no open dossier is behind it.
    """

    source: Source
    reason: Reason
    dead_end: Reason
    dossiers: tuple[Dossier, ...] = ()
    proven: bool = True

    @property
    def open(self) -> frozenset[str]:
        """The open dossiers it leads to."""
        return frozenset(dossier.dossier_id for dossier in self.dossiers if dossier.is_open)

    def deadlock(self) -> Reason | None:
        """Why this clue leads nowhere, or None."""
        if self.open:
            return None
        closed = sorted(dossier.dossier_id for dossier in self.dossiers)
        return Reason("identify.dossier_closed", {"dossier_id": ", ".join(closed)}) if closed else self.dead_end


@dataclass(frozen=True)
class Evidence:
    """All clues of a letter. ``doubts`` are things in it that fit nothing we know; nothing outweighs an objection."""

    kind: str
    clues: tuple[Clue, ...] = ()
    doubts: tuple[Reason, ...] = ()
    objections: tuple[Reason, ...] = ()

    @property
    def is_vouched_for(self) -> bool:
        """Our own code on the letter outweighs doubts. A cover may lie before the wrong one: it needs a second clue."""
        sources = {clue.source for clue in self.clues}
        return Source.CODE in sources or (Source.COVER in sources and len(sources) > 1)


@dataclass(frozen=True)
class Decision:
    """The dossier and why; or None, why not, and the open dossiers in question."""

    dossier_id: str | None
    reasons: tuple[Reason, ...]
    candidates: tuple[str, ...] = ()


def decide(evidence: Evidence) -> Decision:
    """The dossier all evidence agrees on, or a review with what is in question."""
    clues = evidence.clues
    candidates = sorted(frozenset[str]().union(*(clue.open for clue in clues)))
    named = frozenset[str]().union(*(clue.open for clue in clues if clue.source is not Source.PERSON))
    deadlocks = [reason for clue in clues if (reason := clue.deadlock())]
    if evidence.objections or deadlocks:
        return _review((*evidence.objections, *deadlocks), evidence, candidates)
    if not clues:
        return _review([Reason("identify.nothing_found")] if not evidence.doubts else [], evidence, candidates)
    if evidence.doubts and not evidence.is_vouched_for:
        return _review([], evidence, candidates)
    agreed = named or frozenset(candidates)
    if len(agreed) > 1 and not named:
        return _decide_by_kind(evidence, candidates)
    return _decide_for(agreed, evidence, candidates)


def _decide_for(agreed: frozenset[str], evidence: Evidence, candidates: list[str]) -> Decision:
    """One dossier is meant, unless clues name several or lead elsewhere."""
    clues = evidence.clues
    dossier_id = min(agreed)
    if len(agreed) > 1 or not all(dossier_id in clue.open for clue in clues):
        return _review([_conflict(candidates)], evidence, candidates)
    weakness = _weakness(dossier_id, evidence)
    if weakness:
        return _review([weakness], evidence, candidates)
    return Decision(dossier_id, _distinct(clue.reason for clue in clues))


def _weakness(dossier_id: str, evidence: Evidence) -> Reason | None:
    """Why the only dossier in question may still be the wrong one, or None."""
    clues = evidence.clues
    if not any(clue.proven for clue in clues):
        numbered = any(clue.source is Source.DOSSIER_NUMBER for clue in clues)
        return Reason("identify.number_alone" if numbered else "identify.member_only", {"dossier_id": dossier_id})
    if any(clue.source is not Source.PERSON for clue in clues):
        return None
    types = dossier_types_of(evidence.kind)
    dossiers = {dossier.dossier_id: dossier for clue in clues for dossier in clue.dossiers}
    if not types or dossiers[dossier_id].type in types:
        return None
    closed = sorted(dossier.dossier_id for dossier in dossiers.values() if dossier.type in types)
    return Reason("identify.dossier_closed", {"dossier_id": ", ".join(closed)}) if closed else None


def _decide_by_kind(evidence: Evidence, candidates: list[str]) -> Decision:
    """Persons lead to several dossiers."""
    clues = evidence.clues
    common = frozenset(candidates).intersection(*(clue.open for clue in clues))
    if not common:
        return _review([_conflict(candidates)], evidence, candidates)
    types = dossier_types_of(evidence.kind)
    dossiers = (dossier for clue in clues for dossier in clue.dossiers)
    meant = {dossier.dossier_id for dossier in dossiers if dossier.is_open and dossier.type in types}
    if len(meant) != 1 or not meant <= common:
        several = Reason("identify.several_dossiers", {"dossier_ids": ", ".join(candidates)})
        return _review([several], evidence, candidates)
    reasons = (*(clue.reason for clue in clues), Reason("identify.kind_decides"))
    return Decision(meant.pop(), _distinct(reasons))


def _review(why: Iterable[Reason], evidence: Evidence, candidates: list[str]) -> Decision:
    """What stands in the way first, then what was found."""
    found = (clue.reason for clue in evidence.clues if clue.open)
    return Decision(None, _distinct((*why, *evidence.doubts, *found)), tuple(candidates))


def _conflict(candidates: list[str]) -> Reason:
    return Reason("identify.conflict", {"dossier_ids": ", ".join(candidates)})


def _distinct(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    distinct: list[Reason] = []
    for reason in reasons:
        if reason not in distinct:
            distinct.append(reason)
    return tuple(distinct)
