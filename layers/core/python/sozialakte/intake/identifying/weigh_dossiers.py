"""Lays the evidence out by dossier: how much speaks for each one, and for somebody we do not know. Pure.

A person leads to all their open dossiers: a clue that names one of them decides, else the kind of the letter, else they
share the weight. A parent stands in the child's dossier too, but their own letters do not belong there. Who has no open
dossier, or only a closed one of the right type, leads nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log10

from sozialakte.intake.identifying.evidence import SOMEBODY_ELSE, WEIGHTS_AGAINST, Clue, Evidence, Sort, total
from sozialakte.intake.understanding.kinds import dossier_types_of
from sozialakte.register import DossierType, PersonRole, Place

IN_QUESTION = 0.02  # of all weight: less is no candidate
_PRINTED = frozenset({Sort.OWN_CODE, Sort.COVER, Sort.DOSSIER_NUMBER, Sort.DOSSIER_NUMBER_ALONE})
_PROTECTION = frozenset({DossierType.CHILD_PROTECTION, DossierType.ADULT_PROTECTION})


@dataclass(frozen=True)
class Weighed:
    """The evidence laid out by dossier."""

    evidence: Evidence

    @cached_property
    def direct(self) -> Mapping[str, list[Clue]]:
        """Clues that name a dossier."""
        return _grouped((clue.dossier_id, clue) for clue in self.evidence.clues)

    @cached_property
    def naming(self) -> Mapping[str, list[Clue]]:
        """Those that say which dossier is meant: a sender writes about whatever there is."""
        return _grouped((clue.dossier_id, clue) for clue in self.evidence.clues if clue.sort is not Sort.SENDER)

    @cached_property
    def personal(self) -> Mapping[str, list[Clue]]:
        """Clues that name a person."""
        return _grouped((clue.person_id, clue) for clue in self.evidence.clues)

    @cached_property
    def leads(self) -> Mapping[str, tuple[str, ...]]:
        """The open dossiers each person leads to."""
        return {person_id: self._lead(person_id) for person_id in self.personal}

    def _lead(self, person_id: str) -> tuple[str, ...]:
        open_ones = [place.dossier for place in self.places(person_id) if is_theirs(place)]
        named = [dossier.dossier_id for dossier in open_ones if dossier.dossier_id in self.naming]
        if named:
            return tuple(named)
        fitting = [dossier for dossier in open_ones if dossier.type in dossier_types_of(self.evidence.kind)]
        if not fitting and self.closed_of_kind(person_id):
            return ()
        meant = fitting if len(open_ones) > 1 and len(fitting) == 1 else open_ones
        return tuple(dossier.dossier_id for dossier in meant)

    def places(self, person_id: str) -> tuple[Place, ...]:
        """All the dossiers a person stands in."""
        return self.evidence.places.get(person_id, ())

    def closed_of_kind(self, person_id: str) -> list[str]:
        """The person's closed dossiers of the type the letter's kind belongs to."""
        types = dossier_types_of(self.evidence.kind)
        dossiers = (place.dossier for place in self.places(person_id))
        return sorted(dossier.dossier_id for dossier in dossiers if not dossier.is_open and dossier.type in types)

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """What speaks for each open dossier."""
        weights: dict[str, float] = defaultdict(float)
        for dossier_id, clues in self.direct.items():
            if self.is_open(dossier_id):
                weights[dossier_id] += total(clues)
        for dossier_id, weight in self._by_person().items():
            weights[dossier_id] += weight
        return weights

    def _by_person(self) -> Mapping[str, float]:
        heaviest: dict[str, float] = {}
        for person_id, led_to in self.leads.items():
            for dossier_id in led_to:
                weight = total(self.personal[person_id]) - log10(len(led_to))
                heaviest[dossier_id] = max(heaviest.get(dossier_id, weight), weight)
        return heaviest

    def is_open(self, dossier_id: str) -> bool:
        """Whether a dossier that a clue names is there and open."""
        dossier = self.evidence.named.get(dossier_id)
        return dossier is not None and dossier.is_open

    @cached_property
    def elsewhere(self) -> float:
        """What speaks for no open dossier (not in powers): somebody we do not know, and who has no dossier."""
        doubts = max((WEIGHTS_AGAINST[doubt.against] for doubt in self.evidence.doubts), default=0.0)
        nowhere = sum(10 ** total(self.personal[person]) for person, led_to in self.leads.items() if not led_to)
        closed = sum(10 ** total(clues) for dossier, clues in self.direct.items() if not self.is_open(dossier))
        return 10 ** (SOMEBODY_ELSE + doubts) + nowhere + closed

    @cached_property
    def ranking(self) -> list[str]:
        """The dossiers in question, the likeliest first."""
        in_question = [dossier for dossier in self.weights if self.share(dossier) >= IN_QUESTION]
        return sorted(in_question, key=lambda dossier: (-self.weights[dossier], dossier))

    @cached_property
    def candidates(self) -> list[str]:
        """The ranking, then the open dossiers of persons in question that these letters do not belong into."""
        places = (place for person_id in self.personal for place in self.places(person_id))
        named = [dossier_id for dossier_id in self.direct if self.is_open(dossier_id)]
        others = {*named, *(place.dossier.dossier_id for place in places if place.dossier.is_open)}
        led_to = {dossier_id for dossier_ids in self.leads.values() for dossier_id in dossier_ids}
        return [*self.ranking, *sorted(others - led_to - set(self.ranking))]

    def is_named_elsewhere(self, dossier_id: str) -> bool:
        """Whether a code or number of ours names another dossier, and none this one."""
        printed = {named for named, clues in self.direct.items() if any(clue.sort in _PRINTED for clue in clues)}
        return bool(printed) and dossier_id not in printed

    def share(self, dossier_id: str | None) -> float:
        """The confidence in a dossier."""
        if dossier_id is None:
            return 0.0
        everything = self.elsewhere + sum(10**weight for weight in self.weights.values())
        return float(10 ** self.weights[dossier_id] / everything)

    def kind_decided(self, person_id: str) -> bool:
        """Whether the kind of the letter chose among a person's dossiers."""
        return len([place for place in self.places(person_id) if is_theirs(place)]) > len(self.leads[person_id])


def is_theirs(place: Place) -> bool:
    """Whether somebody's own letters belong into the dossier: not a parent's into the child's."""
    return place.dossier.is_open and (place.role is PersonRole.MAIN or place.dossier.type not in _PROTECTION)


def _grouped(pairs: Iterable[tuple[str | None, Clue]]) -> dict[str, list[Clue]]:
    groups: dict[str, list[Clue]] = defaultdict(list)
    for key, clue in pairs:
        if key is not None:
            groups[key].append(clue)
    return dict(groups)
