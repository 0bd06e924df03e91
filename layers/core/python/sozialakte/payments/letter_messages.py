"""What the payments are told of a letter, from what there is to know of it."""

from __future__ import annotations

from sozialakte.intake import LetterNews
from sozialakte.payments.messages import LetterSettled, RegisterBills


def ask_for_bills(news: LetterNews) -> RegisterBills:
    """Look for bills in it."""
    return RegisterBills(
        letter_id=news.letter_id,
        object_key=news.original_key,
        object_version=news.original_version,
        page_count=news.page_count,
        received_at=news.received_at,
        reading=news.reading,
        made_from=news.made_from,
    )


def letter_settled(news: LetterNews) -> LetterSettled:
    """What became of it."""
    return LetterSettled.parse(
        {
            "type": "payments.letter-settled",
            "version": 1,
            "letter_id": news.letter_id,
            "letter_version": news.version,
            "fate": news.fate,
            "dossier_id": news.dossier_id,
            "destination": news.destination,
        }
    )
