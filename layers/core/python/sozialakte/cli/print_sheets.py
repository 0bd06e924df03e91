"""Sheets as a PDF to print: what stands on them, and their code twice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from sozialakte.intake.model import Section
from sozialakte.intake.pages.sheet_codes import box_code, cover_code, register_code, separator_code
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

_MOST_LISTED = 120  # of a box: more would run into the code
_TEMPLATE = Path(__file__).parent / "templates" / "sheets.typ"


@dataclass(frozen=True)
class Sheet:
    """One page. ``code`` is the text of its QR code, ``contents`` a list below it, ``foot`` repeats the code."""

    title: str
    name: str
    code: str
    lines: tuple[str, ...]
    subtitle: str | None = None
    contents: tuple[str, ...] = ()


def cover_sheet(dossier_id: str) -> Sheet:
    """Lies on top of a dossier. Raises `ValueError` (bad number)."""
    lines = (say(Reason("sheet.cover.one")), say(Reason("sheet.cover.many")))
    return Sheet(say(Reason("sheet.cover")), dossier_id, cover_code(dossier_id), lines)


def register_sheet(section: Section) -> Sheet:
    """Lies on top of a register of a dossier; good for any dossier."""
    lines = (say(Reason("sheet.register.line")),)  # much more, and it would be taken for a written page
    name = say(Reason(f"section.{section}"))
    return Sheet(say(Reason("sheet.register")), section.upper(), register_code(section), lines, subtitle=name)


def separator_sheet() -> Sheet:
    """Lies between two letters or documents."""
    lines = (say(Reason("sheet.separator.line")), say(Reason("sheet.reuse")))
    return Sheet(say(Reason("sheet.separator")), "", separator_code(), lines)


def box_label(box_id: str, dossier_ids: Sequence[str]) -> Sheet:
    """Is stuck on a box, with the dossiers in it. Raises `ValueError` (bad number)."""
    counted = say(Reason("sheet.box.line", {"count": str(len(dossier_ids))}))
    rest = ("...",) if len(dossier_ids) > _MOST_LISTED else ()
    contents = (*dossier_ids[:_MOST_LISTED], *rest)
    return Sheet(say(Reason("sheet.box")), box_id, box_code(box_id), (counted,), contents=contents)


def as_pdf(sheets: Sequence[Sheet]) -> bytes:
    """The sheets, one a page. Fonts are the typesetter's own, so that it prints alike everywhere."""
    import typst  # noqa: PLC0415 - takes long to load; other commands run where it is not installed

    content = [{**asdict(sheet), "code": _qr(sheet.code), "foot": sheet.code} for sheet in sheets]
    pdf: bytes = typst.compile(
        str(_TEMPLATE),
        ignore_system_fonts=True,
        sys_inputs={"sheets": json.dumps(content, ensure_ascii=False)},
        timestamp=0,
    )
    return pdf


def _qr(text: str) -> str:
    """With error correction Q: a quarter of it may be spoiled."""
    import segno  # noqa: PLC0415 - as above

    return str(segno.make(text, error="q", micro=False).svg_inline(border=2, omitsize=True))
