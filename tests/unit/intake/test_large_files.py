"""Memory does not grow with the batch, nor with a letter: a few gigabytes pass through a function of two."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from PIL import Image

from sozialakte.intake.pdfa.file import PdfFile
from tests.scans import A4_POINTS, jpeg
from tests.tiff_bytes import TiffBytes, TiffPage, page_of

PADDING = 3 << 20  # bytes behind each page's image, as a finer scan would have
SHEET = Image.new("L", (248, 351), 255)

PEAK = """
import resource, sys
from pathlib import Path
{work}
print(max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024)
"""
CHECK = """
from sozialakte.intake.pdf.extract import check_copies
from sozialakte.intake.pdf.check import check_pdf
path = Path(sys.argv[1])
check_copies(path, check_pdf(path))
"""
ONE_LETTER = """
from sozialakte.intake.pdf.extract import write_pages
path = Path(sys.argv[1])
write_pages(path, range(2, int(sys.argv[2]) + 1), path.with_suffix(".cut"))
assert path.with_suffix(".cut").stat().st_size > path.stat().st_size * 0.9
"""
FROM_TIFF = """
from sozialakte.intake.tiff.as_pdf import write_as_pdf
path = Path(sys.argv[1])
write_as_pdf(path, path.with_suffix(".pdf"), most_pages=500, most_bytes=10**10)
"""


def batch(path: Path, pages: int) -> Path:
    """A PDF of large pages, written page by page."""
    image = jpeg(SHEET) + bytes(PADDING)
    with path.open("wb") as file:
        pdf = PdfFile(file)
        catalogue, tree = pdf.reserve(), pdf.reserve()
        kids = [_page(pdf, tree, image) for _ in range(pages)]
        pdf.add(b"<< /Type /Pages /Count %d /Kids [%b] >>" % (pages, _references(kids)), tree)
        pdf.add(b"<< /Type /Catalog /Pages %d 0 R >>" % tree, catalogue)
        pdf.finish(catalogue)
    return path


def _page(pdf: PdfFile, tree: int, image: bytes) -> int:
    width, height = A4_POINTS
    size = b"/Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceGray" % SHEET.size
    drawn = pdf.add_stream(b"/Type /XObject /Subtype /Image %b /Filter /DCTDecode" % size, image)
    content = pdf.add_stream(b"", b"q %.2f 0 0 %.2f 0 0 cm /Im0 Do Q" % (width, height))
    look = b"/MediaBox [0 0 %.2f %.2f] /Contents %d 0 R" % (width, height, content)
    resources = b"/Resources << /XObject << /Im0 %d 0 R >> >>" % drawn
    return pdf.add(b"<< /Type /Page /Parent %d 0 R %b %b >>" % (tree, look, resources))


def _references(numbers: Iterable[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def peak(work: str, *arguments: object) -> int:
    """MB that a process of its own needed at most, its children included."""
    command = [sys.executable, "-c", PEAK.format(work=work), *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own words only
    return int(done.stdout)


@pytest.mark.parametrize("work", [CHECK, ONE_LETTER])
def test_neither_a_batch_nor_a_letter_is_held_in_memory(tmp_path: Path, work: str) -> None:
    few, many = batch(tmp_path / "few.pdf", 10), batch(tmp_path / "many.pdf", 100)
    assert many.stat().st_size > 300_000_000

    grown = peak(work, many, 100) - peak(work, few, 10)

    assert grown < 30


def test_a_tiff_is_not_held_in_memory(tmp_path: Path) -> None:
    """Fine scans that are taken over, and colour that has to be decoded."""
    colour = page_of(Image.effect_noise((1240, 1754), 40).convert("RGB"), "raw")
    grey = page_of(SHEET, "jpeg")
    fine = TiffPage(grey.tags, [grey.strips[0][:-2] + bytes(PADDING) + grey.strips[0][-2:]])
    few, many = tmp_path / "few.tif", tmp_path / "many.tif"
    few.write_bytes(TiffBytes().written([fine, colour]))
    many.write_bytes(TiffBytes().written([fine] * 40 + [colour] * 20))
    assert many.stat().st_size > 200_000_000

    grown = peak(FROM_TIFF, many) - peak(FROM_TIFF, few)

    assert grown < 30
