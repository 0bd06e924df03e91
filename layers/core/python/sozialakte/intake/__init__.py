"""Intake: from a scanned batch to identified letters. Other contexts use what is named here."""

from typing import TYPE_CHECKING

from sozialakte.shared.published import published

if TYPE_CHECKING:
    from sozialakte.intake.kept_readings import KeptPage, KeptPages, KeptTexts
    from sozialakte.intake.letter_news import LetterNews, LettersReceived, news_of
    from sozialakte.intake.model import UnreadableFileError
    from sozialakte.intake.page_parts import page_marks, picture_pages, take_pages
    from sozialakte.intake.page_views import PageText, PageView, page_texts, view_pages
    from sozialakte.intake.payment_days import letter_date, payment_deadlines

__all__ = [
    "KeptPage",
    "KeptPages",
    "KeptTexts",
    "LetterNews",
    "LettersReceived",
    "PageText",
    "PageView",
    "UnreadableFileError",
    "letter_date",
    "news_of",
    "page_marks",
    "page_texts",
    "payment_deadlines",
    "picture_pages",
    "take_pages",
    "view_pages",
]

__getattr__ = published(
    __name__,
    {
        "kept_readings": (
            "KeptPage",
            "KeptPages",
            "KeptTexts",
        ),
        "letter_news": (
            "LetterNews",
            "LettersReceived",
            "news_of",
        ),
        "model": ("UnreadableFileError",),
        "page_parts": (
            "page_marks",
            "picture_pages",
            "take_pages",
        ),
        "page_views": (
            "PageText",
            "PageView",
            "page_texts",
            "view_pages",
        ),
        "payment_days": (
            "letter_date",
            "payment_deadlines",
        ),
    },
)
