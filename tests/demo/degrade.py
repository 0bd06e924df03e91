"""Turns a born-digital page into what a scanner makes of its paper: skew, blur, shading, noise, paper tone, JPEG."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

from tests.pdf_bytes import PdfBytes, Placed

DPI = 300
A4_POINTS = (595.28, 841.89)
INK = 38  # grey level of full black
DUST = 70  # grey level of a speck
QUALITY = 32  # of JPEG


@dataclass(frozen=True)
class Wear:
    """How a page was scanned. ``skew`` in degrees, ``noise`` and ``shading`` in grey levels, ``blur`` in pixels."""

    skew: float
    noise: float = 2.0
    shading: float = 5.0
    paper: int = 243
    blur: float = 1.0
    specks: int = 5

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


def scan(page: Image.Image, seed: int) -> bytes:
    """The page as the scanner's JPEG. The same page and seed give the same picture."""
    return jpeg(seen(page, seed))


def seen(page: Image.Image, seed: int, skew: float = 0.0, specks: int = 0) -> Image.Image:
    """The page in grey levels as the scanner sees it, ``skew`` (degrees) and ``specks`` more than usual."""
    chance = np.random.default_rng(seed)
    wear = Wear.random(chance)
    wear = replace(wear, skew=wear.skew + skew, specks=wear.specks + specks)
    turned = page.rotate(wear.skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    blurred = _with_specks(turned, wear.specks, chance).filter(ImageFilter.GaussianBlur(wear.blur))
    return _paper(np.asarray(blurred, dtype=np.float32), wear, chance)


def black_and_white(grey: Image.Image, *, dark: bool = False) -> Image.Image:
    """Each pixel black or white; ``dark``: a copier set too dark has thickened and spotted everything."""
    if dark:
        grey = grey.filter(ImageFilter.GaussianBlur(1.2))
    threshold = 212 if dark else 150
    return grey.point([255 * (level > threshold) for level in range(256)]).convert("1", dither=Image.Dither.NONE)


def faxed(grey: Image.Image) -> Image.Image:
    """What comes out of a fax machine at 200 dpi, black and white."""
    small = grey.resize((1654, 2339), Image.Resampling.BILINEAR)
    return black_and_white(small)


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


def jpeg(page: Image.Image, dpi: int = DPI) -> bytes:
    """The picture as scanners store it."""
    target = io.BytesIO()
    page.save(target, "JPEG", quality=QUALITY, dpi=(dpi, dpi), optimize=True)
    return target.getvalue()


def scans_pdf(pictures: list[tuple[bytes, tuple[int, int]]], claimed: int | None = None) -> bytes:
    """A PDF with one full-page JPEG a page, as scanners write it. Each picture comes with its size in pixels.

    ``claimed`` is the number of pages the file says it has, if that is to be wrong.
    """
    pdf = PdfBytes()
    for data, size in pictures:
        pdf.add_image_page(Placed(data, size), A4_POINTS)
    return pdf.finish(claimed)
