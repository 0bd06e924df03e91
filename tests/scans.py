"""Pages and PDFs as a scanner makes them: typeset, skewed, noisy, one grey JPEG a page.

Everything is seeded: the same calls give the same bytes. Sizes are millimetres on an A4 page unless said otherwise.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import typst
import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.pdf_bytes import PdfBytes, Placed

A4_MM = (210, 297)
A4_POINTS = (595.28, 841.89)


@dataclass(frozen=True)
class Scanner:
    """How a scanner sees paper: skew in degrees, noise (standard deviation in grey levels), tone of paper and ink."""

    skew: float = 0.4
    noise: float = 8.0
    paper: int = 244
    ink: int = 30
    quality: int = 72
    seed: int = 1


OFFICE = Scanner()
CLEAN = Scanner(skew=0.0, noise=0.0, paper=255, ink=0, quality=90)


@lru_cache(maxsize=64)
def typeset(source: str, dpi: int = 300) -> Image.Image:
    """An A4 page of typst markup as a grey image (only typst's own fonts: the same on every machine)."""
    preamble = '#set page(paper: "a4", margin: 25mm)\n#set text(font: "Libertinus Serif", size: 11pt, lang: "de")\n'
    png = typst.compile((preamble + source).encode(), format="png", ppi=float(dpi), ignore_system_fonts=True)
    page = Image.open(io.BytesIO(png)).convert("RGBA")
    paper = Image.new("RGBA", page.size, "white")
    return Image.alpha_composite(paper, page).convert("L")


def letter(text: str, dpi: int = 300) -> Image.Image:
    """A page of running text, one paragraph a line; markup characters are taken literally."""
    lines = [f'#text("{_quoted(line)}")' if line.strip() else "" for line in text.splitlines()]
    return typeset("\n\n".join(lines) or " ", dpi).copy()


def empty(dpi: int = 300) -> Image.Image:
    """A page with nothing on it."""
    return Image.new("L", (pixels(A4_MM[0], dpi), pixels(A4_MM[1], dpi)), 255)


def code_image(text: str, symbology: str, module_px: int) -> Image.Image:
    """A bar code or QR code with quiet zone; ``symbology`` is zxing's name (``QRCode``, ``Code128``, ``Code39``)."""
    barcode = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, symbology))
    pixels_of_code = np.asarray(zxingcpp.write_barcode_to_image(barcode, scale=module_px), dtype=np.uint8)
    return Image.fromarray(pixels_of_code)


def with_code(
    page: Image.Image,
    text: str,
    *,
    symbology: str = "QRCode",
    module_mm: float = 0.8,
    at_mm: tuple[int, int] = (20, 20),
) -> Image.Image:
    """The page with a code printed at a place (millimetres from the upper left)."""
    dpi = dpi_of(page)
    code = code_image(text, symbology, max(1, pixels(module_mm, dpi)))
    printed = page.copy()
    printed.paste(code, (pixels(at_mm[0], dpi), pixels(at_mm[1], dpi)))
    return printed


def separator(text: str = "PATCHT", symbology: str = "Code39", dpi: int = 300) -> Image.Image:
    """A separator sheet as scanning centres print them: a large code in the upper part."""
    return with_code(empty(dpi), text, symbology=symbology, module_mm=0.6, at_mm=(40, 60))


def patch_bars(
    page: Image.Image,
    bars: str = "NWNW",
    *,
    at_mm: tuple[float, float] = (40, 12),
    length_mm: float = 130,
    scale: float = 1.0,
    ink: int = 0,
) -> Image.Image:
    """The page with a patch code: narrow and wide bars one below the other, 0.08 and 0.20 inch high (T by default)."""
    dpi = dpi_of(page)
    printed = page.copy()
    draw = ImageDraw.Draw(printed)
    top = at_mm[1]
    for bar in bars:
        height = (5.08 if bar == "W" else 2.03) * scale
        corners = (at_mm[0], top, at_mm[0] + length_mm, top + height)
        draw.rectangle([pixels(corner, dpi) for corner in corners], fill=ink)
        top += height + 2.03 * scale
    return printed


def streak(page: Image.Image, at_mm: float, width_mm: float, ink: int = 80) -> Image.Image:
    """The page with a line from top to bottom, as dirt on the scanner's glass draws it."""
    dpi = dpi_of(page)
    dirty = page.copy()
    ImageDraw.Draw(dirty).rectangle((pixels(at_mm, dpi), 0, pixels(at_mm + width_mm, dpi), page.height), fill=ink)
    return dirty


def shone_through(
    page: Image.Image, front: Image.Image, strength: float = 0.15, shift_mm: tuple[float, float] = (1.2, -0.8)
) -> Image.Image:
    """The page with what is printed on its other side: mirrored, blurred, pale, a little shifted."""
    dpi = dpi_of(page)
    mirrored = front.transpose(Image.Transpose.FLIP_LEFT_RIGHT).filter(ImageFilter.GaussianBlur(0.4 / 25.4 * dpi))
    shifted = ImageChops.offset(mirrored, round(shift_mm[0] / 25.4 * dpi), round(shift_mm[1] / 25.4 * dpi))
    pale = shifted.point([round(255 - strength * (255 - grey)) for grey in range(256)])
    return ImageChops.multiply(page, pale)


