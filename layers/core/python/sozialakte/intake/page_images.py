"""Page images for finding codes and for reading, as cheaply as the page allows.

Where one upright JPEG fills the page, as scanners write it, it is taken out of the file and decoded (for finding codes
at reduced scale: 16 ms instead of 100 ms a page). Everything else is rendered. Images are grey, turned as seen.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pypdfium2
from PIL import Image, ImageStat
from pypdfium2 import PdfDocument, PdfImage, PdfiumError, PdfPage
from pypdfium2 import raw as pdfium

from sozialakte.intake.page_parts import images, only_image
from sozialakte.shared.reasons import Reason

CODE_LONG_SIDE = 1700
"""Pixels that the longer side keeps for finding codes: A4 at 145 dpi, enough for bars of 0.25 mm."""

READING_DPI = 200
"""Resolution for reading: German text is read as well at 200 dpi as at 300 dpi, a quarter faster."""

_A4_LONG_INCHES = 11.69
_RENDERED_PIXELS = 24_000_000  # A2 at 200 dpi; larger sheets are rendered more coarsely
_SOURCE_PIXELS = 200_000_000  # all images of a page together; one alone ends at Pillow's limit of 89 million
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
    return _from_scan(page, CODE_LONG_SIDE) or _rendered(page)


def fine_code_image(page: PdfPage) -> Image.Image:
    """The page at the full resolution it was scanned with, for a second look. Raises `PageImageError`."""
    return _from_scan(page, None) or _rendered(page)


def reading_image(page: PdfPage) -> Image.Image:
    """A grey image of about 200 dpi for reading. Raises `PageImageError`."""
    long_side = round(_A4_LONG_INCHES * READING_DPI)
    image = _from_scan(page, long_side)
    if image is None:
        return _rendered(page)
    if max(image.size) > 1.2 * long_side:
        image.thumbnail((long_side, long_side), Image.Resampling.BICUBIC)
    return image


def all_images_decode(page: PdfPage) -> bool:
    """Whether every image on the page can be decoded: pdfium leaves out what it cannot, and the page looks blank."""
    _check_source_pixels(page)
    try:
        for image in images(page):
            image.get_bitmap()
    except PdfiumError:
        return False
    return True


def _from_scan(page: PdfPage, long_side: int | None) -> Image.Image | None:
    """The one image of a scanned page, reduced as long as its longer side keeps ``long_side`` pixels."""
    with pdfium_errors_named():
        found = only_image(page)
        if found is None or found.get_filters() != ["DCTDecode"] or not _is_plain(found, page):
            return None
        data = bytes(found.get_data())
        turn = _TURN.get(page.get_rotation())
    image = _decoded(data, long_side)
    if ImageStat.Stat(image.reduce(8)).mean[0] < _TOO_DARK:
        return None
    return image if turn is None else image.transpose(turn)


def _decoded(data: bytes, long_side: int | None) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=["JPEG"])
        if long_side is not None:
            share = long_side / max(image.size)
            image.draft("L", (round(image.width * share), round(image.height * share)))
        return image.convert("L")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise PageImageError("page.too_large") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise PageImageError("page.unreadable") from error


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


def _rendered(page: PdfPage) -> Image.Image:
    _check_source_pixels(page)
    with pdfium_errors_named():
        width, height = page.get_size()
        if width <= 0 or height <= 0:
            raise PageImageError("page.unreadable")
        scale = min(READING_DPI / 72, (_RENDERED_PIXELS / (width * height)) ** 0.5)
        image: Image.Image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    return image


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
