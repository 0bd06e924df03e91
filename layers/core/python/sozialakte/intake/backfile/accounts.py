"""What was packed against what was found, dossier by dossier, and what that makes of its paper. Pure.

The scanning centre's count of each file is checked where the file is cut (its manifest); here each dossier is checked
against the list of the people who packed the boxes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from sozialakte.intake.backfile.box_list import BoxedDossier
from sozialakte.intake.backfile.sample import SamplePage
from sozialakte.intake.letter import LetterState
from sozialakte.intake.letter_states import FINISHED
from sozialakte.intake.model import Lane, Section

ORIGINALS_STAY = frozenset({Section.PERSON, Section.PROTECTION})
"""Identity papers, and what authorities decided over a person: a scan does not stand for these."""

_SET_ASIDE = FINISHED - {LetterState.FILED}
"""By people: blank, rejected, or replaced by other letters, which count for themselves."""


class OldLetter(Protocol):
    """What counts of a letter of the backfile."""

    @property
    def letter_id(self) -> str: ...
    @property
    def state(self) -> LetterState: ...
    @property
    def lane(self) -> Lane: ...
    @property
    def pages(self) -> tuple[int, ...]: ...
    @property
    def dossier_id(self) -> str | None: ...
    @property
    def named_dossier(self) -> str | None: ...
    @property
    def section(self) -> Section | None: ...


@dataclass(frozen=True)
class ListedLetter:
    """An `OldLetter` as the list of all of them has it, and when its file was received."""

    letter_id: str
    state: LetterState
    lane: Lane
    pages: tuple[int, ...]
    received_at: datetime
    dossier_id: str | None = None
    named_dossier: str | None = None
    section: Section | None = None


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
    """A packed dossier with what was found of it: ``filed`` pages, ``blank`` ones, and those still ``waiting``.

    ``unsure``: of a file it came in, pages wait that no cover names, so they may be its own.
    """

    packed: PackedDossier
    filed: int = 0
    waiting: int = 0
    blank: int = 0
    unsure: bool = False

    @property
    def state(self) -> Account:
        """Complete if all that was found is filed, and as many pages as were counted (if they were).

        Who counts sheets counts their blank backs too; who counts what is written does not. Both are right.
        """
        expected = self.packed.boxed.pages
        if self.waiting or self.unsure:
            return Account.WAITING
        if not self.filed:
            return Account.MISSING
        if expected is None or self.filed <= expected <= self.filed + self.blank:
            return Account.COMPLETE
        return Account.FEWER if self.filed < expected else Account.MORE


@dataclass
class FoundPages:
    """Pages of old dossiers by the dossier they are filed in or named for; ``nowhere``: no cover names one.

    ``unsure``: dossiers of the files in which those lie.
    """

    filed: Counter[str] = field(default_factory=Counter)
    waiting: Counter[str] = field(default_factory=Counter)
    blank: Counter[str] = field(default_factory=Counter)
    nowhere: int = 0
    unsure: set[str] = field(default_factory=set)
    pages: list[SamplePage] = field(default_factory=list)
    last_day: dict[str, date] = field(default_factory=dict)
    keeping: set[str] = field(default_factory=set)
    """Dossiers with a register whose originals must stay."""

    def add(self, letters: Iterable[OldLetter], day: date) -> None:
        """Count the letters of a batch of the backfile that came on a day."""
        old = [letter for letter in letters if letter.lane is Lane.BACKFILE]
        counted = [letter for letter in old if letter.state not in _SET_ASIDE]
        nameless = [letter for letter in counted if _dossier_of(letter) is None]
        self.nowhere += sum(len(letter.pages) for letter in nameless)
        for letter in old:
            dossier_id = _dossier_of(letter)
            if dossier_id and letter.state not in _SET_ASIDE:
                self._count(letter, dossier_id, day)
            elif dossier_id and letter.state is LetterState.BLANK:
                self.blank[dossier_id] += len(letter.pages)
            if dossier_id and nameless:
                self.unsure.add(dossier_id)

    def _count(self, letter: OldLetter, dossier_id: str, day: date) -> None:
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
    return [_account(one, one.boxed.dossier_id, found) for one in packed]


def unexpected(packed: Sequence[PackedDossier], found: FoundPages) -> list[str]:
    """Dossiers of which pages were found and that lie in no box of the list."""
    known = {one.boxed.dossier_id for one in packed}
    return sorted((set(found.filed) | set(found.waiting)) - known)


def _account(packed: PackedDossier, dossier_id: str, found: FoundPages) -> DossierAccount:
    counts = found.filed[dossier_id], found.waiting[dossier_id], found.blank[dossier_id]
    return DossierAccount(packed, *counts, unsure=dossier_id in found.unsure)


def _dossier_of(letter: OldLetter) -> str | None:
    return letter.dossier_id or letter.named_dossier
