"""The sheets the mailroom puts between letters: separators of all kinds and dossier covers."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from sozialakte.intake.sheet_codes import PATCH_TEXT, cover_code, separator_code
from tests.demo import drawings
from tests.demo.typeset import Json

LINEAR_SIZE: Mapping[str, int] = {"width": 120, "height": 26}  # millimetres
SQUARE_SIZE: Mapping[str, int] = {"width": 55, "height": 55}


class Separator(StrEnum):
    """The separators the intake knows, by how they carry their text."""

    CODE39 = "Code39"
    CODE128 = "Code128"
    QR = "QRCode"
    OWN = "own"


def separator_sheet(kind: Separator) -> dict[str, Json]:
    """A separator sheet."""
    if kind is Separator.OWN:
        own = {"drawing": drawings.qr(separator_code()), **SQUARE_SIZE}
        return _sheet("Trennblatt", own, "Sozialakte", "Neuer Brief nach diesem Blatt")
    if kind is Separator.QR:
        return _sheet(
            "Trennblatt", {"drawing": drawings.qr(PATCH_TEXT), **SQUARE_SIZE}, PATCH_TEXT, "Bitte wiederverwenden"
        )
    linear = {"drawing": drawings.bars(PATCH_TEXT, kind.value), **LINEAR_SIZE}
    return _sheet("PATCH T", linear, PATCH_TEXT, "Trennblatt Scanzentrum, bitte wiederverwenden")


def cover_sheet(dossier_id: str) -> dict[str, Json]:
    """The cover of one letter that belongs to a dossier."""
    code = {"drawing": drawings.qr(cover_code(dossier_id)), **SQUARE_SIZE}
    return _sheet("Deckblatt", code, f"Dossier {dossier_id}", "Gilt für den einen Brief, der folgt")


def _sheet(title: str, code: Json, caption: str, line: str) -> dict[str, Json]:
    return {"title": title, "codes": [code], "caption": caption, "lines": [line]}
