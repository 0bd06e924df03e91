"""Scans stacks of letters, sheets and blank backs as a mailroom does, and says what must become of each page."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from PIL.Image import Image
from pypdf import PdfReader

from sozialakte.intake.pages.order import PageOrder, reading_order
from tests.demo import degrade, marks
from tests.demo.letters import Order, compose
from tests.demo.scan_files import Fed, PdfScans, TiffScans
from tests.demo.sheets import Separator, cover_sheet, separator_sheet
from tests.demo.stack import AS_USUAL, Cover, Item, PatchSheet, Stack
from tests.demo.truth import BatchTruth, LetterTruth, PageTruth
from tests.demo.typeset import letter_pdf, sheet_pdf


@dataclass
class Batch:
    """A batch while it is stacked: the scans of its pages and the truth so far, both in reading order."""

    file: str
    seed: int
    scans: PdfScans | TiffScans
    pages: list[PageTruth] = field(default_factory=list)
    letters: list[LetterTruth] = field(default_factory=list)

    def add_sheet(self, what: Separator | Cover | PatchSheet) -> None:
        """A separator or cover: scanned, and a separator to the ledger."""
        if isinstance(what, PatchSheet):
            self._scan_page(marks.patch_sheet(), "separator", f"patch sheet turned {what.fed.turned}", what.fed)
        elif isinstance(what, Cover):
            self._scan(sheet_pdf(cover_sheet(what.dossier_id)), "separator", f"cover {what.dossier_id}")
        else:
            self._scan(sheet_pdf(separator_sheet(what)), "separator", f"separator {what}")

    def add_letter(self, item: Item) -> None:
        """A letter, its pages in order, with the empty backs that duplex scanning leaves."""
        first = len(self.pages) + 1
        starts = []
        for order in (item.order, *item.more):
            starts.append(len(self.pages) + 2 - first)
            self._add(item, order)
        self.letters.append(_letter_truth(item, list(range(first, len(self.pages) + 1)), starts[1:]))

    def add_blanks(self, item: Item) -> None:
        """The empty backs after a letter."""
        for _ in range(item.sheets.blanks):
            chance = self._random(len(self.pages))
            front = degrade.render(letter_pdf(compose(item.order, chance)))[-1] if item.sheets.through else None
            page = marks.showing_through(front) if front else marks.empty_page()
            page = marks.punched(page) if item.sheets.punched else page
            what = "print shows through" if front else "empty back"
            self._scan_page(page, "blank", what, Fed(grey=item.sheets.through))

    def finish(self, order: PageOrder) -> tuple[bytes, BatchTruth]:
        """The whole file and its truth; ``order`` is how the scanner puts its pages out."""
        read = reading_order(order, len(self.pages))
        place = dict(enumerate(read, start=1))
        in_file = sorted(range(len(read)), key=lambda number: read[number])
        pages = [page.model_copy(update={"page": place[page.page]}) for page in self.pages]
        letters = [
            letter.model_copy(update={"pages": [place[page] for page in letter.pages]}) for letter in self.letters
        ]
        pages.sort(key=lambda page: page.page)
        return self.scans.finish(in_file), BatchTruth(file=self.file, pages=pages, letters=letters)

    def _add(self, item: Item, order: Order) -> None:
        if item.sheets.by_hand:
            self._scan_page(marks.written_by_hand(self._random(len(self.pages) + 1)), item.outcome, "by hand")
            return
        chance = self._random(len(self.pages) + 1) if order.copy_of is None else Random(order.copy_of)
        pdf = letter_pdf(compose(order, chance))
        if item.digital:
            self._keep(item.digital(pdf), item.outcome, order.kind)
            return
        for number, page in enumerate(degrade.render(pdf)):
            self._scan_page(self._marked(item, page, number), item.outcome, order.kind, item.sheets.fed)
        if item.sheets.stamp_page:
            page = marks.stamped(marks.empty_page(), item.sheets.stamp_page, self._random(0), at=(0.4, 0.3))
            self._scan_page(page, item.outcome, "a stamp alone", Fed(clear=True))

    def _marked(self, item: Item, page: Image, number: int) -> Image:
        if item.sheets.punched:
            page = marks.punched(page)
        if item.sheets.stamped and not number:
            page = marks.stamped(page, item.sheets.stamped, self._random(0))
        return page

    def _scan(self, pdf: bytes, fate: str, what: str) -> None:
        for page in degrade.render(pdf):
            self._scan_page(page, fate, what)

    def _scan_page(self, page: Image, fate: str, what: str, fed: Fed = AS_USUAL) -> None:
        self.scans.add(page, fed, self._number(len(self.pages) + 1))
        self.pages.append(PageTruth(page=len(self.pages) + 1, fate=fate, what=what))

    def _keep(self, pdf: bytes, fate: str, what: str) -> None:
        assert isinstance(self.scans, PdfScans)
        self.scans.keep(pdf)
        for _ in PdfReader(io.BytesIO(pdf)).pages:
            self.pages.append(PageTruth(page=len(self.pages) + 1, fate=fate, what=what))

    def _random(self, page: int) -> Random:
        return Random(self._number(page))

    def _number(self, page: int) -> int:
        # A seed of its own for each page: a change on one page leaves the others as they are.
        return zlib.crc32(f"{self.seed}/{self.file}/{page}".encode())


def stack_up(
    file: str,
    stack: Stack,
    seed: int,
    scans: PdfScans | TiffScans | None = None,
    order: PageOrder = PageOrder.AS_READ,
) -> tuple[bytes, BatchTruth]:
    """The scanned batch and its truth. The same stack and seed give the same batch."""
    batch = Batch(file, seed, scans or PdfScans())
    for entry in stack:
        if isinstance(entry, Item):
            batch.add_letter(entry)
            batch.add_blanks(entry)
        else:
            batch.add_sheet(entry)
    return batch.finish(order)


def file_that_lost_a_page(order: Order, seed: int) -> tuple[bytes, int]:
    """A scan of a letter that claims one page more than it holds (a page got lost), and how many it holds."""
    pages = degrade.render(letter_pdf(compose(order, Random(seed))))
    pictures = [(degrade.scan(page, seed), page.size) for page in pages]
    return degrade.scans_pdf(pictures, claimed=len(pages) + 1), len(pages)


def _letter_truth(item: Item, pages: list[int], cuts: Sequence[int]) -> LetterTruth:
    haste = item.haste
    return LetterTruth(
        pages=pages,
        kind=item.order.kind,
        clue=item.order.clue.value,
        dossier=item.dossier,
        destination=item.destination,
        inbox=item.inbox,
        outcome=item.outcome,
        why=item.why,
        urgent=haste.urgent if haste else None,
        deadline=haste.deadline if haste else None,
        days=haste.days if haste else None,
        cuts=list(cuts),
        notes=list(item.notes),
        unread=[1] if item.sheets.by_hand or item.sheets.stamped else [],  # in black and white a stamp hides print
    )
