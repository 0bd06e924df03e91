"""Where a document of an old dossier belongs: into the dossier of its cover. Pure.

Its text is read for the search, never for whose it is: the cover has told, and somebody who packed the box has put it
there. What no cover names, or what the cut or the count objects to, is for a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from sozialakte.intake.letter import Letter
from sozialakte.intake.letter_facts import MOST_NOTES, LetterFacts
from sozialakte.intake.model import Section
from sozialakte.intake.readings import PageReading, TextSource
from sozialakte.intake.understanding.kind_words import Kind
from sozialakte.shared.reasons import Reason

KIND_OF_SECTION: Mapping[Section, Kind] = MappingProxyType(
    {
        Section.DECISIONS: Kind.DECISION,
        Section.HEALTH: Kind.MEDICAL,
        Section.HOUSING: Kind.LANDLORD,
        Section.INSURANCE: Kind.INSURER,
        Section.PROTECTION: Kind.KESB,
        Section.WORK: Kind.EMPLOYER,
    }
)
"""What lies in the other registers is of all kinds."""


def place(letter: Letter, readings: Sequence[PageReading], at: datetime) -> Letter:
    """The letter in the dossier of its cover, or in review with why."""
    known = letter.know(_facts(letter, readings))
    objections = letter.objections or (() if letter.named_dossier else (Reason("backfile.no_cover"),))
    if objections or letter.named_dossier is None:
        candidates = (letter.named_dossier,) if letter.named_dossier else ()
        return known.review(objections, candidates, at)
    return known.place(letter.named_dossier, at)


def _facts(letter: Letter, readings: Sequence[PageReading]) -> LetterFacts:
    """No sender, date or deadline: a document of a register is many letters, and none of them is urgent any more."""
    kind = KIND_OF_SECTION.get(letter.section, Kind.OTHER) if letter.section else Kind.OTHER
    notes: list[Reason] = []
    for note in (note for reading in readings for note in reading.notes):
        if note not in notes and len(notes) < MOST_NOTES:
            notes.append(note)
    return LetterFacts(
        kind=kind.value,
        unread_pages=tuple(one.page for one in readings if one.unread or one.source is TextSource.UNREADABLE),
        notes=tuple(notes),
    )
