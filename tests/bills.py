"""Generated QR-bills and the sheets they are printed on. The same seed gives the same bill and the same picture.

The creditors' accounts prove themselves and belong to nobody in particular.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from random import Random

import segno
from PIL import Image, ImageDraw, ImageFont
from stdnum import iso11649
from stdnum.ch import esr
from stdnum.iso7064 import mod_97_10

from sozialakte.payments import Party, QrBill

DPI = 300
A4 = (2480, 3508)  # pixels at 300 dpi
_CODE_AT = (67, 209)  # millimetres: where the code's upper left corner stands (SIX style guide)
_CODE_MM, _CROSS_MM = 46, 7

_NAMES = ("Stadtwerke Rottal", "Zahnärztin Dr. Öhri", "Sœurs Béguin SA", "Müller & Söhne AG", "Krankenkasse Säntis")
_STREETS = ("Werkhofstrasse", "Rue de l'Église", "Via Ceresio", "Oberer Graben", "")
_TOWNS = (("6004", "Luzern"), ("1700", "Fribourg"), ("6900", "Lugano"), ("9000", "St. Gallen"), ("8400", "Winterthur"))
_MESSAGES = (None, "Rechnung 2026-1188", "Miete Dezember 2026, 3.5-Zimmer-Wohnung, 2. Stock links")
_BILLING = (None, "//S1/10/10201409/11/260512/20/1400.000-53/30/106017086/31/260508/32/7.7/40/2:10;0:30")
_SCHEMES: tuple[tuple[str, ...], ...] = ((), ("eBill/B/pia.rutschmann@example.com",))


def iban_of(institution: int, account: int) -> str:
    """The Swiss IBAN of an account, with its check digits."""
    own = f"{institution:05d}{account:012d}"
    return f"CH{mod_97_10.calc_check_digits(own + 'CH')}{own}"


def qr_reference(number: int) -> str:
    """A QR reference with its check digit."""
    body = f"{number:026d}"
    return body + str(esr.calc_check_digit(body))


def creditor_reference(body: str) -> str:
    """An ISO 11649 reference with its check digits."""
    reference = f"RF{mod_97_10.calc_check_digits(body + 'RF')}{body}"
    return str(iso11649.validate(reference))


def random_bill(chance: Random) -> QrBill:
    """A valid bill of any kind of reference, with or without debtor, amount, message and billing information."""
    kind = chance.choice(("QRR", "QRR", "SCOR", "NON"))
    institution = chance.randrange(30000, 32000) if kind == "QRR" else chance.randrange(100, 9999)
    references = {
        "QRR": qr_reference(chance.randrange(1, 10**26)),
        "SCOR": creditor_reference(f"{chance.randrange(10**15):x}".upper()),
        "NON": None,
    }
    return QrBill(
        iban=iban_of(institution, chance.randrange(10**12)),
        creditor=_party(chance),
        amount=chance.choice((None, *[Decimal(chance.randrange(100, 500_000)) / 100] * 5)),
        currency="CHF",
        debtor=chance.choice((None, _party(chance), _party(chance))),
        reference_type=kind,
        reference=references[kind],
        message=chance.choice(_MESSAGES),
        billing_information=chance.choice(_BILLING),
        alternative_schemes=chance.choice(_SCHEMES),
    )


def sheet(payloads: list[str]) -> Image.Image:
    """An A4 sheet at 300 dpi with the payment part of each payload, the first where the standard wants it.

    Further ones stand above, as where two bills are copied onto one sheet.
    """
    page = Image.new("L", A4, 255)
    draw = ImageDraw.Draw(page)
    for line in range(10):
        place = (_pixels(20), _pixels(25 + 8 * line))
        draw.text(place, f"Position {line + 1}: Leistung nach Vertrag", font=_font(12), fill=0)
    for number, payload in enumerate(payloads):
        _payment_part(page, payload, up_mm=105 * number)
    return page


def _party(chance: Random) -> Party:
    postal_code, town = chance.choice(_TOWNS)
    street = chance.choice(_STREETS)
    number = str(chance.randrange(1, 200)) if street else ""
    return Party(chance.choice(_NAMES), street, number, postal_code, town, "CH")


def _payment_part(page: Image.Image, payload: str, up_mm: float) -> None:
    draw = ImageDraw.Draw(page)
    lines = payload.splitlines()
    top = 192 - up_mm
    draw.line([(0, _pixels(top)), (page.width, _pixels(top))], fill=0, width=3)
    draw.line([(_pixels(62), _pixels(top)), (_pixels(62), _pixels(top + 105))], fill=0, width=3)
    for left, title in ((5, "Empfangsschein"), (67, "Zahlteil")):
        draw.text((_pixels(left), _pixels(top + 5)), title, font=_font(11), fill=0)
    for left in (5, 118):
        texts = ("Konto / Zahlbar an", lines[3], lines[5], f"{lines[8]} {lines[9]}", "Referenz", lines[28])
        for row, text in enumerate(texts):
            draw.text((_pixels(left), _pixels(top + 14 + 5 * row)), text, font=_font(8), fill=0)
    page.paste(code(payload), (_pixels(_CODE_AT[0]), _pixels(_CODE_AT[1] - up_mm)))


def code(payload: str) -> Image.Image:
    """The code as it is printed: error correction M, 46 mm without its quiet zone, the Swiss cross in the middle."""
    modules = segno.make(payload, error="m", micro=False, boost_error=False, encoding="utf-8", eci=False)
    rows = [bytes(0 if dark else 255 for dark in row) for row in modules.matrix]
    picture = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows)).resize(
        (len(rows) * 12, len(rows) * 12), Image.Resampling.NEAREST
    )
    side = _pixels(_CODE_MM)
    picture = picture.resize((side, side), Image.Resampling.LANCZOS)
    _draw_cross(picture)
    return picture


def _draw_cross(picture: Image.Image) -> None:
    """A white cross on black in a white frame, 7 mm wide."""
    draw = ImageDraw.Draw(picture)
    middle = picture.width / 2

    def rectangle(wide_mm: float, high_mm: float, fill: int) -> None:
        wide, high = _pixels(wide_mm) / 2, _pixels(high_mm) / 2
        draw.rectangle((middle - wide, middle - high, middle + wide, middle + high), fill=fill)

    rectangle(_CROSS_MM, _CROSS_MM, 255)
    rectangle(_CROSS_MM - 0.8, _CROSS_MM - 0.8, 0)
    rectangle(3.9, 1.2, 255)
    rectangle(1.2, 3.9, 255)


@lru_cache
def _font(points: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(points / 72 * DPI)


def _pixels(millimetres: float) -> int:
    return round(millimetres / 25.4 * DPI)
