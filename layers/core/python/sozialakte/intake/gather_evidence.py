"""Looks up what a letter names in the register: the clues `decide_dossier` decides from.

The number of reads depends on what the letter names, never on the size of the register: at most `MAX_NAMED` AHV
numbers, dossier numbers and birth dates each, and for each person or dossier found its own dossiers or persons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from sozialakte.intake.decide_dossier import Clue, Evidence, Source
from sozialakte.intake.identifiers import find_certain_birth_dates, mentions_name, mentions_person
from sozialakte.intake.letter_contents import AHV_NUMBERS, BIRTH_DATES, DOSSIER_NUMBERS, LetterContents
from sozialakte.intake.model import NamedBy
from sozialakte.register import DossierType, Person, PersonRole, Place, RegisterStore
from sozialakte.shared.ahv_number import parse_ahv_number
from sozialakte.shared.names import fold
from sozialakte.shared.reasons import Reason

A_LIST = 3
"""So many old dates that fit nobody are the birth dates of other people; one or two may be a contract's."""
MAX_NAMED = 10
"""A letter that names more persons is a list (of an employer, a landlord): a person looks at it."""

PROTECTION = frozenset({DossierType.CHILD_PROTECTION, DossierType.ADULT_PROTECTION})

_WORDS_FOR_CODE: Mapping[NamedBy, str] = MappingProxyType(
    {NamedBy.COVER: "identify.cover", NamedBy.LABEL: "identify.label", NamedBy.REPLY: "identify.reply"}
)


@dataclass(frozen=True)
class Named:
    """The dossier a code of ours named, and on what kind of sheet."""

    dossier_id: str
    by: NamedBy


def gather_evidence(
    contents: LetterContents, texts: Sequence[str], named: Named | None, register: RegisterStore
) -> Evidence:
    """All clues of the letter, and the doubts."""
    found = contents.identifiers
    listed = max(len(found[sort]) for sort in (AHV_NUMBERS, DOSSIER_NUMBERS, BIRTH_DATES))
    if listed > MAX_NAMED:
        return Evidence(contents.kind, objections=(Reason("identify.too_many", {"count": str(listed)}),))
    search = _Search(register, "\n".join(texts))
    clues = [search.named(named)] if named else []
    doubts: list[Reason] = []
    for number in found[AHV_NUMBERS]:
        by_ahv = tuple(search.by_ahv_number(number))
        clues.extend(by_ahv)
        doubts.extend(() if by_ahv else [Reason("identify.ahv_unknown")])
    for birth_date in found[BIRTH_DATES]:
        clues.extend(search.by_birth_date(date.fromisoformat(birth_date)))
    for dossier_id in found[DOSSIER_NUMBERS]:
        clue = search.by_dossier_number(dossier_id)
        if clue:
            clues.append(clue)
        elif _looks_like_ours(dossier_id, clues):
            doubts.append(Reason("identify.number_unknown", {"dossier_id": dossier_id}))
    doubts.extend([Reason("identify.birth_date_unknown")] if clues and search.names_strangers(found) else [])
    return Evidence(contents.kind, tuple(clues), tuple(doubts))


def _looks_like_ours(dossier_id: str, clues: Sequence[Clue]) -> bool:
    """Senders number their letters in the same shape: only a number like those of the dossiers found is a doubt."""
    prefixes = {dossier.dossier_id[:2] for clue in clues for dossier in clue.dossiers}
    return not prefixes or dossier_id[:2] in prefixes


@dataclass(frozen=True)
class _Search:
    """Looks in the register for what the text names; each person's dossiers are read once."""

    register: RegisterStore
    text: str
    places_read: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    birth_dates_explained: set[date] = field(default_factory=set)

    def named(self, named: Named) -> Clue:
        """Our own code on the letter or its cover."""
        dossier = self.register.find_dossier(named.dossier_id)
        about = {"dossier_id": named.dossier_id}
        reason = Reason(_WORDS_FOR_CODE[named.by], about)
        unknown = Reason("identify.code_unknown", about)
        source = Source.COVER if named.by is NamedBy.COVER else Source.CODE
        return Clue(source, reason, unknown, (dossier,) if dossier else ())

    def by_ahv_number(self, number: str) -> Iterator[Clue]:
        """Whoever has the number, whatever the name in the letter: people marry."""
        for person in self.register.find_persons_by_ahv(parse_ahv_number(number)):
            yield self._of_person(person, "identify.ahv_number")

    def by_birth_date(self, birth_date: date) -> Iterator[Clue]:
        """Who was born on that day and is named in the letter; of a twin, the given name anywhere in it counts."""
        born = self.register.find_persons_by_birth_date(birth_date)
        families = {fold(person.family_name) for person in born if self._is_named(person)}
        for person in born:
            maybe_a_twin = fold(person.family_name) in families
            if self._is_named(person) or (maybe_a_twin and mentions_name(self.text, person.given_names.split()[0])):
                yield self._of_person(person, "identify.name_and_birth_date")

    def by_dossier_number(self, dossier_id: str) -> Clue | None:
        """The dossier with this number; proven if somebody from it is named in full: families share their name."""
        dossier = self.register.find_dossier(dossier_id)
        if dossier is None:
            return None
        persons = self.register.find_persons_of_dossier(dossier_id)
        self.birth_dates_explained.update(person.birth_date for person in persons if person.birth_date)
        proven = any(self._is_named(person) for person in persons)
        reason = Reason("identify.dossier_number", {"dossier_id": dossier_id})
        return Clue(Source.DOSSIER_NUMBER, reason, reason, (dossier,), proven)

    def names_strangers(self, found: Mapping[str, Sequence[str]]) -> bool:
        """Whether there are birth dates of people we did not find: one that is called so, or a list of old dates."""
        unexplained = {date.fromisoformat(day) for day in found[BIRTH_DATES]} - self.birth_dates_explained
        return bool(unexplained & find_certain_birth_dates(self.text)) or len(unexplained) >= A_LIST

    def _is_named(self, person: Person) -> bool:
        return mentions_person(self.text, person.family_name, person.given_names)

    def _of_person(self, person: Person, code: str) -> Clue:
        person_id = person.person_id
        self.birth_dates_explained.update([person.birth_date] if person.birth_date else [])
        if person_id not in self.places_read:
            self.places_read[person_id] = self.register.find_places_of_person(person_id)
        about = {"person_id": person_id}
        nothing = Reason("identify.person_without_dossier", about)
        places = self.places_read[person_id]
        dossiers = tuple(place.dossier for place in places)
        return Clue(Source.PERSON, Reason(code, about), nothing, dossiers, any(map(_is_theirs, places)))


def _is_theirs(place: Place) -> bool:
    """A parent stands in the child's dossier too, but their own letters do not belong there."""
    return place.dossier.is_open and (place.role is PersonRole.MAIN or place.dossier.type not in PROTECTION)
