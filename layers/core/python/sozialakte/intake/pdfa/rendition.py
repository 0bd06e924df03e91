"""Renditions: images of pages that cannot be taken over as they are, printed ones above all.

200 dpi and JPEG quality 80: OCR finds as many of the words of printed bills in it as at 300 dpi or quality 100 (96 %),
and every code; it takes 0.2 MB a page instead of 0.4 and 0.5.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFont
from pypdfium2 import PdfPage

from sozialakte.intake.pages.images import PageImageError, pdfium_errors_named
from sozialakte.intake.pages.parts import images
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

_DPI = 200
_QUALITY = 80
_PIXELS = 16_000_000  # A2 at 200 dpi; larger sheets are rendered more coarsely
_SIDE = 65_000  # pixels: a JPEG ends at 65'535
_SOURCE_PIXELS = 200_000_000  # all images of a page together
_COLOURLESS = 16  # levels: the channels of a grey page differ by less


@dataclass(frozen=True)
class Picture:
    """A JPEG of one or three channels."""

    data: bytes
    size: tuple[int, int]
    channels: int


@pdfium_errors_named()
def rendered(page: PdfPage, turn: int = 0) -> Image.Image:
    """The page as shown with notes and filled fields, turned clockwise by 0, 90, 180 or 270 degrees, in colour.

    Raises `PageImageError`.
    """
    if sum(width * height for width, height in (image.get_px_size() for image in images(page))) > _SOURCE_PIXELS:
        raise PageImageError("page.too_large")
    width, height = page.get_size()
    if min(width, height) <= 0:
        raise PageImageError("page.unreadable")
    scale = min(_DPI / 72, (_PIXELS / (width * height)) ** 0.5, _SIDE / max(width, height))
    image: Image.Image = page.render(scale=scale, rotation=turn).to_pil()
    return image.convert("RGB")


def pictured(image: Image.Image) -> Picture:
    """The image as a JPEG, grey if it has no colour."""
    kept = image.convert("L") if _is_grey(image) else image.convert("RGB")
    target = io.BytesIO()
    kept.save(target, "JPEG", quality=_QUALITY)
    return Picture(target.getvalue(), kept.size, len(kept.getbands()))


def notice(size: tuple[float, float]) -> Image.Image:
    """A sheet of this size (points) that says that the page cannot be shown."""
    width, height = (max(1, round(side)) for side in size)
    image = Image.new("L", (width, height), 255)
    place, letter = (width / 2, height / 2), max(4.0, width / 36)
    said = say(Reason("pdfa.missing"))
    ImageDraw.Draw(image).text(place, said, fill=0, font=ImageFont.load_default(letter), anchor="mm", align="center")
    return image


def _is_grey(image: Image.Image) -> bool:
    red, green, blue = image.convert("RGB").split()
    differences = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return not any(any(one.histogram()[_COLOURLESS:]) for one in differences)
