"""Letters with bills in them for tests: small PDFs whose text is real text, with codes where bills have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cache
from hashlib import sha256

from sozialakte.intake.kept_readings import reading_key, to_json
from sozialakte.intake.letter import Letter, StoredObject
from sozialakte.intake.model import Code
from sozialakte.intake.readings import PageReading, TextSource
from sozialakte.payments import Party, QrBill, write_payload
from sozialakte.runtime.aws import client
from tests.aws import LETTERS, keep_letter_file
from tests.batches import OPEN
from tests.bills import code, creditor_reference, iban_of, qr_reference
from tests.builders import BATCH_ID, NOW, a_letter
from tests.pdf_bytes import PdfBytes
from tests.scans import A4_POINTS, jpeg

LANDLORD = Party("Immo Muster AG", "Seestrasse", "7", "6003", "Luzern", "CH")
RENT = QrBill(iban_of(30808, 7), LANDLORD, Decimal("1450.00"), "CHF", None, "QRR", qr_reference(42))
SWICO = "//S1/10/2026-88/11/261101/30/106017086/40/2:10;0:30"
DENTIST = QrBill(
    iban_of(4835, 12),
    Party("Zahnärztin Dr. Öhri", "Oberer Graben", "3", "9000", "St. Gallen", "CH"),
    Decimal("312.40"),
    "CHF",
    None,
    "SCOR",
    creditor_reference("2026A17"),
    billing_information=SWICO,
)
NOTICE = replace(RENT, amount=Decimal("0.00"), message="NICHT ZUR ZAHLUNG VERWENDEN")
SLIP = ("Empfangsschein Zahlteil", "Konto / Zahlbar an")
GREETING = ("Sehr geehrte Damen und Herren", f"Anna Muster, Dossier {OPEN}")
NO_BILL = (*GREETING, "Beleg zum Budget", "Freundliche Grüsse")
BILL = (*GREETING, "Rechnung vom 1. November 2026", "Total CHF 312.40")
TEXT_BILL = (
    "Stadtwerke Rottal AG",
    f"Anna Muster, Dossier {OPEN}",
    "Rechnung Nr. 2026-114 vom 1. November 2026",
    "Total CHF 88.20",
    "Zahlbar bis 30.11.2026",
    f"Konto IBAN {iban_of(4835, 99)}",
)
RECEIPT = ("Apotheke am Bahnhof", "Quittung", "Dankend erhalten, bar bezahlt", "Total CHF 23.50", "Datum 03.11.2026")


@dataclass(frozen=True)
class Sheet:
    """A page: its lines, and the bills whose codes stand on it."""

    lines: tuple[str, ...] = NO_BILL
    bills: tuple[QrBill, ...] = ()

    @property
    def payloads(self) -> list[str]:
        """What its codes say."""
        return [write_payload(bill) for bill in self.bills]


@cache
def pdf_of(sheets: tuple[Sheet, ...]) -> bytes:
    """The sheets as a PDF."""
    pdf = PdfBytes()
    for sheet in sheets:
        _add(pdf, sheet)
    return pdf.finish()


def read_letter(pages: tuple[int, ...], sheets: Sequence[Sheet], *, batch_id: str = BATCH_ID) -> Letter:
    """A letter of these sheets that was just read: its file and what was read of it lie in their places."""
    letter = kept(replace(a_letter(pages, batch_id=batch_id), received_at=RECEIVED), sheets)
    return letter.read(NOW)


def kept(letter: Letter, sheets: Sequence[Sheet]) -> Letter:
    """The letter with its file and its reading in the letters bucket."""
    content = pdf_of(tuple(sheets))
    version = keep_letter_file(letter.original.key, content)
    readings = [_reading(number, sheet) for number, sheet in enumerate(sheets, start=1)]
    for chunk in range(letter.chunks):
        part = [readings[page - 1] for page in letter.chunk_pages(chunk)]
        client("s3").put_object(Bucket=LETTERS, Key=reading_key(letter.letter_id, chunk), Body=to_json(part))
    original = StoredObject(letter.original.key, version)
    return replace(letter, original=original, sha256=sha256(content).hexdigest())


RECEIVED = datetime.fromisoformat("2026-11-02T09:30:00+00:00")


def _reading(number: int, sheet: Sheet) -> PageReading:
    codes = tuple(Code("QRCode", payload) for payload in sheet.payloads)
    return PageReading(number, "\n".join(sheet.lines), TextSource.TEXT_LAYER, codes=codes)


def _add(pdf: PdfBytes, sheet: Sheet) -> None:
    font = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    shown = " T* ".join(f"({line}) Tj" for line in sheet.lines)
    content = f"BT /F1 11 Tf 14 TL 72 {A4_POINTS[1] - 80} Td {shown} ET".encode("cp1252")
    drawn = []
    for number, payload in enumerate(sheet.payloads):
        picture = code(payload)
        size = f"/Width {picture.width} /Height {picture.height} /BitsPerComponent 8 /ColorSpace /DeviceGray"
        image = pdf.add_stream(jpeg(picture, 90), f"/Type /XObject /Subtype /Image {size} /Filter /DCTDecode")
        drawn.append(f"/Im{number} {image} 0 R")
        content += f" q 130 0 0 130 190 {110 + 200 * number} cm /Im{number} Do Q".encode()
    objects = f"/XObject << {' '.join(drawn)} >>" if drawn else ""
    pdf.add_page(content, A4_POINTS, f"/Font << /F1 {font} 0 R >> {objects}")
