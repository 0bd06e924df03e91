"""The one image of a scanned page, taken over byte for byte where PDF/A allows it.

Allowed are grey, RGB, black-and-white and palette images with the filters PDF/A knows, in device colours (the file has
an RGB output intent, ISO 19005-2, 6.2.4.3) or with a valid ICC profile. Everything else (CMYK, soft masks, several
images, print) has to be rendered.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass

from pypdf import PageObject
from pypdf.generic import DictionaryObject, StreamObject
from pypdfium2 import PdfImage, PdfPage
from pypdfium2 import raw as pdfium

from sozialakte.intake.model import UnreadableFileError
from sozialakte.intake.pages.images import pdfium_errors_named
from sozialakte.intake.pages.parts import only_image
from sozialakte.intake.pdf.check import PdfSource, errors_named
from sozialakte.intake.pdfa.colours import is_allowed_image, is_stencil
from sozialakte.intake.pdfa.objects import UncopiableError, entry, image_entries, name, shared_entries, stored
from sozialakte.intake.pdfa.sheet import Matrix, Sheet

Box = tuple[float, float, float, float]

_DRAWN = re.compile(rb"/([^\s()<>\[\]{}/%]+)\s+Do\b")  # may find more than is drawn, within a string
_FAR = 1e6  # units
_EDGE = 1.0  # units by which a clipping path may cut into the image unnoticed


@dataclass(frozen=True)
class Scan:
    """An image as stored, and where it lies on the sheet: the place of the unit square."""

    image: StreamObject
    matrix: Matrix


@pdfium_errors_named()
def kept_scan(source: PdfSource, number: int, page: PdfPage, sheet: Sheet) -> Scan | None:
    """The page's image if it is all there is to see and PDF/A allows it as it is; ``page`` is the same page opened.

    Raises `PageImageError`.
    """
    seen = only_image(page)
    if seen is None or _is_cut_or_clear(seen, page):
        return None
    place = sheet.placed(seen.get_matrix().get())
    try:
        with errors_named():
            image = _stored_image(source.pages[number - 1], bytes(seen.get_data()))
            may_stay = image is not None and _is_small(place) and _may_stay(image, seen)
    except UnreadableFileError:
        return None
    return Scan(image, place) if image is not None and may_stay else None


def _stored_image(page: PageObject, data: bytes) -> StreamObject | None:
    """The image's own object: of those that the page draws, the one with the same bytes."""
    resources, content = entry(page, "/Resources"), page.get_contents()
    named = entry(resources, "/XObject") if isinstance(resources, DictionaryObject) else None
    if not isinstance(named, DictionaryObject) or content is None:
        return None
    names = {f"/{found.decode('latin-1')}" for found in _DRAWN.findall(content.get_data())}
    drawn = [item for key in names & named.keys() if isinstance(item := named[key], StreamObject)]
    same = [item for item in drawn if name(item, "/Subtype") == "/Image" and stored(item) == data]
    return same[0] if len(same) == 1 else None


def _may_stay(image: StreamObject, seen: PdfImage) -> bool:
    try:
        image_entries(image, _checked)
    except UncopiableError:
        return False
    return is_allowed_image(image) and (not is_stencil(image) or _is_black(seen))


def _is_small(place: Matrix) -> bool:
    return all(abs(part) < _FAR for part in place)  # false for what is no number, too


def _checked(stream: StreamObject) -> int:
    """Try to write the entries of a profile's or palette's stream; its number does not matter here."""
    return len(shared_entries(stream))


def _is_cut_or_clear(image: PdfImage, page: PdfPage) -> bool:
    """Whether less is painted than the image has: for transparency, or for a clipping path inside it."""
    if pdfium.FPDFPageObj_HasTransparency(image):
        return True
    clip = pdfium.FPDFPageObj_GetClipPath(image)
    paths = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
    shown = _common(image.get_bounds(), page.get_bbox())
    return any(not _surrounds(clip, index, shown) for index in range(paths))


def _surrounds(clip: pdfium.FPDF_CLIPPATH, index: int, box: Box) -> bool:
    """Whether the path is a rectangle around the box, as scanners write it: a corner beyond each of the box's."""
    count = pdfium.FPDFClipPath_CountPathSegments(clip, index)
    if not 4 <= count <= 5:
        return False
    points = [_point(pdfium.FPDFClipPath_GetPathSegment(clip, index, segment)) for segment in range(count)]
    left, bottom, right, top = box
    beyond = {(_side(x, left, right), _side(y, bottom, top)) for x, y in points}
    return beyond == {(-1, -1), (-1, 1), (1, -1), (1, 1)}


def _side(value: float, low: float, high: float) -> int:
    return -1 if value <= low + _EDGE else 1 if value >= high - _EDGE else 0


def _point(segment: pdfium.FPDF_PATHSEGMENT) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


def _common(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _is_black(image: PdfImage) -> bool:
    """Whether a stencil is painted in solid black."""
    colour = [ctypes.c_uint() for _ in range(4)]
    found = pdfium.FPDFPageObj_GetFillColor(image, *colour)
    return bool(found) and [part.value for part in colour] == [0, 0, 0, 255]
