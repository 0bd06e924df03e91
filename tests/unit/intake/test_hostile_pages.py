"""A hostile page ends in a named fate within its limits, and the pages beside it are looked at all the same.

The limits here are those of the product in kind, and smaller in size.
"""

from __future__ import annotations

import faulthandler
import time
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from sozialakte.intake.model import CutPlan, UnreadableFileError
from sozialakte.intake.pages.worker import Limits
from sozialakte.intake.pdf.extract import write_pages
from sozialakte.intake.plan_cut import Budget, plan_cut
from tests.pdf_bytes import PdfBytes, Placed
from tests.scans import A4_POINTS, empty, jpeg, letter, separator

BUDGET = Budget(Limits(seconds=4, memory_mb=200), seconds=60)
LONGEST = 20  # seconds a file with one hostile page may take: what it costs twice, and the machine's other work
MEGABYTE = 2**20


@pytest.fixture(autouse=True)
def quiet_crashes() -> Iterator[None]:
    """Pytest would print the stack of every child that crashes, as it should."""
    faulthandler.disable()
    yield
    faulthandler.enable()


@cache
def scan(kind: str) -> Placed:
    page = separator(dpi=90) if kind == "separator" else letter("Guten Tag\nIch brauche Hilfe.\n" * 6, dpi=90)
    return Placed(jpeg(page), page.size)


def batch(add: Callable[[PdfBytes], object]) -> bytes:
    """A letter page, a hostile page, a separator, a letter page."""
    pdf = PdfBytes()
    pdf.add_image_page(scan("letter"), A4_POINTS)
    add(pdf)
    pdf.add_image_page(scan("separator"), A4_POINTS)
    pdf.add_image_page(scan("letter"), A4_POINTS)
    return pdf.finish()


def planned(path: Path, data: bytes) -> CutPlan:
    path.write_bytes(data)
    begun = time.monotonic()
    plan = plan_cut(path, budget=BUDGET)
    assert time.monotonic() - begun < LONGEST
    return plan


def packed_page(pdf: PdfBytes, content: bytes, resources: str = "") -> None:
    stream = pdf.add_stream(zlib.compress(content, 9), "/Filter /FlateDecode")
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {stream} 0 R"
    pdf.kids.append(pdf.add(f"{page} /Resources << {resources} >> >>"))


def form(pdf: PdfBytes, content: bytes, draws: str) -> int:
    resources = f"/Resources << /XObject << {draws} >> >>"
    return pdf.add_stream(content, f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] {resources}")


def blank_content(pdf: PdfBytes) -> None:
    packed_page(pdf, b" " * (600 * MEGABYTE))


def endless_operators(pdf: PdfBytes) -> None:
    packed_page(pdf, b"0 0 m 9 9 l S\n" * (4 * MEGABYTE))


def forms_of_forms(pdf: PdfBytes) -> None:
    """Ten forms that draw the next ten times: 10 000 000 000 lines."""
    inner = form(pdf, b"0 0 m 9 9 l S", "")
    for _ in range(9):
        inner = form(pdf, b"/F Do " * 10, f"/F {inner} 0 R")
    packed_page(pdf, b"/F Do " * 10, f"/XObject << /F {inner} 0 R >>")


def form_of_itself(pdf: PdfBytes) -> None:
    number = max(pdf.objects) + 1
    assert form(pdf, b"/F Do /F Do", f"/F {number} 0 R") == number
    packed_page(pdf, b"/F Do", f"/XObject << /F {number} 0 R >>")


def fine_pattern(pdf: PdfBytes) -> None:
    cell = pdf.add_stream(
        b"0 0 m 9 9 l S",
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 0.001 /YStep 0.001",
    )
    packed_page(pdf, b"/Pattern cs /P scn 0 0 595 842 re f", f"/Pattern << /P {cell} 0 R >>")


def image_of(placed: Placed) -> Callable[[PdfBytes], None]:
    def add(pdf: PdfBytes) -> None:
        pdf.add_image_page(placed, A4_POINTS)

    return add


def promised_pixels(pdf: PdfBytes) -> None:
    pdf.add_image_page(Placed(zlib.compress(b"\0" * 999), (60_000, 60_000), "FlateDecode"), A4_POINTS)


def real_pixels(pdf: PdfBytes) -> None:
    rows = zlib.compress(bytes(24_000 * 24_000), 9)
    pdf.add_image_page(Placed(rows, (24_000, 24_000), "FlateDecode"), A4_POINTS)


def many_images(pdf: PdfBytes) -> None:
    image = Placed(zlib.compress(bytes(6000 * 6000), 9), (6000, 6000), "FlateDecode")
    numbers = [pdf.add_stream(image.data, image.entries) for _ in range(30)]
    drawn = b" ".join(b"q 99 0 0 99 %d 0 cm /I%d Do Q" % (number, number) for number in numbers)
    packed_page(pdf, drawn, f"/XObject << {' '.join(f'/I{number} {number} 0 R' for number in numbers)} >>")


