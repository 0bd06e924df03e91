"""Texts people write: kept as they are (also what looks like HTML), in one Unicode form, without what nobody can see.

Control characters and those that turn the direction of writing are refused, not removed: a text that shows something
else than it holds must not be stored for its writer unnoticed. Whoever shows a text escapes it.
"""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

_LINE_BREAKS = frozenset("\n\t")
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN = frozenset({"Cc", "Cs", "Cn", "Co"})  # control, half a character, unassigned, private


def _one_form(value: object) -> object:
    """NFC, so that what looks the same is the same; counted for the limit as people count."""
    return unicodedata.normalize("NFC", value).replace("\r\n", "\n").strip() if isinstance(value, str) else value


def _visible(text: str) -> str:
    if any(_is_unseen(char) for char in text if char not in _LINE_BREAKS):
        raise PydanticCustomError("control_character", "a control character")
    return text


def _one_line(text: str) -> str:
    if _LINE_BREAKS.intersection(text):
        raise PydanticCustomError("control_character", "a line break")
    return text


def _is_unseen(char: str) -> bool:
    return char in _TURNS or unicodedata.category(char) in _UNSEEN


Line = Annotated[str, BeforeValidator(_one_form), AfterValidator(_visible), AfterValidator(_one_line)]
"""One line, without a limit of its own: ``Annotated[Line, Field(min_length=1, max_length=...)]``."""
Paragraphs = Annotated[str, BeforeValidator(_one_form), AfterValidator(_visible)]
"""Lines and tabs too."""
NoteText = Annotated[Paragraphs, Field(min_length=1, max_length=5000)]
ShortText = Annotated[Paragraphs, Field(min_length=1, max_length=500)]
Subject = Annotated[Line, Field(min_length=1, max_length=200)]
SearchText = Annotated[Line, Field(min_length=2, max_length=100)]
