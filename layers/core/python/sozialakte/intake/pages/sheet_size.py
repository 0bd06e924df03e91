"""How large the sheet on a page image is in life, by the size that the PDF gives its page.

Sizes are meant on A4. A clearly longer sheet (a receipt, A3) is measured as what it is: as A4, its few lines would be
specks. A smaller one is measured as if it were A4, and so judged more strictly.
"""

from __future__ import annotations

A4_POINTS = (595.28, 841.89)
A4_MM = 297

_POINT_MM = 25.4 / 72
_LONGER = 1.25  # times A4: Legal is none
_WIDEST_MM = 310  # a scanner that sheets are fed through takes A3: if wider, pixels were taken for points
_SMALLEST_MM = 141  # A6 with a margin; smaller ones are cards and slips


def measured_mm(size: tuple[float, float]) -> float:
    """The millimetres that the longer side of a page of this size (points) is taken for."""
    length = max(size) * _POINT_MM
    return length if length > _LONGER * A4_MM and _can_be_fed(size) else A4_MM


def enlarged(size: tuple[float, float]) -> float:
    """How much larger than in life things are measured on a page of this size (points); 1 from A4 on."""
    length = max(size) * _POINT_MM
    return max(1.0, A4_MM / max(length, _SMALLEST_MM)) if length else 1.0


def _can_be_fed(size: tuple[float, float]) -> bool:
    return min(size) * _POINT_MM <= _WIDEST_MM