def promised_jpeg(pdf: PdfBytes) -> None:
    data = bytearray(jpeg(empty(20)))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = b"\xfd\xe8\xfd\xe8"
    pdf.add_image_page(Placed(bytes(data), (65_000, 65_000)), A4_POINTS)


def real_jpeg(pdf: PdfBytes) -> None:
    """In several passes, all of which a decoder keeps in memory."""
    target = BytesIO()
    Image.new("L", (16_000, 16_000), 255).save(target, "JPEG", progressive=True)
    pdf.add_image_page(Placed(target.getvalue(), (16_000, 16_000)), A4_POINTS)


def nested_filters(pdf: PdfBytes) -> None:
    data = bytes(300 * MEGABYTE)
    for _ in range(3):
        data = zlib.compress(data, 9)
    pdf.add_image_page(Placed(data, (17_000, 17_000), "FlateDecode", extra=""), A4_POINTS)
    body = pdf.objects[pdf.kids[-1] - 2]
    pdf.objects[pdf.kids[-1] - 2] = body.replace(
        b"/Filter /FlateDecode", b"/Filter [/FlateDecode /FlateDecode /FlateDecode]"
    )


def many_notes(pdf: PdfBytes) -> None:
    pdf.add_page(b"", A4_POINTS, extra="/Annots [" + "<< /Subtype /Text /Rect [0 0 9 9] >> " * 5_000 + "]")


HOSTILE = {
    act.__name__: act
    for act in (
        blank_content,
        endless_operators,
        forms_of_forms,
        form_of_itself,
        fine_pattern,
        promised_pixels,
        real_pixels,
        many_images,
        promised_jpeg,
        real_jpeg,
        nested_filters,
        many_notes,
    )
}
FATES = ("too_costly", "too_large", "unreadable", "incomplete", "letter", "letter_damaged_code")
NAMED = {f"page.{fate}" for fate in FATES}


@pytest.mark.parametrize("page", HOSTILE)
def test_a_hostile_page_stays_in_its_letter_and_the_others_are_seen(tmp_path: Path, page: str) -> None:
    plan = planned(tmp_path / "scan.pdf", batch(HOSTILE[page]))
    reasons = [finding.reason.code for finding in plan.findings]
    assert reasons[1] in NAMED
    assert [reasons[0], *reasons[2:]] == ["page.letter", "page.separator_patch", "page.letter"]
    assert [letter.pages for letter in plan.letters] == [(1, 2), (4,)]


def test_a_page_that_costs_too_much_is_copied_unchanged(tmp_path: Path) -> None:
    path, copy = tmp_path / "scan.pdf", tmp_path / "letter.pdf"
    plan = planned(path, batch(forms_of_forms))
    assert plan.findings[1].reason.code == "page.too_costly"
    write_pages(path, plan.letters[0].pages, copy)
    assert b"/F Do /F Do" in copy.read_bytes()


def test_a_page_tree_that_promises_billions_is_refused_within_its_limits(tmp_path: Path) -> None:
    pdf = PdfBytes()
    pdf.add_text_page(["eins"])
    inner, count = pdf.kids.pop(), 1
    for _ in range(10):
        count *= 10
        inner = pdf.add(f"<< /Type /Pages /Count {count} /Kids [{f'{inner} 0 R ' * 10}] >>")
    pdf.kids.append(inner)
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf.finish(count))
    begun = time.monotonic()
    with pytest.raises(UnreadableFileError, match=r"file\.(too_costly|damaged)"):
        plan_cut(path, budget=BUDGET)
    assert time.monotonic() - begun < LONGEST


def test_a_file_whose_pages_cost_too_much_together_is_refused(tmp_path: Path) -> None:
    pdf = PdfBytes()
    for _ in range(5):
        forms_of_forms(pdf)
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf.finish())
    with pytest.raises(UnreadableFileError, match=r"file\.too_costly"):
        plan_cut(path, budget=Budget(Limits(seconds=0.5, memory_mb=200), seconds=1.2))


def test_memory_does_not_grow_with_the_batch(tmp_path: Path) -> None:
    pdf = PdfBytes()
    for number in range(300):
        pdf.add_image_page(scan("separator" if number % 10 == 0 else "letter"), A4_POINTS)
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf.finish())
    plan = plan_cut(path, budget=Budget(Limits(seconds=20, memory_mb=40), seconds=120))
    assert [letter.pages for letter in plan.letters] == [tuple(range(n + 2, n + 11)) for n in range(0, 300, 10)]
