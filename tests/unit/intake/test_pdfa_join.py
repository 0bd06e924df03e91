"""The parts of a long letter joined: the same file always, what pages share once, and little memory."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import page as validator
import pytest
from pypdf import PdfReader

from sozialakte.intake.model import UnreadableFileError
from sozialakte.intake.pdf.check import check_pdf
from sozialakte.intake.pdf.extract import page_stream_hashes
from sozialakte.intake.pdfa.join import join_pdfa
from sozialakte.intake.pdfa.words import Word
from tests.pdf_bytes import PdfBytes, Placed
from tests.pdfa_pages import STAYS, page_of, written
from tests.pdfa_rules import broken_rules
from tests.scans import A4_POINTS

WORDS = [Word("Grüezi", 0.1, 0.1, 0.5, 0.2)]


def part(folder: Path, name: str, source: bytes) -> Path:
    (folder / name).mkdir()
    return written(folder / name, source, WORDS)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """All images that stay, and between them a page of print."""
    folder = tmp_path_factory.mktemp("parts")
    sources = {name: page_of(name) for name in STAYS}
    pdf = PdfBytes()
    pdf.add_text_page(["Ihre Rechnung"])
    pdf.add_text_page(["Zweite Seite"])
    return [part(folder, "print", pdf.finish()), *(part(folder, name, data) for name, data in sources.items())]


@pytest.fixture(scope="module")
def joined(parts: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("joined") / "letter.pdf"
    join_pdfa(parts, target, "L-1")
    return target


def test_the_whole_has_all_pages_in_order_and_breaks_no_rule(joined: Path, parts: list[Path]) -> None:
    assert check_pdf(joined) == len(parts) + 1
    assert broken_rules(joined.read_bytes()) == []
    assert validator.is_pdf_compliant(joined, profile=validator.ValidationProfile.PDF_A_2B)


def test_images_and_words_are_those_of_the_parts(joined: Path, parts: list[Path]) -> None:
    hashes = page_stream_hashes(joined, range(1, len(parts) + 2))
    assert hashes == [one for path in parts for one in page_stream_hashes(path, range(1, check_pdf(path) + 1))]
    assert {page.extract_text().strip() for page in PdfReader(joined, strict=True).pages} == {"Grüezi"}


def test_renditions_stay_flagged_under_their_new_numbers(parts: list[Path], tmp_path: Path) -> None:
    target = tmp_path / "letter.pdf"
    join_pdfa([parts[1], parts[0], parts[2]], target, "L-1")
    assert PdfReader(target).page_labels == ["1", "Wiedergabe 2", "Wiedergabe 3", "4"]
    assert b"Wiedergabe statt Scan: Seite 2-3." in target.read_bytes()


def test_the_same_parts_give_the_same_file(joined: Path, parts: list[Path], tmp_path: Path) -> None:
    join_pdfa(parts, tmp_path / "again.pdf", "L-1")
    assert (tmp_path / "again.pdf").read_bytes() == joined.read_bytes()


def test_one_part_joined_is_that_part(parts: list[Path], tmp_path: Path) -> None:
    for path in parts:
        join_pdfa([path], tmp_path / "again.pdf", "L-1")
        assert (tmp_path / "again.pdf").read_bytes() == path.read_bytes()


def test_what_pages_share_is_there_once(parts: list[Path], tmp_path: Path) -> None:
    with_profile = parts[1 + list(STAYS).index("JPEG with a profile")]
    join_pdfa([with_profile] * 5, tmp_path / "letter.pdf", "L-1")
    data = (tmp_path / "letter.pdf").read_bytes()
    assert data.count(b"/DestOutputProfile") == 1
    assert data.count(b"/FontFile2") == 1
    assert data.count(b"/N 3 /Filter /FlateDecode") == 1, "the images' own profile"


def test_memory_holds_one_page_not_the_letter(tmp_path: Path) -> None:
    page = PdfBytes()
    for number in range(10):
        noise = bytes([number]) * 2_000_000
        page.add_image_page(Placed(noise, (1000, 2000), "ASCIIHexDecode"), A4_POINTS)
    chunk = part(tmp_path, "part", page.finish())
    tracemalloc.start()
    join_pdfa([chunk] * 5, tmp_path / "letter.pdf", "L-1")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (tmp_path / "letter.pdf").stat().st_size > 100_000_000
    assert peak < 12_000_000


def test_a_part_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    pdf = PdfBytes()
    pdf.add_text_page(["Fremd"])
    (tmp_path / "part.pdf").write_bytes(pdf.finish())
    with pytest.raises(UnreadableFileError, match=r"file\.damaged"):
        join_pdfa([tmp_path / "part.pdf"], tmp_path / "letter.pdf", "L-1")
    assert not (tmp_path / "letter.pdf").exists()
