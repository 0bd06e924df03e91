"""Patch codes: the four thick bars that scanners themselves look for on separator sheets.

Two narrow and two wide bars with three narrow gaps, 0.8 inch in all, at least 2 inches long (Kodak, patch code
manuals): narrow bar and gap 0.08 inch, wide bar 0.20. The order of the bars is the code. Upside down T reads as 3 and 1
as 6, and nobody knows which way up a sheet lies: both are given as T and 1.

A place is divided into strips; the bars must show in enough of them side by side. A speck, a streak or a break spoils a
strip, not the sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from PIL import Image

from sozialakte.intake.model import Code
from sozialakte.intake.pages.codes import FoundCode
from sozialakte.intake.pages.ink import Ink, strips
from sozialakte.intake.pages.sheet_codes import PATCH_FORMAT
from sozialakte.intake.pages.spots import Box, united

_CODES = {"NWNW": "T", "WNWN": "T", "WNNW": "2", "NWWN": "4", "WWNN": "1", "NNWW": "1"}
_NARROW_MM = (1.4, 3.2)  # 2.03 as printed
_WIDE = 2.5  # narrow bars
_WHOLE = 10  # narrow bars, from the first edge to the last
_QUIET = 1.8  # narrow bars before the first and after the last: else it is part of something else
_LEAST_MM = _NARROW_MM[0] * (_WHOLE + 2 * _QUIET)
_OFF = 0.45  # of a narrow bar: how far a bar or gap may be off its size
_SPREAD = 0.5  # of a narrow bar: how much thicker or thinner print may be, everywhere alike
_LEAST_CONTRAST = 25  # grey levels between bars and gaps

_STRIP_MM = 5
_LEAST_STRIPS = 6  # of the nine that bars of 2 inches fill
_BREAK = 3  # strips: up to here from one strip with the bars to the next
_STRAY_MM = 1  # how far the bars may move from strip to strip: 8 degrees of skew, and a pixel
_RUN = re.compile(rb"\x01+")


@dataclass(frozen=True)
class _Bars:
    """Four bars in a strip: which code, between which rows."""

    code: str
    start: int
    end: int


@dataclass
class _Trace:
    """The same bars through strips side by side."""

    code: str
    bars: list[tuple[int, _Bars]]

    def goes_on(self, strip: int, bars: _Bars, stray: float) -> bool:
        last, latest = self.bars[-1]
        moved = abs(bars.start + bars.end - latest.start - latest.end) / 2
        return bars.code == self.code and strip - last <= _BREAK and moved <= stray * (strip - last)


def find_patches(ink: Ink, places: Sequence[Box], others: Sequence[FoundCode] = ()) -> Iterator[FoundCode]:
    """The patch codes at these places, in any of four orientations. A break may have made two places of their bars.

    ``others``: codes that are known; where one of them leaves no room beside it there are no bars.
    """
    width, height = ink.sheet.size
    for place in united(places):
        if any(_fills(each.box, place, ink) for each in others):
            continue
        left, upper, right, lower = (round(share * side) for share, side in zip(place, ink.sheet.size * 2, strict=True))
        part = ink.sheet.crop((left, upper, right, lower))
        found = list(_traced(part, ink.millimetre, ink.enlarged))
        turned = _traced(part, ink.millimetre, ink.enlarged, turned=True)
        found += [(code, (box[1], box[0], box[3], box[2])) for code, box in turned]
        for code, box in found:
            corners = (left + box[0], upper + box[1], left + box[2], upper + box[3])
            yield FoundCode(Code(PATCH_FORMAT, code), _shares(corners, (width, height)))


def _fills(code: Box, place: Box, ink: Ink) -> bool:
    """Whether a code stands at a place, with less beside it on any side than the smallest bars need."""
    left, upper, right, lower = (inner - outer for inner, outer in zip(code, place, strict=True))
    width, height = ink.sheet.size
    inside = left >= 0 <= upper and right <= 0 >= lower
    return inside and max(max(left, -right) * width, max(upper, -lower) * height) < _LEAST_MM * ink.millimetre


def _shares(box: Box, size: tuple[int, int]) -> Box:
    return box[0] / size[0], box[1] / size[1], box[2] / size[0], box[3] / size[1]


def _traced(
    picture: Image.Image, millimetre: float, enlarged: float, *, turned: bool = False
) -> Iterator[tuple[str, Box]]:
    """Codes whose bars run across the picture, or what it looks like ``turned``, each with its edges."""
    width = _STRIP_MM * millimetre
    places = list(strips(picture, width, turned=turned))
    if len(places[0]) < _LEAST_MM * millimetre:
        return
    traces: list[_Trace] = []
    without = 0
    for number, strip in enumerate(places):
        found = list(_bars(strip, millimetre, enlarged))
        without += not found
        if len(places) - without < _LEAST_STRIPS:
            return
        for bars in found:
            _follow(traces, number, bars, _STRAY_MM * millimetre)
    for trace in traces:
        if len(trace.bars) >= _LEAST_STRIPS:
            top, bottom = min(bars.start for _, bars in trace.bars), max(bars.end for _, bars in trace.bars)
            yield trace.code, (trace.bars[0][0] * width, top, (trace.bars[-1][0] + 1) * width, bottom)


def _follow(traces: list[_Trace], strip: int, bars: _Bars, stray: float) -> None:
    for trace in traces:
        if trace.goes_on(strip, bars, stray):
            trace.bars.append((strip, bars))
            return
    traces.append(_Trace(bars.code, [(strip, bars)]))


def _bars(strip: bytes, millimetre: float, enlarged: float) -> Iterator[_Bars]:
    """Every four dark runs of a strip that are a patch code. They may be smaller too: a page may not tell its size."""
    darkest, lightest = min(strip), max(strip)
    if lightest - darkest < _LEAST_CONTRAST:
        return
    dark = strip.translate(_dark_up_to((darkest + lightest) // 2)).replace(b"\1\0\1", b"\1\1\1")
    edges = [run.span() for run in _RUN.finditer(dark.replace(b"\0\1\0", b"\0\0\0"))]
    around = [(0, 0), *edges, (len(strip), len(strip))]
    for first in range(len(edges) - 3):
        narrow = (edges[first + 3][1] - edges[first][0]) / _WHOLE
        if not _NARROW_MM[0] <= narrow / millimetre <= _NARROW_MM[1] * enlarged:
            continue
        before, *four, after = around[first : first + 6]
        quiet = min(four[0][0] - before[1], after[0] - four[3][1]) >= _QUIET * narrow
        if quiet and (code := _code(four, narrow)):
            yield _Bars(code, four[0][0], four[3][1])


def _code(bars: Sequence[tuple[int, int]], narrow: float) -> str | None:
    """Which code the bars are, if they and the gaps between them have the right sizes."""
    sizes = [end - start for start, end in bars]
    gaps = [following[0] - bar[1] for bar, following in pairwise(bars)]
    middle = sum(sizes) / 4
    spread = middle - (2 + 2 * _WIDE) / 4 * narrow
    off = [abs(size - spread - (_WIDE if size > middle else 1) * narrow) for size in sizes]
    off += [abs(gap + spread - narrow) for gap in gaps]
    if abs(spread) > _SPREAD * narrow or max(off) > _OFF * narrow:
        return None
    return _CODES.get("".join("W" if size > middle else "N" for size in sizes))


@lru_cache(maxsize=256)
def _dark_up_to(level: int) -> bytes:
    return bytes(grey <= level for grey in range(256))
