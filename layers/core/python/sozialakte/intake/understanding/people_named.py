"""Everybody a letter names: who it is about, who only appears in it, and what stands with each of them.

Rules:
1. Who stands in the subject, or behind a word like "Versicherte Person", "Patient", "in Sachen", is the subject.
2. Who is named by a relation ("Kindsmutter", "seine Partnerin", "vertreten durch", "Sachbearbeiterin") is mentioned;
   but the first name in the subject is its own even so: "Meine Mutter Irma Kaufmann".
3. If the head of the letter names no subject, the first person in the text without a relation is it, and in a list
   everybody in the list.
4. A birth date, AHV number or address belongs to the name before it; on a line with one name, to that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sozialakte.intake.understanding.name_readings import PersonName
from sozialakte.intake.understanding.names_in_text import find_mentions
from sozialakte.intake.understanding.people_words import FAMILY
from sozialakte.intake.understanding.personal_data import Entry, entries_of
from sozialakte.shared.ahv_number import AhvNumber
from sozialakte.shared.names import blur

MOST_PEOPLE = 60
"""A letter that names more people is a list."""
_TITLE_END = re.compile(r"[,:;] | [\u2013-] | f[üu]r ")


class Part(StrEnum):
    """The part somebody plays in a letter."""

    SUBJECT = "subject"
    ADDRESSEE = "addressee"
    SENDER = "sender"
    DEBTOR = "debtor"
    MENTIONED = "mentioned"


@dataclass(frozen=True)
class NamedPerson:
    """Somebody named in a letter.

    ``names``: the readings of the name, likeliest first; empty for a number or date that stands with no name.
    ``certain`` is False for what only looks like a name. ``relation``: why somebody is mentioned, folded.
    """

    part: Part
    names: tuple[PersonName, ...]
    birth_date: date | None = None
    ahv_number: AhvNumber | None = None
    street: str | None = None
    postal_code: str | None = None
    town: str | None = None
    page: int = 1
    relation: str | None = None
    certain: bool = True


@dataclass(frozen=True)
class Lines:
    """The lines of a letter in which people are named: those of the head that say what it is about, and the text.

    ``text`` has the lines by page, wrapped ones joined (`letter_text.flowing`).
    """

    subject: Sequence[str] = ()
    references: Sequence[str] = ()
    text: Sequence[tuple[int, Sequence[str]]] = ()


def people_in(lines: Lines, received_on: date, *, writes_for_self: bool = False) -> tuple[NamedPerson, ...]:
    """Everybody named in the lines, each once, subjects first. ``writes_for_self``: a private person's letter."""
    head = [*_in_subject(lines.subject, received_on), *_in_references(lines.references, received_on)]
    entries = [(page, entry) for page, part in lines.text for entry in entries_of(part, received_on)]
    known = any(person.part is Part.SUBJECT and person.certain for person in head)
    subjects = frozenset[int]() if known or writes_for_self else _subjects([entry for _, entry in entries])
    in_text = (
        _person(Part.SUBJECT if at in subjects else Part.MENTIONED, entry, page)
        for at, (page, entry) in enumerate(entries)
    )
    people = _each_once([*head, *in_text])
    return tuple(sorted(people, key=lambda person: list(Part).index(person.part)))[:MOST_PEOPLE]


def with_owners(named: Sequence[NamedPerson], ends: Sequence[NamedPerson]) -> tuple[NamedPerson, ...]:
    """Numbers and dates that stand with no name belong to whom the letter is to or from, if it names no subject.

    A payslip, sent to the client, gives the AHV number and does not repeat the name.
    """
    owners = [person for person in ends if person.part in {Part.ADDRESSEE, Part.SENDER}]
    if len(owners) != 1 or any(person.part is Part.SUBJECT and person.names for person in named):
        return (*named, *ends)
    owner = owners[0]
    for person in named:
        owner = owner if person.names or _differ(owner, person) else replace(_united(owner, person), part=owner.part)
    others = (person for person in named if person.names or _differ(owner, person))
    return (*others, *(owner if person is owners[0] else person for person in ends))


