"""Notes and filled form fields on the pages of a PDF written byte by byte."""

from __future__ import annotations

from tests.pdf_bytes import PdfBytes

_BOX = "/Rect [100 400 500 440] /F 4"


def add_annotation(pdf: PdfBytes, annotation: str) -> None:
    """Put an annotation on the page added last."""
    number = pdf.add(f"<< {annotation} >>")
    page = pdf.kids[-1]
    pdf.objects[page] = pdf.objects[page].removesuffix(b">>") + b"/Annots [%d 0 R] >>" % number


def free_text(pdf: PdfBytes, text: str) -> str:
    """A note typed on the page."""
    return f"/Type /Annot /Subtype /FreeText {_BOX} /Contents ({text}) {_look(pdf, text)}"


def add_field(pdf: PdfBytes, value: str) -> None:
    """Put a form field with its value on the page added last."""
    look = _look(pdf, value)
    add_annotation(pdf, f"/Type /Annot /Subtype /Widget /FT /Tx /T (name) /V ({value}) {_BOX} {look}")
    pdf.catalogue += f"/AcroForm << /Fields [{max(pdf.objects)} 0 R] >>"


def _look(pdf: PdfBytes, text: str) -> str:
    font = "/Font << /Helv << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    drawn = f"BT /Helv 14 Tf 5 10 Td ({text}) Tj ET".encode("latin-1")
    stream = pdf.add_stream(drawn, f"/Type /XObject /Subtype /Form /BBox [0 0 400 40] /Resources << {font} >>")
    return f"/AP << /N {stream} 0 R >>"
