"""Which dossier the blank pages of a stack lay in, so that a count of sheets, both sides, can be met. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sozialakte.intake.model import CutPlan, PageFate, PageFinding

_ANOTHER_DOSSIER = frozenset({"page.separator_cover", "page.separator_box", "page.codes_contradict"})


def blank_pages(plan: CutPlan, order: Iterable[int]) -> Counter[str]:
    """How many blank pages lie behind the cover of each dossier; ``order`` is how the pages are read.

    The one right behind one of our sheets is its back: nobody counted it when the box was packed.
    """
    named = {letter.pages[0]: letter.dossier_id for letter in plan.letters}
    findings = {finding.page: finding for finding in plan.findings}
    found: Counter[str] = Counter()
    dossier_id: str | None = None
    before: PageFinding | None = None
    for finding in (findings[page] for page in order):
        if finding.page in named:
            dossier_id = named[finding.page]
        elif _is_sheet(finding) and finding.reason.code in _ANOTHER_DOSSIER:
            dossier_id = finding.reason.params.get("dossier_id")
        if finding.fate is PageFate.BLANK and dossier_id and not (before and _is_sheet(before)):
            found[dossier_id] += 1
        before = finding
    return found


def _is_sheet(finding: PageFinding) -> bool:
    return finding.fate is PageFate.SEPARATOR
