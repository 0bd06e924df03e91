"""The codes we print on sheets: ``SZ1:<kind>:<payload>:<check>``.

``SZ1`` is system and version. The kind says what the sheet is, the payload is the dossier's number in the case system
(empty for a separator, the register on a register sheet, the box on a box label, our order on a rescan sheet). The
check is ISO 7064 MOD 97-10 over kind and payload without punctuation: with the fixed shape of each payload it catches
every single wrong character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from stdnum.iso7064 import mod_97_10

from sozialakte.intake.model import Code, Section
from sozialakte.shared.id_forms import BOX_ID, DOSSIER_ID, RESCAN_ID

PATCH_TEXT = "PATCHT"
"""The text on the common PATCH T separator sheet, whatever symbology carries it."""

PATCH_FORMAT = "Patch"
"""The format of a code that consists of thick bars, beside those that zxing names; its text is ``T``, ``1`` ..."""

_NEXT_DOCUMENT = frozenset({"2", "T"})  # 3 is T upside down; 1, 4 and 6 tell the scanner how to take the next pages

_PREFIX = "SZ1:"
_SECTIONS = "|".join(section.upper() for section in Section)
_OF_DOSSIERS = rf"[CLR]:{DOSSIER_ID.pattern}:"
_SHAPE = re.compile(
    rf"{_PREFIX}(?:S::|{_OF_DOSSIERS}|G:(?:{_SECTIONS}):|B:{BOX_ID.pattern}:|N:{RESCAN_ID.pattern}:)[0-9]{{2}}"
)


class SheetKind(StrEnum):
    """What a sheet with our code is."""

    SEPARATOR = "S"
    COVER = "C"
    LABEL = "L"
    REPLY = "R"
    REGISTER = "G"
    BOX = "B"
    RESCAN = "N"


DIVIDING = frozenset({SheetKind.SEPARATOR, SheetKind.COVER, SheetKind.REGISTER, SheetKind.BOX, SheetKind.RESCAN})
"""Sheets that lie between letters and are part of none."""


@dataclass(frozen=True)
class SheetCode:
    """A code of ours as read: a register sheet names a section, a box label its box, a rescan sheet our order, a
    separator nothing, all other kinds a dossier.
    """

    kind: SheetKind
    dossier_id: str | None = None
    section: Section | None = None
    box_id: str | None = None
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


def register_code(section: Section) -> str:
    """The text of a register sheet: what follows lay in this register of the paper dossier."""
    return _encode(SheetKind.REGISTER, section.upper())


def box_code(box_id: str) -> str:
    """The text of a box label. Raises `ValueError` (bad number)."""
    if not BOX_ID.fullmatch(box_id):
        raise ValueError("not a box number")
    return _encode(SheetKind.BOX, box_id)


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
    return _named(SheetKind(kind), payload)


def is_damaged(text: str) -> bool:
    """Whether the text claims to be a code of ours but cannot be trusted."""
    return text.startswith(_PREFIX) and parse(text) is None


def is_patch(code: Code) -> bool:
    """Whether the code separates as PATCH T does: by its text or by its bars."""
    if code.format == PATCH_FORMAT:
        return code.text in _NEXT_DOCUMENT
    return code.text.strip() == PATCH_TEXT


def _named(kind: SheetKind, payload: str) -> SheetCode:
    if kind is SheetKind.REGISTER:
        return SheetCode(kind, section=Section(payload.lower()))
    if kind is SheetKind.BOX:
        return SheetCode(kind, box_id=payload)
    if kind is SheetKind.RESCAN:
        return SheetCode(kind, rescan_id=payload)
    return SheetCode(kind, payload or None)


def _encode(kind: SheetKind, payload: str) -> str:
    return f"{_PREFIX}{kind.value}:{payload}:{_check_digits(kind.value + payload)}"


def _checked(dossier_id: str) -> str:
    if not DOSSIER_ID.fullmatch(dossier_id):
        raise ValueError("not a dossier number")
    return dossier_id


def _check_digits(text: str) -> str:
    return str(mod_97_10.calc_check_digits("".join(filter(str.isalnum, text))))
