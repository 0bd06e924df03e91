"""Whom of those a letter names the register knows: by AHV number, by name with birth date or address, or by name alone.

The number of reads depends on what the letter names, never on the size of the register: two for all names, one for each
AHV number and each birth date.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from sozialakte.intake.identifiers import mentions_person
from sozialakte.intake.identifying.evidence import FORMER, MISREAD, PARTLY, Against, Clue, Doubt, Sort, clue_weight
from sozialakte.intake.understanding.name_readings import PersonName
from sozialakte.intake.understanding.people_named import NamedPerson, Part
from sozialakte.register import Address, NameAnswer, NameAsked, NameFit, NameMatch, Person, RegisterStore, same_address
from sozialakte.shared.ahv_number import AhvNumber
from sozialakte.shared.names import fold
from sozialakte.shared.reasons import Reason

MAX_NAMES = 40
ELSEWHERE_IN_TEXT = -0.3
"""Taken off where the address stands somewhere in the letter and not with the name."""
_TAKEN_OFF = {NameFit.EXACT: 0.0, NameFit.MISREAD: MISREAD, NameFit.PART: PARTLY}
_NAME_CLUES_OF_ONE = 5  # more people of one name: the name says nothing


@dataclass(frozen=True)
class Recognised:
    """What the register says to one person named in the letter."""

    clues: tuple[Clue, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    persons: tuple[Person, ...] = ()


@dataclass
class Recogniser:
    """Looks up the people of one letter. ``text`` is the whole letter."""

    register: RegisterStore
    text: str
    _people: Sequence[NamedPerson] = ()
    _answers: dict[NameAsked, NameAnswer] = field(default_factory=dict)
    _by_ahv: dict[AhvNumber, tuple[Person, ...]] = field(default_factory=dict)
    _born_on: dict[date, tuple[Person, ...]] = field(default_factory=dict)

    def recognise(self, people: Sequence[NamedPerson], known: Sequence[Person]) -> list[Recognised]:
        """One answer for each of the people. ``known`` are persons found by other ways (of a dossier named)."""
        self._people = people
        self._ask_names(people)
        return [self._recognise(named, known) for named in people]

    def _ask_names(self, people: Sequence[NamedPerson]) -> None:
        asked = list(dict.fromkeys(_asked(name) for named in people for name in named.names if name.given))
        answers = self.register.find_persons_by_names(asked[:MAX_NAMES])
        self._answers = {answer.asked: answer for answer in answers}

    def _recognise(self, named: NamedPerson, known: Sequence[Person]) -> Recognised:
        by_number = self._with_ahv_number(named.ahv_number)
        others = [match for match in self._with_name(named) if match.person not in by_number]
        fitting = [match for match in others if not _contradicts(named, match.person)]
        clues = [clue for person in by_number for clue in self._of_number(named, person)]
        clues.extend(clue for match in fitting for clue in self._of_name(named, match, len(fitting)))
        persons = (*by_number, *(match.person for match in fitting))
        certain = any(clue.sort is not Sort.NAME for clue in clues)
        doubts = () if certain else self._doubts(named, others, persons, known)
        return Recognised(tuple(clues), (*self._unknown_number(named, by_number), *doubts), persons)

    def _with_ahv_number(self, number: AhvNumber | None) -> tuple[Person, ...]:
        if number is None:
            return ()
        if number not in self._by_ahv:
            self._by_ahv[number] = self.register.find_persons_by_ahv(number)
        return self._by_ahv[number]

    def _with_name(self, named: NamedPerson) -> list[NameMatch]:
        """Who is called so; of those born on the day the letter gives, one misread letter in a name is forgiven."""
        answers = [self._answers[asked] for name in named.names if (asked := _asked(name)) in self._answers]
        found = {match.person.person_id: match for answer in reversed(answers) for match in reversed(answer.matches)}
        for person in self._born(named.birth_date):
            if person.person_id not in found and self._is_named(named, person):
                found[person.person_id] = NameMatch(person, NameFit.MISREAD, former=False)
        return list(found.values())

    def _born(self, day: date | None) -> tuple[Person, ...]:
        if day is None:
            return ()
        if day not in self._born_on:
            self._born_on[day] = self.register.find_persons_by_birth_date(day)
        return self._born_on[day]

    def _is_named(self, named: NamedPerson, person: Person) -> bool:
        families = (person.family_name, *person.former_family_names)
        where = "\n".join(f"{name.given} {name.family}" for name in named.names) or self.text
        return any(mentions_person(where, family, person.given_names) for family in families)

    def _of_number(self, named: NamedPerson, person: Person) -> Iterator[Clue]:
        yield _clue(Sort.AHV_NUMBER, named, person)
        if named.birth_date and named.birth_date == person.birth_date:
            yield _clue(Sort.NAME_AND_BIRTH_DATE, named, person)

    def _of_name(self, named: NamedPerson, match: NameMatch, how_many: int) -> Iterator[Clue]:
        person, less = match.person, _TAKEN_OFF[match.fit] + (FORMER if match.former else 0.0)
        born_then = bool(named.birth_date and named.birth_date == person.birth_date)
        if born_then:
            yield _clue(Sort.NAME_AND_BIRTH_DATE, named, person, less)
            yield from (_clue(Sort.NAME_AND_BIRTH_DATE, named, twin) for twin in self._twins_named(person))
        lives_there = self._lives_there(named, person)
        if lives_there is not None:
            sort = Sort.BILL_DEBTOR if named.part is Part.DEBTOR else Sort.NAME_AND_ADDRESS
            yield _clue(sort, named, person, less + lives_there)
        elif not born_then and how_many <= _NAME_CLUES_OF_ONE:
            yield _clue(Sort.NAME, named, person, less)

    def _twins_named(self, person: Person) -> Iterator[Person]:
        """Twins share birth date and family name: the given name of the other one anywhere in the letter counts."""
        words = set(fold(self.text).split())
        for other in self._born(person.birth_date):
            same_family = fold(other.family_name) == fold(person.family_name)
            if other != person and same_family and words & set(fold(other.given_names).split()[:1]):
                yield other

    def _lives_there(self, named: NamedPerson, person: Person) -> float | None:
        """What to take off because of where the address stands; None if it is not theirs."""
        if person.address is None:
            return None
        if named.street:
            return 0.0 if same_address(_address_of(named), person.address) else None
        in_text = same_address(self.text, person.address) and not self._is_of_others(person.address, person)
        return ELSEWHERE_IN_TEXT if in_text else None

    def _is_of_others(self, address: Address, person: Person) -> bool:
        """The address stands in the letter because somebody with another name lives there."""
        theirs = {word for name in (person.family_name, *person.former_family_names) for word in fold(name).split()}
        there = (one for one in self._people if one.street and same_address(_address_of(one), address))
        return any(theirs.isdisjoint(fold(" ".join(name.family for name in one.names)).split()) for one in there)

    def _unknown_number(self, named: NamedPerson, by_number: Sequence[Person]) -> Iterator[Doubt]:
        if named.ahv_number and not by_number and (named.part is not Part.MENTIONED or named.relation is None):
            yield Doubt(Against.AHV_UNKNOWN, Reason("identify.ahv_unknown"))

    def _doubts(
        self, named: NamedPerson, called_so: Sequence[NameMatch], fitting: Sequence[Person], known: Sequence[Person]
    ) -> Iterator[Doubt]:
        """Why the one named may be somebody we do not know."""
        if named.part is Part.MENTIONED:
            if named.names and named.birth_date and named.relation is None and not called_so:
                yield Doubt(Against.BIRTH_DATE_UNKNOWN, Reason("identify.birth_date_unknown"))
            return
        about = {"person_id": called_so[0].person.person_id} if called_so else {}
        if called_so and not fitting:
            yield Doubt(Against.OTHER_BIRTH_DATE, Reason("identify.other_birth_date", about))
        elif called_so and named.street and any(match.person.address for match in called_so):
            yield Doubt(Against.OTHER_ADDRESS, Reason("identify.other_address", about))
        elif not called_so and _is_full(named) and not any(self._is_named(named, person) for person in known):
            against = Against.SUBJECT_UNKNOWN if named.certain else Against.SUBJECT_UNCLEAR
            yield Doubt(against, Reason(f"identify.{against}"))
        elif not named.names and named.birth_date and not self._born(named.birth_date):
            yield Doubt(Against.BIRTH_DATE_UNKNOWN, Reason("identify.birth_date_unknown"))


def _asked(name: PersonName) -> NameAsked:
    return NameAsked(name.family, name.given)


def _is_full(named: NamedPerson) -> bool:
    """Family name and a given name that is more than a letter."""
    return any(len(name.given.rstrip(".")) > 1 and len(name.family) > 1 for name in named.names)


def _contradicts(named: NamedPerson, person: Person) -> bool:
    """The letter gives another birth date or AHV number than the register."""
    other_day = bool(named.birth_date and person.birth_date and named.birth_date != person.birth_date)
    other_number = bool(named.ahv_number and person.ahv_number and named.ahv_number != person.ahv_number)
    return other_day or other_number


def _clue(sort: Sort, named: NamedPerson, person: Person, less: float = 0.0) -> Clue:
    weight = clue_weight(sort, own=named.part is not Part.MENTIONED, less=less)
    return Clue(sort, weight, Reason(f"identify.{sort}", {"person_id": person.person_id}), person_id=person.person_id)


def _address_of(named: NamedPerson) -> str:
    return " ".join(part for part in (named.street, named.postal_code, named.town) if part)
