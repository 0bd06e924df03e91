"""Page images for finding codes and for reading, as cheaply as the page allows.

Where one upright JPEG fills the page, as scanners write it, it is taken out of the file and decoded (for finding codes
at reduced scale: 16 ms instead of 100 ms a page). Everything else is rendered. Images are grey, turned as seen. What a
hostile page costs is limited by who looks at it (`pages.worker`).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pypdfium2
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile
from pypdfium2 import PdfDocument, PdfImage, PdfiumError, PdfPage
from pypdfium2 import raw as pdfium

from sozialakte.intake.pages.parts import images, only_image
from sozialakte.intake.pages.reading_scale import READING_DPI, READING_PIXELS, fitted, reading_long_side
from sozialakte.intake.pages.sheet_size import A4_MM, measured_mm
from sozialakte.intake.pdf.whole_images import ends_grey
from sozialakte.shared.reasons import Reason

CODE_LONG_SIDE = 1700
"""Pixels that the longer side of A4 keeps for finding codes: 145 dpi, enough for bars of 0.25 mm."""

_FINE_LONG_SIDE = 7000  # A4 at 600 dpi: the most that a second look takes
_SHOWN_LONG_SIDE = 2000  # pixels on a screen: A3 at 120 dpi
_DECODED_PIXELS = 90_000_000  # of a JPEG after its reduction to an eighth at most: A4 up to 9600 dpi
_SOURCE_PIXELS = 700_000_000  # all images of a page that is rendered: A4 in black and white at 2400 dpi has 557 million
_BLOCK = 64  # pixels that take a JPEG one bit at least: with less it is cut short, and decoders fill in paper
_EDGE = 0.03  # an image fills the page if its edges lie this close to the page's, as a share of the page
_TOO_DARK = 90  # mean grey level: a page this dark is inverted or painted in a way only rendering gets right
_TURN = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


class PageImageError(ValueError):
    """A page of which no image can be had: ``reason.code`` is ``page.unreadable`` or ``page.too_large``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.reason = Reason(code)


@contextmanager
def open_page(document: PdfDocument, number: int) -> Iterator[PdfPage]:
    """Open a page (numbered from 1) and let go of its memory afterwards. Raises `PageImageError`."""
    with pdfium_errors_named():
        page = document[number - 1]
    try:
        yield page
    finally:
        page.close()


def open_document(path: Path) -> PdfDocument:
    """A checked file for looking at its pages, filled form fields included; use as a context manager."""
    document = pypdfium2.PdfDocument(path)
    with suppress(PdfiumError):  # a broken form: what is printed is still to be seen
        document.init_forms()
    return document


def code_image(page: PdfPage) -> Image.Image:
    """A grey image fine enough to find codes and blanks. Raises `PageImageError`."""
    return scan_for_codes(page) or rendered(page)


def scan_for_codes(page: PdfPage) -> Image.Image | None:
    """`code_image` of a page that is one scanned image; None if it must be rendered. Raises `PageImageError`."""
    return _from_scan(page, _long_side(page, CODE_LONG_SIDE))


def fine_code_image(page: PdfPage) -> Image.Image:
    """The page at the resolution it was scanned with, for a second look. Raises `PageImageError`."""
    return _from_scan(page, _long_side(page, _FINE_LONG_SIDE)) or rendered(page)


def reading_image(page: PdfPage) -> Image.Image:
    """A grey image of about 200 dpi for reading, as wide and high as the page is. Raises `PageImageError`."""
    image = _from_scan(page, reading_long_side(page.get_size()))
    return rendered(page) if image is None else fitted(image, page.get_size())


def colour_image(page: PdfPage) -> Image.Image | None:
    """`reading_image` of a colour scan in RGB; None for a page that is no colour scan. Raises `PageImageError`."""
    image = _from_scan(page, reading_long_side(page.get_size()), colour=True)
    return fitted(image, page.get_size()) if image is not None and image.mode == "RGB" else None


def may_be_cut_short(scan: Image.Image) -> bool:
    """Whether a JPEG may have ended before its picture did: its blocks without data are grey, or its scans are coarse.

    Only its data can tell (`pdf.whole_images`).
    """
    return "progressive" in scan.info or ends_grey(scan)


def all_images_decode(page: PdfPage) -> bool:
    """Whether every image on the page can be decoded: pdfium leaves out what it cannot, and the page looks blank."""
    _check_source_pixels(page)
    try:
        for image in images(page):
            image.get_bitmap()
    except PdfiumError:
        return False
    return True


