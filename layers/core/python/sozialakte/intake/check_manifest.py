"""The scanning centre's count against ours: does every page that was scanned arrive, and is each letter whole? Pure.

Where both count alike, letters go their way. Where they differ, only a person may say which letters are whole: those
between the first and the last that differ, if the manifest counts documents, else all letters of the batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from sozialakte.intake.batch import ManifestCheck
from sozialakte.intake.manifest import Manifest, ManifestRead
from sozialakte.intake.model import CutPlan, PageFate
from sozialakte.intake.pages.order import PageOrder, reading_order
from sozialakte.shared.reasons import Reason


@dataclass(frozen=True)
class _Found:
    """A letter's pages, blank ones inside and behind it included; ``before`` are blank pages that may be its own."""

    pages: int
    before: int

    def fits(self, counted: int) -> bool:
        return self.pages <= counted <= self.pages + self.before


def check(manifest: ManifestRead, plan: CutPlan | None, pages: int, order: PageOrder) -> ManifestCheck:
    """What a manifest says about a batch.

    ``plan`` is none for a file that is not cut; ``pages`` are the file's, 0 if they cannot be told; ``order`` is how
    they were taken to lie.
    """
    if manifest.says is None:
        return ManifestCheck(manifest.upload, None, order, manifest.reason, _all_letters(plan))
    reason, doubted = _compared(manifest.says, plan, pages, order) if pages else (None, (0, 0))
    return ManifestCheck(manifest.upload, manifest.says.pages, order, reason, doubted)


def missing(plan: CutPlan | None) -> ManifestCheck:
    """A manifest was expected and has not come in time: all letters wait for a person."""
    return ManifestCheck(reason=Reason("manifest.missing"), doubted=_all_letters(plan))


def _all_letters(plan: CutPlan | None) -> tuple[int, int]:
    return 0, len(plan.letters) if plan else 0


def _compared(
    manifest: Manifest, plan: CutPlan | None, pages: int, order: PageOrder
) -> tuple[Reason | None, tuple[int, int]]:
    """What differs, and which letters of the plan that concerns."""
    if manifest.order is not order:
        return Reason("manifest.order_late"), _all_letters(plan)
    reason = _pages_differ(manifest.pages, pages)
    if plan is None or not manifest.documents:
        return reason, _all_letters(plan) if reason else (0, 0)
    found = _letters_found(plan, reading_order(order, pages))
    if len(found) == len(manifest.documents) and _agreeing(found, manifest.documents) == len(found):
        return reason, (0, 0)
    return reason or _documents_differ(manifest.documents, found), _differing(found, manifest.documents)


def _pages_differ(counted: int, found: int) -> Reason | None:
    if counted == found:
        return None
    return Reason("manifest.pages_differ", {"counted": str(counted), "found": str(found)})


def _documents_differ(counted: Sequence[int], found: Sequence[_Found]) -> Reason:
    return Reason("manifest.documents_differ", {"counted": str(len(counted)), "found": str(len(found))})


def _differing(found: Sequence[_Found], counted: Sequence[int]) -> tuple[int, int]:
    """The letters between the longest beginning and the longest end that agree."""
    start = _agreeing(found, counted)
    end = _agreeing(found[start:][::-1], counted[start:][::-1])
    return start, len(found) - end


def _agreeing(found: Sequence[_Found], counted: Sequence[int]) -> int:
    pairs = zip(found, counted, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].fits(pair[1]), pairs))


def _letters_found(plan: CutPlan, pages: Sequence[int]) -> list[_Found]:
    """Each letter of the plan as the scanning centre sees it: from its first page to the next sheet between letters."""
    firsts = {letter.pages[0] for letter in plan.letters}
    fates = {finding.page: finding.fate for finding in plan.findings}
    found: list[_Found] = []
    blanks, inside = 0, False
    for page in pages:
        if page in firsts:
            found.append(_Found(1, 0 if inside else blanks))
            inside = True
        elif fates[page] is PageFate.SEPARATOR:
            blanks, inside = 0, False
        elif inside:
            found[-1] = _Found(found[-1].pages + 1, found[-1].before)
        else:
            blanks += 1
    return found
