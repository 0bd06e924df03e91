"""Pictures of a letter's pages for the review desk: made once, when the letter comes to people, and for no other.

Nine letters of ten never come to people, so their pages are never pictured. A page that nobody can look at gets a sheet
that says so.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from sozialakte.intake.desk.pictures import picture_key, turns_by_page
from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.pages.images import PageImageError, open_document, open_page, shown
from sozialakte.intake.pages.upright import turned
from sozialakte.intake.pages.worker import Limits, Overrun, run_pages
from sozialakte.intake.pdfa.rendition import notice
from sozialakte.intake.store import IntakeStore

LIMITS = Limits(seconds=20, memory_mb=1200)
DPI = 110
"""Print of 7 points is legible on a screen, and a page has 100 to 200 KB."""
_QUALITY = 70
_A4 = (595.0, 842.0)  # points


@dataclass(frozen=True)
class PicturePages:
    """The use case with what it works on. ``folder`` is an empty folder on disk."""

    store: IntakeStore
    files: IntakeFiles
    folder: Path

    def __call__(self, letter_id: str) -> None:
        """Picture every page of the letter, as people turned it. Raises `UnknownLetterError`."""
        letter = self.store.letter(letter_id)
        original = self.folder / "pictured.pdf"
        self.files.fetch(letter.original, original)
        turns = turns_by_page(letter)
        for page, picture in pictures(original, range(1, len(letter.pages) + 1), turns.get):
            self.files.keep_picture(picture_key(letter, page), picture)


def pictures(
    path: Path, pages: Sequence[int], turn_of: Callable[[int], int | None], limits: Limits = LIMITS, dpi: int = DPI
) -> Iterator[tuple[int, bytes]]:
    """A JPEG of each page (numbered from 1), turned clockwise by what ``turn_of`` says."""
    for page, picture in run_pages(lambda: _drawing(path, turn_of, dpi), pages, limits):
        yield page, _jpeg(notice(_A4)) if isinstance(picture, Overrun) else picture


@contextmanager
def _drawing(path: Path, turn_of: Callable[[int], int | None], dpi: int) -> Iterator[Callable[[int], bytes]]:
    with open_document(path) as document:

        def draw(number: int) -> bytes:
            try:
                with open_page(document, number) as page:
                    return _jpeg(turned(shown(page, dpi), turn_of(number) or 0))
            except PageImageError:
                return _jpeg(notice(_A4))

        yield draw


def _jpeg(image: Image.Image) -> bytes:
    target = io.BytesIO()
    image.save(target, "JPEG", quality=_QUALITY)
    return target.getvalue()