def _long_side(page: PdfPage, of_a4: int) -> int:
    return round(of_a4 * measured_mm(page.get_size()) / A4_MM)


def _from_scan(page: PdfPage, long_side: int, *, colour: bool = False) -> Image.Image | None:
    """The one image of a scanned page, reduced as long as its longer side keeps ``long_side`` pixels."""
    with pdfium_errors_named():
        found = only_image(page)
        if found is None or found.get_filters() != ["DCTDecode"] or not _is_plain(found, page):
            return None
        data = bytes(found.get_data())
        turn = _TURN.get(page.get_rotation())
    image = _decoded(data, long_side, colour=colour)
    if image is None or _is_dark(image):
        return None
    return image if turn is None else image.transpose(turn)


def _decoded(data: bytes, long_side: int, *, colour: bool) -> Image.Image | None:
    """A JPEG, in grey unless its colours are wanted; None for the four inks of CMYK, which only the PDF explains."""
    try:
        image = JpegImageFile(io.BytesIO(data))
        if image.mode not in ("L", "RGB"):
            return None
        if 8 * len(data) < image.width * image.height / _BLOCK:
            raise PageImageError("page.unreadable")
        share = long_side / max(image.size)
        image.draft(None if colour else "L", (round(image.width * share), round(image.height * share)))
        if image.width * image.height > _DECODED_PIXELS:
            raise PageImageError("page.too_large")
        image.decodermaxblock = len(data)  # all at once: the decoder need not stop and go on
        image.load()
        return image if colour or image.mode == "L" else image.convert("L")
    except (OSError, SyntaxError, ValueError) as error:
        raise PageImageError("page.unreadable") from error


def _is_dark(image: Image.Image) -> bool:
    sample = image.resize((32, 32), Image.Resampling.NEAREST).tobytes()
    return sum(sample) < _TOO_DARK * len(sample)


def _is_plain(image: PdfImage, page: PdfPage) -> bool:
    """Upright, filling the page, opaque. A soft mask of the image itself is not seen by pdfium's interface: ignoring it
    shows more than is painted, never less.
    """
    matrix = image.get_matrix()
    upright = matrix.a > 0 and matrix.d > 0 and abs(matrix.b) < 1e-3 and abs(matrix.c) < 1e-3
    box = page.get_bbox()
    width, height = box[2] - box[0], box[3] - box[1]
    shifts = [abs(edge - limit) for edge, limit in zip(image.get_bounds(), box, strict=True)]
    fills = max(shifts[0], shifts[2]) <= _EDGE * width and max(shifts[1], shifts[3]) <= _EDGE * height
    return bool(upright and fills and not pdfium.FPDFPageObj_HasTransparency(image))


def rendered(page: PdfPage) -> Image.Image:
    """The page as it is printed, at 200 dpi or what finding codes needs. Raises `PageImageError`."""
    _check_source_pixels(page)
    with pdfium_errors_named():
        width, height = page.get_size()
        if width <= 0 or height <= 0:
            raise PageImageError("page.unreadable")
        wanted = max(READING_DPI / 72, CODE_LONG_SIDE / max(width, height))
        scale = min(wanted, (READING_PIXELS / (width * height)) ** 0.5)
        image: Image.Image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    return image


def shown(page: PdfPage, dpi: int) -> Image.Image:
    """The page in colour, as a screen shows it; large sheets more coarsely. Raises `PageImageError`."""
    _check_source_pixels(page)
    with pdfium_errors_named():
        width, height = page.get_size()
        if width <= 0 or height <= 0:
            raise PageImageError("page.unreadable")
        image: Image.Image = page.render(scale=min(dpi / 72, _SHOWN_LONG_SIDE / max(width, height))).to_pil()
    return image.convert("RGB")


def _check_source_pixels(page: PdfPage) -> None:
    with pdfium_errors_named():
        sizes = [image.get_px_size() for image in images(page)]
    if sum(width * height for width, height in sizes) > _SOURCE_PIXELS:
        raise PageImageError("page.too_large")


@contextmanager
def pdfium_errors_named() -> Iterator[None]:
    """Name what pdfium reports about a page: `PageImageError`. Also a decorator."""
    try:
        yield
    except PdfiumError as error:
        raise PageImageError("page.unreadable") from error
