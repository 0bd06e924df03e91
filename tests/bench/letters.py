"""Letters whose text is known: the demo's, typeset and then scanned. The truth is the text of the typeset page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

import pypdfium2

from tests import scans
from tests.demo import degrade
from tests.demo.cast import demo_cast
from tests.demo.letters import Clue, Order, compose
from tests.demo.typeset import letter_pdf
from tests.pdf_bytes import PdfBytes, Placed

SEED = 2026
KINDS = ("insurer", "landlord", "medical", "employer", "decision", "kesb", "bill", "reminder")
WRITTEN = date(2026, 11, 16)


@dataclass(frozen=True)
class KnownLetters:
    """Scanned pages and what stands on them, page by page."""

    path: Path
    texts: tuple[str, ...]


def known_letters(folder: Path) -> KnownLetters:
    """One letter of each kind, scanned as the demo's mail is."""
    scanned, texts = PdfBytes(), []
    for number, kind in enumerate(KINDS):
        person = list(demo_cast(SEED).people.values())[number]
        typeset = letter_pdf(compose(Order(kind, person, Clue.AHV, WRITTEN), Random(SEED + number)))
        texts += page_texts(typeset)
        for page in degrade.render(typeset):
            picture = degrade.scan(page, SEED + len(texts))
            scanned.add_image_page(Placed(picture, page.size), scans.A4_POINTS)
    path = folder / "letters.pdf"
    path.write_bytes(scanned.finish())
    return KnownLetters(path, tuple(texts))


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page as it was typeset."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
