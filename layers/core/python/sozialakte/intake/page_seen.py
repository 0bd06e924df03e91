"""What is to be seen on a page, and what of it makes a letter doubtful. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from sozialakte.intake.model import Code, PageFate
from sozialakte.intake.page_doubts import listed
from sozialakte.intake.pages.sheet_codes import DIVIDING, is_damaged, is_patch, parse
from sozialakte.shared.reasons import Reason


@dataclass(frozen=True)
class PageSeen:
    """What is to be seen on a page: its codes, whether it is blank, and why it could not be looked at (if so).

    ``unread``: a code is there that cannot be read. ``written``: beside a separator's code it says more than a
    separator does; ``noted``: it says so little that it may be one, or a short letter with a code stuck on it.
    """

    page: int
    codes: tuple[Code, ...] = ()
    blank: bool = False
    trouble: Reason | None = None
    written: bool = False
    noted: bool = False
    unread: bool = False


_TROUBLES: Mapping[str, str] = MappingProxyType(
    {
        "page.unreadable": "doubt.pages_unreadable",
        "page.incomplete": "doubt.pages_incomplete",
        "page.too_costly": "doubt.pages_not_seen",
        "page.too_large": "doubt.pages_not_seen",
    }
)
"""What the trouble with a page means for its letter."""


def separates(code: Code) -> bool:
    """Whether the code is one that sheets between letters bear."""
    sheet = parse(code.text)
    return is_patch(code) or (sheet is not None and sheet.kind in DIVIDING)


def is_damaged_page(page: PageSeen) -> bool:
    """Whether a code on the page cannot be trusted, or cannot be read and may be one of ours."""
    if any(is_damaged(code.text) for code in page.codes):
        return True
    return page.unread and not any(separates(code) or parse(code.text) for code in page.codes)


def doubts_of(page: PageSeen, fate: PageFate) -> Iterator[str]:
    """What a page makes doubtful: about its letter, or, of a sheet, about those around it."""
    if fate is PageFate.LETTER and page.trouble:
        yield _TROUBLES[page.trouble.code]
    if fate is PageFate.LETTER and is_damaged_page(page):
        yield "doubt.damaged_code"
    if page.noted:
        yield "doubt.separator_written"


@dataclass
class Doubts:
    """The doubts about the letter being filled, each with its pages (from 1), and the sheets that are written on."""

    by_code: dict[str, list[int]] = field(default_factory=dict)
    noted: list[int] = field(default_factory=list)

    def add(self, codes: Sequence[str], position: int) -> None:
        """These are about the page at this position of the letter."""
        for code in codes:
            self.by_code.setdefault(code, []).append(position)

    def take(self) -> tuple[Reason, ...]:
        """All of them; what follows is another letter."""
        reasons = [Reason(code, {"pages": listed(on)}) for code, on in self.by_code.items()]
        if self.noted:
            reasons.append(Reason("doubt.separator_written", {"pages": listed(self.noted)}))
        self.by_code, self.noted = {}, []
        return tuple(reasons)
