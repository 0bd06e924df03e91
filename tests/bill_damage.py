"""What happens to a sheet between printer and machine: scanned askew, folded, photographed. Seeded."""

from __future__ import annotations

import io
import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

_SCAN = (1654, 2339)  # A4 at 200 dpi
_CODE = (67 / 210, 209 / 297, 113 / 210, 255 / 297)  # where the code stands, as shares of the sheet


def printed(sheet: Image.Image, _chance: np.random.Generator) -> Image.Image:
    """As a program writes it, at 200 dpi."""
    return sheet.resize(_SCAN, Image.Resampling.BOX)


def scanned(sheet: Image.Image, chance: np.random.Generator) -> Image.Image:
    """Scanned at 200 dpi, up to 5 degrees askew, with noise, greyish paper and pale ink, stored as JPEG."""
    turned = sheet.rotate(float(chance.uniform(-5, 5)), Image.Resampling.BICUBIC, fillcolor=255)
    small = turned.resize(_SCAN, Image.Resampling.BOX)
    blurred = small.filter(ImageFilter.GaussianBlur(float(chance.uniform(0.3, 0.8))))
    return _stored(_toned(blurred, chance, noise=float(chance.uniform(3, 9))), int(chance.integers(45, 80)))


def folded(sheet: Image.Image, chance: np.random.Generator) -> Image.Image:
    """Folded across the code, once or crosswise, flattened, and scanned: ink is lost, paper shifts, a shadow stays."""
    worn = _creased(sheet, chance, _within(chance, _CODE[1], _CODE[3]))
    if chance.random() < 0.5:
        upright = worn.transpose(Image.Transpose.TRANSPOSE)
        worn = _creased(upright, chance, _within(chance, _CODE[0], _CODE[2])).transpose(Image.Transpose.TRANSPOSE)
    return scanned(worn, chance)


def photographed(sheet: Image.Image, chance: np.random.Generator) -> Image.Image:
    """Photographed by hand: from aside, turned, in a shadow, out of focus, small, strongly compressed."""
    height = int(chance.integers(2000, 3600))
    size = (round(height * 0.75), height)
    seen = _from_aside(sheet, size, chance)
    blurred = seen.filter(ImageFilter.GaussianBlur(float(chance.uniform(0.5, 1.1)) * height / 2400))
    lit = np.asarray(blurred, dtype=np.float32) * _light(size, chance)
    noisy = lit + chance.standard_normal(lit.shape, dtype=np.float32) * float(chance.uniform(2, 7))
    return _stored(Image.fromarray(noisy.clip(0, 255).astype(np.uint8)), int(chance.integers(40, 85)))


KINDS = {"printed": printed, "scanned": scanned, "folded": folded, "photographed": photographed}


def _within(chance: np.random.Generator, low: float, high: float) -> float:
    return float(chance.uniform(low, high))


def _creased(sheet: Image.Image, chance: np.random.Generator, at: float) -> Image.Image:
    """A crease from side to side: it swallows a quarter of a millimetre at most, what is below lies a little aside."""
    down = round(at * sheet.height)
    shifted = sheet.crop((0, down, sheet.width, sheet.height))
    worn = sheet.copy()
    worn.paste(shifted, (int(chance.integers(-2, 3)), down - int(chance.integers(0, 4))))
    tone = np.asarray(worn, dtype=np.float32)
    distance = np.abs(np.arange(sheet.height, dtype=np.float32) - down)[:, None]
    tone *= 1 - float(chance.uniform(0.05, 0.3)) * np.exp(-distance / float(chance.uniform(10, 40)))
    creased = Image.fromarray(tone.clip(0, 255).astype(np.uint8))
    lost = int(chance.integers(2, 6))  # a third of a millimetre, on which no ink is left
    ImageDraw.Draw(creased).line([(0, down), (sheet.width, down)], fill=235, width=lost)
    return creased


def _toned(page: Image.Image, chance: np.random.Generator, noise: float) -> Image.Image:
    ink, paper = float(chance.uniform(20, 70)), float(chance.uniform(215, 250))
    grey = np.asarray(page, dtype=np.float32) / 255 * (paper - ink) + ink
    grey += chance.standard_normal(grey.shape, dtype=np.float32) * noise
    return Image.fromarray(grey.clip(0, 255).astype(np.uint8))


def _from_aside(sheet: Image.Image, size: tuple[int, int], chance: np.random.Generator) -> Image.Image:
    """The sheet lying on a dark table, its corners where they may be when a hand holds the camera."""
    width, height = size
    corners = np.array([(0.1, 0.08), (0.9, 0.08), (0.9, 0.92), (0.1, 0.92)]) + chance.uniform(-0.06, 0.06, (4, 2))
    angle = math.radians(float(chance.uniform(-8, 8)))
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    seen = ((corners - 0.5) * [width, height]) @ turn.T + [width / 2, height / 2]
    paper = [(0, 0), (sheet.width, 0), (sheet.width, sheet.height), (0, sheet.height)]
    equations, targets = [], []
    for (x, y), (u, v) in zip(seen.tolist(), paper, strict=True):
        equations += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        targets += [u, v]
    mapping = np.linalg.solve(np.array(equations), np.array(targets)).tolist()
    pale = sheet.point([round(35 + level * 200 / 255) for level in range(256)])
    smooth = pale.filter(ImageFilter.GaussianBlur(max(0.0, sheet.height / height - 1) * 0.6))
    return smooth.transform(size, Image.Transform.PERSPECTIVE, mapping, Image.Resampling.BICUBIC, fillcolor=70)


def _light(size: tuple[int, int], chance: np.random.Generator) -> np.ndarray:
    """Brighter on one side, and the soft edge of a shadow across the sheet, down to two fifths of the light."""
    width, height = size
    x, y = np.meshgrid(np.linspace(-1, 1, width, dtype=np.float32), np.linspace(-1, 1, height, dtype=np.float32))
    way = float(chance.uniform(0, 2 * math.pi))
    slope = 1 - float(chance.uniform(0.05, 0.2)) * (x * math.cos(way) + y * math.sin(way))
    edge = float(chance.uniform(0, 2 * math.pi))
    across = x * math.cos(edge) + y * math.sin(edge) - float(chance.uniform(-0.6, 0.6))
    steepness = (-across / float(chance.uniform(0.01, 0.1))).clip(-50, 50)
    shadow = 1 - float(chance.uniform(0.2, 0.6)) / (1 + np.exp(steepness))
    light: np.ndarray = slope * shadow
    return light


def _stored(page: Image.Image, quality: int) -> Image.Image:
    """As JPEG, and decoded again."""
    file = io.BytesIO()
    page.save(file, "JPEG", quality=quality)
    return Image.open(file).convert("L")
