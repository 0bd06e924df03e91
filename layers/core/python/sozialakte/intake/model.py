"""Batches, their pages and their letters: the pure types and rules of the intake.

A batch is cut once (`CutPlan`), and the cut gives every page one fate.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from sozialakte.shared.reasons import Reason


class PageFate(StrEnum):
    """What the cut made of a page."""

    LETTER = "letter"
    SEPARATOR = "separator"
    BLANK = "blank"
    REJECTED = "rejected"


class Lane(StrEnum):
    """The way an upload goes. The daily post never waits for old dossiers: each has its bucket, queues and share."""

    DAILY = "daily"
    BACKFILE = "backfile"


class Section(StrEnum):
    """A register of a paper dossier; the value in capitals is what its sheet says."""

    PERSON = "per"
    FINANCES = "fin"
    DECISIONS = "vfg"
    CORRESPONDENCE = "kor"
    NOTES = "akt"
    HEALTH = "med"
    HOUSING = "woh"
    WORK = "arb"
    INSURANCE = "ver"
    FAMILY = "fam"
    PROTECTION = "kes"
    OTHER = "div"


class NamedBy(StrEnum):
    """Which printed code of ours named the dossier of a letter."""

    COVER = "cover"
    LABEL = "label"
    REPLY = "reply"


@dataclass(frozen=True)
class Code:
    """A bar code or QR code read from a page; ``format`` as zxing names it (``QRCode``, ``Code128``, ``Code39``)."""

    format: str
    text: str


@dataclass(frozen=True)
class PageFinding:
    """One page of the batch (numbered from 1) with its fate and why."""

    page: int
    fate: PageFate
    reason: Reason
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True)
class PlannedLetter:
    """A letter as cut: batch pages in order, and the dossier a cover, label or reply slip named.

    ``disputed``: printed codes contradict each other, so only a person may decide. So it is with ``doubts``: a page of
    it could not be seen, or what lies before it may belong to it. ``section``: of an old dossier, the register it lay
    in. ``rescan``: our order for it.
    """

    pages: tuple[int, ...]
    dossier_id: str | None = None
    named_by: NamedBy | None = None
    disputed: bool = False
    doubts: tuple[Reason, ...] = ()
    section: Section | None = None
    rescan: str | None = None


@dataclass(frozen=True)
class CutPlan:
    """What becomes of every page. `findings` and `letters` must account for each page exactly once."""

    pages_in: int
    findings: tuple[PageFinding, ...]
    letters: tuple[PlannedLetter, ...] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        """Refuse a plan that loses or doubles a page."""
        if [finding.page for finding in self.findings] != list(range(1, self.pages_in + 1)):
            raise PageAccountError("findings do not cover each page once")
        in_letters = sorted(page for letter in self.letters for page in letter.pages)
        if in_letters != [finding.page for finding in self.findings if finding.fate is PageFate.LETTER]:
            raise PageAccountError("letters do not hold each letter page once")


class PageAccountError(ValueError):
    """A cut plan that would lose or double a page."""


class UnreadableFileError(ValueError):
    """A file the intake cannot take. ``reason.code`` starts with ``file.``; ``pages`` is known for some (else 0)."""

    def __init__(self, reason: Reason, pages: int = 0) -> None:
        super().__init__(reason.code)
        self.reason = reason
        self.pages = pages

    def __reduce__(self) -> tuple[type[UnreadableFileError], tuple[Reason, int]]:
        """What it takes to bring it from one process into another."""
        return type(self), (self.reason, self.pages)
