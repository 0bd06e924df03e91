"""The codes we print on sheets: ``SZ1:<kind>:<payload>:<check>``.

``SZ1`` is system and version. The kind says what the sheet is, the payload is the dossier's number in the case system
(empty for a separator; for a rescan sheet the number of
our order). The check is ISO 7064 MOD 97-10 over kind and payload without punctuation: with the fixed shape
of a dossier number it catches every single wrong character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from stdnum.iso7064 import mod_97_10

from sozialakte.intake.model import Code
from sozialakte.shared.ids import DOSSIER_ID, RESCAN_ID

PATCH_TEXT = "PATCHT"
"""The text on the common PATCH T separator sheet, whatever symbology carries it."""

PATCH_FORMAT = "Patch"
"""The format of a code that consists of thick bars, beside those that zxing names; its text is ``T``, ``1`` ..."""

_NEXT_DOCUMENT = frozenset({"2", "T"})  # 3 is T upside down; 1, 4 and 6 tell the scanner how to take the next pages

_PREFIX = "SZ1:"
_SHAPE = re.compile(rf"{_PREFIX}(?:S::|[CLR]:{DOSSIER_ID.pattern}:|N:[0-9]{{12}}:)[0-9]{{2}}")


class SheetKind(StrEnum):
    """What a sheet with our code is."""

    SEPARATOR = "S"
    COVER = "C"
    LABEL = "L"
    REPLY = "R"
    RESCAN = "N"


@dataclass(frozen=True)
class SheetCode:
    """A code of ours as read. Covers, labels and reply slips name a dossier, a rescan sheet names our order."""

    kind: SheetKind
    dossier_id: str | None = None
    rescan_id: str | None = None


def separator_code() -> str:
    """The text of our separator sheet."""
    return _encode(SheetKind.SEPARATOR, "")


def cover_code(dossier_id: str) -> str:
    """The text of a cover sheet: the one letter after it belongs to the dossier. Raises `ValueError` (bad number)."""
    return _encode(SheetKind.COVER, _checked(dossier_id))


def label_code(dossier_id: str) -> str:
    """The text of a label stuck on a letter's first page. Raises `ValueError` (bad number)."""
    return _encode(SheetKind.LABEL, _checked(dossier_id))


def reply_code(dossier_id: str) -> str:
    """The text on our reply slips and own letters. Raises `ValueError` (bad number)."""
    return _encode(SheetKind.REPLY, _checked(dossier_id))


def rescan_code(rescan_id: str) -> str:
    """The text of the sheet before a scan that we ordered again. Raises `ValueError` (bad number)."""
    if not RESCAN_ID.fullmatch(rescan_id):
        raise ValueError("not the number of an order")
    return _encode(SheetKind.RESCAN, rescan_id)


def parse(text: str) -> SheetCode | None:
    """What a code read from a page means to us; None for foreign codes and for ours with a wrong check."""
    if not _SHAPE.fullmatch(text):
        return None
    _, kind, payload, check = text.split(":")
    if check != _check_digits(kind + payload):
        return None
    if kind == SheetKind.RESCAN:
        return SheetCode(SheetKind.RESCAN, rescan_id=payload)
    return SheetCode(SheetKind(kind), payload or None)


def is_damaged(text: str) -> bool:
    """Whether the text claims to be a code of ours but cannot be trusted."""
    return text.startswith(_PREFIX) and parse(text) is None


def is_patch(code: Code) -> bool:
    """Whether the code separates as PATCH T does: by its text or by its bars."""
    if code.format == PATCH_FORMAT:
        return code.text in _NEXT_DOCUMENT
    return code.text.strip() == PATCH_TEXT


def _encode(kind: SheetKind, payload: str) -> str:
    return f"{_PREFIX}{kind.value}:{payload}:{_check_digits(kind.value + payload)}"


def _checked(dossier_id: str) -> str:
    if not DOSSIER_ID.fullmatch(dossier_id):
        raise ValueError("not a dossier number")
    return dossier_id


def _check_digits(text: str) -> str:
    return str(mod_97_10.calc_check_digits("".join(filter(str.isalnum, text))))
