"""The characters a message to a bank may have, and how others are replaced (Swiss Payment Standards 2025).

Texts: as in a QR-bill. Identifiers: fewer, and no slash at either end or twice in a row.
"""

from __future__ import annotations

import re
import unicodedata

_TEXT = re.compile("[ -~\u00a0-\u00ac\u00ae-\u017f\u0218-\u021b\u20ac]*")
_LETTERS = "[!-~\u00a1-\u00ac\u00ae-\u017f\u0218-\u021b\u20ac]"
_AS_IT_IS = re.compile(f"{_LETTERS}*(?: {_LETTERS}+)*")
_IDENTIFIER = re.compile(r"(?!.*//)(?![ /])[A-Za-z0-9+?/\-:().,' ]{1,35}(?<!/)")
_KNOWN_AS = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "‹": "'", "›": "'", "…": "...", "•": "-",
     "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "ẞ": "SS", "ƒ": "f", "№": "Nr.", "™": "TM"}
)  # fmt: skip
_BLANK = re.compile(r"\s+")
UNKNOWN = "?"
"""What stands for a character that has no likeness."""


def is_permitted(text: str) -> bool:
    """Whether every character of a text may stand in a message."""
    return _TEXT.fullmatch(text) is not None


def is_identifier(text: str) -> bool:
    """Whether this may be the id of a message, a group or a payment."""
    return _IDENTIFIER.fullmatch(text) is not None


def fitted(text: str) -> str:
    """The text with permitted characters only: accents that banks do not know fall off, quotes and dashes are plain.

    Line ends and runs of blanks become one blank. What has no likeness becomes `UNKNOWN`.
    """
    if _AS_IT_IS.fullmatch(text):
        return text
    one_line = _BLANK.sub(" ", unicodedata.normalize("NFC", text)).strip()
    if is_permitted(one_line):
        return one_line
    return "".join(map(_likeness, one_line.translate(_KNOWN_AS))).strip()


def _likeness(character: str) -> str:
    if is_permitted(character):
        return character
    if unicodedata.category(character) in {"Cf", "Mn", "Me"}:
        return ""
    base = "".join(one for one in unicodedata.normalize("NFKD", character) if not unicodedata.combining(one))
    return base if base and is_permitted(base) else UNKNOWN
