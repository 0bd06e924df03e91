"""A page as people see it: turned upright, its corner at zero, within the sizes that PDF/A allows."""

from __future__ import annotations

from dataclasses import dataclass

from pypdfium2 import PdfPage

Matrix = tuple[float, float, float, float, float, float]
"""``a b c d e f`` of ISO 32000-1, 8.3.3: x' = a x + c y + e, y' = b x + d y + f."""

_SMALLEST, _LARGEST = 3.0, 14_400.0  # units, ISO 19005-2, 6.1.13
_LARGEST_UNIT = 1000.0  # sheets of five kilometres: what claims to be larger is made smaller


@dataclass(frozen=True)
class Sheet:
    """``size`` in units of ``unit`` points; ``from_page`` leads from the page's own coordinates to the sheet's."""

    size: tuple[float, float]
    unit: float = 1.0
    from_page: Matrix = (1, 0, 0, 1, 0, 0)

    def placed(self, matrix: Matrix) -> Matrix:
        """The place on the sheet of what the page draws with this matrix."""
        return multiplied(matrix, self.from_page)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page lies on the sheet."""
        a, b, c, d, e, f = self.from_page
        return a * x + c * y + e, b * x + d * y + f


def sheet(width: float, height: float) -> Sheet:
    """A sheet of this size in points."""
    unit = min(_LARGEST_UNIT, max(1.0, width / _LARGEST, height / _LARGEST))
    across, up = (min(_LARGEST, max(_SMALLEST, side / unit)) for side in (width, height))
    return Sheet((across, up), unit)


def sheet_of(page: PdfPage, unit: float = 1.0, turn: int = 0) -> Sheet:
    """The page as shown, and turned clockwise beyond that by 0, 90, 180 or 270 degrees.

    ``unit`` is the page's ``UserUnit``, which pdfium does not know. Raises ``ValueError`` for a page without extent.
    """
    left, bottom, right, top = page.get_bbox()
    width, height = right - left, top - bottom
    if min(width, height) <= 0:
        raise ValueError("a page without extent")
    turned = (page.get_rotation() + turn) % 360
    across, up = (height, width) if turned in (90, 270) else (width, height)
    fitted = sheet(across * unit, up * unit)
    upright = multiplied((1, 0, 0, 1, -left, -bottom), turn_matrix(turned, width, height))
    stretched = (fitted.size[0] / across, 0, 0, fitted.size[1] / up, 0, 0)
    return Sheet(fitted.size, fitted.unit, multiplied(upright, stretched))


def multiplied(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does one after the other."""
    a, b, c, d, e, f = first
    k, l, m, n, o, p = then  # noqa: E741 - the letters of a matrix
    return (a * k + b * m, a * l + b * n, c * k + d * m, c * l + d * n, e * k + f * m + o, e * l + f * n + p)


def turn_matrix(clockwise: int, width: float, height: float) -> Matrix:
    """Turns an area of this size by 0, 90, 180 or 270 degrees, its lower left corner at zero before and after."""
    turns: dict[int, Matrix] = {
        0: (1, 0, 0, 1, 0, 0),
        90: (0, -1, 1, 0, 0, width),
        180: (-1, 0, 0, -1, width, height),
        270: (0, 1, -1, 0, height, 0),
    }
    return turns[clockwise]
