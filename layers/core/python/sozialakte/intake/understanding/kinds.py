"""What kind of letter it is, by words and by who writes; and which dossiers a kind belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sozialakte.intake.understanding.kind_words import NOT_MEANT, SENDERS, WORDS, Kind
from sozialakte.intake.understanding.word_search import WordSearch
from sozialakte.register import DossierType

__all__ = ["DOSSIER_TYPES", "Kind", "Surroundings", "dossier_types_of", "kind_of"]

_ENOUGH = 3
"""Less weight than this is no kind: ``OTHER``."""
_IN_SUBJECT, _IN_ANNEX = 2.5, 0.4
"""A word in the subject says what the letter is, one on a later page often belongs to an enclosure."""
_BY_A_PERSON = 0.4
_OF_FIRMS = frozenset({Kind.EMPLOYER, Kind.INSURER, Kind.MEDICAL, Kind.BILL, Kind.DECISION, Kind.KESB})
"""Kinds a private person hardly writes; they speak of wages and bills, though, and enclose them."""
_PAYMENT_PART = 2
"""Weight of a bill's QR code for a bill."""

# Which of a person's dossiers a letter of this kind belongs to. Kinds that may belong to any are left out: then a
# person decides.
_ASSISTANCE = frozenset({DossierType.ECONOMIC_ASSISTANCE, DossierType.ASYLUM})
DOSSIER_TYPES: Mapping[Kind, frozenset[DossierType]] = MappingProxyType(
    {
        Kind.BILL: _ASSISTANCE,
        Kind.REMINDER: _ASSISTANCE,
        Kind.MEDICAL: _ASSISTANCE,
        Kind.EMPLOYER: _ASSISTANCE,
        Kind.LANDLORD: _ASSISTANCE,
        Kind.INSURER: _ASSISTANCE,
        Kind.APPLICATION: _ASSISTANCE,
        Kind.KESB: frozenset({DossierType.ADULT_PROTECTION, DossierType.CHILD_PROTECTION}),
    }
)


@dataclass(frozen=True)
class Surroundings:
    """What tells the kind of a letter beside its first page.

    ``sender`` is letterhead and signature, ``annex`` the text of later pages. ``private``: a person writes.
    """

    subject: str = ""
    sender: str = ""
    annex: str = ""
    has_payment_part: bool = False
    private: bool = False


ALONE = Surroundings()


def kind_of(text: str, around: Surroundings = ALONE) -> Kind:
    """The kind with the most weight; `Kind.OTHER` if none has enough. ``text`` is the first page."""
    texts = ((around.subject, _IN_SUBJECT), (text, 1.0), (around.annex, _IN_ANNEX))
    places = tuple((WordSearch(part, NOT_MEANT), factor) for part, factor in texts if part)
    letterhead = WordSearch(around.sender)
    weights = {kind: _weight(kind, places) + _of_sender(kind, letterhead) for kind in WORDS}
    weights[Kind.BILL] += _PAYMENT_PART * around.has_payment_part
    for kind in _OF_FIRMS if around.private else ():
        weights[kind] *= _BY_A_PERSON
    best = max(weights, key=lambda kind: weights[kind])  # the first of the heaviest
    return best if weights[best] >= _ENOUGH else Kind.OTHER


def dossier_types_of(kind: str) -> frozenset[DossierType]:
    """The types of dossiers letters of this kind belong to; empty where the kind does not tell."""
    return DOSSIER_TYPES.get(Kind(kind), frozenset())


def _weight(kind: Kind, places: tuple[tuple[WordSearch, float], ...]) -> float:
    """Each word at its best place; places come in that order."""
    return sum(
        weight * next((factor for place, factor in places if place.has(word)), 0.0)
        for word, weight in WORDS[kind].items()
    )


def _of_sender(kind: Kind, letterhead: WordSearch) -> int:
    return max((weight for name, weight in SENDERS.get(kind, {}).items() if letterhead.has(name)), default=0)
