"""A morning's bills of the small office (`tests.approvals`), with pictures of their pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from sozialakte.intake.desk.picture_pages import pictures
from sozialakte.payments.category_store import CategoryStore
from sozialakte.payments.invoice import Invoice
from sozialakte.payments.qr_bill import Party
from sozialakte.payments.store import PaymentsStore
from sozialakte.payments.terms import Discount, Field, Terms, Where
from sozialakte.shared.clock import utc_now, zurich_date
from tests.approvals import ANNA, coding_of, entering, furnish_office, registered
from tests.aws import PAYMENTS, keep_letter_file
from tests.builders import NOW
from tests.coding import CATEGORIES
from tests.desk import pdf_of
from tests.invoices import RECEIVED, TERMS
from tests.runs import swiss_iban

HOSTILE = "<script>document.title='overtaken'</script><img src=x onerror=alert(1)>\"'&"
NEW_IBAN = "CH5604835012345678009"
_PAPER = ("Rechnung", "Immo Muster AG, Seestrasse 7, 6003 Luzern", "Mietzins November 2026", "Betrag CHF 410.00")


@dataclass(frozen=True)
class Bills:
    """Three bills to enter in the order of their urgency, two for a case worker's approval, one without a dossier."""

    overdue: Invoice
    rent: Invoice
    hostile: Invoice
    coded: Invoice
    later: Invoice
    unknown: Invoice


def furnish() -> Bills:
    """Put them there."""
    furnish_office()
    store, today = CategoryStore(PAYMENTS), zurich_date(utc_now())
    store.replace(store.get(), CATEGORIES, "operator", NOW)
    return Bills(
        overdue=_registered(1, _terms("Zahnarztpraxis Seeblick AG", "320.00", today - timedelta(days=9), 1)),
        rent=_registered(2, _rent(today), unconfirmed=(Field.DUE,)),
        hostile=_registered(3, replace(_terms(HOSTILE, "88.00", today + timedelta(days=40), 3), message=HOSTILE)),
        coded=_coded(4, _terms("Spitex Nord", "410.00", today + timedelta(days=3), 4)),
        later=_coded(5, _terms("Krankenkasse Eiche", "212.40", today + timedelta(days=12), 5)),
        unknown=_registered(7, _terms("Optik Weitblick", "150.00", today, 7), dossier_id=None, team=None),
    )


def now_is(invoice: Invoice) -> Invoice:
    """As it is now."""
    return PaymentsStore(PAYMENTS).get(invoice.invoice_id)


def repeated(bills: Bills) -> Invoice:
    """The bill of the dentist once more, from an IBAN nobody knows, waiting for approval."""
    before = bills.overdue.terms
    terms = replace(before, iban=NEW_IBAN, reference=None, reference_type="NON")
    return _coded(6, terms, received_at=RECEIVED + timedelta(days=1))


def _rent(today: date) -> Terms:
    where = Where("text", 1, "zahlbar bis Ende Monat")
    discount = Discount(Decimal(2), today + timedelta(days=2))
    terms = _terms("Immo Muster AG", "410.00", today + timedelta(days=30), 2)
    return replace(terms, discounts=(discount,), message="Mietzins November", read={**terms.read, Field.DUE: where})


def _terms(name: str, amount: str, due: date, number: int) -> Terms:
    read = {one: Where("qr", 1) for one in (Field.IBAN, Field.CREDITOR, Field.AMOUNT, Field.REFERENCE)}
    return replace(
        TERMS,
        iban=swiss_iban(f"31999{number:012d}"),
        creditor=Party(name, "Seestrasse", "7", "6003", "Luzern", "CH"),
        amount=Decimal(amount),
        invoice_number=f"2026-{number}",
        due=due,
        read=read,
    )


def _registered(number: int, terms: Terms, **what: object) -> Invoice:
    return pictured(registered(number, terms, **what))


def pictured(invoice: Invoice) -> Invoice:
    """With the picture of its page."""
    keep_letter_file(f"bills/{invoice.invoice_id}.jpg", _picture())
    return invoice


def _coded(number: int, terms: Terms, **what: object) -> Invoice:
    invoice = _registered(number, terms, **what)
    amount = terms.amount or Decimal()
    coding = coding_of(amount)
    return entering(invoice, ANNA).submit(replace(coding, lines=(replace(coding.lines[0], category="21"),)))


def _picture() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, "letter.pdf")
        path.write_bytes(pdf_of([_PAPER]))
        return next(picture for _, picture in pictures(path, range(1, 2), lambda _: None))
