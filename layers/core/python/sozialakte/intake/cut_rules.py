"""The rules of the cut, pure: from what is to be seen on each page to the fate of every page and the letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from sozialakte.intake.model import CutPlan, NamedBy, PageFate, PageFinding, PlannedLetter
from sozialakte.intake.page_seen import Doubts, PageSeen, doubts_of, is_damaged_page
from sozialakte.intake.pages.sheet_codes import PATCH_FORMAT, SheetCode, SheetKind, is_patch, parse
from sozialakte.shared.reasons import Reason


@dataclass(frozen=True)
class _Role:
    """What a page does to the cut: ``starts`` a letter, names its dossier, or is ``disputed`` (names several).

    ``damaged``: it also bears a code that cannot be trusted. ``doubts`` are those about the letter with the page in it.
    """

    fate: PageFate
    reason: Reason
    starts: bool = False
    named_by: NamedBy | None = None
    dossier_id: str | None = None
    disputed: bool = False
    damaged: bool = False
    doubts: tuple[str, ...] = ()
    rescan: str | None = None


_NOBODY = _Role(PageFate.SEPARATOR, Reason("page.separator_own"))  # what lies before the first page names nobody


@dataclass(frozen=True)
class _Naming:
    """How a kind of sheet names a dossier."""

    named_by: NamedBy
    fate: PageFate
    reason_code: str


# In this order: a cover sheet is never part of a letter; a label stuck on a separator sheet means the page is used.
_NAMINGS: Mapping[SheetKind, _Naming] = MappingProxyType(
    {
        SheetKind.COVER: _Naming(NamedBy.COVER, PageFate.SEPARATOR, "page.separator_cover"),
        SheetKind.LABEL: _Naming(NamedBy.LABEL, PageFate.LETTER, "page.letter_label"),
        SheetKind.REPLY: _Naming(NamedBy.REPLY, PageFate.LETTER, "page.letter_reply"),
    }
)


def cut(pages: Sequence[PageSeen]) -> CutPlan:
    """Give every page one fate and every letter its pages; ``pages`` come in the order they are read.

    A separator, cover or rescan sheet ends the letter before; a label or reply slip begins a letter and stays in it. A
    cover, label or reply slip names the dossier of the one letter that follows or that it begins. A separator's code on
    a page that is written on was stuck there: it works as a label does. Where codes contradict each other, or one
    beside the code that names the letter is damaged, nothing is named and the letter is disputed: a person decides.
    Blank pages leave the letter; pages nobody can look at stay in it, and so do those whose code cannot be read: the
    letter is doubted. So is one that follows a sheet on which something is written; where there is no letter at all,
    such a sheet is one.
    """
    plan = _cut(pages)
    if not plan.letters and any(page.noted for page in pages):  # nobody would see them
        return _cut([replace(page, written=page.written or page.noted) for page in pages])
    return plan


def _cut(pages: Sequence[PageSeen]) -> CutPlan:
    cutter = _Cutter()
    findings = []
    for page in pages:
        role = cutter.take(page.page, _role_of(page))
        findings.append(PageFinding(page.page, role.fate, role.reason, page.codes))
    cutter.end()
    findings.sort(key=lambda finding: finding.page)  # as the file has them, which need not be as they are read
    return CutPlan(len(pages), tuple(findings), tuple(cutter.letters))


@dataclass
class _Cutter:
    """The letters so far, the pages of the one being filled, the sheet that names it, and whether to doubt that.

    ``doubts`` are those about that letter, and the sheets that are written on since.
    """

    letters: list[PlannedLetter] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    namer: _Role = _NOBODY
    damaged: bool = False
    doubts: Doubts = field(default_factory=Doubts)
    rescan: str | None = None

    def take(self, page: int, role: _Role) -> _Role:
        """Let the page do its part; gives back its role, which a cover sheet before it may have changed."""
        if role.fate is PageFate.SEPARATOR:
            self.close()
            self.namer, self.damaged, self.rescan = role, role.damaged, role.rescan
            self.doubts.noted += [page] if role.doubts else []
        elif role.fate is PageFate.LETTER:
            damaged, doubts, rescan = role.damaged, role.doubts, role.rescan
            role = self._start(role) if role.starts else role
            self.rescan = rescan or self.rescan
            self.pages.append(page)
            self.damaged = self.damaged or damaged
            self.doubts.add(doubts, len(self.pages))
        return role

    def end(self) -> None:
        """No page follows: what is written on sheets after the last letter is told with that one."""
        self.close()
        if self.letters:
            last = self.letters[-1]
            self.letters[-1] = replace(last, doubts=(*last.doubts, *self.doubts.take()))

    def close(self) -> None:
        """End the letter being filled. Without pages there is no letter."""
        if self.pages:
            self.letters.append(self._letter())
            self.pages, self.namer, self.damaged, self.rescan = [], _NOBODY, False, None

    def _letter(self) -> PlannedLetter:
        namer, pages, doubts = self.namer, tuple(self.pages), self.doubts.take()
        if namer.disputed or (namer.dossier_id and self.damaged):
            return PlannedLetter(pages, disputed=True, doubts=doubts, rescan=self.rescan)
        return PlannedLetter(pages, namer.dossier_id, namer.named_by, doubts=doubts, rescan=self.rescan)

    def _start(self, role: _Role) -> _Role:
        self.close()
        cover = self.namer  # names something only if a cover sheet lies directly before this page
        if not (role.dossier_id or role.disputed):
            return role
        agree = cover.dossier_id in (None, role.dossier_id) and not cover.disputed
        self.namer = role if agree else _disputed(role.fate)
        return self.namer


def _role_of(page: PageSeen) -> _Role:
    role = _role_by_codes(page)
    if page.written and role.fate is PageFate.SEPARATOR:
        role = _stuck_on(role)
    return replace(role, damaged=is_damaged_page(page), doubts=tuple(doubts_of(page, role.fate)))


def _role_by_codes(page: PageSeen) -> _Role:
    sheets = [sheet for code in page.codes if (sheet := parse(code.text))]
    for kind, naming in _NAMINGS.items():
        if any(sheet.kind is kind for sheet in sheets):
            return _naming_role(naming, sheets)
    rescans = [sheet.rescan_id for sheet in sheets if sheet.rescan_id]
    if rescans:
        reason = Reason("page.separator_rescan", {"rescan_id": rescans[0]})
        return _Role(PageFate.SEPARATOR, reason, rescan=rescans[0])
    if sheets:
        return _Role(PageFate.SEPARATOR, Reason("page.separator_own"))
    patches = [code for code in page.codes if is_patch(code)]
    if patches:
        only_bars = all(code.format == PATCH_FORMAT for code in patches)
        return _Role(PageFate.SEPARATOR, Reason("page.separator_bars" if only_bars else "page.separator_patch"))
    if page.blank:
        return _Role(PageFate.BLANK, Reason("page.blank"))
    return _Role(PageFate.LETTER, _plain_reason(page))


def _stuck_on(separator: _Role) -> _Role:
    """A separator's code on a page of a letter: the letter begins here, and the page stays in it."""
    reason = separator.reason if separator.disputed else Reason("page.letter_sticker")
    named_by = NamedBy.LABEL if separator.dossier_id else None
    return replace(separator, fate=PageFate.LETTER, reason=reason, starts=True, named_by=named_by)


def _naming_role(naming: _Naming, sheets: Sequence[SheetCode]) -> _Role:
    dossiers = {sheet.dossier_id for sheet in sheets if sheet.dossier_id}
    if len(dossiers) > 1:
        return _disputed(naming.fate)
    dossier_id = dossiers.pop()
    reason = Reason(naming.reason_code, {"dossier_id": dossier_id})
    return _Role(naming.fate, reason, starts=True, named_by=naming.named_by, dossier_id=dossier_id)


def _disputed(fate: PageFate) -> _Role:
    return _Role(fate, Reason("page.codes_contradict"), starts=True, disputed=True)


def _plain_reason(page: PageSeen) -> Reason:
    return page.trouble or Reason("page.letter_damaged_code" if is_damaged_page(page) else "page.letter")
