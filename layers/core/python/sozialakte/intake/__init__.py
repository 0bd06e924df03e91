"""Intake: from a scanned batch to identified letters. Other contexts use what is named here."""

from sozialakte.intake.kept_readings import KeptTexts
from sozialakte.intake.model import UnreadableFileError
from sozialakte.intake.page_views import PageText, PageView, page_texts, view_pages
from sozialakte.intake.payment_days import letter_date, payment_deadlines

__all__ = [
    "KeptTexts",
    "PageText",
    "PageView",
    "UnreadableFileError",
    "letter_date",
    "page_texts",
    "payment_deadlines",
    "view_pages",
]
