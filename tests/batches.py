"""Small batches that read fast (a text layer needs no OCR) and the register they need."""

from __future__ import annotations

from functools import cache

from PIL.Image import Image
from PIL.Image import new as new_image

from sozialakte.intake.pages.sheet_codes import cover_code
from sozialakte.register.model import (
    Dossier,
    DossierPerson,
    DossierStatus,
    DossierType,
    Person,
    PersonRole,
    StaffMember,
)
from sozialakte.register.records import Record
from tests.pdf_bytes import PdfBytes, Placed
from tests.scans import A4_POINTS, CLEAN, empty, jpeg, separator
from tests.tiff_bytes import TiffBytes, page_of

OPEN = "SH-2026-00001"
OTHER = "SH-2026-00002"
CLOSED = "SH-2025-00009"
CASE_WORKER = "ma-101"
STRANGER = "ma-300"
MAILROOM = "ma-900"


def register() -> tuple[Record, ...]:
    """One client with two open dossiers of one case worker, a closed one, and staff."""
    states = {OPEN: DossierStatus.OPEN, OTHER: DossierStatus.OPEN, CLOSED: DossierStatus.CLOSED}
    kind = DossierType.ECONOMIC_ASSISTANCE
    return (
        StaffMember(CASE_WORKER, "Test Fall", "nord"),
        StaffMember(STRANGER, "Test Fremd", "ost"),
        StaffMember(MAILROOM, "Test Post", "post"),
        Person("P-000001", "Muster", "Anna"),
        *(Dossier(dossier_id, kind, 1061, status, CASE_WORKER) for dossier_id, status in states.items()),
        *(DossierPerson(dossier_id, "P-000001", PersonRole.MAIN) for dossier_id in (OPEN, OTHER)),
    )


@cache
def batch() -> bytes:
    """Two letters (one known, one not), a separator sheet and a blank page."""
    pdf = PdfBytes()
    pdf.add_text_page(
        ["Sehr geehrte Damen und Herren", f"Anna Muster, Dossier {OPEN}: Beleg zum Budget", "Freundliche Grüsse"]
    )
    _add_image(pdf, separator(dpi=100))
    pdf.add_text_page(
        ["Sehr geehrte Damen und Herren", "Wir bitten um einen Termin in dieser Sache.", "Freundliche Grüsse"]
    )
    _add_image(pdf, empty(dpi=50))
    return pdf.finish()


@cache
def old_stack() -> bytes:
    """A stack of the backfile: a page before the first cover, then a cover and a page of its dossier."""
    pdf = PdfBytes()
    pdf.add_text_page(["Eine Seite, die auf keinem Deckblatt folgt", "Notiz vom 3. Mai 2017"])
    _add_image(pdf, separator(cover_code(OPEN), "QRCode", dpi=100))
    pdf.add_text_page(["Budget vom 1. Juni 2017", "Grundbedarf und Miete"])
    return pdf.finish()


@cache
def long_letter() -> bytes:
    """Eleven pages: read in two chunks."""
    pdf = PdfBytes()
    for page in range(11):
        pdf.add_text_page(
            [f"Bericht zu Anna Muster, Dossier {OTHER}", f"Seite {page + 1} von 11", "Es folgt der Verlauf des Monats."]
        )
    return pdf.finish()


@cache
def blank_tiff() -> bytes:
    """A TIFF with one blank page: it is cut, and nothing of it has to be read."""
    return TiffBytes().written([page_of(new_image("1", (413, 585), 1), "group4")])


def manifest(file: str, pages: int) -> bytes:
    """A manifest that counts the pages of a file."""
    return f"file;pages\n{file};{pages}\n".encode()


def _add_image(pdf: PdfBytes, page: Image) -> None:
    pdf.add_image_page(Placed(jpeg(page, CLEAN.quality), page.size), A4_POINTS)
