"""What was packed against what was found, dossier by dossier, and what that makes of its paper. Pure.

The scanning centre's count of each file is checked where the file is cut (its manifest); here each dossier is checked
against the list of the people who packed the boxes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sozialakte.intake.backfile.box_list import BoxedDossier
from sozialakte.intake.backfile.sample import SamplePage
from sozialakte.intake.letter import Letter, LetterState
from sozialakte.intake.letter_states import FINISHED
from sozialakte.intake.model import Lane, Section

ORIGINALS_STAY = frozenset({Section.PERSON, Section.PROTECTION})
"""Identity papers, and what authorities decided over a person: a scan does not stand for these."""

_SET_ASIDE = FINISHED - {LetterState.FILED}
"""By people: blank, rejected, or replaced by other letters, which count for themselves."""


class Account(StrEnum):
    """How a dossier stands. Only `COMPLETE` is done."""

    MISSING = "missing"
    WAITING = "waiting"
    FEWER = "fewer"
    MORE = "more"
    COMPLETE = "complete"


class Medium(StrEnum):
    """Where a dossier lives: on paper, digital, or digital with originals that stay on paper."""

    PAPER = "paper"
    MIXED = "mixed"
    DIGITAL = "digital"


@dataclass(frozen=True)
class PackedDossier:
    """A dossier on the list.

    ``keeps``: who, or which rule, says that originals of it must stay. ``released``: its box may be shredded.
    """

    boxed: BoxedDossier
    keeps: str | None = None
    released: bool = False

    @property
    def medium(self) -> Medium:
        """Paper until its box is released."""
        if not self.released:
            return Medium.PAPER
        return Medium.MIXED if self.keeps else Medium.DIGITAL


@dataclass(frozen=True)
class DossierAccount:
    """A packed dossier with what was found of it: ``filed`` pages, and those that still ``wait`` for anything."""

    packed: PackedDossier
    filed: int = 0
    waiting: int = 0

    @property
    def state(self) -> Account:
        """Complete if all that was found is filed, and as many pages as were counted (if they were)."""
        expected = self.packed.boxed.pages
        if self.waiting:
            return Account.WAITING
        if not self.filed:
            return Account.MISSING
        if expected in (None, self.filed):
            return Account.COMPLETE
        return Account.FEWER if self.filed < (expected or 0) else Account.MORE


@dataclass
class FoundPages:
    """Pages of old dossiers by the dossier they are filed in or named for; ``nowhere``: no cover names one."""

    filed: Counter[str] = field(default_factory=Counter)
    waiting: Counter[str] = field(default_factory=Counter)
    nowhere: int = 0
    pages: list[SamplePage] = field(default_factory=list)
    last_day: dict[str, date] = field(default_factory=dict)
    keeping: set[str] = field(default_factory=set)
    """Dossiers with a register whose originals must stay."""

    def add(self, letters: Iterable[Letter], day: date) -> None:
        """Count the letters of a batch of the backfile that came on a day."""
        for letter in letters:
            dossier_id = letter.dossier_id or letter.named_dossier
            if letter.lane is not Lane.BACKFILE or letter.state in _SET_ASIDE:
                continue
            if dossier_id is None:
                self.nowhere += len(letter.pages)
                continue
            self.last_day[dossier_id] = max(day, self.last_day.get(dossier_id, day))
            if letter.section in ORIGINALS_STAY:
                self.keeping.add(dossier_id)
            if letter.state is LetterState.FILED:
                self.filed[dossier_id] += len(letter.pages)
                numbers = range(1, len(letter.pages) + 1)
                self.pages += [SamplePage(dossier_id, letter.letter_id, number) for number in numbers]
            else:
                self.waiting[dossier_id] += len(letter.pages)


def accounts(packed: Sequence[PackedDossier], found: FoundPages) -> list[DossierAccount]:
    """One for each dossier of the list, in its order."""
    return [
        DossierAccount(one, found.filed[one.boxed.dossier_id], found.waiting[one.boxed.dossier_id]) for one in packed
    ]


def unexpected(packed: Sequence[PackedDossier], found: FoundPages) -> list[str]:
    """Dossiers of which pages were found and that lie in no box of the list."""
    known = {one.boxed.dossier_id for one in packed}
    return sorted((set(found.filed) | set(found.waiting)) - known)
