"""What goes wrong with scans: dim light, coloured paper, stamps across the print, dirt, handwriting. Seeded."""

from __future__ import annotations

from random import Random

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFont

from tests.scans import dpi_of, pixels


def toned(page: Image.Image, ink: int, paper: int, noise: float = 3.0, seed: int = 1) -> Image.Image:
    """The grey page with its ink and its paper at these grey levels."""
    grey = ink + np.asarray(page, dtype=np.float32) / 255 * (paper - ink)
    grey = grey + np.random.default_rng(seed).standard_normal(grey.shape, dtype=np.float32) * noise
    return Image.fromarray(grey.clip(0, 255).astype(np.uint8))


def unevenly_lit(page: Image.Image) -> Image.Image:
    """The page as under a lamp in its upper left corner: a quarter of the light is left in the opposite one."""
    grey = np.asarray(toned(page, 38, 243), dtype=np.float32)
    down, across = np.mgrid[0 : grey.shape[0], 0 : grey.shape[1]]
    light = 1 - 0.72 * np.clip(across / grey.shape[1] * 0.9 + down / grey.shape[0] * 0.5 - 0.25, 0, 1)
    return Image.fromarray((grey * light).clip(0, 255).astype(np.uint8))


def dirty(page: Image.Image, share: float = 0.02, seed: int = 1) -> Image.Image:
    """The page with single dark and light pixels all over it."""
    grey = np.array(toned(page, 38, 243, noise=14))
    chance = np.random.default_rng(seed).random(grey.shape)
    grey[chance < share / 2], grey[chance > 1 - share / 2] = 20, 250
    return Image.fromarray(grey)


def on_paper(page: Image.Image, paper: tuple[int, int, int]) -> Image.Image:
    """The page on coloured paper, as a colour scan."""
    grey = np.asarray(page, dtype=np.float32)[..., None] / 255
    return Image.fromarray((30 + grey * (np.array(paper, dtype=np.float32) - 30)).astype(np.uint8))


def stamped(page: Image.Image, colour: tuple[int, int, int], at_mm: tuple[int, int] = (30, 45)) -> Image.Image:
    """The page with a rubber stamp across its print, as a colour scan."""
    dpi = dpi_of(page)
    stamp = Image.new("RGB", (pixels(80, dpi), pixels(38, dpi)), "white")
    draw, width = ImageDraw.Draw(stamp), pixels(1, dpi)
    draw.rectangle((width, width, stamp.width - width, stamp.height - width), outline=colour, width=width)
    font = ImageFont.load_default(pixels(8, dpi))
    for line, said in enumerate(("EINGEGANGEN", "16. Nov. 2026", "Soziale Dienste")):
        draw.text((pixels(5, dpi), pixels(4 + 11 * line, dpi)), said, font=font, fill=colour, stroke_width=2)
    turned = stamp.rotate(8, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)
    layer = Image.new("RGB", page.size, "white")
    layer.paste(turned, (pixels(at_mm[0], dpi), pixels(at_mm[1], dpi)))
    return ImageChops.multiply(page.convert("RGB"), layer)


def handwritten(page: Image.Image, lines: int, at_mm: tuple[int, int] = (25, 40), seed: int = 3) -> Image.Image:
    """The grey page with lines of pen strokes like handwriting, each 125 mm long."""
    random, dpi = Random(seed), dpi_of(page)  # noqa: S311 (a picture, no secret)
    written = page.copy()
    draw, step = ImageDraw.Draw(written), pixels(1.4, dpi)
    for line in range(lines):
        x, y = float(pixels(at_mm[0], dpi)), pixels(at_mm[1] + 14 * line, dpi)
        while x < pixels(at_mm[0] + 125, dpi):
            ends = range(random.randint(4, 9))
            points = [(x + step * end, y + random.uniform(-step, step) * 2) for end in ends]
            draw.line(points, fill=45, width=pixels(0.6, dpi), joint="curve")
            x = points[-1][0] + 3 * step
    return written
