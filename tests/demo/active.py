"""Born-digital PDFs as people mail them: left as they are, with a form to fill in, or with a script in them."""

from __future__ import annotations

import io

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

BESIDE_REMARKS = (70, 150, 330, 185)  # points: below the form's table
ON_OPENING = "app.alert('Bitte mit einem aktuellen Programm ausfuellen');"


def as_it_is(pdf: bytes) -> bytes:
    """Nothing is changed."""
    return pdf


def with_form(pdf: bytes) -> bytes:
    """With a text field that somebody has filled in, on the first page."""
    writer = _opened(pdf)
    left, bottom, right, top = BESIDE_REMARKS
    field: dict[str, PdfObject] = {
        "/Type": NameObject("/Annot"),
        "/Subtype": NameObject("/Widget"),
        "/FT": NameObject("/Tx"),
        "/T": TextStringObject("telefon"),
        "/V": TextStringObject("079 555 18 44"),
        "/DA": TextStringObject("/Helv 11 Tf 0 g"),
        "/F": NumberObject(4),
        "/Rect": ArrayObject(map(FloatObject, (left, bottom, right, top))),
    }
    widget = writer._add_object(_dictionary(field))  # noqa: SLF001 pypdf has no other way to add a field
    writer.pages[0][NameObject("/Annots")] = ArrayObject([widget])
    form = _dictionary({"/Fields": ArrayObject([widget]), "/DA": TextStringObject("/Helv 11 Tf 0 g")})
    writer.root_object[NameObject("/AcroForm")] = form
    return _written(writer)


def with_script(pdf: bytes) -> bytes:
    """With JavaScript that a viewer would run when the first page is opened."""
    writer = _opened(pdf)
    action = _dictionary({"/S": NameObject("/JavaScript"), "/JS": TextStringObject(ON_OPENING)})
    writer.pages[0][NameObject("/AA")] = _dictionary({"/O": action})
    return _written(writer)


def _opened(pdf: bytes) -> PdfWriter:
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(pdf)))
    return writer


def _written(writer: PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _dictionary(entries: dict[str, PdfObject]) -> DictionaryObject:
    return DictionaryObject({NameObject(key): value for key, value in entries.items()})
