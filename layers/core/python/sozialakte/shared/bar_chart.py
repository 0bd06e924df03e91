"""Bars as SVG, for a report or a page. Whatever a text says, it stays text. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BLUE, ORANGE, GREY = "#1f5a8a", "#c8641b", "#555555"


@dataclass(frozen=True)
class Bar:
    """A bar with what stands under it, what it tells whoever points at it, and what stands above it."""

    value: int
    label: str
    told: str
    above: str = ""
    colour: str = BLUE


@dataclass(frozen=True)
class Size:
    """Pixels: of a bar, between two, of the highest, and of its letters."""

    bar: int = 14
    gap: int = 4
    height: int = 120
    letters: int = 6

    def width(self, bars: int) -> int:
        """How wide so many bars are, at least one."""
        return max(1, bars) * (self.bar + self.gap) + self.gap


def bars(found: Sequence[Bar], size: Size, left: int = 0, top: int = 0) -> str:
    """The bars beside each other, the highest as high as the size says."""
    most = max((bar.value for bar in found), default=1) or 1
    return "".join(_bar(place, bar, most, size, (left, top)) for place, bar in enumerate(found))


def text(words: str, left: int, baseline: int, size: int, colour: str = "#000000", *, bold: bool = False) -> str:
    """A line of text."""
    weight = ' font-weight="bold"' if bold else ""
    place = f'x="{left}" y="{baseline}" font-family="sans-serif" font-size="{size}" fill="{colour}"{weight}'
    return f"<text {place}>{_safe(words)}</text>"


def svg(width: int, height: int, title: str, drawn: str) -> str:
    """The whole file."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">'
        f"<title>{_safe(title)}</title>{drawn}</svg>\n"
    )


def _bar(place: int, bar: Bar, most: int, size: Size, corner: tuple[int, int]) -> str:
    left, top = corner
    height = round(size.height * bar.value / most)
    x, foot = left + size.gap + place * (size.bar + size.gap), top + size.height
    above = text(bar.above, x, foot - height - 3, size.letters) if bar.above else ""
    return (
        f'<rect x="{x}" y="{foot - height}" width="{size.bar}" height="{height}" fill="{bar.colour}">'
        f"<title>{_safe(bar.told)}</title></rect>{above}" + text(bar.label, x, foot + size.letters * 2, size.letters)
    )


def _safe(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")
