"""What a page is made of: the image of a scan, images among print, and what people put on it in a PDF program."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
from pypdfium2 import PdfImage, PdfPage
from pypdfium2 import raw as pdfium

_DEEP = 6  # form objects within each other, of which images are looked for
_FILLED = 0.6  # of the page: a letterhead with logo and picture covers less, a scan with margins more
_UNSEEN = frozenset({pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP})  # of every other kind something may show


def is_scan(page: PdfPage) -> bool:
    """Whether one image is all there is to see on the page."""
    return only_image(page) is not None


def only_image(page: PdfPage) -> PdfImage | None:
    """The image that is all there is to see, text of an invisible text layer aside."""
    if has_annotations(page):
        return None
    found: PdfImage | None = None
    for item in page.get_objects(max_depth=1):
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE and found is None:
            found = item
        elif not _is_invisible_text(item):
            return None
    return found


def has_annotations(page: PdfPage) -> bool:
    """Whether notes, stamps, drawings or form fields lie on the page (links do not count: they say nothing)."""
    count: int = pdfium.FPDFPage_GetAnnotCount(page)
    return any(_kind(page, index) not in _UNSEEN for index in range(count))


def images_fill(page: PdfPage) -> bool:
    """Whether images cover most of the page: then its text may say little of what is to be seen."""
    left, bottom, right, top = page.get_bbox()
    return sum(map(_area, images(page))) >= _FILLED * float((right - left) * (top - bottom))


def images(page: PdfPage) -> Iterator[PdfImage]:
    """The images on the page, those in form objects too."""
    yield from page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEP)


def _area(image: PdfImage) -> float:
    placed: pypdfium2.PdfObject = image
    while placed.container is not None:  # bounds within a form object are not the page's
        placed = placed.container
    left, bottom, right, top = placed.get_bounds()
    return float((right - left) * (top - bottom))


def _kind(page: PdfPage, index: int) -> int:
    annotation = pdfium.FPDFPage_GetAnnot(page, index)
    if not annotation:
        return int(pdfium.FPDF_ANNOT_UNKNOWN)
    try:
        return int(pdfium.FPDFAnnot_GetSubtype(annotation))
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)


def _is_invisible_text(item: pypdfium2.PdfObject) -> bool:
    if item.type != pdfium.FPDF_PAGEOBJ_TEXT:
        return False
    mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
    return bool(mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
