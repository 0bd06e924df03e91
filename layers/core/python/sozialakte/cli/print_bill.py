"""A bill as a PDF to send: the letter, and below it receipt and payment part (SIX IG QR-bill 2.3, 3: 210 x 105 mm)."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

from sozialakte.payments.bill_words import WORDS
from sozialakte.payments.issue_bill import IssuedBill
from sozialakte.payments.qr_bill import Party

_TEMPLATE = Path(__file__).parent / "templates" / "bill.typ"
_FONT_PACKAGES = ("font_roboto",)
"""For where none of the standard's fonts (Liberation Sans, Arial, Helvetica) is installed."""


def as_pdf(issued: IssuedBill, language: str) -> bytes:
    """The bill in a language of `WORDS`, as PDF/A-2a that screen readers can read (PDF/UA-1)."""
    import typst  # noqa: PLC0415 - takes long to load; other commands run where it is not installed

    pdf: bytes = typst.compile(
        str(_TEMPLATE),
        font_paths=[str(Path(path) / "files") for package in _FONT_PACKAGES for path in _places(package)],
        sys_inputs={"bill": json.dumps(_content(issued, language), ensure_ascii=False)},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=0,
    )
    return pdf


def _content(issued: IssuedBill, language: str) -> dict[str, object]:
    bill, demand, words = issued.bill, issued.claim.demand, WORDS[language]
    told = asdict(words) | {"body": words.body.format(due=f"{demand.due:%d.%m.%Y}")}
    return {
        "language": language,
        "words": told,
        "subject": f"{words.subject(demand.kind)}, {demand.dossier_id}",
        "day": {"year": demand.issued_on.year, "month": demand.issued_on.month, "day": demand.issued_on.day},
        "town_and_day": f"{bill.creditor.town}, {demand.issued_on:%d.%m.%Y}",
        "qr": _qr(issued.payload),
        "iban": _in_fours(bill.iban),
        "creditor": _address(bill.creditor),
        "debtor": _address(bill.debtor) if bill.debtor else [],
        "reference": _reference(bill.reference or ""),
        "message": bill.message or "",
        "currency": bill.currency,
        "amount": f"{bill.amount:,.2f}".replace(",", " "),
    }


def _places(package: str) -> list[str]:
    spec = find_spec(package)
    return list(spec.submodule_search_locations or []) if spec else []


def _address(party: Party) -> list[str]:
    """As it stands on the bill: without the country inside Switzerland (style guide 3.4)."""
    country = "" if party.country == "CH" else f"{party.country}-"
    street, place = f"{party.street} {party.building_number}", f"{country}{party.postal_code} {party.town}"
    return [line for line in (party.name, street.strip(), place) if line]


def _in_fours(text: str) -> str:
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def _reference(reference: str) -> str:
    """Two digits, then blocks of five."""
    return " ".join((reference[:2], *(reference[start : start + 5] for start in range(2, len(reference), 5))))


def _qr(payload: str) -> str:
    """Error correction M, at most version 25; without a border, which the layout leaves."""
    import segno  # noqa: PLC0415 - as above

    code = segno.make(payload, error="m", micro=False, boost_error=False, encoding="utf-8")
    return str(code.svg_inline(border=0, omitsize=True))
