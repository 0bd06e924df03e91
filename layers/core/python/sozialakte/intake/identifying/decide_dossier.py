"""Decides whose letter it is, from evidence. Pure. A letter in review costs a minute, one in a wrong dossier trust.

Every dossier in question, and "somebody we do not know", has a weight (powers of ten, `evidence`); the confidence in a
dossier is its share. A dossier is decided for if its share is at least `FILE_AT`, also without what the sender alone
says, nothing objects, and no code or number of ours names another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace

from sozialakte.intake.desk.model import Ground
from sozialakte.intake.identifying.evidence import Clue, Evidence, Sort
from sozialakte.intake.identifying.weigh_dossiers import Weighed
from sozialakte.intake.letter import Destination
from sozialakte.shared.reasons import Reason

FILE_AT = 0.98
"""The confidence from which the machine files; set on the corpus, see ``make bench`` for the share that is right."""
MOST_CANDIDATES = 10
_REFERENCES = frozenset({Sort.REFERENCE, Sort.REFERENCE_BY_PERSON, Sort.SENDER})


@dataclass(frozen=True)
class Decision:
    """The dossier and why; or None, why not, and the open dossiers in question, the likeliest first.

    ``confidence``: the share of the likeliest dossier. ``teaches``: it does not rest on what was learned before.
    ``destination``: it belongs into no dossier. ``grounds``: what speaks for each candidate.
    """

    dossier_id: str | None
    confidence: float
    reasons: tuple[Reason, ...]
    candidates: tuple[str, ...] = ()
    teaches: bool = False
    destination: Destination | None = None
    grounds: tuple[Ground, ...] = ()


def decide(evidence: Evidence) -> Decision:
    """The dossier that clearly wins, or a review with what is in question."""
    weighed = Weighed(evidence)
    best = weighed.ranking[0] if weighed.ranking else None
    share = min(weighed.share(best), Weighed(without_sender(evidence)).share(best))
    if best is None or evidence.objections or share < FILE_AT or weighed.is_named_elsewhere(best):
        candidates = tuple(weighed.candidates[:MOST_CANDIDATES])
        grounds = tuple(_ground(weighed, dossier_id) for dossier_id in candidates)
        return Decision(None, share, _why_not(weighed), candidates, grounds=grounds)
    teaches = Weighed(_without(evidence, _REFERENCES)).share(best) >= FILE_AT
    return Decision(best, share, _why(weighed, best), (best,), teaches)


def without_sender(evidence: Evidence) -> Evidence:
    """What decides: that a letter of the same sender was filed somewhere only helps people to find the dossier."""
    return _without(evidence, frozenset({Sort.SENDER}))


def _without(evidence: Evidence, sorts: Set[Sort]) -> Evidence:
    return replace(evidence, clues=tuple(clue for clue in evidence.clues if clue.sort not in sorts))


def _ground(weighed: Weighed, dossier_id: str) -> Ground:
    share = weighed.share(dossier_id) if dossier_id in weighed.weights else 0.0
    return Ground(dossier_id, int(100 * share), _why(weighed, dossier_id) or _whose(weighed, dossier_id))


def _whose(weighed: Weighed, dossier_id: str) -> tuple[Reason, ...]:
    """Nothing leads there, but somebody in question stands in it."""
    people = [p for p in weighed.personal if any(x.dossier.dossier_id == dossier_id for x in weighed.places(p))]
    return _distinct(_by_weight(clue for person in people for clue in weighed.personal[person]))


def _why(weighed: Weighed, dossier_id: str) -> tuple[Reason, ...]:
    """The weightiest first."""
    people = [person for person, led_to in weighed.leads.items() if dossier_id in led_to]
    clues = [*weighed.direct.get(dossier_id, []), *(clue for person in people for clue in weighed.personal[person])]
    by_kind = any(weighed.kind_decided(person) for person in people) and not weighed.direct.get(dossier_id)
    return _distinct((*_by_weight(clues), *([Reason("identify.kind_decides")] if by_kind else [])))


def _why_not(weighed: Weighed) -> tuple[Reason, ...]:
    """What stands in the way first, then what was found."""
    evidence = weighed.evidence
    stands = (*evidence.objections, *(doubt.reason for doubt in evidence.doubts), *_obstacles(weighed))
    return _distinct((*(stands or _unsure(weighed)), *_by_weight(evidence.clues)))


def _unsure(weighed: Weighed) -> Iterator[Reason]:
    """Nothing stands in the way, but there is too little."""
    best = weighed.ranking[0] if weighed.ranking else None
    percent = str(int(100 * weighed.share(best)))
    yield Reason("identify.not_sure", {"percent": percent}) if best else Reason("identify.nothing_found")


def _obstacles(weighed: Weighed) -> Iterator[Reason]:
    for person_id, led_to in weighed.leads.items():
        if not led_to:
            yield _dead_end(weighed, person_id)
    yield from (_not_open(weighed, dossier_id) for dossier_id in weighed.naming if not weighed.is_open(dossier_id))
    if len(weighed.candidates) > 1:
        persons = {person for person, led_to in weighed.leads.items() if set(led_to) & set(weighed.ranking)}
        code = "identify.several_dossiers" if len(persons) == 1 and not weighed.naming else "identify.conflict"
        yield Reason(code, {"dossier_ids": ", ".join(sorted(weighed.candidates[:MOST_CANDIDATES]))})
    if {clue.sort for clue in weighed.evidence.clues} == {Sort.DOSSIER_NUMBER_ALONE}:
        yield Reason("identify.number_alone", {"dossier_id": next(iter(weighed.direct))})


def _dead_end(weighed: Weighed, person_id: str) -> Reason:
    places = weighed.places(person_id)
    closed = weighed.closed_of_kind(person_id) or [p.dossier.dossier_id for p in places if not p.dossier.is_open]
    if closed:
        return Reason("identify.dossier_closed", {"dossier_id": ", ".join(sorted(closed))})
    if places:
        return Reason("identify.member_only", {"dossier_id": places[0].dossier.dossier_id})
    return Reason("identify.person_without_dossier", {"person_id": person_id})


def _not_open(weighed: Weighed, dossier_id: str) -> Reason:
    known = weighed.evidence.named.get(dossier_id)
    return Reason("identify.dossier_closed" if known else "identify.code_unknown", {"dossier_id": dossier_id})


def _by_weight(clues: Iterable[Clue]) -> Iterable[Reason]:
    return (clue.reason for clue in sorted(clues, key=lambda clue: -clue.weight))


def _distinct(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    distinct: list[Reason] = []
    for reason in reasons:
        if reason not in distinct:
            distinct.append(reason)
    return tuple(distinct)
