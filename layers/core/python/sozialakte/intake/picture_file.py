"""A page that comes as a picture: a photo of a bill, a screenshot. PNG and JPEG; scanners send PDF or TIFF."""

from __future__ import annotations

import warnings
from pathlib import Path

from PIL import Image, ImageOps

from sozialakte.intake.model import UnreadableFileError
from sozialakte.intake.pages.images import CODE_LONG_SIDE
from sozialakte.shared.reasons import Reason

_KINDS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_MOST_PIXELS = 60_000_000  # the largest cameras of phones have 50 million as they are set
_FINE_LONG_SIDE = 5000  # pixels: a page of A4 at 430 dpi
_A4_INCHES = 11.69
_QUALITY = 92  # of the JPEG in the PDF that is read: OCR sees no difference


def is_picture(begin: bytes) -> bool:
    """Whether a file that begins so is a PNG or a JPEG."""
    return begin.startswith(_KINDS)


def open_grey(path: Path) -> Image.Image:
    """The picture in grey, upright as the camera says, transparent parts white, large ones reduced.

    Raises `UnreadableFileError` with ``file.damaged`` or ``file.page_too_large``.
    """
    try:
        with warnings.catch_warnings(), Image.open(path, formats=("PNG", "JPEG")) as picture:
            warnings.simplefilter("ignore")  # of what is odd but harmless
            return _grey(picture)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableFileError(Reason("file.damaged"), 1) from error


def coarse(picture: Image.Image) -> Image.Image:
    """The picture as coarse as `PageView.coarse` of a page that fills it."""
    return _fitted(picture, CODE_LONG_SIDE)


def write_picture_as_pdf(path: Path, target: Path) -> Path:
    """The picture as a page as long as A4, for reading: ``target``, written. Raises as `open_grey`."""
    picture = open_grey(path)
    picture.save(target, "PDF", resolution=max(picture.size) / _A4_INCHES, quality=_QUALITY)
    return target


def _grey(picture: Image.Image) -> Image.Image:
    if picture.width * picture.height > _MOST_PIXELS:
        raise UnreadableFileError(Reason("file.page_too_large", {"page": "1"}), 1)
    if picture.format == "JPEG" and max(picture.size) > 2 * _FINE_LONG_SIDE:
        picture.draft("L", (_FINE_LONG_SIDE, _FINE_LONG_SIDE))
    upright = ImageOps.exif_transpose(picture)
    if upright.has_transparency_data:
        paper = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(paper, upright.convert("RGBA"))
    return _fitted(upright.convert("L"), _FINE_LONG_SIDE)


def _fitted(picture: Image.Image, long_side: int) -> Image.Image:
    """Reduced until its longer side is no longer than that."""
    if max(picture.size) <= long_side:
        return picture
    share = long_side / max(picture.size)
    size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
    return picture.resize(size, Image.Resampling.BOX if share < 0.5 else Image.Resampling.BILINEAR)
