"""What was read of a letter's pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sozialakte.intake.model import Code
from sozialakte.shared.reasons import Reason


class TextSource(StrEnum):
    """Where a page's text comes from; an unreadable page has none."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class PageReading:
    """What was read of a page (the letter's own numbering, from 1).

    ``confidence`` is the mean over the words, 0 to 1 (1 for a text layer). ``unread``: there is writing that the
    machine cannot read, for example by hand. ``notes``: what people should know, for example active content.
    """

    page: int
    text: str
    source: TextSource
    confidence: float = 1.0
    unread: bool = False
    codes: tuple[Code, ...] = ()
    notes: tuple[Reason, ...] = ()
