"""Turns a born-digital page into what a scanner makes of its paper: skew, blur, shading, noise, paper tone, JPEG."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

from tests.pdf_bytes import PdfBytes, Placed

DPI = 300
A4_POINTS = (595.28, 841.89)
INK = 38  # grey level of full black
DUST = 70  # grey level of a speck


@dataclass(frozen=True)
class Wear:
    """How a page was scanned. ``skew`` in degrees, ``noise`` and ``shading`` in grey levels, ``blur`` in pixels."""

    skew: float
    noise: float = 2.0
    shading: float = 5.0
    paper: int = 243
    blur: float = 1.0
    specks: int = 5
    quality: int = 32

    @classmethod
    def random(cls, chance: np.random.Generator) -> Wear:
        """Wear within what a well kept office scanner does."""
        return cls(
            skew=float(chance.uniform(-1.5, 1.5)),
            noise=float(chance.uniform(1.5, 2.5)),
            shading=float(chance.uniform(-6, 6)),
            paper=int(chance.integers(238, 248)),
            specks=int(chance.integers(0, 9)),
        )


def render(pdf: bytes) -> list[Image.Image]:
    """The pages of a PDF as grey images at 300 dpi."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in document]
    finally:
        document.close()


def empty_page() -> Image.Image:
    """The back of a page printed on one side."""
    return Image.new("L", (2480, 3508), 255)


def scan(page: Image.Image, seed: int) -> bytes:
    """The page as the scanner's JPEG. The same page and seed give the same picture."""
    chance = np.random.default_rng(seed)
    wear = Wear.random(chance)
    turned = page.rotate(wear.skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    blurred = _with_specks(turned, wear.specks, chance).filter(ImageFilter.GaussianBlur(wear.blur))
    return _jpeg(_paper(np.asarray(blurred, dtype=np.float32), wear, chance), wear.quality)


def _with_specks(page: Image.Image, count: int, chance: np.random.Generator) -> Image.Image:
    draw = ImageDraw.Draw(page)
    for x, y, size in chance.random((count, 3)).tolist():
        draw.circle((x * page.width, y * page.height), 1 + 2 * size, fill=DUST)
    return page


def _paper(page: np.ndarray, wear: Wear, chance: np.random.Generator) -> Image.Image:
    grey = INK + page / 255 * (wear.paper - INK)
    grey += np.linspace(-wear.shading / 2, wear.shading / 2, page.shape[1], dtype=np.float32)
    grey += chance.standard_normal(page.shape, dtype=np.float32) * wear.noise
    return Image.fromarray(grey.clip(0, 255).astype(np.uint8))


def _jpeg(page: Image.Image, quality: int) -> bytes:
    target = io.BytesIO()
    page.save(target, "JPEG", quality=quality, dpi=(DPI, DPI), optimize=True)
    return target.getvalue()


def scans_pdf(pictures: list[tuple[bytes, tuple[int, int]]], claimed: int | None = None) -> bytes:
    """A PDF with one full-page JPEG a page, as scanners write it. Each picture comes with its size in pixels.

    ``claimed`` is the number of pages the file says it has, if that is to be wrong.
    """
    pdf = PdfBytes()
    for data, size in pictures:
        pdf.add_image_page(Placed(data, size), A4_POINTS)
    return pdf.finish(claimed)
