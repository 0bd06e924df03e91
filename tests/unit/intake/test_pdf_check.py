"""A file is taken whole or refused by name; what is refused is never repaired into fewer pages."""

from __future__ import annotations

import random
import re
import zlib
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from sozialakte.intake.model import UnreadableFileError
from sozialakte.intake.pdf.check import check_pdf
from sozialakte.shared.texts import say
from tests.pdf_bytes import PdfBytes
from tests.scans import CLEAN, empty, letter, scan_bytes

SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "invoices"


@cache
def small_scan() -> bytes:
    return scan_bytes([letter("Eine Seite", dpi=60), empty(dpi=60), letter("Noch eine", dpi=60)], CLEAN)


def three_text_pages() -> PdfBytes:
    pdf = PdfBytes()
    for text in ("eins", "zwei", "drei"):
        pdf.add_text_page([text])
    return pdf


def refusal(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError) as refused:
        check_pdf(path)
    assert say(refused.value.reason)
    return refused.value.reason.code


def test_a_whole_file_gives_its_pages(tmp_path: Path) -> None:
    path = tmp_path / "Post vom 1. März + Beilage (2).pdf"
    path.write_bytes(small_scan())
    assert check_pdf(path) == 3


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b"Guten Tag", "file.not_a_pdf"),
        (b"\xff\xd8\xff\xe0 JFIF", "file.not_a_pdf"),
        (b"%PDF-1.4\n", "file.truncated"),
        (b"\0\0%PDF-1.4\n", "file.damaged"),
    ],
)
def test_what_is_no_scan_is_refused_by_name(tmp_path: Path, data: bytes, code: str) -> None:
    assert refusal(tmp_path / "scan.pdf", data) == code


def test_a_file_without_pages_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "scan.pdf", PdfBytes().finish()) == "file.no_pages"


@given(length=st.integers(min_value=0, max_value=len(small_scan()) - 1))
def test_a_file_cut_anywhere_never_has_fewer_pages(tmp_path_factory: pytest.TempPathFactory, length: int) -> None:
    assert pages_or_refusal(tmp_path_factory.getbasetemp(), small_scan()[:length]) in (3, "file")


def test_a_file_cut_in_its_last_thousand_bytes_never_has_fewer_pages(tmp_path: Path) -> None:
    whole = small_scan()
    for length in range(len(whole) - 1000, len(whole)):
        assert pages_or_refusal(tmp_path, whole[:length]) in (3, "file")


@given(place=st.integers(min_value=0, max_value=len(small_scan()) - 1), byte=st.integers(0, 255))
def test_a_changed_byte_never_loses_a_page(tmp_path_factory: pytest.TempPathFactory, place: int, byte: int) -> None:
    changed = bytearray(small_scan())
    changed[place] = byte
    assert pages_or_refusal(tmp_path_factory.getbasetemp(), bytes(changed)) in (3, "file")


def pages_or_refusal(folder: Path, data: bytes) -> int | str:
    path = folder / "changed.pdf"
    path.write_bytes(data)
    try:
        return check_pdf(path)
    except UnreadableFileError as error:
        return error.reason.code.split(".")[0]


def test_a_cut_linearized_file_is_truncated(tmp_path: Path) -> None:
    pdf = three_text_pages()
    pdf.add("<< /Linearized 1 /L 999999 >>")
    data = pdf.finish()
    moved = data.replace(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", b"%PDF-1.4\n%/Linearized 1 /L 99999\n")
    offset_shift = len(moved) - len(data)
    shifted = re.sub(rb"(\d{10}) 00000 n", lambda m: b"%010d 00000 n" % (int(m[1]) + offset_shift), moved)
    start = int(data.rsplit(b"startxref\n", 1)[1].split()[0])
    whole = shifted.replace(b"startxref\n%d" % start, b"startxref\n%d" % (start + offset_shift))
    assert refusal(tmp_path / "scan.pdf", whole) == "file.truncated"


def test_bytes_after_the_end_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "scan.pdf", small_scan() + b"--boundary--") == "file.truncated"


@pytest.mark.parametrize(("password", "code"), [("", "file.protected"), ("geheim", "file.encrypted")])
@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_an_encrypted_file_is_refused_even_with_an_empty_password(
    tmp_path: Path, password: str, code: str, algorithm: str
) -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(small_scan())))
    writer.encrypt(password, "owner", algorithm=algorithm)
    target = BytesIO()
    writer.write(target)
    assert refusal(tmp_path / "scan.pdf", target.getvalue()) == code


def test_a_wrong_offset_in_the_table_is_refused_and_not_repaired(tmp_path: Path) -> None:
    data = three_text_pages().finish()
    rows = list(re.finditer(rb"(\d{10}) 00000 n", data))
    for row in rows:
        wrong = b"%010d" % (int(row[1]) + 3)
        changed = data[: row.start()] + wrong + data[row.start() + 10 :]
        assert refusal(tmp_path / "scan.pdf", changed) == "file.damaged"


