"""The sheets the mailroom puts between letters: separators of all kinds and dossier covers."""

from __future__ import annotations

from enum import StrEnum

from sozialakte.intake.pages.sheet_codes import PATCH_TEXT, cover_code, separator_code
from tests.demo import drawings
from tests.demo.typeset import Json

LINEAR = (120, 26)  # millimetres
SQUARE = (55, 55)


class Separator(StrEnum):
    """The separators the intake knows, by how they carry their text."""

    CODE39 = "Code39"
    CODE128 = "Code128"
    QR = "QRCode"
    OWN = "own"


def separator_sheet(kind: Separator) -> dict[str, Json]:
    """A separator sheet."""
    if kind is Separator.OWN:
        own = _code(drawings.qr(separator_code()), SQUARE)
        return _sheet("Trennblatt", own, "Sozialakte", "Neuer Brief nach diesem Blatt")
    if kind is Separator.QR:
        return _sheet("Trennblatt", _code(drawings.qr(PATCH_TEXT), SQUARE), PATCH_TEXT, "Bitte wiederverwenden")
    linear = _code(drawings.bars(PATCH_TEXT, kind.value), LINEAR)
    return _sheet("PATCH T", linear, PATCH_TEXT, "Trennblatt Scanzentrum, bitte wiederverwenden")


def cover_sheet(dossier_id: str) -> dict[str, Json]:
    """The cover of one letter that belongs to a dossier."""
    code = _code(drawings.qr(cover_code(dossier_id)), SQUARE)
    return _sheet("Deckblatt", code, f"Dossier {dossier_id}", "Gilt für den einen Brief, der folgt")


def _code(drawing: str, size: tuple[int, int]) -> Json:
    return {"drawing": drawing, "width": size[0], "height": size[1]}


def _sheet(title: str, code: Json, caption: str, line: str) -> dict[str, Json]:
    return {"title": title, "code": code, "caption": caption, "lines": [line]}
