"""Is something written on a separator or cover sheet? Then it may be no sheet but a short letter, its code stuck on it.

Sheets are printed with a large code, a title and a line of advice; a code that is stuck on is small. Where bars make
the sheet, hardly anything else stands on it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from sozialakte.intake.pages.clear import level_of
from sozialakte.intake.pages.codes import FoundCode
from sozialakte.intake.pages.ink import Ink
from sozialakte.intake.pages.lines import is_longer_written, wiped
from sozialakte.intake.pages.sheet_codes import PATCH_FORMAT
from sozialakte.intake.pages.spots import Box

_STICKER_MM = (25, 60)  # a QR code, a line of bars: smaller ones are stuck on; sheets have 30 to 47, and 65 to 100
_BESIDE_STICKER_MM = 50
_BESIDE_BARS_MM = 105  # a title and "Trennblatt - neuer Beleg" have 85, a line by hand across half the page 135
_EDGE_MM = 8
_PICTURE = 0.03  # of the page, and so much darker than its paper; the title of a sheet has 0.005
_DARKER = 50


def is_noted(ink: Ink, codes: Sequence[FoundCode]) -> bool:
    """Whether more may stand on the sheet than belongs there; `pages.lines.is_clearly_written` tells where it does."""
    boxes = [each.box for each in codes]
    printed = [each for each in codes if each.code.format != PATCH_FORMAT]
    if not any(_is_printed_large(each, ink) for each in printed):
        most = _BESIDE_STICKER_MM if printed else _BESIDE_BARS_MM
        beside = wiped(ink.clear, ink.millimetre, boxes)
        if is_longer_written(most, beside, ink.millimetre, whichever_way=bool(printed)):
            return True
    return _holds_picture(wiped(ink.sheet, ink.millimetre, boxes, 255), ink.millimetre)


def _is_printed_large(found: FoundCode, ink: Ink) -> bool:
    return _longer_side(found.box, ink) >= _STICKER_MM[found.code.format != "QRCode"]


def _longer_side(box: Box, ink: Ink) -> float:
    width, height = ink.sheet.size
    return max((box[2] - box[0]) * width, (box[3] - box[1]) * height) / ink.millimetre


def _holds_picture(sheet: Image.Image, millimetre: float) -> bool:
    edge = min(round(_EDGE_MM * millimetre), (min(sheet.size) - 1) // 2)
    inner = sheet.crop((edge, edge, sheet.width - edge, sheet.height - edge))
    levels = inner.resize((inner.width // 4 + 1, inner.height // 4 + 1), Image.Resampling.NEAREST).histogram()
    paper = level_of(levels, 0.5)
    return sum(levels[: max(0, paper - _DARKER)]) > _PICTURE * sum(levels)
