"""Stacks letters, sheets and blank backs as a mailroom does, and says what must become of each page."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass, field
from random import Random

from PIL.Image import Image
from pypdf import PdfReader, PdfWriter

from tests.demo import degrade
from tests.demo.letters import Order, compose
from tests.demo.sheets import Separator, cover_sheet, separator_sheet
from tests.demo.truth import BatchTruth, LetterTruth, PageTruth
from tests.demo.typeset import letter_pdf, sheet_pdf


@dataclass(frozen=True)
class Item:
    """A letter in the stack with what must become of it. ``blanks``: empty backs after it. ``digital``: not scanned."""

    order: Order
    dossier: str | None
    inbox: str | None
    why: str
    blanks: int = 0
    digital: bool = False


@dataclass(frozen=True)
class Cover:
    """A cover sheet for the letter after it."""

    dossier_id: str


Stack = list[Separator | Cover | Item]


@dataclass
class Batch:
    """A batch while it is stacked: the PDF of each page and the truth so far."""

    file: str
    seed: int
    parts: list[bytes] = field(default_factory=list)
    pages: list[PageTruth] = field(default_factory=list)
    letters: list[LetterTruth] = field(default_factory=list)

    def add_sheet(self, what: Separator | Cover) -> None:
        """A separator or cover: scanned, and a separator to the ledger."""
        if isinstance(what, Cover):
            self._scan(sheet_pdf(cover_sheet(what.dossier_id)), "separator", f"cover {what.dossier_id}")
        else:
            self._scan(sheet_pdf(separator_sheet(what)), "separator", f"separator {what}")

    def add_letter(self, item: Item) -> None:
        """A letter, its pages in order, with the empty backs that duplex scanning leaves."""
        first = len(self.pages) + 1
        pdf = letter_pdf(compose(item.order, self._random(first)))
        fate = "filed" if item.dossier else "review"
        if item.digital:
            self._keep(pdf, fate, item.order.kind)
        else:
            self._scan(pdf, fate, item.order.kind)
        self.letters.append(_letter_truth(item, list(range(first, len(self.pages) + 1)), fate))
        for _ in range(item.blanks):
            self._scan_page(degrade.empty_page(), "blank", "empty back")

    def finish(self) -> tuple[bytes, BatchTruth]:
        """The whole file and its truth."""
        writer = PdfWriter()
        for part in self.parts:
            writer.append(PdfReader(io.BytesIO(part)))
        writer.metadata = {"/Producer": "Scanzentrum Zentralschweiz"}
        target = io.BytesIO()
        writer.write(target)
        return target.getvalue(), BatchTruth(file=self.file, pages=self.pages, letters=self.letters)

    def _scan(self, pdf: bytes, fate: str, what: str) -> None:
        for page in degrade.render(pdf):
            self._scan_page(page, fate, what)

    def _scan_page(self, page: Image, fate: str, what: str) -> None:
        picture = degrade.scan(page, self._number(len(self.pages) + 1))
        self._keep(degrade.scans_pdf([(picture, page.size)]), fate, what)

    def _keep(self, pdf: bytes, fate: str, what: str) -> None:
        self.parts.append(pdf)
        for _ in PdfReader(io.BytesIO(pdf)).pages:
            self.pages.append(PageTruth(page=len(self.pages) + 1, fate=fate, what=what))

    def _random(self, page: int) -> Random:
        return Random(self._number(page))

    def _number(self, page: int) -> int:
        # A seed of its own for each page: a change on one page leaves the others as they are.
        return zlib.crc32(f"{self.seed}/{self.file}/{page}".encode())


def stack_up(file: str, stack: Stack, seed: int) -> tuple[bytes, BatchTruth]:
    """The scanned batch and its truth. The same stack and seed give the same batch."""
    batch = Batch(file, seed)
    for entry in stack:
        if isinstance(entry, Item):
            batch.add_letter(entry)
        else:
            batch.add_sheet(entry)
    return batch.finish()


def file_that_lost_a_page(order: Order, seed: int) -> tuple[bytes, int]:
    """A scan of a letter that claims one page more than it holds (a page got lost), and how many it holds."""
    pages = degrade.render(letter_pdf(compose(order, Random(seed))))
    pictures = [(degrade.scan(page, seed), page.size) for page in pages]
    return degrade.scans_pdf(pictures, claimed=len(pages) + 1), len(pages)


def _letter_truth(item: Item, pages: list[int], fate: str) -> LetterTruth:
    return LetterTruth(
        pages=pages,
        kind=item.order.kind,
        clue=item.order.clue.value,
        dossier=item.dossier,
        inbox=item.inbox,
        outcome=fate,
        why=item.why,
    )
