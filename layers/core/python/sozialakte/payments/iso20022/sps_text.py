"""The characters a message to a bank may have, and how others are replaced (Swiss Payment Standards 2025).

Texts: as in a QR-bill. Identifiers: fewer, and no slash at either end or twice in a row.
"""

from __future__ import annotations

import re
import unicodedata
from xml.sax.saxutils import escape

_TEXT = re.compile("[ -~\u00a0-\u00ac\u00ae-\u017f\u0218-\u021b\u20ac]*")
_LETTERS = "[!-~\u00a1-\u00ac\u00ae-\u017f\u0218-\u021b\u20ac]"
_WORDS = f"{_LETTERS}*(?: {_LETTERS}+)*"
_AS_IT_IS = re.compile(_WORDS)
_ALL_AS_THEY_ARE = re.compile(f"{_WORDS}(?:\n{_WORDS})*")
_IDENTIFIER = re.compile(r"(?!.*//)(?![ /])[A-Za-z0-9+?/\-:().,' ]{1,35}(?<!/)")
_PLAIN = {
    "'": "\u2018\u2019\u201a\u2039\u203a",
    '"': "\u201c\u201d\u201e",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022",
    "...": "\u2026",
}
_KNOWN_AS = {ord(fancy): plain for plain, all_fancy in _PLAIN.items() for fancy in all_fancy}
_BLANK = re.compile(r"\s+")
UNKNOWN = "?"
"""What stands for a character that has no likeness."""


def is_permitted(text: str) -> bool:
    """Whether every character of a text may stand in a message."""
    return _TEXT.fullmatch(text) is not None


def escaped(text: str) -> str:
    """The text as it stands between two tags. Hardly any has something to escape, so looking first is quicker."""
    if "&" in text or "<" in text or ">" in text:
        return escape(text)
    return text


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


def are_fitted(texts: tuple[str, ...]) -> bool:
    """Whether none of them changes when it is `fitted`; one look at all of them."""
    lines = "\n".join(texts)
    return _ALL_AS_THEY_ARE.fullmatch(lines) is not None and lines.count("\n") == len(texts) - 1


def _likeness(character: str) -> str:
    if is_permitted(character):
        return character
    if unicodedata.category(character) in {"Cf", "Mn", "Me"}:
        return ""
    base = "".join(one for one in unicodedata.normalize("NFKD", character) if not unicodedata.combining(one))
    return base if base and is_permitted(base) else UNKNOWN
