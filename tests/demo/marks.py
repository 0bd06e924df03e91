"""What lies on paper beside print: bars of patch sheets, holes, stamps, writing by hand, print that shows through.

Pages are grey images of A4 at 300 dpi. The same random numbers give the same marks.
"""

from __future__ import annotations

import math
from importlib.util import find_spec
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps

A4 = (2480, 3508)
DPI = 300
PEN, STAMP = 45, 95  # grey levels
LINES = 17  # of a letter written by hand

_BARS_OF_T = (0.08, 0.20, 0.08, 0.20)  # inches: narrow, wide, narrow, wide (Kodak, patch code manuals)
_GAP, _LENGTH = 0.08, 5.5  # inches


def empty_page() -> Image.Image:
    """A sheet with nothing on it."""
    return Image.new("L", A4, 255)


def patch_sheet() -> Image.Image:
    """A separator sheet for scanners: the bars of PATCH T near its head and foot, and no other code."""
    page = empty_page()
    draw = ImageDraw.Draw(page)
    for top in (250, 2980):
        _draw_bars(draw, top)
    for text, size, top in (("PATCH T", 210, 1250), ("Trennblatt - neuer Beleg", 90, 1560)):
        draw.text((A4[0] / 2, top), text, fill=20, font=_font("Roboto-Bold", size), anchor="ma")
    return page


def punched(page: Image.Image) -> Image.Image:
    """With two holes for a folder at the left edge (ISO 838), dark as the scanner's lid behind them."""
    draw = ImageDraw.Draw(page)
    for middle in (A4[1] / 2 - _pixels(40), A4[1] / 2 + _pixels(40)):
        draw.circle((_pixels(12), middle), _pixels(3), fill=60)
    return page


def stamped(page: Image.Image, text: str, random: Random, *, at: tuple[float, float] = (0.55, 0.44)) -> Image.Image:
    """With a rubber stamp of a few lines, a little crooked, its middle at a share of the page's width and height."""
    lines = text.split("\n")
    stamp = Image.new("L", (900, 90 + 110 * len(lines)), 0)
    draw = ImageDraw.Draw(stamp)
    draw.rectangle((6, 6, stamp.width - 7, stamp.height - 7), outline=255, width=9)
    for number, line in enumerate(lines):
        draw.text((stamp.width / 2, 40 + 110 * number), line, fill=255, font=_font("Roboto-Bold", 80), anchor="ma")
    ink = stamp.rotate(random.uniform(4, 11), expand=True, resample=Image.Resampling.BICUBIC)
    corner = round(at[0] * page.width - ink.width / 2), round(at[1] * page.height - ink.height / 2)
    page.paste(STAMP, (*corner, corner[0] + ink.width, corner[1] + ink.height), ink)
    return page


def showing_through(front: Image.Image) -> Image.Image:
    """The empty back of thin paper: the front shows through, mirrored and pale."""
    pale = front.point([246 - (255 - level) // 9 for level in range(256)])
    return ImageOps.mirror(pale).filter(ImageFilter.GaussianBlur(3))


def written_by_hand(random: Random) -> Image.Image:
    """A letter of pen strokes: lines of joined-up writing that nobody can read."""
    page = empty_page()
    draw = ImageDraw.Draw(page)
    _write_line(draw, random, (1500, 420), 2200)
    for number in range(LINES):
        end = 2250 - random.randint(0, 160) if number % 6 < 5 else random.randint(700, 1500)
        _write_line(draw, random, (260 + random.randint(-15, 15), 760 + 130 * number), end)
    _write_line(draw, random, (300, 760 + 130 * (LINES + 1)), 950)
    return page


def _draw_bars(draw: ImageDraw.ImageDraw, top: float) -> None:
    left = (A4[0] - _LENGTH * DPI) / 2
    for inches in _BARS_OF_T:
        draw.rectangle((left, top, left + _LENGTH * DPI, top + inches * DPI - 1), fill=15)
        top += (inches + _GAP) * DPI


def _write_line(draw: ImageDraw.ImageDraw, random: Random, start: tuple[int, int], end: int) -> None:
    x, y = start
    slope = random.uniform(-0.012, 0.004)
    while x < end:
        width = random.randint(2, 9) * 34
        _write_word(draw, random, (x, y + slope * (x - start[0])), width)
        x += width + random.randint(38, 62)


def _write_word(draw: ImageDraw.ImageDraw, random: Random, start: tuple[float, float], width: int) -> None:
    """Loops along a line: each letter is a turn of the pen, some go high, some go low, all lean to the right."""
    points = []
    height, depth = 0.0, 0.0
    for step in range(width):
        turn = step / 34 * 2 * math.pi
        if step % 34 == 0:
            height = random.choice([26, 28, 30, 30, 34, 72])
            depth = random.choice([4, 4, 6, 8, 44])
        up = math.sin(turn) * (height if math.sin(turn) > 0 else depth)
        points.append((start[0] + step + 13 * math.cos(turn) + up * 0.3, start[1] - up))
    draw.line(points, fill=PEN, width=6, joint="curve")


def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    spec = find_spec("font_roboto")
    assert spec
    assert spec.origin
    return ImageFont.truetype(Path(spec.origin).parent / "files" / f"{name}.ttf", size)


def _pixels(millimetres: float) -> float:
    return millimetres / 25.4 * DPI
