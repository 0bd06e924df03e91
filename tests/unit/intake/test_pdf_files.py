"""Cutting takes pages out unchanged, always the same way, and nothing of anybody else's."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from sozialakte.intake.model import UnreadableFileError
from sozialakte.intake.pdf.check import check_pdf, open_source
from sozialakte.intake.pdf.extract import check_copies, page_stream_hashes, write_pages
from tests.pdf_bytes import PdfBytes
from tests.scans import CLEAN, empty, letter, scan_bytes

TEXTS = ("eins", "zwei", "drei", "vier")


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scan") / "scan.pdf"
    path.write_bytes(scan_bytes([letter(text, dpi=60) for text in TEXTS] + [empty(dpi=60)], CLEAN))
    return path


@given(pages=st.lists(st.integers(1, 5), min_size=1, max_size=6))
def test_the_streams_of_cut_pages_are_unchanged(scan: Path, pages: list[int]) -> None:
    target = scan.with_name("letter.pdf")
    write_pages(scan, pages, target)
    assert page_stream_hashes(target, range(1, len(pages) + 1)) == page_stream_hashes(scan, pages)
    assert check_pdf(target) == len(pages)


def test_different_pages_have_different_hashes(scan: Path) -> None:
    images = [hashes.images for hashes in page_stream_hashes(scan, range(1, 6))]
    assert len(set(images)) == 5
    assert all(len(image) == 1 for image in images)


def test_cutting_twice_gives_the_same_bytes(scan: Path, tmp_path: Path) -> None:
    first, second, third = (tmp_path / name for name in ("a.pdf", "b.pdf", "c.pdf"))
    write_pages(scan, [2, 3], first)
    write_pages(scan, [2, 3], second)
    with open_source(scan) as source:
        write_pages(source, [1], third)
        write_pages(source, [2, 3], third)
    assert first.read_bytes() == second.read_bytes() == third.read_bytes()


@pytest.mark.parametrize("page", [0, -1, 6])
def test_a_page_that_is_not_there_is_an_error(scan: Path, tmp_path: Path, page: int) -> None:
    with pytest.raises(IndexError):
        write_pages(scan, [page], tmp_path / "letter.pdf")


def test_a_link_to_another_letter_does_not_bring_its_page_along(tmp_path: Path) -> None:
    pdf = PdfBytes()
    pages = [pdf.add_text_page([text]) for text in ("Brief von A", "Geheim von B")]
    link = pdf.add(f"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /Dest [{pages[1]} 0 R /Fit] /P {pages[0]} 0 R >>")
    pdf.objects[pages[0]] = pdf.objects[pages[0]].replace(b"/Parent", f"/Annots [{link} 0 R] /Parent".encode())
    source = tmp_path / "batch.pdf"
    source.write_bytes(pdf.finish())
    write_pages(source, [1], tmp_path / "a.pdf")
    write_pages(source, [1, 2], tmp_path / "both.pdf")
    assert b"Geheim" not in (tmp_path / "a.pdf").read_bytes()
    assert len(PdfReader(tmp_path / "a.pdf").pages[0]["/Annots"]) == 1  # type: ignore[arg-type]
    assert (tmp_path / "both.pdf").read_bytes().count(b"Geheim") == 1


def test_the_same_page_object_twice_is_cut_twice(tmp_path: Path) -> None:
    pdf = PdfBytes()
    pdf.kids.append(pdf.add_text_page(["zweimal"]))
    source = tmp_path / "batch.pdf"
    source.write_bytes(pdf.finish())
    write_pages(source, [1, 2], tmp_path / "letter.pdf")
    assert [page.extract_text() for page in PdfReader(tmp_path / "letter.pdf").pages] == ["zweimal", "zweimal"]


def test_streams_inside_forms_and_content_arrays_count(tmp_path: Path) -> None:
    pdf = PdfBytes()
    image = pdf.add_stream(
        b"\xff" * 9, "/Subtype /Image /Width 3 /Height 3 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    )
    form = pdf.add_stream(b"/I Do", f"/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /I {image} 0 R >> >>")
    contents = [pdf.add_stream(part) for part in (b"q", b"/F Do Q")]
    resources = f"<< /XObject << /F {form} 0 R >> >>"
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents [{contents[0]} 0 R {contents[1]} 0 R]"
    pdf.kids.append(pdf.add(f"{page} /Resources {resources} >>"))
    source = tmp_path / "batch.pdf"
    source.write_bytes(pdf.finish())
    hashes = page_stream_hashes(source, [1])[0]
    assert (len(hashes.content), len(hashes.images)) == (2, 1)


def test_a_form_that_draws_itself_is_followed_only_so_far(tmp_path: Path) -> None:
    pdf = PdfBytes()
    pdf.objects[3] = (
        b"<< /Length 5 /Subtype /Form /Resources << /XObject << /F 3 0 R >> >> >>\nstream\n/F Do\nendstream"
    )
    pdf.add_page(b"/F Do", (9, 9), "/XObject << /F 3 0 R >>")
    source = tmp_path / "batch.pdf"
    source.write_bytes(pdf.finish())
    assert page_stream_hashes(source, [1])[0].images == ()
    write_pages(source, [1], tmp_path / "letter.pdf")


def test_a_stream_that_cannot_be_copied_names_the_file_damaged(tmp_path: Path) -> None:
    pdf = PdfBytes()
    stream = pdf.add("<< /Length 7000 >>\nstream\nBT ET\nendstream")
    pdf.kids.append(pdf.add(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents {stream} 0 R >>"))
    source = tmp_path / "batch.pdf"
    source.write_bytes(pdf.finish())
    assert check_pdf(source) == 1
    with pytest.raises(UnreadableFileError, match=r"file\.damaged"):
        write_pages(source, [1], tmp_path / "letter.pdf")
    with pytest.raises(UnreadableFileError, match=r"file\.damaged") as refused:
        check_copies(source, 1)
    assert refused.value.pages == 1


def test_what_pages_share_is_tried_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pdf, path = PdfBytes(), tmp_path / "mailing.pdf"
    shared = pdf.add_stream(b"0", "/Type /XObject /Subtype /Form /BBox [0 0 1 1]")
    for number in range(20):
        pdf.add_page(b"%d" % number, (595, 842), f"/XObject << /F {shared} 0 R >>")
    path.write_bytes(pdf.finish())
    tried: list[object] = []

    def stored(stream: object) -> bytes:
        tried.append(stream)
        return b""

    monkeypatch.setattr("sozialakte.intake.pdf.copy.stored", stored)
    with open_source(path) as source:
        check_copies(source, 20)
    assert len(tried) == 21