def test_an_offset_behind_the_end_is_truncated(tmp_path: Path) -> None:
    data = three_text_pages().finish()
    first = re.search(rb"(\d{10}) 00000 n", data)
    assert first is not None
    changed = data[: first.start()] + b"0009999999" + data[first.start() + 10 :]
    assert refusal(tmp_path / "scan.pdf", changed) == "file.truncated"


@pytest.mark.parametrize("claimed", [0, 2, 4, 10**9, -1])
def test_a_page_tree_that_claims_another_number_of_pages_is_refused(tmp_path: Path, claimed: int) -> None:
    assert refusal(tmp_path / "scan.pdf", three_text_pages().finish(count=claimed)) == "file.damaged"


def test_a_missing_page_is_refused(tmp_path: Path) -> None:
    pdf = three_text_pages()
    pdf.kids.append(99)
    assert refusal(tmp_path / "scan.pdf", pdf.finish()) == "file.damaged"


@pytest.mark.parametrize("kids", ["2 0 R", "10 0 R", "[2 0 R]", "[3 0 R 2 0 R]", "[10 0 R]", "7"])
def test_a_page_tree_in_a_circle_is_refused(tmp_path: Path, kids: str) -> None:
    pdf = three_text_pages()
    pdf.objects[10] = b"<< /Type /Pages /Kids [2 0 R] /Count 3 >>"
    pdf.objects[2] = f"<< /Type /Pages /Kids {kids} /Count 3 >>".encode()
    assert refusal(tmp_path / "scan.pdf", pdf.finish()) == "file.damaged"


def test_the_same_page_object_twice_is_two_pages(tmp_path: Path) -> None:
    pdf = three_text_pages()
    pdf.kids.append(pdf.kids[0])
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf.finish())
    assert check_pdf(path) == 4


@pytest.mark.parametrize("deep", ["[" * 50_000 + "]" * 50_000, "<</A" * 50_000 + ">>" * 50_000])
def test_deep_nesting_ends_in_a_named_error(tmp_path: Path, deep: str) -> None:
    pdf = three_text_pages()
    pdf.objects[2] = f"<< /Type /Pages /Kids {deep} /Count 3 >>".encode()
    assert refusal(tmp_path / "scan.pdf", pdf.finish()) in ("file.damaged", "file.no_pages")


def test_a_deep_page_tree_ends_in_a_named_error(tmp_path: Path) -> None:
    pdf = three_text_pages()
    for number in range(20, 5020):
        pdf.objects[number] = f"<< /Type /Pages /Kids [{number + 1} 0 R] /Count 1 >>".encode()
    pdf.objects[2] = b"<< /Type /Pages /Kids [20 0 R] /Count 1 >>"
    for number in range(12, 20):
        pdf.objects[number] = b"null"
    assert refusal(tmp_path / "scan.pdf", pdf.finish()) == "file.damaged"


def test_a_packed_page_tree_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    pdf = three_text_pages()
    packed = zlib.compress(b"2 0 " + b" " * 200_000_000)
    holder = pdf.add_stream(packed, "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode")
    data = with_packed_object(pdf.finish(), packed_number=2, holder=holder)
    assert refusal(tmp_path / "scan.pdf", data) == "file.damaged"


def with_packed_object(data: bytes, packed_number: int, holder: int) -> bytes:
    """The file with a cross-reference stream that says an object lies packed in another (ISO 32000-1, 7.5.8)."""
    body = data[: data.rindex(b"xref\n0 ")]
    offsets = {int(found[1]): found.start() for found in re.finditer(rb"(?m)^(\d+) 0 obj", body)}
    rows = bytearray(6)
    for number in range(1, holder + 1):
        packed = number == packed_number
        rows += bytes([2 if packed else 1]) + (holder if packed else offsets[number]).to_bytes(4, "big") + b"\0"
    head = f"<< /Type /XRef /Size {holder + 1} /Root 1 0 R /W [1 4 1] /Length {len(rows)} >>"
    table = f"{holder + 1} 0 obj\n{head}\nstream\n".encode() + bytes(rows) + b"\nendstream\nendobj\n"
    return body + table + f"startxref\n{len(body)}\n%%EOF\n".encode()


def test_noise_after_a_header_ends_in_a_named_error(tmp_path: Path) -> None:
    noise = random.Random(7)  # noqa: S311 - a seeded example
    for _ in range(50):
        refusal(tmp_path / "scan.pdf", b"%PDF-1.7\n" + noise.randbytes(5000) + b"startxref\n9\n%%EOF\n")


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real invoices are not beside the checkout")
def test_real_invoices_are_whole() -> None:
    assert {path.name: check_pdf(path) for path in SAMPLES.glob("invoice-0*.pdf")} == {
        "invoice-01.pdf": 2,
        "invoice-02.pdf": 2,
        "invoice-03.pdf": 3,
        "invoice-04.pdf": 3,
    }
