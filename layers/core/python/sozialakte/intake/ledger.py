"""The page ledger: every page of a batch has exactly one fate, and the sum proves it (DESIGN 3).

The ledger is computed from the batch and its letters, never counted along the way: it cannot drift.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from sozialakte.intake.batch import Batch, BatchState
from sozialakte.intake.letter import Letter, LetterState, is_in_progress
from sozialakte.intake.model import CutPlan, PageFate, PageFinding
from sozialakte.shared.reasons import Reason


class Fate(StrEnum):
    """The fates of the ledger. `IN_PROGRESS` is the only one that is not final."""

    FILED = "filed"
    REVIEW = "review"
    FORWARDED = "forwarded"
    SEPARATOR = "separator"
    BLANK = "blank"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    IN_PROGRESS = "in_progress"


SET_ASIDE: Mapping[PageFate, Fate] = MappingProxyType(
    {PageFate.SEPARATOR: Fate.SEPARATOR, PageFate.BLANK: Fate.BLANK, PageFate.REJECTED: Fate.REJECTED}
)


@dataclass(frozen=True)
class PageAccount:
    """What became of one page, and why."""

    page: int
    fate: Fate
    reason: Reason
    letter_id: str | None = None


@dataclass(frozen=True)
class Ledger:
    """How many pages came in and how many met each fate."""

    pages_in: int
    fates: Mapping[Fate, int]

    @property
    def adds_up(self) -> bool:
        """Each page has one fate."""
        return self.pages_in == sum(self.fates.values())

    @property
    def is_complete(self) -> bool:
        """The sum fits and nothing is in progress."""
        return self.adds_up and not self.fates[Fate.IN_PROGRESS]


def ledger_of(batch: Batch, letters: Sequence[Letter]) -> Ledger:
    """The batch's ledger from its letters' states."""
    counted = Counter(account.fate for account in page_accounts(batch, letters))
    return Ledger(batch.pages_in, MappingProxyType({fate: counted[fate] for fate in Fate}))


def page_accounts(batch: Batch, letters: Sequence[Letter]) -> list[PageAccount]:
    """One line a page, in the order of the file; pages that were counted and never came are behind its end."""
    found = _same_for_all(batch) if batch.plan is None else _planned(batch.plan, letters)
    return [*sorted(found, key=lambda account: account.page), *_missing(batch)]


def _missing(batch: Batch) -> Iterator[PageAccount]:
    for page in range(batch.pages_found + 1, batch.pages_in + 1):
        yield PageAccount(page, Fate.REJECTED, Reason("manifest.page_missing"))


def _same_for_all(batch: Batch) -> list[PageAccount]:
    fate = Fate.DUPLICATE if batch.state is BatchState.DUPLICATE else Fate.REJECTED
    reason = batch.reason or Reason("page.unreadable")
    return [PageAccount(page, fate, reason) for page in range(1, batch.pages_found + 1)]


def _planned(plan: CutPlan, letters: Sequence[Letter]) -> Iterator[PageAccount]:
    # The pages of a letter that was replaced are those of the letters that replaced it.
    there = [letter for letter in letters if not letter.is_replaced]
    letter_of = {page: letter for letter in there for page in letter.pages}
    for finding in plan.findings:
        if finding.fate is not PageFate.LETTER:
            yield PageAccount(finding.page, SET_ASIDE[finding.fate], finding.reason)
        else:
            yield _letter_page(finding, letter_of.get(finding.page))


def _letter_page(finding: PageFinding, letter: Letter | None) -> PageAccount:
    if letter is None:
        return PageAccount(finding.page, Fate.IN_PROGRESS, finding.reason)
    reason = letter.reasons[0] if letter.reasons else finding.reason
    return PageAccount(finding.page, fate_of(letter), reason, letter.letter_id)


_FATES: Mapping[LetterState, Fate] = MappingProxyType(
    {
        LetterState.FILED: Fate.FILED,
        LetterState.FORWARDED: Fate.FORWARDED,
        LetterState.BLANK: Fate.BLANK,
        LetterState.REJECTED: Fate.REJECTED,
        LetterState.REPLACED: Fate.REJECTED,  # by a new scan, whose pages are another batch's
    }
)


def fate_of(letter: Letter) -> Fate:
    """The fate of a letter's pages. What a person assigned counts as review until it lies in the dossier."""
    if letter.state in _FATES:
        return _FATES[letter.state]
    return Fate.IN_PROGRESS if is_in_progress(letter.state, letter.decided_by) else Fate.REVIEW
