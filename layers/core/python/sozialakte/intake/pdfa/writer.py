"""A letter as PDF/A-2b: its pages as images, what they say as invisible words over them.

A scan stays byte for byte what it was. A page that is no plain scan (print, several images, CMYK) stands there as a
rendition: its page label says so ("Wiedergabe 3"), and so does the description in the metadata. What is checked of
ISO 19005-2 stands in ``tests/pdfa_rules.py``; no more is claimed.
"""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image
from pypdf.generic import FloatObject, NumberObject
from pypdfium2 import PdfPage

from sozialakte.intake.pages.images import PageImageError
from sozialakte.intake.pdf.check import PdfSource, errors_named
from sozialakte.intake.pdfa.document import PdfADocument
from sozialakte.intake.pdfa.objects import decimal, entry
from sozialakte.intake.pdfa.rendition import notice, pictured, rendered
from sozialakte.intake.pdfa.scan import Scan, kept_scan
from sozialakte.intake.pdfa.sheet import Matrix, Sheet, sheet, sheet_of
from sozialakte.intake.pdfa.words import Word, invisible

_A4 = (595.28, 841.89)  # points


class PdfAWriter(PdfADocument):
    """Writes a letter's pages one after the other. The same pages and words give the same bytes."""

    def add_page(
        self, source: PdfSource, number: int, page: PdfPage, words: Sequence[Word] = (), turn: int = 0
    ) -> None:
        """Add a page (numbered from 1) of a source: its scan if that may stay as it is, else a rendition.

        ``page`` is the same page opened for looking; ``turn`` turns it clockwise (0, 90, 180, 270) beyond its own
        rotation. Raises `PageImageError` for a page that cannot be shown, and `UnreadableFileError`.
        """
        shown = _shown(source, number, page, turn)
        scan = kept_scan(source, number, page, shown)
        if scan is None:
            self.add_rendered(rendered(page, turn), shown, words)
        else:
            self.add_scan(scan, shown, words)
        source.forget()

    def add_scan(self, scan: Scan, shown: Sheet, words: Sequence[Word] = ()) -> None:
        """Add a page of a scan's image, which stays as it is."""
        self.write_page(self.copy_image(scan.image), _content(scan.matrix, shown, words), shown)

    def add_rendered(self, image: Image.Image, shown: Sheet, words: Sequence[Word] = ()) -> None:
        """Add a page of a page's picture, flagged as a rendition."""
        picture = pictured(image)
        space = b"/DeviceGray" if picture.channels == 1 else b"/DeviceRGB"
        look = b"/Width %d /Height %d /BitsPerComponent 8 /ColorSpace %b /Filter /DCTDecode" % (*picture.size, space)
        fill = (shown.size[0], 0, 0, shown.size[1], 0, 0)
        written = self.add_image(look, picture.data)
        self.write_page(written, _content(fill, shown, words), shown, rendition=True)

    def add_missing(self) -> None:
        """Add a sheet that says that a page cannot be shown, flagged as a rendition: no page goes missing silently."""
        self.add_rendered(notice(_A4), sheet(*_A4))


def _shown(source: PdfSource, number: int, page: PdfPage, turn: int) -> Sheet:
    try:
        return sheet_of(page, _unit(source, number), turn)
    except ValueError as error:
        raise PageImageError("page.unreadable") from error


def _unit(source: PdfSource, number: int) -> float:
    """The size of the page's unit in points (ISO 32000-1, 14.11.1), which pdfium does not know."""
    with errors_named():
        unit = entry(source.pages[number - 1], "/UserUnit")
    return float(unit) if isinstance(unit, NumberObject | FloatObject) and unit > 0 else 1.0


def _content(place: Matrix, shown: Sheet, words: Sequence[Word]) -> bytes:
    """The image, and the words invisibly over it."""
    return b"q %b cm /I Do Q\n%b" % (b" ".join(map(decimal, place)), invisible(words, shown.size))