def punched(page: Image.Image, holes: int = 2, ink: int = 40) -> Image.Image:
    """The page with holes along its left edge (ISO 838), through which the scanner's dark lid shows."""
    dpi = dpi_of(page)
    open_page = page.copy()
    draw = ImageDraw.Draw(open_page)
    for hole in range(holes):
        middle = (12, 148.5 + 80 * (hole - (holes - 1) / 2))
        draw.circle([pixels(side, dpi) for side in middle], pixels(3, dpi), fill=ink)
    return open_page


def folded(page: Image.Image, size_mm: float = 20, ink: int = 60) -> Image.Image:
    """The page with its upper right corner folded away."""
    dpi = dpi_of(page)
    worn = page.copy()
    size = pixels(size_mm, dpi)
    ImageDraw.Draw(worn).polygon([(page.width, 0), (page.width - size, 0), (page.width, size)], fill=ink)
    return worn


def stapled(page: Image.Image, ink: int = 80) -> Image.Image:
    """The page with a staple well inside its upper left corner."""
    dpi = dpi_of(page)
    held = page.copy()
    ends = [pixels(side, dpi) for side in (9, 17, 18, 11)]
    ImageDraw.Draw(held).line(ends, fill=ink, width=pixels(0.7, dpi))
    return held


def creased(page: Image.Image, ink: int = 215) -> Image.Image:
    """The page of a letter that was folded twice: shadows from side to side."""
    dpi = dpi_of(page)
    folded_twice = page.copy()
    draw = ImageDraw.Draw(folded_twice)
    for down in (99, 198):
        draw.line((0, pixels(down, dpi), page.width, pixels(down + 1, dpi)), fill=ink, width=pixels(0.8, dpi))
    return folded_twice


def signature(
    page: Image.Image, at_mm: tuple[int, int] = (60, 150), width_mm: float = 0.4, ink: int = 40
) -> Image.Image:
    """The page with one pen stroke like a signature, about 45 mm long; a pencil's ``ink`` is 180 to 220."""
    dpi = dpi_of(page)
    signed = page.copy()
    steps = np.linspace(0, 1, 120)
    x = (at_mm[0] + 45 * steps) / 25.4 * dpi
    y = (at_mm[1] + 6 * np.sin(18 * steps) * (1 - steps)) / 25.4 * dpi
    ImageDraw.Draw(signed).line(list(zip(x.tolist(), y.tolist(), strict=True)), fill=ink, width=pixels(width_mm, dpi))
    return signed


def specks(page: Image.Image, count: int, seed: int = 1, largest_mm: float = 0.5) -> Image.Image:
    """The page with dirt: round dark dots anywhere on it."""
    dpi = dpi_of(page)
    chance = np.random.default_rng(seed)
    dirty = page.copy()
    draw = ImageDraw.Draw(dirty)
    for x, y, size in chance.random((count, 3)).tolist():
        radius = size * largest_mm / 2 / 25.4 * dpi
        centre = (x * page.width, y * page.height)
        draw.circle(centre, radius, fill=70)
    return dirty


def scanned(page: Image.Image, scanner: Scanner = OFFICE) -> Image.Image:
    """The page as the scanner sees it."""
    turned = page.rotate(scanner.skew, resample=Image.Resampling.BICUBIC, fillcolor=255) if scanner.skew else page
    grey = np.asarray(turned, dtype=np.float32) / 255 * (scanner.paper - scanner.ink) + scanner.ink
    if scanner.noise:
        grey = grey + np.random.default_rng(scanner.seed).standard_normal(grey.shape, dtype=np.float32) * scanner.noise
    return Image.fromarray(grey.clip(0, 255).astype(np.uint8))


def jpeg(page: Image.Image, quality: int = 72) -> bytes:
    """The page as the JPEG a scanner puts into its PDF."""
    target = io.BytesIO()
    page.save(target, "JPEG", quality=quality)
    return target.getvalue()


def scan_bytes(pages: Sequence[Image.Image], scanner: Scanner = OFFICE) -> bytes:
    """A PDF with one full-page JPEG a page, as scanners write it."""
    pdf = PdfBytes()
    for page in pages:
        image = scanned(page, scanner)
        pdf.add_image_page(Placed(jpeg(image, scanner.quality), image.size), A4_POINTS)
    return pdf.finish()


def scan_file(path: Path, pages: Sequence[Image.Image], scanner: Scanner = OFFICE) -> Path:
    """Write `scan_bytes` to a file and give its path back."""
    path.write_bytes(scan_bytes(pages, scanner))
    return path


def dpi_of(page: Image.Image) -> int:
    """The resolution of an image of an A4 page."""
    return round(page.width * 25.4 / A4_MM[0])


def pixels(millimetres: float, dpi: int) -> int:
    """Millimetres as whole pixels."""
    return round(millimetres / 25.4 * dpi)


def _quoted(line: str) -> str:
    return line.replace("\\", "\\\\").replace('"', '\\"')
