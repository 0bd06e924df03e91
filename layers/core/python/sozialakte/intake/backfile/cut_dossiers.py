"""The cut of old dossiers, pure: a cover is good for all that follows until the next one.

A register sheet, a separator or a patch begins a new document of the same dossier. Nothing is guessed: what lies before
the first cover, behind a box label, or behind a sheet of ours that cannot be trusted names no dossier, and a person
decides. The other rules are those of the daily post (`cut_rules`): every page has one fate, blank pages leave their
document, pages nobody can look at stay in it, and a sheet that is written on is kept as a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sozialakte.intake.cut_rules import PageSeen
from sozialakte.intake.model import CutPlan, NamedBy, PageFate, PageFinding, PlannedLetter, Section
from sozialakte.intake.pages.sheet_codes import (
    DIVIDING,
    PATCH_FORMAT,
    SheetCode,
    SheetKind,
    is_damaged,
    is_patch,
    parse,
)
from sozialakte.shared.reasons import Reason

_Told = tuple[PageFate, Reason]


def cut_dossiers(pages: Sequence[PageSeen]) -> CutPlan:
    """Give every page one fate and every document its pages; ``pages`` come in the order they are read."""
    cutter = _Cutter()
    findings = [PageFinding(page.page, *cutter.take(page), page.codes) for page in pages]
    cutter.close()
    findings.sort(key=lambda finding: finding.page)
    return CutPlan(len(pages), tuple(findings), tuple(cutter.documents))


@dataclass
class _Cutter:
    """The documents so far, and what the sheets said last. ``lost``: which dossier this is cannot be trusted.

    ``disputed``: a page of the document names another dossier.
    """

    documents: list[PlannedLetter] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    dossier_id: str | None = None
    section: Section | None = None
    lost: bool = False
    disputed: bool = False

    def take(self, page: PageSeen) -> _Told:
        """Let the page do its part; its fate and why."""
        sheets = [sheet for code in page.codes if (sheet := parse(code.text))]
        dividing = [sheet for sheet in sheets if sheet.kind in DIVIDING]
        if dividing:
            reason = self._divide(dividing)
            if not page.written or any(sheet.kind is SheetKind.BOX for sheet in dividing):
                return PageFate.SEPARATOR, reason
            return self._keep(page, Reason("page.letter_sticker"))
        if any(is_patch(code) for code in page.codes) and not page.written:
            self.close()
            return PageFate.SEPARATOR, _patch_reason(page)
        if page.blank:
            return PageFate.BLANK, Reason("page.blank")
        return self._page(page, sheets)

    def close(self) -> None:
        """End the document. Without pages there is none."""
        if self.pages:
            doubted = self.lost or self.disputed
            dossier_id = None if doubted else self.dossier_id
            named_by = NamedBy.COVER if dossier_id else None
            pages = tuple(self.pages)
            self.documents.append(PlannedLetter(pages, dossier_id, named_by, disputed=doubted, section=self.section))
        self.pages, self.disputed = [], False

    def _divide(self, sheets: Sequence[SheetCode]) -> Reason:
        self.close()
        kinds = {sheet.kind for sheet in sheets}
        if SheetKind.BOX in kinds:
            self.dossier_id, self.section, self.lost = None, None, False
            return Reason(
                "page.separator_box", {"box_id": next(sheet.box_id or "" for sheet in sheets if sheet.box_id)}
            )
        if SheetKind.COVER in kinds:
            return self._begin({sheet.dossier_id for sheet in sheets if sheet.dossier_id})
        if SheetKind.REGISTER in kinds:
            sections = {sheet.section for sheet in sheets if sheet.section}
            self.section = sections.pop() if len(sections) == 1 else None
            return Reason("page.separator_register", {"section": self.section.upper() if self.section else "?"})
        return Reason("page.separator_own")

    def _begin(self, dossiers: set[str]) -> Reason:
        self.section, self.lost = None, len(dossiers) > 1
        self.dossier_id = min(dossiers)
        if self.lost:
            return Reason("page.codes_contradict")
        return Reason("page.separator_cover", {"dossier_id": self.dossier_id})

    def _page(self, page: PageSeen, sheets: Sequence[SheetCode]) -> _Told:
        """A page of a document. A damaged code of ours may be a cover's: from here on nothing is sure."""
        if any(is_damaged(code.text) for code in page.codes):
            self.close()
            self.lost = True
            return self._keep(page, Reason("page.letter_damaged_code"))
        if any(sheet.dossier_id != self.dossier_id for sheet in sheets):
            self.disputed = True
            return self._keep(page, Reason("page.codes_contradict"))
        if any(is_patch(code) for code in page.codes):
            self.close()
            return self._keep(page, Reason("page.letter_sticker"))
        return self._keep(page, page.trouble or Reason("page.letter"))

    def _keep(self, page: PageSeen, reason: Reason) -> _Told:
        self.pages.append(page.page)
        return PageFate.LETTER, reason


def _patch_reason(page: PageSeen) -> Reason:
    only_bars = all(code.format == PATCH_FORMAT for code in page.codes if is_patch(code))
    return Reason("page.separator_bars" if only_bars else "page.separator_patch")
