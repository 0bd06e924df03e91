"""What speaks against believing that a letter belongs to whoever is recognised in it. Pure.

Doubts are weighed against the evidence; what makes a letter two people's is an objection, and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from sozialakte.intake.identifying.evidence import Against, Doubt, Sort
from sozialakte.intake.identifying.recognise_people import Recognised
from sozialakte.intake.understanding.kinds import dossier_types_of
from sozialakte.intake.understanding.people_named import NamedPerson, Part
from sozialakte.register import DossierType, Person, PersonRole, Place
from sozialakte.shared.names import fold
from sozialakte.shared.reasons import Reason

Found = Sequence[tuple[NamedPerson, Recognised]]
Places = Mapping[str, tuple[Place, ...]]

_ABOUT = frozenset({Part.SUBJECT, Part.DEBTOR})
_OUTSIDERS = (
    r"(?:bruder|schwester|mutter|vater|eltern|nachbar|freund|kolleg|onkel|tante|gross|cousin|schw[aä]ger|schwieger"
    r"|bekannt|mieter|untermieter)"
)
_OF_AN_OUTSIDER = re.compile(rf"\bmein(?:e[nrms]?)? {_OUTSIDERS}")
_CHILD = re.compile(r"\b(?:ihr(?:e[nrms]?)? (?:sohn|tochter|kind)|schueler|kind(?:es|er)?\b)")


def doubts_about(found: Found, subject: str) -> list[Doubt]:
    """All doubts; ``subject`` is what the letter says it is about.

    Where it says whom it is about, nobody need know who writes it or whose name stands in the window.
    """
    told = any(named.part in _ABOUT for named, _ in found)
    known = any(named.part in _ABOUT and named.certain and _certain_persons(one) for named, one in found)
    outside = {Part.SENDER, Part.ADDRESSEE} if told else set()
    doubts = [doubt for named, one in found if named.part not in outside for doubt in one.doubts]
    kept = [doubt for doubt in doubts if not (known and doubt.against is Against.SUBJECT_UNCLEAR)]
    return [*kept, *_by_name_alone(found, told=told), *_by_family_name(found), *_outsiders(found, subject, told=told)]


def objections_about(found: Found, places: Places, kind: str, subject: str) -> Iterator[Reason]:
    """Two clients who share no dossier, or a parent's letter about a child who has a dossier of their own."""
    dossiers = [_open_dossiers(one, places) for named, one in found if _is_concerned(named)]
    apart = [one | other for one, other in combinations(filter(None, dossiers), 2) if not one & other]
    if apart:
        yield Reason("identify.two_clients", {"dossier_ids": ", ".join(sorted(apart[0]))})
    if _CHILD.search(fold(subject)) and not dossier_types_of(kind):
        theirs = {dossier_id for named, one in found for dossier_id in _of_children(named, one, places)}
        yield from (Reason("identify.child_has_dossier", {"dossier_id": one}) for one in sorted(theirs))


def _by_name_alone(found: Found, *, told: bool) -> Iterator[Doubt]:
    """Of a subject only the name is known, and who is recognised by more is somebody else.

    Where the letter does not say whom it is about, anybody named without a relation may be meant.
    """
    certain = {person_id for _, one in found for person_id in _certain_persons(one)}
    for named, one in found:
        persons = {person.person_id for person in one.persons}
        if _may_be_meant(named, told=told) and persons and certain and not persons & certain:
            yield Doubt(Against.SUBJECT_BY_NAME, Reason("identify.subject_by_name", {"person_id": min(persons)}))


def _by_family_name(found: Found) -> Iterator[Doubt]:
    """It is about "Frau Fischer", and nobody who is recognised is called so."""
    certain = (person for _, one in found for person in one.persons if person.person_id in _certain_persons(one))
    families = {family for person in certain for family in _families(person)}
    for named, _ in found:
        alone = [name.family for name in named.names if not name.given]
        if named.part is Part.SUBJECT and alone and families and not families & _words(" ".join(alone)):
            yield Doubt(Against.SUBJECT_UNCLEAR, Reason("identify.subject_unclear"))


def _outsiders(found: Found, subject: str, *, told: bool) -> Iterator[Doubt]:
    """Somebody writes for a neighbour or a brother: people who rarely share a dossier."""
    if told or not any(named.part is Part.SENDER for named, _ in found):
        return
    for_others = any(_is_outsider(named) and not one.persons for named, one in found)
    if for_others or _OF_AN_OUTSIDER.search(fold(subject)):
        yield Doubt(Against.SUBJECT_UNCLEAR, Reason("identify.subject_unclear"))


def _is_outsider(named: NamedPerson) -> bool:
    """Named with data of their own, as a letter's subject is."""
    related = named.relation is not None and re.match(_OUTSIDERS, named.relation)
    return bool(related and (named.birth_date or named.ahv_number))


def _of_children(named: NamedPerson, one: Recognised, places: Places) -> Iterator[str]:
    """The dossiers of children's protection in which somebody at an end of the letter stands as a parent."""
    if named.part in _ABOUT or named.part is Part.MENTIONED:
        return
    for person_id in _certain_persons(one):
        for place in places.get(person_id, ()):
            is_child_protection = place.dossier.is_open and place.dossier.type is DossierType.CHILD_PROTECTION
            if is_child_protection and place.role is not PersonRole.MAIN:
                yield place.dossier.dossier_id


def _may_be_meant(named: NamedPerson, *, told: bool) -> bool:
    """Not merely mentioned because of a relation, or where the letter says whom else it is about."""
    return named.part is not Part.MENTIONED or not (told or named.relation)


def _is_concerned(named: NamedPerson) -> bool:
    """At an end of the letter or its subject, or named with a number or birth date of their own and no relation."""
    return _may_be_meant(named, told=not (named.birth_date or named.ahv_number))


def _open_dossiers(one: Recognised, places: Places) -> frozenset[str]:
    of_all = (place.dossier for person_id in _certain_persons(one) for place in places.get(person_id, ()))
    return frozenset(dossier.dossier_id for dossier in of_all if dossier.is_open)


def _certain_persons(one: Recognised) -> set[str]:
    """Who is recognised by more than the name."""
    return {clue.person_id for clue in one.clues if clue.sort is not Sort.NAME and clue.person_id}


def _families(person: Person) -> set[str]:
    return {word for name in (person.family_name, *person.former_family_names) for word in _words(name)}


def _words(name: str) -> set[str]:
    return set(fold(name).split())
