"""Copied pages keep what is theirs and what they share; nothing else gets into the new file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, NullObject

from sozialakte.intake.pdf.check import check_pdf
from sozialakte.intake.pdf.extract import write_pages
from tests.pdf_bytes import PdfBytes

A4 = (595.28, 841.89)


def copied(tmp_path: Path, pdf: PdfBytes, pages: Sequence[int]) -> PdfReader:
    source, target = tmp_path / "batch.pdf", tmp_path / "letter.pdf"
    source.write_bytes(pdf.finish())
    write_pages(source, pages, target)
    assert check_pdf(target) == len(pages)
    return PdfReader(target, strict=True)


def linked() -> PdfBytes:
    """Three pages; the first links to the third."""
    pdf = PdfBytes()
    link = pdf.add("<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /Dest [{page} 0 R /Fit] /P {first} 0 R >>")
    for number in range(3):
        pdf.add_page(b"q Q", A4, extra=f"/Annots [{link} 0 R] " if number == 0 else "")
    text = pdf.objects[link].decode().format(page=pdf.kids[2], first=pdf.kids[0])
    pdf.objects[link] = text.encode()
    return pdf


def destination(reader: PdfReader) -> object:
    annotations = reader.pages[0]["/Annots"]
    annotation = annotations[0].get_object()  # type: ignore[index] # pypdf types no entries
    assert annotation.raw_get("/P") == reader.pages[0].indirect_reference
    return annotation["/Dest"][0]


def test_a_link_to_a_copied_page_leads_to_its_copy(tmp_path: Path) -> None:
    reader = copied(tmp_path, linked(), [1, 3])

    assert destination(reader) == reader.pages[1].indirect_reference


def test_a_link_to_another_page_leads_nowhere(tmp_path: Path) -> None:
    reader = copied(tmp_path, linked(), [1, 2])

    found = destination(reader)
    assert isinstance(found, IndirectObject)
    assert isinstance(found.get_object(), NullObject)
    assert b"/Page " not in (tmp_path / "letter.pdf").read_bytes().replace(b"/Type /Page ", b"", 2)


def test_what_pages_share_is_written_once(tmp_path: Path) -> None:
    pdf = PdfBytes()
    font = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for _ in range(3):
        pdf.add_page(b"BT /F1 9 Tf (x) Tj ET", A4, f"/Font << /F1 {font} 0 R >>")

    reader = copied(tmp_path, pdf, [3, 1, 2])

    fonts = {page["/Resources"]["/Font"].raw_get("/F1").idnum for page in reader.pages}  # type: ignore[index]
    assert len(fonts) == 1


def test_what_pages_inherit_is_theirs(tmp_path: Path) -> None:
    pdf = PdfBytes()
    page = pdf.add_page(b"q Q", A4)
    pdf.objects[page] = pdf.objects[page].replace(b"/MediaBox [0 0 595.28 841.89]", b"")
    pdf.objects[2] = f"<< /Type /Pages /Kids [{page} 0 R] /Count 1 /MediaBox [0 0 200 100] /Rotate 90 >>".encode()

    (found,) = copied(tmp_path, pdf, [1]).pages

    assert (found.mediabox.width, found.mediabox.height, found.rotation) == (200, 100, 90)


def test_objects_that_point_at_each_other_are_copied_once(tmp_path: Path) -> None:
    pdf = PdfBytes()
    one, other = 10, 11
    pdf.objects[one] = f"<< /Name (one) /Other {other} 0 R >>".encode()
    pdf.objects[other] = f"<< /Name (other) /Other {one} 0 R >>".encode()
    pdf.add_page(b"q Q", A4, extra=f"/PieceInfo << /Ours {one} 0 R >>")
    for number in range(3, 10):
        pdf.objects.setdefault(number, b"null")

    (page,) = copied(tmp_path, pdf, [1]).pages

    ours = page["/PieceInfo"]["/Ours"]  # type: ignore[index]
    assert isinstance(ours, DictionaryObject)
    assert ours["/Other"]["/Other"]["/Name"] == "one"  # type: ignore[index]


def test_a_page_wanted_twice_is_there_twice(tmp_path: Path) -> None:
    pdf = PdfBytes()
    for text in ("eins", "zwei"):
        pdf.add_text_page([text])

    reader = copied(tmp_path, pdf, [2, 1, 2])

    assert [page.extract_text().strip() for page in reader.pages] == ["zwei", "eins", "zwei"]


@pytest.mark.parametrize("text", [b"(a\\)b)", b"<00FF>", b"[1.50 -0.001 true null]", b"/Name#20with", b"(\\344)"])
def test_values_keep_their_meaning(tmp_path: Path, text: bytes) -> None:
    pdf = PdfBytes()
    pdf.add_page(b"q Q", A4, extra=f"/Ours {text.decode()}")
    source = tmp_path / "batch.pdf"

    (page,) = copied(tmp_path, pdf, [1]).pages

    assert page["/Ours"] == PdfReader(source).pages[0]["/Ours"]
