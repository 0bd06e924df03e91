"""The cut of old dossiers, pure: a cover is good for all that follows until the next one.

A register sheet, a separator or a patch begins a new document of the same dossier. Nothing is guessed: what lies before
the first cover, behind a box label, or behind a page that may have been a cover (its code cannot be trusted, or nobody
saw all of it) names no dossier, and a person decides. The other rules are those of the daily post (`cut_rules`): every
page has one fate, blank pages leave their document, pages nobody can look at stay in it and make it doubtful, and a
sheet that is written on is kept as a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sozialakte.intake.model import CutPlan, NamedBy, PageFate, PageFinding, PlannedLetter, Section
from sozialakte.intake.page_seen import Doubts, PageSeen, doubts_of, is_damaged_page
from sozialakte.intake.pages.sheet_codes import DIVIDING, PATCH_FORMAT, SheetCode, SheetKind, is_patch, parse
from sozialakte.shared.reasons import Reason

_Told = tuple[PageFate, Reason]


def cut_dossiers(pages: Sequence[PageSeen]) -> CutPlan:
    """Give every page one fate and every document its pages; ``pages`` come in the order they are read."""
    plan = _cut(pages)
    if not plan.letters and any(page.noted for page in pages):  # nobody would see them
        return _cut([replace(page, written=page.written or page.noted) for page in pages])
    return plan


def _cut(pages: Sequence[PageSeen]) -> CutPlan:
    cutter = _Cutter()
    findings = [PageFinding(page.page, *cutter.take(page), page.codes) for page in pages]
    cutter.end()
    findings.sort(key=lambda finding: finding.page)
    return CutPlan(len(pages), tuple(findings), tuple(cutter.documents))


@dataclass
class _Cutter:
    """The documents so far, and what the sheets said last. ``contradicted``: the last cover names two dossiers.

    ``lost``: the page that may have been a cover, and since which nothing is sure. ``unseen``: such a page within the
    document. ``disputed``: a page of the document names another dossier. ``rescan``: our order it comes for.
    """

    documents: list[PlannedLetter] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    dossier_id: str | None = None
    section: Section | None = None
    contradicted: bool = False
    lost: int | None = None
    unseen: int | None = None
    disputed: bool = False
    rescan: str | None = None
    doubts: Doubts = field(default_factory=Doubts)

    def take(self, page: PageSeen) -> _Told:
        """Let the page do its part; its fate and why."""
        fate, reason = self._told(page)
        doubts = list(doubts_of(page, fate))
        if fate is PageFate.LETTER:
            self.pages.append(page.page)
            self.doubts.add(doubts, len(self.pages))
        elif doubts:
            self.doubts.noted.append(page.page)
        return fate, reason

    def end(self) -> None:
        """No page follows: what is written on sheets after the last document is told with that one."""
        self._close()
        if self.documents:
            last = self.documents[-1]
            self.documents[-1] = replace(last, doubts=(*last.doubts, *self.doubts.take()))

    def _told(self, page: PageSeen) -> _Told:
        sheets = [sheet for code in page.codes if (sheet := parse(code.text))]
        dividing = [sheet for sheet in sheets if sheet.kind in DIVIDING]
        if dividing:
            reason = self._divide(dividing)
            if not page.written or any(sheet.kind is SheetKind.BOX for sheet in dividing):
                return PageFate.SEPARATOR, reason
            return PageFate.LETTER, Reason("page.letter_sticker")
        if any(is_patch(code) for code in page.codes) and not page.written:
            self._close()
            return PageFate.SEPARATOR, _patch_reason(page)
        if page.blank:
            return PageFate.BLANK, Reason("page.blank")
        return PageFate.LETTER, self._page(page, sheets)

    def _close(self) -> None:
        """End the document. Without pages there is none."""
        if self.pages:
            self.documents.append(self._document())
            self.rescan = None
        self.lost = self.lost or self.unseen
        self.pages, self.unseen, self.disputed = [], None, False

    def _document(self) -> PlannedLetter:
        disputed = self.contradicted or self.disputed
        dossier_id = None if disputed or self.lost else self.dossier_id
        named_by = NamedBy.COVER if dossier_id else None
        doubts = self.doubts.take()
        if self.lost:
            doubts = (Reason("doubt.cover_unsure", {"page": str(self.lost)}), *doubts)
        pages = tuple(self.pages)
        return PlannedLetter(pages, dossier_id, named_by, disputed, doubts, self.section, self.rescan)

    def _divide(self, sheets: Sequence[SheetCode]) -> Reason:
        self._close()
        kinds = {sheet.kind for sheet in sheets}
        if SheetKind.BOX in kinds:
            self._forget()
            return Reason(
                "page.separator_box", {"box_id": next(sheet.box_id or "" for sheet in sheets if sheet.box_id)}
            )
        if SheetKind.COVER in kinds:
            return self._begin({sheet.dossier_id for sheet in sheets if sheet.dossier_id})
        if SheetKind.REGISTER in kinds:
            sections = {sheet.section for sheet in sheets if sheet.section}
            self.section = sections.pop() if len(sections) == 1 else None
            return Reason("page.separator_register", {"section": self.section.upper() if self.section else "?"})
        self.rescan = next((sheet.rescan_id for sheet in sheets if sheet.rescan_id), None)
        if self.rescan:
            return Reason("page.separator_rescan", {"rescan_id": self.rescan})
        return Reason("page.separator_own")

    def _forget(self) -> None:
        self.dossier_id, self.section, self.contradicted, self.lost = None, None, False, None

    def _begin(self, dossiers: set[str]) -> Reason:
        self._forget()
        self.contradicted = len(dossiers) > 1
        self.dossier_id = min(dossiers)
        if self.contradicted:
            return Reason("page.codes_contradict")
        return Reason("page.separator_cover", {"dossier_id": self.dossier_id})

    def _page(self, page: PageSeen, sheets: Sequence[SheetCode]) -> Reason:
        """A page of a document. A code that cannot be trusted may be a cover's: from here on nothing is sure."""
        if page.trouble:
            self.unseen = page.page
        if is_damaged_page(page):
            self._close()
            self.lost = page.page
            return page.trouble or Reason("page.letter_damaged_code")
        if any(sheet.dossier_id != self.dossier_id for sheet in sheets):
            self.disputed = True
            return Reason("page.codes_contradict")
        if any(is_patch(code) for code in page.codes):
            self._close()
            return Reason("page.letter_sticker")
        return page.trouble or Reason("page.letter")


def _patch_reason(page: PageSeen) -> Reason:
    only_bars = all(code.format == PATCH_FORMAT for code in page.codes if is_patch(code))
    return Reason("page.separator_bars" if only_bars else "page.separator_patch")
