"""Is there nothing on a page? Written for scans: grey or yellowed paper, noise, dust, shadows at the edges, skew.

A page is blank if no spot of a few millimetres holds as much ink as a digit or a pen stroke, and no edge holds a line
of writing. Pale ink counts too, from more of it on, and a line of the palest. What shines through from the other side,
holes, staples, folds and streaks are no writing. In doubt a page is not blank: a blank kept costs a glance, a page lost
costs a case.
"""

from __future__ import annotations

from PIL import Image, ImageFilter, ImageStat

from sozialakte.intake.pages.blemishes import without_lines, without_marks
from sozialakte.intake.pages.ink import Ink, highest
from sozialakte.intake.pages.lines import is_edge_written, is_longer_written
from sozialakte.intake.pages.pale_lines import is_palely_written
from sozialakte.intake.pages.show_through import without_show_through

_EDGE_MM = 8  # shadows, staples and the cut edge of a skewed sheet lie here: only a line of writing counts
_PALE_EDGE_MM = 12  # a shaded edge is pale ink
_SPOT_MM = 6

_CLEAR_SHARE = 0.056
"""Of the spot: 2 mm2 as the ink is reduced. A digit of 11 points has 0.07, a pen stroke 0.11, two specks of 0.5 mm
0.047."""

_FAINT_SHARE = 0.085
"""Of the spot. Print of 11 points that is 25 grey levels darker than its paper has 0.11, a soft pencil 0.14, a marker
0.6; fibres of recycled paper up to 0.07."""

_BLACK = 100  # grey levels below the paper: nothing shines through so dark
_MOST_BLACK = 0.012  # of the page; holes, a folded corner and two streaks have less
_MOST_BLACK_MM = 50  # of lines of print
_LETTER_MM = 300  # of lines of print, measured both ways: ruled paper has lines one way only, and squared paper none
_PALELY_ALIKE = 0.25  # noise makes what is pale less alike; what is written elsewhere has up to 0.2
_DARK = 100  # mean grey level; the greyest paper has 150


def is_blank(ink: Ink, before: Ink | None = None) -> bool:
    """Whether a page holds no writing, stamp, picture or code.

    ``before``: the page before it, which may be the other side of the same sheet.
    """
    if _black_share(ink) > _MOST_BLACK or _is_a_letter(ink):
        return False
    if _holds_nothing(ink) and not _is_pale(ink):
        return not _is_dark(ink)
    return _holds_nothing_but_blemishes(ink, before) and not _is_dark(ink)


def _is_a_letter(ink: Ink) -> bool:
    """Whether nobody needs to look for blemishes: that takes six times as long."""
    return is_longer_written(_LETTER_MM, ink.darker_than(_BLACK), ink.millimetre, whichever_way=False)


def _holds_nothing_but_blemishes(ink: Ink, before: Ink | None) -> bool:
    plain = without_lines(ink)
    if is_longer_written(_MOST_BLACK_MM, plain.darker_than(_BLACK), plain.millimetre):
        return False
    unmarked = without_marks(plain)  # a hole would outweigh all that shines through
    back = before and without_show_through(unmarked, before)
    seen = without_marks(back) if back else unmarked
    # sides that are a little askew to each other leave pale lines of what shines through
    return _holds_nothing(seen) and (bool(back) or not _is_pale(seen) or bool(before and _shines_palely(seen, before)))


def _is_pale(ink: Ink) -> bool:
    return is_palely_written(ink.darkness, ink.millimetre)


def _shines_palely(plain: Ink, before: Ink) -> bool:
    """Whether the pale lines on a page are those of the page before it."""
    back = without_show_through(plain, before, _PALELY_ALIKE)
    return back is not None and not _is_pale(without_marks(back))


def _is_dark(ink: Ink) -> bool:
    """Whether the page is darker than paper is: a photograph, a negative, an image that was decoded wrongly."""
    return ImageStat.Stat(ink.sheet.reduce(4)).mean[0] < _DARK


def _holds_nothing(ink: Ink) -> bool:
    return (
        _most(ink.clear, ink.millimetre, _EDGE_MM) < _CLEAR_SHARE
        and _most(ink.faint, ink.millimetre, _PALE_EDGE_MM) < _FAINT_SHARE
        and not is_edge_written(ink.clear, ink.millimetre, _EDGE_MM)
    )


def _most(picture: Image.Image, millimetre: float, edge_mm: float) -> float:
    """The share of ink in the spot within the edges that has most of it."""
    squares = _inner(picture, round(edge_mm * millimetre)).reduce(max(1, round(millimetre)))
    return highest(squares.filter(ImageFilter.BoxBlur((_SPOT_MM - 1) / 2))) / 255


def _black_share(ink: Ink) -> float:
    """Within the edges; of a sixteenth of the pixels, which is enough to tell a share from a tenth of it."""
    inner = _inner(ink.darkness, round(_EDGE_MM * ink.millimetre))
    sample = inner.resize((inner.width // 4 + 1, inner.height // 4 + 1), Image.Resampling.NEAREST).histogram()
    return sum(sample[_BLACK:]) / sum(sample)


def _inner(picture: Image.Image, edge: int) -> Image.Image:
    width, height = picture.size
    return picture.crop((edge, edge, max(width - edge, edge + 1), max(height - edge, edge + 1)))