def _in_subject(lines: Sequence[str], received_on: date) -> Iterator[NamedPerson]:
    """In the subject a name without a relation is the subject's, and so is a number without a name.

    A line below the heading that is a name and nothing else is one for certain.
    """
    heading, *about = lines or ("",)
    entries = entries_of([heading, *about], received_on, bare=True)
    in_heading = bool(find_mentions(heading, bare=True))
    behind_title = () if in_heading else _TITLE_END.split(heading, maxsplit=1)[1:]
    first = next((entry for entry in entries if entry.mention), None)
    for entry in entries:
        related = entry.mention and entry.mention.relation
        named_first = entry is first and f" {related}" in FAMILY  # "Meine Mutter Irma Kaufmann"
        person = _person(Part.MENTIONED if related and not named_first else Part.SUBJECT, entry, 1)
        own_line = entry.begins_line and not (entry is first and in_heading)
        yield replace(person, certain=person.certain or own_line)
    for entry in entries_of(behind_title, received_on, bare=True):
        yield _person(Part.SUBJECT, entry, 1)


def _in_references(lines: Sequence[str], received_on: date) -> Iterator[NamedPerson]:
    """Among the references stand clerks too: only marks and personal data make a subject."""
    for entry in entries_of(lines, received_on):
        about_case = not entry.mention or entry.mention.is_subject or entry.birth_date or entry.ahv_number
        yield _person(Part.SUBJECT if about_case else Part.MENTIONED, entry, 1)


def _subjects(entries: Sequence[Entry]) -> frozenset[int]:
    """Whom the text is about (rule 3): places in ``entries``."""
    named = [at for at, entry in enumerate(entries) if entry.mention and not entry.mention.relation]
    marked = [at for at in named if (mention := entries[at].mention) and mention.is_subject]
    if marked or not named:
        return frozenset(marked or (at for at, entry in enumerate(entries) if not entry.mention))
    listed = [at for at in named if entries[at].begins_line and (entries[at].birth_date or entries[at].ahv_number)]
    return frozenset(listed if named[0] in listed else named[:1])


def _person(part: Part, entry: Entry, page: int) -> NamedPerson:
    mention = entry.mention
    return NamedPerson(
        part=part,
        names=mention.names if mention else (),
        birth_date=entry.birth_date,
        ahv_number=entry.ahv_number,
        street=entry.address.street,
        postal_code=entry.address.postal_code,
        town=entry.address.town,
        page=page,
        relation=mention.relation if mention and part is Part.MENTIONED else None,
        certain=mention.anchored if mention else True,
    )


def _each_once(people: Iterable[NamedPerson]) -> list[NamedPerson]:
    """A person who is named again adds what was not known; who is a subject once is one."""
    known: list[NamedPerson] = []
    for person in people:
        at = next((at for at, other in enumerate(known[:MOST_PEOPLE]) if _same(other, person)), None)
        if at is None:
            known.append(person)
        else:
            known[at] = _united(known[at], person)
    return known


def _same(one: NamedPerson, other: NamedPerson) -> bool:
    """The same reading of the name and no other birth date or number; "Herr Muster" is the Muster named before."""
    if not one.names or not other.names or _differ(one, other):
        return False
    if not other.names[0].given and not (other.birth_date or other.ahv_number):
        return blur(other.names[0].family) in {blur(name.family) for name in one.names}
    return bool({_blurred(name) for name in one.names} & {_blurred(name) for name in other.names})


def _differ(one: NamedPerson, other: NamedPerson) -> bool:
    pairs = ((one.birth_date, other.birth_date), (one.ahv_number, other.ahv_number))
    return any(ours and theirs and ours != theirs for ours, theirs in pairs)


def _united(one: NamedPerson, other: NamedPerson) -> NamedPerson:
    subject = Part.SUBJECT in {one.part, other.part}
    return replace(
        one,
        part=Part.SUBJECT if subject else one.part,
        relation=None if subject else one.relation or other.relation,
        certain=one.certain or other.certain,
        birth_date=one.birth_date or other.birth_date,
        ahv_number=one.ahv_number or other.ahv_number,
        street=one.street or other.street,
        postal_code=one.postal_code or other.postal_code,
        town=one.town or other.town,
    )


def _blurred(name: PersonName) -> str:
    return blur(f"{name.given} {name.family}")
