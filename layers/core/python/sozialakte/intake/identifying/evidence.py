"""What in a letter tells whose it is, and how much each thing is worth: one table. Pure.

A weight is a power of ten: how many times likelier the letter is about this person or dossier than without the clue. It
depends on the part the person plays: who is merely mentioned (a partner, a contact) is rarely whom a letter is about.
The weights were set on a generated corpus (``tests/corpus``) and are measured on another one by ``make bench``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from sozialakte.register import Dossier, Place
from sozialakte.shared.reasons import Reason


class Sort(StrEnum):
    """The sorts of clues. Each speaks once for a person or dossier, however often it stands in the letter."""

    OWN_CODE = "own_code"
    COVER = "cover"
    DOSSIER_NUMBER = "dossier_number"
    DOSSIER_NUMBER_ALONE = "dossier_number_alone"
    AHV_NUMBER = "ahv_number"
    NAME_AND_BIRTH_DATE = "name_and_birth_date"
    NAME_AND_ADDRESS = "name_and_address"
    BILL_DEBTOR = "bill_debtor"
    REFERENCE = "reference"
    REFERENCE_BY_PERSON = "reference_by_person"
    SENDER = "sender"
    NAME = "name"


@dataclass(frozen=True)
class Weight:
    """In powers of ten. ``own``: of whom the letter is about, who writes it or has to pay; ``mentioned``: of others."""

    own: float
    mentioned: float = 0.0


WEIGHTS: Mapping[Sort, Weight] = MappingProxyType(
    {
        Sort.OWN_CODE: Weight(6.0),  # a label or reply slip of ours on the letter itself
        Sort.COVER: Weight(3.2),  # may lie before the wrong letter
        Sort.DOSSIER_NUMBER: Weight(4.0),  # with the name of somebody in the dossier; it has no check digit
        Sort.DOSSIER_NUMBER_ALONE: Weight(1.5),
        Sort.AHV_NUMBER: Weight(5.0, 2.0),  # has a check digit; people of one letter rarely share it
        Sort.NAME_AND_BIRTH_DATE: Weight(4.0, 1.5),
        Sort.NAME_AND_ADDRESS: Weight(3.2, 1.0),
        Sort.BILL_DEBTOR: Weight(3.2, 1.0),  # name and address in the code of a QR-bill: never misread
        Sort.REFERENCE: Weight(3.0),  # the sender's number stood in a letter that the machine filed
        Sort.REFERENCE_BY_PERSON: Weight(3.5),  # ... that a person filed
        Sort.SENDER: Weight(0.5),  # a person filed another letter of this sender there; never decides
        Sort.NAME: Weight(1.0, 0.2),  # others are called so
    }
)

SAME_CLUE = (
    frozenset({Sort.NAME_AND_ADDRESS, Sort.BILL_DEBTOR}),
    frozenset({Sort.REFERENCE, Sort.REFERENCE_BY_PERSON}),
    frozenset({Sort.OWN_CODE, Sort.COVER}),
)
"""Sorts that say the same twice: only the heavier one counts."""

MISREAD, PARTLY, FORMER = -0.3, -0.7, -0.2
"""What is taken off a clue whose name fits after correction of misread letters, in part, or is a former one."""


class Against(StrEnum):
    """What speaks for somebody the register does not know."""

    AHV_UNKNOWN = "ahv_unknown"
    SUBJECT_UNKNOWN = "subject_unknown"
    OTHER_BIRTH_DATE = "other_birth_date"
    OTHER_ADDRESS = "other_address"
    NUMBER_UNKNOWN = "number_unknown"
    BIRTH_DATE_UNKNOWN = "birth_date_unknown"
    SUBJECT_BY_NAME = "subject_by_name"
    SUBJECT_UNCLEAR = "subject_unclear"


SOMEBODY_ELSE = 1.0
"""Weight of "somebody we do not know" before anything speaks for it: a name alone weighs the same."""

WEIGHTS_AGAINST: Mapping[Against, float] = MappingProxyType(
    {
        Against.AHV_UNKNOWN: 3.0,  # the subject has a number nobody in the register has
        Against.SUBJECT_UNKNOWN: 2.5,  # nobody in the register is called like the subject
        Against.OTHER_BIRTH_DATE: 3.0,  # called like a client, born on another day or with another AHV number
        Against.OTHER_ADDRESS: 1.0,  # called like a client who lives elsewhere: people move
        Against.NUMBER_UNKNOWN: 3.5,  # a dossier number that looks like ours
        Against.BIRTH_DATE_UNKNOWN: 1.5,  # a birth date of nobody we found
        Against.SUBJECT_BY_NAME: 1.0,  # a subject of whom only the name fits, beside others who are recognised
        Against.SUBJECT_UNCLEAR: 1.0,  # a family name alone, a neighbour, or what only looks like a name
    }
)


@dataclass(frozen=True)
class Clue:
    """Something that speaks for a dossier (``dossier_id``) or for a person (``person_id``)."""

    sort: Sort
    weight: float
    reason: Reason
    person_id: str | None = None
    dossier_id: str | None = None


@dataclass(frozen=True)
class Doubt:
    """Something that speaks for somebody we do not know."""

    against: Against
    reason: Reason


@dataclass(frozen=True)
class Evidence:
    """All that is known of whose letter it is.

    ``places`` are the dossiers of each person in question, ``named`` the dossiers that clues name directly. Nothing
    outweighs an objection.
    """

    kind: str
    clues: tuple[Clue, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    objections: tuple[Reason, ...] = ()
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    named: Mapping[str, Dossier] = field(default_factory=dict)


def clue_weight(sort: Sort, *, own: bool, less: float = 0.0) -> float:
    """The weight of a clue, ``less`` (negative) taken off, never below nothing."""
    weight = WEIGHTS[sort]
    return max(0.0, (weight.own if own else weight.mentioned) + less)


def total(clues: list[Clue]) -> float:
    """What clues of one person or dossier weigh together: each sort once, the heaviest of each."""
    heaviest: dict[frozenset[Sort], float] = {}
    for clue in clues:
        group = next((same for same in SAME_CLUE if clue.sort in same), frozenset({clue.sort}))
        heaviest[group] = max(heaviest.get(group, clue.weight), clue.weight)
    by_more_than_name = any(clue.sort in _WITH_NAME for clue in clues)
    return sum(weight for group, weight in heaviest.items() if not (by_more_than_name and Sort.NAME in group))


_WITH_NAME = frozenset({Sort.NAME_AND_BIRTH_DATE, Sort.NAME_AND_ADDRESS, Sort.BILL_DEBTOR})
