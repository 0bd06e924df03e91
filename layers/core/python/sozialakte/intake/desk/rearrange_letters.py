"""Put the pages of letters together anew, in two steps.

A person decides (`Rearrange`): all letters concerned stop in one transaction, each with the whole plan. Then, from the
new state, the files of the new letters are made and the letters change places in one transaction (`MakeParts`). A
process that dies in between finds the plan again; the ids of the new letters follow from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sozialakte.intake.desk import steps
from sozialakte.intake.desk.model import Rearrangement
from sozialakte.intake.desk.parts import are_all, plan_blank, plan_merge, plan_split
from sozialakte.intake.desk.store import DeskStore
from sozialakte.intake.letter import Letter
from sozialakte.intake.review import Decide, unclaimed


@dataclass(frozen=True)
class Seen:
    """A letter in the version somebody saw."""

    letter_id: str
    version: int


@dataclass(frozen=True)
class Rearrange:
    """A person decides about the pages of letters. The same decision again changes nothing.

    Raises what `Decide` raises, and what the plans do.
    """

    store: DeskStore
    staff_id: str
    now: datetime

    def split(self, seen: Seen, first_pages: Sequence[int]) -> Letter:
        """Each of these pages (the letter's own numbers) begins a letter of its own."""
        letter = self.store.letter(seen.letter_id)
        return self._stop([letter], [seen], plan_split(letter, first_pages, seen.version))

    def merge(self, seen: Sequence[Seen]) -> Letter:
        """One letter of several, in this order."""
        letters = [self.store.letter(one.letter_id) for one in seen]
        versions = [one.version for one in seen]
        return self._stop(letters, seen, plan_merge(list(zip(letters, versions, strict=True))))

    def set_blank(self, seen: Seen, pages: Sequence[int]) -> Letter:
        """These pages are blank: they leave the letter, and can be brought back."""
        letter = self.store.letter(seen.letter_id)
        if are_all(letter, pages):
            return Decide(self.store, seen.letter_id, seen.version, self.staff_id, self.now).set_blank()
        return self._stop([letter], [seen], plan_blank(letter, pages, seen.version))

    def _stop(self, letters: Sequence[Letter], seen: Sequence[Seen], plan: Rearrangement) -> Letter:
        if all((letter.rearrangement, letter.decided_by) == (plan, self.staff_id) for letter in letters):
            return letters[0]
        for letter, one in zip(letters, seen, strict=True):
            unclaimed(letter, one.version, self.staff_id, self.now)
        stopped = [steps.rearrange(letter, plan, self.staff_id, self.now) for letter in letters]
        self.store.decide(list(zip(letters, stopped, strict=True)))
        return stopped[0]
