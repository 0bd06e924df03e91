"""The files a scanner writes: a PDF of JPEGs, or a TIFF in black and white. Pages may come out in another order."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from PIL import Image
from pypdf import PdfReader, PdfWriter

from tests.demo import degrade
from tests.tiff_bytes import TiffBytes, TiffPage, page_of

HALF_TONE = 200  # dots per inch of the smaller scanner


@dataclass(frozen=True)
class Fed:
    """How a sheet went into the scanner: ``turned`` clockwise, ``skew`` in degrees, a dark copy, a fax, dirty.

    ``grey``: kept in grey levels where the file is black and white; ``clear``: with an alpha channel.
    """

    turned: int = 0
    skew: float = 0.0
    specks: int = 0
    dark: bool = False
    fax: bool = False
    grey: bool = False
    clear: bool = False


class ScanFile(Protocol):
    """A file that is being scanned."""

    def add(self, page: Image.Image, fed: Fed, seed: int) -> None:
        """Scan a page."""

    def finish(self, order: Sequence[int]) -> bytes:
        """The file with its pages in this order (numbers from 0)."""


@dataclass
class PdfScans:
    """A PDF; ``dpi`` of the scanner. Born-digital pages may lie between the scans."""

    dpi: int = degrade.DPI
    parts: list[bytes] = field(default_factory=list)

    def add(self, page: Image.Image, fed: Fed, seed: int) -> None:
        """Scan a page."""
        picture = _turned(degrade.seen(page, seed, fed.skew, fed.specks), fed)
        size = (round(picture.width * self.dpi / degrade.DPI), round(picture.height * self.dpi / degrade.DPI))
        small = picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS)
        self.keep(degrade.scans_pdf([(degrade.jpeg(small, self.dpi), size)]))

    def keep(self, pdf: bytes) -> None:
        """Add the pages of a PDF as they are."""
        self.parts.append(pdf)

    def finish(self, order: Sequence[int]) -> bytes:
        """The file with its pages in this order (numbers from 0)."""
        writer = PdfWriter()
        for part in self.parts:
            writer.append(PdfReader(io.BytesIO(part)))
        if list(order) != sorted(order):
            writer = _reordered(writer, order)
        writer.metadata = {"/Producer": "Scanzentrum Zentralschweiz"}
        target = io.BytesIO()
        writer.write(target)
        return target.getvalue()


@dataclass
class TiffScans:
    """A TIFF in Group 4; single pages in grey levels (JPEG) or with alpha."""

    pages: list[TiffPage] = field(default_factory=list)

    def add(self, page: Image.Image, fed: Fed, seed: int) -> None:
        """Scan a page."""
        picture = _turned(degrade.seen(page, seed, fed.skew, fed.specks), fed)
        self.pages.append(_tiff_page(picture, fed))

    def finish(self, order: Sequence[int]) -> bytes:
        """The file with its pages in this order (numbers from 0)."""
        return TiffBytes().written([self.pages[number] for number in order])


def _tiff_page(picture: Image.Image, fed: Fed) -> TiffPage:
    if fed.grey:
        return page_of(picture, "jpeg", quality=degrade.QUALITY)
    if fed.fax:
        page = page_of(degrade.faxed(picture), "group4")
        return page.having({282: Fraction(HALF_TONE), 283: Fraction(HALF_TONE)})
    drawn = degrade.black_and_white(picture, dark=fed.dark)
    if fed.clear:
        ink = drawn.convert("L").point([255 - level for level in range(256)])
        return page_of(Image.merge("LA", (Image.new("L", ink.size, 0), ink)), "tiff_lzw")
    return page_of(drawn, "group4")


def _turned(picture: Image.Image, fed: Fed) -> Image.Image:
    return picture.rotate(-fed.turned, expand=True) if fed.turned else picture


def _reordered(writer: PdfWriter, order: Sequence[int]) -> PdfWriter:
    other = PdfWriter()
    for number in order:
        other.add_page(writer.pages[number])
    return other
