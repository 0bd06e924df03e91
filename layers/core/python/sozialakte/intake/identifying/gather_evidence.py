"""Looks up what a letter names in the register and among known references: the evidence `decide_dossier` weighs.

The number of reads depends on what the letter names, never on the size of the tables: at most `MAX_NAMED` AHV numbers,
dossier numbers and birth dates each, two for all names, one for each reference of the sender's, and the dossiers of at
most `MAX_PERSONS` persons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from sozialakte.intake.identifiers import mentions_person
from sozialakte.intake.identifying.doubts import doubts_about, objections_about
from sozialakte.intake.identifying.evidence import Against, Clue, Doubt, Evidence, Sort, clue_weight
from sozialakte.intake.identifying.recognise_people import Recogniser
from sozialakte.intake.known_references import KnownReference
from sozialakte.intake.model import NamedBy
from sozialakte.intake.understanding.letter_contents import AHV_NUMBERS, BIRTH_DATES, DOSSIER_NUMBERS, LetterContents
from sozialakte.intake.understanding.people_named import NamedPerson, Part
from sozialakte.register import Dossier, Person, Place, RegisterStore
from sozialakte.shared.ahv_number import parse_ahv_number
from sozialakte.shared.reasons import STANDS_IN, Reason

Told = TypeVar("Told", Clue, Doubt)
MAX_NAMED = 10
"""A letter that names more persons is a list (of an employer, a landlord): a person looks at it."""
MAX_PEOPLE = 20
MAX_PERSONS = 8
MOST_OF_SENDER = 3
"""Whose letters went to more dossiers than that, writes about many people: the sender says nothing."""
_SEVERAL = -1.5  # taken off a reference that led to several dossiers
_CODES: Mapping[NamedBy, str] = {
    NamedBy.COVER: "identify.cover",
    NamedBy.LABEL: "identify.label",
    NamedBy.REPLY: "identify.reply",
}


@dataclass(frozen=True)
class Named:
    """The dossier a code of ours named, and on what kind of sheet."""

    dossier_id: str
    by: NamedBy


@dataclass(frozen=True)
class Asked:
    """A letter to find the dossier of: what it says, the text of its pages, and what names it from outside."""

    contents: LetterContents
    text: str
    named: Named | None = None
    references: tuple[KnownReference, ...] = ()


def gather_evidence(asked: Asked, register: RegisterStore) -> Evidence:
    """All clues of the letter, and the doubts."""
    found = asked.contents.identifiers
    listed = max(len(found[sort]) for sort in (AHV_NUMBERS, DOSSIER_NUMBERS, BIRTH_DATES))
    if listed > MAX_NAMED:
        return Evidence(asked.contents.kind, objections=(Reason("identify.too_many", {"count": str(listed)}),))
    return _Search(register, asked).evidence()


@dataclass(frozen=True)
class _Search:
    """Looks for everything one letter names."""

    register: RegisterStore
    asked: Asked

    def evidence(self) -> Evidence:
        named = self._dossiers()
        known = [person for dossier_id in named for person in self.register.find_persons_of_dossier(dossier_id)]
        people = _everybody(self.asked.contents)[:MAX_PEOPLE]
        recognised = Recogniser(self.register, self.asked.text).recognise(people, known)
        clues = [*self._direct(named, known), *(clue for one in recognised for clue in one.clues)]
        places = self._places(clues)
        kept = tuple(self._placed(c, places) for c in clues if c.person_id is None or c.person_id in places)
        kind, subject = self.asked.contents.kind, self.asked.contents.facts.subject or ""
        found = list(zip(people, recognised, strict=True))
        about = (self._placed(doubt, places) for doubt in doubts_about(found, subject))
        doubts = (*about, *self._unknown_numbers(named, places))
        # Whoever put our code on the letter has decided whose it is.
        objections = () if self.asked.named else tuple(objections_about(found, places, kind, subject))
        return Evidence(kind, kept, doubts, objections, places, named)

    def _dossiers(self) -> dict[str, Dossier]:
        """The dossiers that a code, a number in the text or a known reference names, if there are such."""
        named = [self.asked.named.dossier_id] if self.asked.named else []
        numbers = self.asked.contents.identifiers[DOSSIER_NUMBERS]
        learned = [reference.dossier_id for reference in self.asked.references]
        found = (self.register.find_dossier(dossier_id) for dossier_id in dict.fromkeys([*named, *numbers, *learned]))
        return {dossier.dossier_id: dossier for dossier in found if dossier}

    def _direct(self, dossiers: Mapping[str, Dossier], known: Sequence[Person]) -> Iterator[Clue]:
        if self.asked.named:
            yield _of_code(self.asked.named)
        for number in self.asked.contents.identifiers[DOSSIER_NUMBERS]:
            if number in dossiers:
                yield self._of_number(number, known)
        for reference in self.asked.references:
            if not reference.of_sender or len(self._led_to(reference)) <= MOST_OF_SENDER:
                yield self._of_reference(reference)

    def _of_number(self, dossier_id: str, known: Sequence[Person]) -> Clue:
        """A number is proven if somebody from the dossier is named in full: families share their name."""
        proven = any(mentions_person(self.asked.text, person.family_name, person.given_names) for person in known)
        sort = Sort.DOSSIER_NUMBER if proven else Sort.DOSSIER_NUMBER_ALONE
        reason = Reason("identify.dossier_number", {"dossier_id": dossier_id})
        return Clue(sort, clue_weight(sort, own=True), reason, dossier_id=dossier_id)

    def _of_reference(self, reference: KnownReference) -> Clue:
        sort = Sort.REFERENCE_BY_PERSON if reference.by_person else Sort.REFERENCE
        sort = Sort.SENDER if reference.of_sender else sort
        weight = clue_weight(sort, own=True, less=_SEVERAL if len(self._led_to(reference)) > 1 else 0.0)
        about = {"letter_id": reference.last_letter_id, "day": reference.last_filed_at.date().isoformat()}
        return Clue(sort, weight, Reason(f"identify.{sort}", about), dossier_id=reference.dossier_id)

    def _led_to(self, reference: KnownReference) -> set[str]:
        return {other.dossier_id for other in self.asked.references if other.signature == reference.signature}

    def _unknown_numbers(
        self, named: Mapping[str, Dossier], places: Mapping[str, tuple[Place, ...]]
    ) -> Iterator[Doubt]:
        """Senders number their letters in the same shape: only a number like those of dossiers found is a doubt."""
        theirs = (place.dossier.dossier_id for of_one in places.values() for place in of_one)
        prefixes = {dossier_id[:2] for dossier_id in (*named, *theirs)}
        for number in self.asked.contents.identifiers[DOSSIER_NUMBERS]:
            if number not in named and (not prefixes or number[:2] in prefixes):
                yield Doubt(Against.NUMBER_UNKNOWN, Reason("identify.number_unknown", {"dossier_id": number}))

    def _placed(self, told: Told, places: Mapping[str, tuple[Place, ...]]) -> Told:
        """With the dossiers of the person it names: whom those are sealed from must not learn who it is."""
        person_id = told.reason.params.get("person_id")
        if person_id is None:
            return told
        known = places[person_id] if person_id in places else self.register.find_places_of_person(person_id)
        stands_in = ", ".join(sorted(place.dossier.dossier_id for place in known))
        return replace(told, reason=Reason(told.reason.code, {**told.reason.params, STANDS_IN: stands_in}))

    def _places(self, clues: Sequence[Clue]) -> dict[str, tuple[Place, ...]]:
        """The dossiers of the persons in question, the weightiest first."""
        weights: dict[str, float] = {}
        for clue in clues:
            if clue.person_id is not None:
                weights[clue.person_id] = weights.get(clue.person_id, 0.0) + clue.weight
        heaviest = sorted(weights, key=lambda person_id: (-weights[person_id], person_id))[:MAX_PERSONS]
        return {person_id: self.register.find_places_of_person(person_id) for person_id in heaviest}


def _of_code(named: Named) -> Clue:
    sort = Sort.COVER if named.by is NamedBy.COVER else Sort.OWN_CODE
    reason = Reason(_CODES[named.by], {"dossier_id": named.dossier_id})
    return Clue(sort, clue_weight(sort, own=True), reason, dossier_id=named.dossier_id)


def _everybody(contents: LetterContents) -> list[NamedPerson]:
    """All who are named, and the numbers and birth dates that stand with nobody; whom the letter is about first.

    Where it does not say whom it is about, the only one with an identifier is meant.
    """
    people = [*contents.people, *_unattached(contents)]
    if any(named.part is not Part.MENTIONED for named in people):
        return sorted(people, key=lambda named: named.part is Part.MENTIONED)
    told = [named for named in people if (named.ahv_number or named.birth_date) and named.relation is None]
    return [replace(named, part=Part.SUBJECT) if named in told and len(told) == 1 else named for named in people]


def _unattached(contents: LetterContents) -> Iterator[NamedPerson]:
    numbers = {named.ahv_number for named in contents.people}
    days = {named.birth_date for named in contents.people}
    for number in map(parse_ahv_number, contents.identifiers[AHV_NUMBERS]):
        if number not in numbers:
            yield NamedPerson(Part.MENTIONED, (), ahv_number=number)
    for day in map(date.fromisoformat, contents.identifiers[BIRTH_DATES]):
        if day not in days:
            yield NamedPerson(Part.MENTIONED, (), birth_date=day)
