"""What lies on a scanned page and is no writing: punched holes, staples, folded corners, and lines from edge to edge
(the folds of a letter, dirt on the scanner's glass, a ruled sheet).

Only for pages that hold little: on a page of writing nobody needs to know. In doubt it is writing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from PIL import Image, ImageDraw

from sozialakte.intake.pages.ink import Ink, strips

_MOST_CELLS = 3000  # square millimetres with ink: five lines of writing have more

_HOLE_MM = (3, 9)  # ISO 838: 6 across; their shadow may be a crescent
_HOLE_DEPTH_MM = (6, 19)  # from the edge to the middle, punched at 12
_HOLES_APART_MM = 80
_OFF_MM = 5  # at 3 degrees of skew

_SHAPE = 6  # cells across a hole, whatever its size
_RIM = (2, 3, 12, 17, 18, 23, 32, 33)  # cells in the middle of its edges
_CORNERS = (0, 5, 30, 35)
_CORE = (7, 8, 9, 10, 13, 14, 15, 16, 19, 20, 21, 22, 25, 26, 27, 28)
_INKED_CELL = 64  # of 255
_OVAL = 0.2  # of its size
_RING_MM = 5  # a letter O has less

_STAPLE_MM = (8, 16)
_STAPLE_BREADTH = 2.5  # cells for each millimetre of its length that a staple touches, lying aslant
_CORNER_MM = 28
_FOLD_MM = 40
_RIM_MM = 8  # a corner lies so far within the picture at 3 degrees of skew
_LIKE_TRIANGLE = 1.3  # the way to the corner along both edges, times the longest along one: a square has 2

_THROUGH = 0.75  # of the page: a line as long as this is none that somebody wrote
_LINE_MM = 2
_LINED = bytes(255 * (share >= 128) for share in range(256))
_RUN = re.compile(rb"\xff+")
_STRIP_MM = 5
_BREAK = 4  # strips: up to here from one strip with the line to the next
_STRAY_MM = 0.6

_Size = tuple[int, int]
_Cell = tuple[int, int]
_Area = tuple[float, float, float, float]
_Run = tuple[int, int, int]  # a strip's number, first row and the row after the last
_Trace = list[_Run]


@dataclass(frozen=True)
class _Blob:
    """Inked cells that touch each other."""

    cells: frozenset[_Cell]

    @cached_property
    def edges(self) -> tuple[int, int, int, int]:
        """Left, upper, right and lower, in millimetres."""
        across, down = zip(*self.cells, strict=True)
        return min(across), min(down), max(across) + 1, max(down) + 1

    @property
    def size(self) -> _Size:
        left, upper, right, lower = self.edges
        return right - left, lower - upper

    @property
    def middle(self) -> tuple[float, float]:
        left, upper, right, lower = self.edges
        return (left + right) / 2, (upper + lower) / 2


def without_lines(ink: Ink) -> Ink:
    """The page without thin straight lines from edge to edge, in both directions."""
    areas: list[_Area] = []
    for turned in (False, True):
        for left, upper, right, lower in _lines(ink.faint, ink.millimetre, turned=turned):
            areas.append((upper, left, lower, right) if turned else (left, upper, right, lower))
    return _wiped(ink, areas)


def without_marks(ink: Ink) -> Ink:
    """The page without holes, staples and folded corners; pages with more on them are left as they are."""
    cells = ink.faint.reduce(max(1, round(ink.millimetre))).point([0] * 64 + [1] * 192)
    if cells.tobytes().count(1) > _MOST_CELLS:
        return ink
    blobs = list(_blobs(cells))
    holes = (blob for blob in _holes(blobs, cells.size) if _is_round(blob, cells.size, ink))
    marks = {*holes, *(blob for blob in blobs if _is_from_a_corner(blob, cells.size))}
    return _wiped(ink, [_area(mark, cells.size, ink) for mark in marks])


def _lines(picture: Image.Image, millimetre: float, *, turned: bool) -> Iterator[_Area]:
    """The pieces of all lines that run across the picture, or across what it looks like ``turned``."""
    width = _STRIP_MM * millimetre
    columns = list(strips(picture, width, turned=turned))
    least = _THROUGH * len(columns)
    traces: list[_Trace] = []
    for number, strip in enumerate(columns):
        still_to_come = len(columns) - number
        traces = [trace for trace in traces if number - trace[-1][0] <= _BREAK or len(trace) >= least]
        if still_to_come < least and all(len(trace) + still_to_come < least for trace in traces):
            return
        for start, end in _thin_runs(strip, _LINE_MM * millimetre):
            run = number, start, end
            if not _goes_on(traces, run, _STRAY_MM * millimetre) and still_to_come >= least:
                traces.append([run])
    for trace in traces:
        if len(trace) >= least:
            for number, start, end in trace:
                yield number * width, start - 1, (number + 1) * width, end


def _goes_on(traces: Sequence[_Trace], run: _Run, stray: float) -> bool:
    """Add the run to the first trace that it goes on with, if there is one."""
    for trace in traces:
        apart = run[0] - trace[-1][0]
        if 0 < apart <= _BREAK and abs(run[1] + run[2] - trace[-1][1] - trace[-1][2]) <= 2 * stray * apart + 2:
            trace.append(run)
            return True
    return False


def _thin_runs(strip: bytes, most: float) -> Iterator[tuple[int, int]]:
    for run in _RUN.finditer(strip.translate(_LINED)):
        if run.end() - run.start() <= most:
            yield run.span()


def _blobs(cells: Image.Image) -> Iterator[_Blob]:
    inked = {place for place, cell in enumerate(cells.tobytes()) if cell}
    while inked:
        yield _Blob(frozenset((place % cells.width, place // cells.width) for place in _touching(inked, cells.width)))


def _touching(inked: set[int], width: int) -> list[int]:
    """Take out one cell and all that touch it, directly or by others."""
    around = (-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1)
    found = [inked.pop()]
    for place in found:
        beside = [place + step for step in around if place + step in inked]
        inked.difference_update(beside)
        found.extend(beside)
    return found


def _is_round(blob: _Blob, page: _Size, ink: Ink) -> bool:
    """Whether a blob is a disc, or the rim of one: letters and crosses are neither."""
    left, upper, right, lower = map(round, _area(blob, page, ink))
    area = ink.faint.crop((left, upper, right, lower))
    spot = area.crop(area.getbbox())
    if abs(spot.width - spot.height) > _OVAL * max(spot.size):
        return False
    shape = spot.resize((_SHAPE, _SHAPE), Image.Resampling.BOX).tobytes()
    if min(shape[cell] for cell in _RIM) < _INKED_CELL or max(shape[cell] for cell in _CORNERS) > 2 * _INKED_CELL:
        return False
    is_disc = min(shape[cell] for cell in _CORE) >= 2 * _INKED_CELL
    return is_disc or min(spot.size) >= _RING_MM * ink.millimetre


def _holes(blobs: Sequence[_Blob], page: _Size) -> Iterator[_Blob]:
    """Holes come in pairs: as far from an edge, and 80 mm apart along it (ISO 838; four holes are two pairs)."""
    least, most = _HOLE_MM
    round_ones = [blob for blob in blobs if least <= min(blob.size) and max(blob.size) <= most]
    for one, other in combinations(round_ones, 2):
        apart = abs(one.middle[0] - other.middle[0]), abs(one.middle[1] - other.middle[1])
        for along, from_edge in ((0, 1), (1, 0)):
            as_punched = abs(apart[along] - _HOLES_APART_MM) <= _OFF_MM and apart[from_edge] <= _OFF_MM
            if as_punched and _near_edge(one, page, from_edge):
                yield from (one, other)


def _near_edge(blob: _Blob, page: _Size, axis: int) -> bool:
    depth = min(blob.middle[axis], page[axis] - blob.middle[axis])
    return _HOLE_DEPTH_MM[0] <= depth <= _HOLE_DEPTH_MM[1]


def _is_from_a_corner(blob: _Blob, page: _Size) -> bool:
    """A staple, or the fold of a corner with its shadow."""
    ways = [_ways_to_corner(cell, blob, page) for cell in blob.cells]
    across, down = max(way[0] for way in ways), max(way[1] for way in ways)
    if max(across, down) > _FOLD_MM:
        return False
    begins = max(min(way[0] for way in ways), min(way[1] for way in ways))
    alike = max(across, down) <= 2 * min(across, down)
    like_triangle = max(map(sum, ways)) <= _LIKE_TRIANGLE * max(across, down)
    is_fold = begins <= _RIM_MM and alike and like_triangle
    return is_fold or (max(across, down) <= _CORNER_MM and _is_staple(blob))


def _ways_to_corner(cell: _Cell, blob: _Blob, page: _Size) -> tuple[int, int]:
    """How far a cell is, along both edges, from the corner that its blob is nearest to."""
    across = cell[0] + 1 if blob.middle[0] < page[0] / 2 else page[0] - cell[0]
    down = cell[1] + 1 if blob.middle[1] < page[1] / 2 else page[1] - cell[1]
    return across, down


def _is_staple(blob: _Blob) -> bool:
    length = math.hypot(*blob.size)
    return _STAPLE_MM[0] <= length <= _STAPLE_MM[1] and len(blob.cells) <= _STAPLE_BREADTH * length


def _area(mark: _Blob, page: _Size, ink: Ink) -> _Area:
    """A mark's edges in pixels, with a cell around it for what of it is too pale."""
    left, upper, right, lower = mark.edges
    across, down = ink.darkness.width / page[0], ink.darkness.height / page[1]
    return (left - 1) * across, (upper - 1) * down, (right + 1) * across, (lower + 1) * down


def _wiped(ink: Ink, areas: Sequence[_Area]) -> Ink:
    darkness = ink.darkness.copy()
    draw = ImageDraw.Draw(darkness)
    for area in areas:
        draw.rectangle(area, fill=0)
    return Ink(ink.sheet, darkness, ink.millimetre)
