"""Names as they are compared: spelling variants fold to one form, order and hyphens do not count."""

from __future__ import annotations

import unicodedata

# German transcription first: Müller and Mueller are one name (so are Jäggi and Jaeggi), Weiß and Weiss too.
_TRANSCRIBED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "oe", "ł": "l", "đ": "d", "ı": "i"}
)


def fold(text: str) -> str:
    """``text`` in small letters without accents, umlauts transcribed, everything but letters and digits a space."""
    composed = unicodedata.normalize("NFKC", text).casefold().translate(_TRANSCRIBED)
    plain = (char for char in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in plain).split())


def name_parts(name: str) -> tuple[str, ...]:
    """The folded parts of a name: ``Anne-Marie`` has two."""
    return tuple(fold(name).split())
