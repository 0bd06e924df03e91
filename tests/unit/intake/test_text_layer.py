"""A page's own text stands for the page only where it says what is to be seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pypdfium2 import PdfPage

from sozialakte.intake.pages.images import open_document, open_page
from sozialakte.intake.pages.text_layer import has_text, usable_text
from tests.annotated import add_annotation, free_text
from tests.pdf_bytes import PdfBytes
from tests.scans import A4_POINTS, empty, jpeg

HEADER = "12.11.2026 08:14 Von: Arztpraxis Dr. Muster +41 41 000 00 00 An: Soziale Dienste Seite 1/1 "
LINK = "/Type /Annot /Subtype /Link /Rect [72 700 300 720] /A << /S /URI /URI (https://example.org) >>"


@contextmanager
def opened(path: Path, pdf: PdfBytes) -> Iterator[PdfPage]:
    path.write_bytes(pdf.finish())
    with open_document(path) as document, open_page(document, 1) as page:
        yield page


def scan_with_text(text: str, share: float = 1.0, mode: int = 0) -> PdfBytes:
    """A page with text over an image that covers a share of its height."""
    pdf, image = PdfBytes(), empty(90)
    picture = pdf.add_stream(
        jpeg(image),
        f"/Type /XObject /Subtype /Image /Width {image.width} /Height {image.height} /BitsPerComponent 8"
        " /ColorSpace /DeviceGray /Filter /DCTDecode",
    )
    font = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    height = share * A4_POINTS[1]
    content = f"q {A4_POINTS[0]} 0 0 {height} 0 0 cm /I Do Q BT {mode} Tr /F 2 Tf 20 830 Td ({text}) Tj ET"
    pdf.add_page(content.encode(), A4_POINTS, f"/XObject << /I {picture} 0 R >> /Font << /F {font} 0 R >>")
    return pdf


@pytest.mark.parametrize("mode", [0, 3], ids=["visible", "invisible"])
def test_a_header_over_a_scan_does_not_stand_for_the_page(tmp_path: Path, mode: int) -> None:
    with opened(tmp_path / "fax.pdf", scan_with_text(HEADER, mode=mode)) as page:
        assert usable_text(page) is None
        assert has_text(page)


@pytest.mark.parametrize("mode", [0, 3], ids=["visible", "invisible"])
def test_a_full_text_over_a_scan_stands_for_the_page(tmp_path: Path, mode: int) -> None:
    with opened(tmp_path / "scan.pdf", scan_with_text(HEADER * 7, mode=mode)) as page:
        assert (usable_text(page) or "").startswith(HEADER)


def test_a_short_printed_letter_with_a_picture_is_not_read_by_ocr(tmp_path: Path) -> None:
    with opened(tmp_path / "letter.pdf", scan_with_text(HEADER, share=0.3)) as page:
        assert usable_text(page) is not None


def test_text_beside_a_note_does_not_stand_for_the_page(tmp_path: Path) -> None:
    pdf = PdfBytes()
    pdf.add_text_page([HEADER] * 6)
    add_annotation(pdf, free_text(pdf, "Anna Beispiel ruft an"))
    with opened(tmp_path / "note.pdf", pdf) as page:
        assert usable_text(page) is None


def test_a_link_does_not_keep_text_from_standing_for_the_page(tmp_path: Path) -> None:
    pdf = PdfBytes()
    pdf.add_text_page([HEADER])
    add_annotation(pdf, LINK)
    with opened(tmp_path / "link.pdf", pdf) as page:
        assert usable_text(page) is not None
