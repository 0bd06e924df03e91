"""The scans that are measured, made anew for each run: grey A4 pages at 300 dpi, one JPEG a page.

* the committed mail: a clean, well kept scanner and strong compression (about 100 KB a page)
* noisy scans: an old scanner and little compression (about 1.5 MB a page)
* as many pages as are wanted: the committed mail again and again
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from pathlib import Path

from PIL import Image
from pypdf import PageObject, PdfReader

from sozialakte.intake.pages.sheet_codes import label_code
from tests import scans
from tests.bench.processes import ROOT
from tests.demo.truth import MAIL, read_deliveries
from tests.pdf_bytes import PdfBytes, Placed

NOISY_LETTERS = 12  # each with a separator sheet, a labelled first page and two more
LINE = "Sehr geehrte Damen und Herren, gestützt auf das Gespräch vom Montag senden wir Ihnen die Unterlagen zu."


def noisy_scans(folder: Path) -> Path:
    """Letters, labels and separator sheets as an old scanner sees them."""
    return _stacked(_noisy_pictures(), folder / "noisy.pdf")


def many_pages(folder: Path, count: int) -> Path:
    """The pages of the committed mail again and again."""
    return _stacked(islice(cycle(list(_mail_pictures())), count), folder / f"{count}.pdf")


def scanned_picture(page: PageObject) -> Placed | None:
    """The page's picture if the page is one JPEG from a scanner, as it lies in the file."""
    found = [entry.get_object() for entry in page.get("/Resources", {}).get("/XObject", {}).values()]
    if len(found) != 1 or found[0].get("/Filter") != "/DCTDecode":
        return None
    data: bytes = found[0]._data  # noqa: SLF001 # pypdf gives the undecoded bytes by no other name
    with Image.open(io.BytesIO(data)) as image:
        return Placed(data, image.size) if image.mode == "L" else None


def _mail_pictures() -> Iterator[Placed]:
    folder = ROOT / MAIL
    for file in sorted({each.file for each in read_deliveries(folder).deliveries if each.state == "closed"}):
        if file.endswith(".pdf"):
            yield from filter(None, map(scanned_picture, PdfReader(folder / file).pages))


def _noisy_pictures() -> Iterator[Placed]:
    paragraphs = scans.letter("\n\n".join([LINE] * 12))
    for number in range(NOISY_LETTERS):
        label = scans.with_code(paragraphs, label_code(f"WH-2026-{number + 1:05d}"))
        for page in (scans.separator(), label, paragraphs, paragraphs):
            yield _noisy(page, seed=number)


def _noisy(page: Image.Image, seed: int) -> Placed:
    seen = scans.scanned(page, scans.Scanner(seed=seed, skew=0.2 * (seed % 7) - 0.6))
    return Placed(scans.jpeg(seen), seen.size)


def _stacked(pictures: Iterable[Placed], target: Path) -> Path:
    pdf = PdfBytes()
    for picture in pictures:
        pdf.add_image_page(picture, scans.A4_POINTS)
    target.write_bytes(pdf.finish())
    return target
